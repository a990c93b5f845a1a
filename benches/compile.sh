#!/usr/bin/env bash
# What every dependent pays for a generated client on every build: user seconds of `cargo check` and `cargo build` of
# that crate alone, its dependencies built; of a program that calls each operation once (`caller.pl`), as futures are
# compiled by whoever awaits them; and lines and LLVM lines of both (`cargo llvm-lines`, where it is installed), in all
# and by operation, beside other generators on the same document.
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
alone() { # a file, the command: user seconds of what the file is of
    local TIMEFORMAT=%U file=$1
    shift
    touch "$file"
    { time "$@" --quiet > "$peers/last.txt" 2>&1; } 2>&1
}
caller() { # generator: a program that calls all
    mkdir -p src/bin
    case $1 in
        stencil) "$root/benches/caller.pl" client::Client src/client.rs ;;
        oas3_gen) "$root/benches/caller.pl" "client::client::$(grep -ohE -m 1 '\b\w+Client\b' src/client/client.rs | head -1)" src/client/client.rs ;;
        openapi_to_rust) "$root/benches/caller.pl" client::generated::client::HttpClient src/generated/client.rs ;;
        progenitor) "$root/benches/caller.pl" client::Client src/lib.rs ;;
        *) "$root/benches/caller.pl" client::Client src/client/*.rs ;;
    esac > src/bin/caller.rs
    if ! cargo build --quiet > "$peers/last.txt" 2>&1; then rm src/bin/caller.rs; fi
}
llvm_lines() { # what, then arguments of `cargo llvm-lines`
    local what=$1
    shift
    cargo llvm-lines "$@" 2> /dev/null | awk -v n="$operations" -v w="$what" '/TOTAL/ { printf "%16s %d LLVM lines of the %s, %.0f by operation\n", "", $1, w, $1 / n }'
}

# Each writes its crate, whose dependencies are built.
taking=
for generator in $generators; do
    work=$peers/compile-$generator
    rm -rf "$work" "$peers/$generator".{check,build,program} && mkdir -p "$work"
    if ! written "$generator" "$document" "$work" "$peers/said.txt"; then
        printf '%-16s does not take it\n' "$generator"
    elif ! (cd "$work" && cargo check --quiet > "$peers/last.txt" 2>&1); then
        printf '%-16s does not compile\n' "$generator"
    else
        (cd "$work" && cargo build --quiet > "$peers/last.txt" 2>&1 && caller "$generator")
        taking="$taking $generator"
    fi
done

# One after the other in each round, as a machine is slower at times.
for _ in $(seq "$repeats"); do
    for generator in $taking; do
        cd "$peers/compile-$generator"
        alone src/lib.rs cargo check --lib >> "$peers/$generator.check"
        alone src/lib.rs cargo build --lib >> "$peers/$generator.build"
        if [ -e src/bin/caller.rs ]; then alone src/bin/caller.rs cargo build >> "$peers/$generator.program"; fi
    done
done

printf '%-16s %9s %9s %9s %9s %11s %11s %11s\n' generator check,s build,s program,s lines 'ms/check' 'ms/build' 'ms/program'
for generator in $taking; do
    cd "$peers/compile-$generator"
    check=$(median < "$peers/$generator.check")
    build=$(median < "$peers/$generator.build")
    lines=$(find src -name '*.rs' -not -path src/bin/caller.rs -exec cat {} + | grep -cvE '^ *(//|$)')
    program=
    if [ -e "$peers/$generator.program" ]; then program=$(median < "$peers/$generator.program"); fi
    awk -v g="$generator" -v c="$check" -v b="$build" -v p="$program" -v l="$lines" -v n="$operations" \
        'BEGIN { printf "%-16s %9.2f %9.2f %9s %9d %11.1f %11.1f %11s\n", g, c, b, p == "" ? "-" : p, l, c / n * 1000, b / n * 1000, p == "" ? "-" : sprintf("%.1f", p / n * 1000) }'
    if cargo llvm-lines --version > /dev/null 2>&1; then
        llvm_lines client --lib
        if [ -n "$program" ]; then llvm_lines program --bin caller; fi
    fi
done
