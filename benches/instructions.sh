#!/usr/bin/env bash
# Guards what generating, calling and compiling cost, by counts that do not vary as times do: instructions as
# callgrind counts them, of the programs as the tests build them (not optimised, as in other people's build
# scripts), lines of what is generated, and lines of what LLVM gets of it: of the client, and of a program that calls all.
#
#   benches/instructions.sh              compares with benches/instructions.txt; 1 if a count has grown by over 10 %
#   benches/instructions.sh --update     writes benches/instructions.txt anew, for review
set -euo pipefail
cd "$(dirname "$0")/.."

baseline=benches/instructions.txt
tolerance=10
rounds=20
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if ! command -v valgrind > /dev/null; then
    echo 'skipped: valgrind, which counts the instructions, is not installed here'
    exit 0
fi
cargo build --quiet -p stencil-codegen --features cli
cargo build --quiet -p stencil-costs

instructions() { # the command
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 > /dev/null | awk '/Collected/ { print $NF }'
}

per_operation() { # of `costs`: requests or responses, what is done once taken off
    local once all
    once=$(instructions target/debug/stencil-costs ours "$1" 0)
    all=$(instructions target/debug/stencil-costs ours "$1" "$rounds")
    echo $(((all - once) / rounds / 9))
}

# Lines that are code.
code() { grep -cvE '^ *(//|$)' "$1"; }

# Lines of LLVM's language, which the time of a build goes by: as `cargo llvm-lines` counts them, from rustc alone.
llvm() { # arguments for `cargo rustc`
    CARGO_INCREMENTAL=0 cargo rustc --quiet -p sendgrid-user "$@" -- \
        -C codegen-units=1 -C debuginfo=0 --emit=llvm-ir="$work/lines.ll"
    grep -c '^  ' "$work/lines.ll"
}

benches/document.sh 20 > "$work/twenty.yaml"
client=client/src/generated.rs
operations=$(grep -c '^impl rt::Operation for' "$client")
{
    echo "generate the User API (instructions): $(instructions target/debug/stencil generate spec/tsg_user_v3.yaml \
        --overlay spec/tsg_user_v3.overlay.yaml --output "$work/user.rs")"
    echo "generate 80 operations (instructions): $(instructions target/debug/stencil generate "$work/twenty.yaml" \
        --output "$work/twenty.rs")"
    echo "build a request (instructions): $(per_operation requests)"
    echo "read a response (instructions): $(per_operation responses)"
    echo "code of the User API by operation (lines): $(($(code "$client") / operations))"
    echo "code of 80 operations by operation (lines): $(($(code "$work/twenty.rs") / 80))"
    echo "the User API by operation (LLVM lines): $(($(llvm --lib) / operations))"
    echo "the tour (LLVM lines): $(llvm --example tour)"
} > "$work/counts.txt"

if [ "${1:-}" = --update ]; then
    cp "$work/counts.txt" "$baseline"
    cat "$baseline"
    exit 0
fi
awk -F': ' -v tolerance="$tolerance" '
    NR == FNR { was[$1] = $2; next }
    {
        change = was[$1] ? 100 * ($2 / was[$1] - 1) : 0
        if (!($1 in was)) verdict = "is new"
        else if (change > tolerance) verdict = "HAS GROWN"
        else if (change < -tolerance) verdict = "has shrunk"
        else verdict = "is as it was"
        printf "%-45s %12d  %+6.1f %%  %s\n", $1, $2, change, verdict
        if (verdict == "HAS GROWN" || verdict == "is new") bad = 1
        if (verdict == "has shrunk") better = 1
    }
    END {
        if (better) print "Keep what was gained: benches/instructions.sh --update"
        if (bad) print "If that is meant, say why in the commit, and: benches/instructions.sh --update"
        exit bad
    }' "$baseline" "$work/counts.txt"
