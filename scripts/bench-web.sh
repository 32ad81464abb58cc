#!/usr/bin/env bash
# Measures the page: its size, and with a browser how soon one can play. Needs Node and Chromium; says so and ends well without.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! scripts/need.sh node chromium; then
    echo "the page: not measured"
    exit 0
fi
scripts/web.sh
npm run --prefix web --silent size
cargo build --release --quiet --locked
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
browser="${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)}"
CHROMIUM="$browser" SERVER="$target/release/liap-tui" PLAYWRIGHT_TESTS=bench npm run --prefix web --silent e2e
