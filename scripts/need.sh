#!/usr/bin/env bash
# Says exactly what is missing on this machine, and fails when something is: `scripts/need.sh TOOL…`, each one of
# cargo, cc, chromium, lint, node, postgres, python.
set -euo pipefail
cd "$(dirname "$0")/.."
missing=0

lacks() { # what, how to get it
    printf 'missing: %s\n         %s\n' "$1" "$2" >&2
    missing=1
}

at_least() { # found, needed; both as MAJOR.MINOR, more parts are ignored
    local found_major found_minor needed_major needed_minor
    IFS=. read -r found_major found_minor _ <<<"$1.0"
    IFS=. read -r needed_major needed_minor _ <<<"$2.0"
    [ "$found_major" -gt "$needed_major" ] || { [ "$found_major" -eq "$needed_major" ] && [ "$found_minor" -ge "$needed_minor" ]; }
}

need_cargo() {
    local needed found
    needed=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
    if ! found=$(cargo --version 2>/dev/null); then
        lacks "cargo $needed or newer" "install Rust from https://rustup.rs"
    elif ! at_least "$(cut -d' ' -f2 <<<"$found")" "$needed"; then
        lacks "cargo $needed or newer; this is $found" "rustup update stable"
    fi
}

need_cc() {
    command -v cc >/dev/null || lacks "a C compiler and linker, cc" \
        "Debian, Ubuntu: apt-get install build-essential; Fedora: dnf install gcc; macOS: xcode-select --install"
}

need_chromium() {
    [ -n "${CHROMIUM:-}" ] || command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null ||
        lacks "Chromium" "Debian, Ubuntu: apt-get install chromium; or name one in CHROMIUM (it tries the page by clicks)"
}

need_lint() {
    cargo fmt --version >/dev/null 2>&1 || lacks "cargo fmt" "rustup component add rustfmt"
    cargo clippy --version >/dev/null 2>&1 || lacks "cargo clippy" "rustup component add clippy"
}

need_node() {
    local found why="it builds the page; without it, cargo run --release -- serve still serves all but the page"
    if ! found=$(node --version 2>/dev/null); then
        lacks "node 20.19 or newer" "install Node.js from https://nodejs.org ($why)"
    elif ! at_least "${found#v}" 20.19; then
        lacks "node 20.19 or newer; this is $found" "install Node.js from https://nodejs.org ($why)"
    fi
    command -v npm >/dev/null || lacks "npm" "it comes with Node.js from https://nodejs.org; Debian, Ubuntu: apt-get install npm"
}

need_postgres() {
    compgen -G "/usr/lib/postgresql/*/bin/postgres" >/dev/null || lacks "PostgreSQL's server" \
        "Debian, Ubuntu: apt-get install postgresql (the tests start one of their own; without it, those of the store fail)"
}

need_python() {
    local found why="it tries the REST addresses; without it, cargo test --workspace still runs all other tests"
    if ! found=$(python3 --version 2>/dev/null); then
        lacks "python3 3.11 or newer, with venv" "Debian, Ubuntu: apt-get install python3-venv; else https://www.python.org ($why)"
    elif ! at_least "${found#Python }" 3.11; then
        lacks "python3 3.11 or newer; this is $found" "Debian, Ubuntu: apt-get install python3-venv; else https://www.python.org ($why)"
    elif ! python3 -c 'import venv, ensurepip' 2>/dev/null; then
        lacks "Python's venv" "Debian, Ubuntu: apt-get install python3-venv ($why)"
    fi
}

for tool in "$@"; do
    "need_$tool"
done
exit "$missing"
