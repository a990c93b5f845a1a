#!/usr/bin/env bash
# What generating costs: CPU seconds (the median of several runs, the generators in turn) and the most memory, of this
# generator and of the others that `benches/peers.sh` has installed, where there are some.
#
#   benches/generate.sh [REPEATS] [DOCUMENT…]     besides those given: the User API, and one API 1, 2, 4 and 8 times as large
set -euo pipefail
cd "$(dirname "$0")/.."

repeats=${1:-3}
out=$PWD/target/benches
peers=$PWD/target/peers/bin
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out"
cargo build --quiet --release -p stencil-codegen --features cli
stencil=$PWD/target/release/stencil

documents=(spec/tsg_user_v3.yaml)
for factor in 1 2 4 8; do
    benches/document.sh $((factor * 100)) > "$work/measured-${factor}x.yaml"
    documents+=("$work/measured-${factor}x.yaml")
done
documents+=("${@:2}")

by_stencil() { "$stencil" generate --lenient "$1" --output "$2/client.rs"; }
by_ploidy() { "$peers/ploidy" generate rust --name client -o "$2" "$1"; }
by_oas3_gen() { "$peers/oas3-gen" generate client-mod -i "$1" -o "$2"; }
by_openapi_to_rust() { "$peers/openapi-to-rust" generate "$1" --output-dir "$2"; }
by_cargo_progenitor() { "$peers/cargo-progenitor" progenitor -i "$1" -o "$2" -n client -v 0.1.0; }

generators=(stencil)
for tool in ploidy oas3-gen openapi-to-rust cargo-progenitor; do
    if [ -x "$peers/$tool" ]; then generators+=("${tool//-/_}"); else echo "without $tool: benches/peers.sh installs it" >&2; fi
done

# User and system seconds of the processes that the function runs.
measured() { # generator, document
    local TIMEFORMAT='%U %S'
    rm -rf "$work/made" && mkdir -p "$work/made"
    { time "by_$1" "$2" "$work/made" > "$work/said.txt" 2>&1 || true; } 2>&1 | awk '{ print $1 + $2 }'
}
median() { sort -n | awk '{ at[NR] = $1 } END { print at[int((NR + 1) / 2)] }'; }

echo 'document,bytes,generator,cpu_seconds,peak_kilobytes' > "$out/generate.csv"
for document in "${documents[@]}"; do
    for _ in $(seq "$repeats"); do
        for generator in "${generators[@]}"; do
            measured "$generator" "$document" >> "$work/$generator.times"
        done
    done
    for generator in "${generators[@]}"; do
        peak=
        if [ "$generator" = stencil ] && command -v /usr/bin/time > /dev/null; then
            # How much the allocator keeps for a while differs from run to run.
            peak=$(for _ in $(seq 7); do
                /usr/bin/time -f %M "$stencil" generate --lenient "$document" --output "$work/client.rs" 2>&1 > /dev/null | tail -1
            done | median)
        fi
        echo "$(basename "$document"),$(wc -c < "$document"),$generator,$(median < "$work/$generator.times"),$peak" >> "$out/generate.csv"
        rm "$work/$generator.times"
    done
done
awk -F, 'NR > 1 { printf "%-34s %9d bytes  %-18s %8s CPU s  %s\n", $1, $2, $3, $4, $5 == "" ? "" : sprintf("%d MB, %.1f times the document", $5 / 1024, $5 * 1024 / $2) }' "$out/generate.csv"
