# The generators of Rust clients that are measured beside each other; read by `peers.sh` and `compile.sh`.
#
# The others are installed by name from the registry, below target/peers.
peers=$PWD/target/peers
stencil=$PWD/target/release/stencil

install() {
    local tool
    for tool in cargo-progenitor@0.15.1 oas3-gen@0.29.0 openapi-to-rust@0.23.0 ploidy@0.15.0; do
        if [ ! -x "$peers/bin/${tool%@*}" ]; then
            env -u CARGO_TARGET_DIR cargo install --quiet --root "$peers" "$tool"
        fi
    done
    env -u CARGO_TARGET_DIR cargo build --quiet --release -p stencil-codegen --features cli
}

manifest() { # dependencies
    printf '[package]\nname = "client"\nversion = "0.1.0"\nedition = "2024"\n\n[workspace]\n\n%s\n' "$1" > Cargo.toml
}

# Each writes a crate into the current folder, and nothing to the screen.
by_stencil() { "$stencil" generate "$1" --crate . --name client --runtime-path "$root/runtime"; printf '\n[workspace]\n' >> Cargo.toml; }
by_progenitor() {
    "$peers/bin/cargo-progenitor" progenitor -i "$1" -o . -n client -v 0.1.0
    # It asks for no TLS, which the others have, and a program needs to call anybody.
    sed -i '/^reqwest = /s/"stream"/"rustls", "stream"/' Cargo.toml
    printf '\n[workspace]\n' >> Cargo.toml
}
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

# Has a generator write a crate for a document into a folder; what it says goes to a file.
written() { # generator, document, folder, file
    local run
    run="set -e; $(declare -f manifest "by_$1"); by_$1 \"\$1\""
    (cd "$3" && timeout 300 bash -c "$run" _ "$2" > "$4" 2>&1)
}

export root=$PWD peers stencil
