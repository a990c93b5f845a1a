#!/usr/bin/env bash
# Generators of Rust clients beside each other: which documents they take, whether what they write compiles, and
# the CPU seconds that generating takes.
#
#   benches/peers.sh DIR [DOCUMENTS]     all documents directly in DIR, or the first so many
#   GENERATORS="stencil ploidy" …        only these
#
# The others are installed by name from the registry, below target/peers. A client counts as compiling if
# `cargo check` finds no error in it; of warnings only ours are told (by the command `corpus`).
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$(cd "$1" && pwd)
most=${2:-1000000}
peers=$PWD/target/peers
work=$peers/work
table=$peers/table.csv
export CARGO_TARGET_DIR=$peers/check CARGO_TERM_COLOR=never

for tool in cargo-progenitor@0.15.1 oas3-gen@0.29.0 openapi-to-rust@0.23.0 ploidy@0.15.0; do
    if [ ! -x "$peers/bin/${tool%@*}" ]; then
        env -u CARGO_TARGET_DIR cargo install --quiet --root "$peers" "$tool"
    fi
done
env -u CARGO_TARGET_DIR cargo build --quiet --release -p stencil-codegen --features cli
stencil=$PWD/target/release/stencil

manifest() { # dependencies
    printf '[package]\nname = "client"\nversion = "0.1.0"\nedition = "2024"\n\n[workspace]\n\n%s\n' "$1" > Cargo.toml
}

# Each writes a crate into the current folder, and nothing to the screen.
by_stencil() { "$stencil" generate "$1" --crate . --name client --runtime-path "$root/runtime"; printf '\n[workspace]\n' >> Cargo.toml; }
by_progenitor() { "$peers/bin/cargo-progenitor" progenitor -i "$1" -o . -n client -v 0.1.0; printf '\n[workspace]\n' >> Cargo.toml; }
by_ploidy() { "$peers/bin/ploidy" generate rust --name client -o . "$1"; printf '\n[workspace]\n' >> Cargo.toml; }
by_openapi_to_rust() {
    mkdir -p src
    "$peers/bin/openapi-to-rust" generate "$1" --output-dir src/generated
    echo 'pub mod generated;' > src/lib.rs
    manifest "$(grep -v '^#' src/generated/REQUIRED_DEPS.toml)"
}
by_oas3_gen() {
    "$peers/bin/oas3-gen" generate client-mod -i "$1" -o src/client
    echo 'pub mod client;' > src/lib.rs
    manifest '[dependencies]
anyhow = "1"
bon = "3"
bytes = "1"
chrono = { version = "0.4", features = ["serde"] }
eventsource-stream = "0.2"
futures-util = "0.3"
http = "1"
indexmap = { version = "2", features = ["serde"] }
oas3-gen-support = "0.29"
regex = "1"
reqwest = { version = "0.13", features = ["json", "multipart", "stream", "query", "form"] }
secrecy = { version = "0.10", features = ["serde"] }
serde = { version = "1", features = ["derive"] }
serde_html_form = "0.2"
serde_json = "1"
serde_plain = "1"
serde_with = "3"
url = "2"
uuid = { version = "1", features = ["serde"] }
validator = { version = "0.20", features = ["derive"] }'
}

export root=$PWD peers stencil
echo 'generator,document,generated,compiles,user_seconds' > "$table"
for generator in ${GENERATORS:-stencil openapi_to_rust ploidy oas3_gen progenitor}; do
    for document in $(find "$folder" -maxdepth 1 -type f \( -name '*.yaml' -o -name '*.yml' -o -name '*.json' \) | sort | head -n "$most"); do
        rm -rf "$work" && mkdir -p "$work"
        generated=no compiles=no
        TIMEFORMAT=%U
        run="set -e; $(declare -f manifest "by_$generator"); by_$generator \"\$1\""
        seconds=$({ time (cd "$work" && timeout 300 bash -c "$run" _ "$document" > "$peers/said.txt" 2>&1 && touch "$peers/made") || true; } 2>&1)
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
