#!/usr/bin/env bash
# What every dependent pays for a generated client on every build: user seconds of `cargo check` and `cargo build` of
# that crate alone, its dependencies built, and its lines and LLVM lines (`cargo llvm-lines`, where it is installed), in
# all and by operation, beside other generators on the same document.
#
#   benches/compile.sh DOCUMENT OPERATIONS [REPEATS]
#   GENERATORS="stencil oas3_gen" …        only these; the others are installed from the registry if one is named
set -euo pipefail
cd "$(dirname "$0")/.."

document=$(realpath "$1")
operations=$2
repeats=${3:-3}
. benches/generators.sh
export CARGO_TARGET_DIR=$peers/compile CARGO_TERM_COLOR=never CARGO_INCREMENTAL=0
generators=${GENERATORS:-stencil openapi_to_rust ploidy oas3_gen progenitor}
if [ "$generators" = stencil ]; then
    env -u CARGO_TARGET_DIR cargo build --quiet --release -p stencil-codegen --features cli
elif [ -z "${GENERATORS:-}" ]; then
    install
fi

median() { sort -n | awk '{ at[NR] = $1 } END { print at[int((NR + 1) / 2)] }'; }
alone() { # the command: user seconds of the last crate
    local TIMEFORMAT=%U i
    "$@" --quiet > "$peers/last.txt" 2>&1
    for i in $(seq "$repeats"); do
        touch src/lib.rs
        { time "$@" --quiet > "$peers/last.txt" 2>&1; } 2>&1
    done | median
}

printf '%-16s %9s %9s %9s %11s %11s\n' generator check,s build,s lines 'ms/check' 'ms/build'
for generator in $generators; do
    work=$peers/compile-$generator
    rm -rf "$work" && mkdir -p "$work"
    if ! written "$generator" "$document" "$work" "$peers/said.txt"; then
        printf '%-16s does not take it\n' "$generator"
        continue
    fi
    (
        cd "$work"
        if ! cargo check --quiet > "$peers/last.txt" 2>&1; then
            printf '%-16s does not compile\n' "$generator"
            exit
        fi
        check=$(alone cargo check)
        build=$(alone cargo build)
        lines=$(find src -name '*.rs' -exec cat {} + | grep -cvE '^ *(//|$)')
        awk -v g="$generator" -v c="$check" -v b="$build" -v l="$lines" -v n="$operations" \
            'BEGIN { printf "%-16s %9.2f %9.2f %9d %11.1f %11.1f\n", g, c, b, l, c / n * 1000, b / n * 1000 }'
        if cargo llvm-lines --version > /dev/null 2>&1; then
            cargo llvm-lines --lib 2> /dev/null | awk -v n="$operations" '/TOTAL/ { printf "%16s %d LLVM lines, %.0f by operation\n", "", $1, $1 / n }'
        fi
    )
done
