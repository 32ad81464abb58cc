#!/usr/bin/env bash
# Tries the REST addresses against what the server itself says of them, with Schemathesis: no failure of the server, no
# answer that its OpenAPI document does not tell of, nothing accepted that it forbids. It needs Python with venv and, for
# the first time, PyPI. `scripts/check-rest.sh [SERVER [OPTION…]]`: a built binary, and options for `schemathesis run`.
set -euo pipefail
cd "$(dirname "$0")/.."

target="${CARGO_TARGET_DIR:-target}"
installed="$target/schemathesis"
wanted=scripts/schemathesis/requirements.txt
# Written last, so that an installation which was cut short is begun again.
if ! cmp -s "$wanted" "$installed/installed-from"; then
    echo "rest: installing Schemathesis into $installed"
    rm -rf "$installed"
    python3 -m venv "$installed"
    "$installed/bin/pip" install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r "$wanted"
    cp "$wanted" "$installed/installed-from"
fi

server="${1:-}"
if [ -z "$server" ]; then
    cargo build --quiet --locked
    server="$target/debug/liap-tui"
fi
shift || true

folder=$(mktemp -d)
serving=
trying=
tidy_up() {
    local pid
    for pid in $trying $serving; do
        kill "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
    rm -rf "$folder"
}
trap tidy_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# It is read before the server that writes it may have begun.
: >"$folder/out"
# Who may put messages into the live log.
service="the key of a service"
# Of its environment the server gets only what is said here.
env -i API_HOST=127.0.0.1 API_PORT=0 DATA_DIR="$folder/data" LOG=warn DURABILITY=relaxed \
    BATTLES_AUTH_PER_MINUTE=0 LOGIN_FAILURES_PER_MINUTE=0 BATTLES_CREATE_PER_MINUTE=0 BATTLES_ACTIONS_PER_MINUTE=0 BATTLES_STATE_PER_MINUTE=0 \
    ROOMS_PER_MINUTE_PER_ADDRESS=0 ADDRESS_WORK_KIB_PER_SECOND=0 OPEN_ROOMS_PER_ADDRESS=0 OPEN_ROOMS_PER_ACCOUNT=0 WAITING_SEATS_PER_ADDRESS=0 \
    RATE_LIMIT_REQUESTS=0 ALL_REQUESTS_PER_MINUTE=0 LIVE_LOG_POSTS_PER_MINUTE=0 LIVE_LOG_API_KEYS="$service" ADMIN_USERNAME=Operator ADMIN_PASSWORD="correct horse 9" "$server" serve >"$folder/out" 2>"$folder/log" &
serving=$!
address=
for _ in $(seq 300); do
    address=$(sed -n 's/^liap-tui listens on //p' "$folder/out")
    [ -z "$address" ] || break
    kill -0 "$serving" 2>/dev/null || break
    sleep 0.1
done
if [ -z "$address" ]; then
    echo "rest: the server did not start:" >&2
    cat "$folder/log" >&2
    exit 1
fi

python3 scripts/schemathesis/battles.py "$address" "$folder"
# Beside the ids that it names.
cp scripts/schemathesis/schemathesis.toml "$folder/"

try() { # what, options of `schemathesis run`…
    echo "rest: $1"
    shift
    # Behind, for a signal to this script is heard only while it waits.
    HYPOTHESIS_STORAGE_DIRECTORY="$folder/hypothesis" "$installed/bin/schemathesis" \
        --config-file "$folder/schemathesis.toml" run "$address/api/openapi.json" --checks all "$@" &
    trying=$!
    if ! wait "$trying"; then
        trying=
        echo "rest: what the server logged:" >&2
        tail -n 20 "$folder/log" >&2
        exit 1
    fi
    trying=
}
try "with an account" -H "Authorization: Bearer $(cat "$folder/token")" -H "X-API-Key: $service" --max-examples 40 "$@"
try "without one" --warnings off --max-examples 5 --phases examples,coverage,fuzzing "$@"
# Last, for operators shut the other accounts out.
try "as an operator" -H "Authorization: Bearer $(cat "$folder/operator")" --include-path-regex /admin/ --max-examples 40 "$@"
if grep -E ' ERROR (liap_tui|actors|store)|panicked' "$folder/log" >&2; then
    echo "rest: the server logged this" >&2
    exit 1
fi
