#!/usr/bin/env bash
# Runs each fuzz target for some seconds; ends with 1 at the first find, which then lies in fuzz/artifacts/.
#
#   fuzz/run.sh            15 seconds each, as CI does
#   fuzz/run.sh 1800       half an hour each
#   fuzz/run.sh 60 compile one target
#
# Without a sanitizer it needs no nightly Rust: there is no unsafe code here that one could find fault with.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:-15}
targets=(load compile overlay decode)
if [ $# -gt 1 ]; then
    targets=("${@:2}")
fi
if ! cargo fuzz --version > /dev/null 2>&1; then
    PATH=$PWD/target/tools/bin:$PATH
    cargo fuzz --version > /dev/null 2>&1 \
        || cargo install --quiet --locked --root target/tools cargo-fuzz --version '~0.13'
fi
fuzz/seeds.sh
for target in "${targets[@]}"; do
    # An input ends within 10 s in a debug build; these are built with optimisation.
    cargo fuzz run --sanitizer none "$target" -- \
        -max_total_time="$seconds" -max_len=16384 -timeout=5 -rss_limit_mb=2048 -malloc_limit_mb=512 \
        -print_final_stats=1
done
