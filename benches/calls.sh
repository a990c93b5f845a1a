#!/usr/bin/env bash
# What calling costs, beside the same nine calls by hand over reqwest: CPU time of the process and allocations, each for
# one operation. A server with the document's examples runs beside them, in a process of its own.
#
#   benches/calls.sh [ROUNDS] [REPEATS]      a round is all nine operations
set -euo pipefail
cd "$(dirname "$0")/.."

rounds=${1:-2000}
repeats=${2:-5}
port=4170
out=target/benches
mkdir -p "$out"
cargo build --quiet --release -p stencil-codegen --features cli
cargo build --quiet --release -p stencil-costs
costs=target/release/stencil-costs

target/release/stencil mock spec/tsg_user_v3.yaml --overlay spec/tsg_user_v3.overlay.yaml --port "$port" 2> "$out/mock.log" &
server=$!
trap 'kill $server 2> /dev/null || true' EXIT
for _ in $(seq 50); do
    (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null && break
    sleep 0.1
done

seconds() { # the command: user and system time
    local TIMEFORMAT='%U %S'
    { time "$@" > /dev/null 2>&1; } 2>&1 | awk '{ print $1 + $2 }'
}
median() { sort -n | awk '{ at[NR] = $1 } END { print at[int((NR + 1) / 2)] }'; }
allocations() { # the command
    valgrind "$@" 2>&1 > /dev/null | awk '/total heap usage/ { gsub(",", "", $5); print $5 }'
}

measure() { # what, how often, further arguments
    local what=$1 times=$2 who i once all
    shift 2
    for i in $(seq "$repeats"); do
        for who in hand ours; do
            once=$(seconds "$costs" "$who" "$what" 0 "$@")
            all=$(seconds "$costs" "$who" "$what" "$times" "$@")
            awk -v all="$all" -v once="$once" -v n="$((times * 9))" 'BEGIN { print (all - once) / n * 1e6 }' >> "$out/$who.times"
        done
    done
    for who in hand ours; do
        if command -v valgrind > /dev/null; then
            once=$(allocations "$costs" "$who" "$what" 0 "$@")
            all=$(allocations "$costs" "$who" "$what" 20 "$@")
            all=$(awk -v all="$all" -v once="$once" 'BEGIN { printf "%.1f", (all - once) / 180 }')
        else
            all=not-counted
        fi
        echo "$what${2:+ ($2 in flight)},$who,$(median < "$out/$who.times"),$all" >> "$out/calls.csv"
        rm "$out/$who.times"
    done
}

echo 'what,who,microseconds,allocations' > "$out/calls.csv"
rm -f "$out"/*.times
measure requests $((rounds * 10))
measure responses $((rounds * 10))
measure calls "$rounds" "http://127.0.0.1:$port" 1
measure calls "$rounds" "http://127.0.0.1:$port" 64
awk -F, 'NR > 1 { printf "%-24s %-5s %10.2f us of CPU %8s allocations\n", $1, $2, $3, $4 }' "$out/calls.csv"
