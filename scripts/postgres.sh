#!/usr/bin/env bash
# A throw-away PostgreSQL for tests, on a free port of the loopback address, with all of its files in DIR:
#   scripts/postgres.sh start DIR [SERVER OPTION…]   starts it and prints its URL; DIR is made, or kept from `stop`
#   scripts/postgres.sh stop DIR                     stops it at once, as a crash would, and keeps DIR
#   scripts/postgres.sh run DIR [SERVER OPTION…]     starts it and prints its URL; when its input ends, stops it and deletes DIR
# With TLS=FOLDER in the environment, a new server has FOLDER's server.crt and server.key, and takes encrypted connections only.
# DIR must be an absolute path whose parents every user may enter. Only the server in DIR is ever touched; whoever can log
# in to this machine can log in to it.
set -euo pipefail

usage() {
    sed -n '2,8s/^# \{0,1\}//p' "$0" >&2
    exit 2
}

[ $# -ge 2 ] || usage
command=$1 dir=$2
shift 2
[[ $dir = /* ]] || usage

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1 || true)
if [ -z "$bin" ]; then
    echo "PostgreSQL is not installed: install the Debian package postgresql" >&2
    exit 1
fi

# The server refuses to run as root.
as=()
if [ "$(id -u)" = 0 ]; then
    as=(setpriv --reuid=postgres --regid=postgres --init-groups env HOME="$dir")
fi

initialise() {
    mkdir -m 700 "$dir"
    [ "$(id -u)" != 0 ] || chown postgres "$dir"
    touch "$dir/ours"
    if ! (cd "$dir" && "${as[@]}" "$bin/initdb" -D "$dir/cluster" -U app -A trust -E UTF8 --locale=C.UTF-8 --no-sync \
        >"$dir/initdb.log" 2>&1); then
        echo "the database could not be made in $dir; its log says:" >&2
        tail -n 5 "$dir/initdb.log" >&2
        exit 1
    fi
    [ -z "${TLS:-}" ] || encrypt
}

encrypt() {
    local owner
    owner=$(stat -c %U "$dir/cluster")
    install -m 600 -o "$owner" "$TLS/server.crt" "$TLS/server.key" "$dir/cluster"
    echo "ssl = on" >>"$dir/cluster/postgresql.conf"
    printf 'hostssl all all %s trust\n' 127.0.0.1/32 ::1/128 >"$dir/cluster/pg_hba.conf"
}

# Below the ports that the system gives to outgoing connections, so that none of those takes it in between.
free_port() {
    local port
    while port=$((15000 + RANDOM % 17000)); (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
    echo "$port"
}

start_on() { # port, server options…
    local port=$1
    shift
    (cd "$dir" && "${as[@]}" "$bin/pg_ctl" -D "$dir/cluster" -w -t 30 -l "$dir/server.log" \
        -o "-p $port -h 127.0.0.1 -c unix_socket_directories= $*" start >"$dir/start.log" 2>&1 </dev/null)
}

start() {
    [ -e "$dir/ours" ] || initialise
    local port
    for _ in 1 2 3 4 5; do
        if [ -e "$dir/port" ]; then port=$(cat "$dir/port"); else port=$(free_port); fi
        if start_on "$port" "$@"; then
            echo "$port" >"$dir/port"
            echo "postgres://app@127.0.0.1:$port/postgres"
            return
        fi
    done
    echo "PostgreSQL did not start; its log says:" >&2
    tail -n 5 "$dir/start.log" "$dir/server.log" >&2 || true
    exit 1
}

stop() {
    [ ! -e "$dir/cluster/postmaster.pid" ] ||
        (cd "$dir" && "${as[@]}" "$bin/pg_ctl" -D "$dir/cluster" -m immediate -w stop >/dev/null 2>&1) || true
}

case $command in
    start) start "$@" ;;
    stop)
        [ -e "$dir/ours" ] || usage
        stop
        ;;
    run)
        if [ -e "$dir" ]; then
            echo "$dir exists; it would be deleted in the end" >&2
            exit 1
        fi
        trap 'stop; rm -rf "$dir"' EXIT
        trap 'exit 1' INT TERM HUP
        start "$@"
        cat >/dev/null || true
        ;;
    *) usage ;;
esac
