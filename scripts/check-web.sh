#!/usr/bin/env bash
# Tests the page: its types, its state on recorded messages, its size, and then with a browser against the real server.
# `scripts/check-web.sh [SERVER]`: a built binary. Screenshots are put into target/screenshots.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/need.sh chromium
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
scripts/web.sh
npm test --prefix web --silent
npm run --prefix web --silent size

server="${1:-}"
if [ -z "$server" ]; then
    cargo build --quiet --locked
    server="$target/debug/liap-tui"
fi
browser="${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)}"
CHROMIUM="$browser" SERVER="$(realpath "$server")" SCREENSHOTS="$target/screenshots" npm run --prefix web --silent e2e
