#!/usr/bin/env bash
# Tests the page: its types, its state on recorded messages, its size, and then with a browser against the real server.
# `scripts/check-web.sh [SERVER]`: a built binary. Screenshots are put into target/screenshots.
set -euo pipefail
cd "$(dirname "$0")/.."
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
scripts/web.sh
npm test --prefix web --silent
npm run --prefix web --silent size

server="${1:-}"
if [ -z "$server" ]; then
    cargo build --quiet --locked
    server="$target/debug/liap-tui"
fi
browser="${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}"
if [ -z "$browser" ]; then
    echo "web: no Chromium is here for the tests by clicks; Debian, Ubuntu: apt-get install chromium; or name one in CHROMIUM" >&2
    exit 1
fi
CHROMIUM="$browser" SERVER="$(realpath "$server")" SCREENSHOTS="$target/screenshots" npm run --prefix web --silent e2e
