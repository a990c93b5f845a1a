#!/usr/bin/env bash
# Generators of Rust clients beside each other: which documents they take, whether what they write compiles, and
# the CPU seconds that generating takes.
#
#   benches/peers.sh DIR [DOCUMENTS]     all documents directly in DIR, or the first so many
#   GENERATORS="stencil ploidy" …        only these
#
# A client counts as compiling if `cargo check` finds no error in it; of warnings only ours are told (by the command `corpus`).
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$(cd "$1" && pwd)
most=${2:-1000000}
. benches/generators.sh
work=$peers/work
table=$peers/table.csv
export CARGO_TARGET_DIR=$peers/check CARGO_TERM_COLOR=never

install

echo 'generator,document,generated,compiles,user_seconds' > "$table"
for generator in ${GENERATORS:-stencil openapi_to_rust ploidy oas3_gen progenitor}; do
    for document in $(find "$folder" -maxdepth 1 -type f \( -name '*.yaml' -o -name '*.yml' -o -name '*.json' \) | sort | head -n "$most"); do
        rm -rf "$work" && mkdir -p "$work"
        generated=no compiles=no
        TIMEFORMAT=%U
        seconds=$({ time (written "$generator" "$document" "$work" "$peers/said.txt" && touch "$peers/made") || true; } 2>&1)
        if [ -e "$peers/made" ]; then
            generated=yes
            rm "$peers/made"
        fi
        if [ "$generated" = yes ] && (cd "$work" && cargo check --quiet > "$peers/last.txt" 2>&1); then
            compiles=yes
        fi
        echo "$generator,$(basename "$document"),$generated,$compiles,$seconds" >> "$table"
    done
    awk -F, -v g="$generator" '$1 == g { n++; made += $3 == "yes"; good += $4 == "yes"; s += $5 }
        END { printf "%-16s %3d documents, %3d generated, %3d compile, %.2f CPU seconds\n", g, n, made, good, s }' "$table"
done
