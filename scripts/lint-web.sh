#!/usr/bin/env bash
# Lints the page: its format, and the lengths of its lines and files.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/need.sh node
scripts/web.sh install
npm run --prefix web --silent lint
