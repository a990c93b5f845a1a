#!/usr/bin/env bash
# What a crate pays to depend on the client, with the generator (as it is, and optimised by `build-override`) and without
# it: crates and seconds of a cold build, beside a crate with the same nine calls written by hand over reqwest; then the
# bytes of both programs, optimised and stripped. Dependencies are fetched beforehand; each is built from nothing, in turn,
# three times; the median counts.
#
#   benches/cold-build.sh [ROUNDS]
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)
rounds=${1:-3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

crate() { # name, dependencies; the program on standard input
    mkdir -p "$work/$1/src"
    cp "$top/Cargo.lock" "$work/$1/Cargo.lock"
    printf '[package]\nname = "%s"\nversion = "0.0.0"\nedition = "2024"\n\n[workspace]\n\n[dependencies]\n%s\n' \
        "$1" "$2" > "$work/$1/Cargo.toml"
    cat > "$work/$1/src/main.rs"
    (cd "$work/$1" && cargo fetch --quiet)
}

crate by-client "sendgrid-user = { path = \"$top/client\" }
tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }" < "$top/benches/cold-build/by_client.rs"
crate by-override "sendgrid-user = { path = \"$top/client\" }
tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }

[profile.dev.build-override]
opt-level = 3" < "$top/benches/cold-build/by_client.rs"
crate by-checked-in "sendgrid-user = { path = \"$top/client\", default-features = false, features = [\"rustls\"] }
tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }" < "$top/benches/cold-build/by_client.rs"
crate by-hand "reqwest = { version = \"0.13\", default-features = false, features = [\"rustls\", \"json\", \"http2\"] }
serde = { version = \"1\", features = [\"derive\"] }
tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }" < "$top/benches/cold-build/by_hand.rs"
cp "$top/benches/cold-build/models.rs" "$work/by-hand/src/"

median() { sort -n | awk '{ at[NR] = $1 } END { print at[int((NR + 1) / 2)] }'; }

rustc --version
nproc | sed 's/$/ cores/'
printf '%-14s %7s %9s %9s\n' crate crates wall,s cpu,s
for round in $(seq "$rounds"); do
    for name in by-hand by-client by-override by-checked-in; do
        (
            cd "$work/$name"
            rm -rf target
            TIMEFORMAT='%R %U %S'
            { time cargo build --quiet --offline; } 2>> "$work/$name.times"
        )
    done
done
for name in by-hand by-client by-override by-checked-in; do
    crates=$(cd "$work/$name" && cargo tree --offline --edges normal,build --prefix none --no-dedupe | awk '{ print $1, $2 }' | sort -u | wc -l)
    wall=$(awk '{ print $1 }' "$work/$name.times" | median)
    cpu=$(awk '{ print $2 + $3 }' "$work/$name.times" | median)
    printf '%-14s %7s %9s %9s\n' "$name" "$crates" "$wall" "$cpu"
done

for name in by-hand by-checked-in; do
    (
        cd "$work/$name"
        CARGO_PROFILE_RELEASE_STRIP=true cargo build --quiet --offline --release
        printf '%-14s %9d bytes, optimised and stripped\n' "$name" "$(wc -c < "target/release/$name")"
    )
done
