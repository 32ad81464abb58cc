#!/usr/bin/env bash
# Lints the page: its format, its rules (no import cycle among them), and the lengths of its lines and files.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/need.sh node
scripts/web.sh install
npm run --prefix web --silent lint
