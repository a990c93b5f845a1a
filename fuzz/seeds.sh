#!/usr/bin/env bash
# Writes seeds for each target to fuzz/corpus/: the documents of the repository, and where there are some, those
# of ../shared/corpus that are small. What fuzzing found itself stays.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo build --quiet --package stencil-codegen --features cli --bin stencil
stencil=target/debug/stencil
corpus=fuzz/corpus
mkdir -p "$corpus"/{load,compile,overlay,decode}

# A name that is the same for the same content.
put() { # target, file
    cp "$2" "$corpus/$1/$(sha1sum < "$2" | cut -c1-16)"
}

documents() {
    find spec tests/cases tests/errors -name '*.yaml' -size -32k
    if [ -d ../shared/corpus ]; then
        find -L ../shared/corpus \( -name '*.yaml' -o -name '*.json' \) -size -8k
    else
        echo 'skipped: there is no ../shared/corpus here' >&2
    fi
}

documents | while read -r document; do
    put load "$document"
    # As JSON, which the mutator of this target changes by its structure.
    tree=$(mktemp)
    if "$stencil" inspect "$document" --stage load > "$tree" 2> /dev/null; then
        put compile "$tree"
    fi
    rm "$tree"
done
find spec tests/errors -name '*overlay*.yaml' | while read -r overlay; do
    tree=$(mktemp)
    "$stencil" inspect "$overlay" --stage load > "$tree" 2> /dev/null && put overlay "$tree"
    put overlay "$overlay"
    rm "$tree"
done
seed() { # name, text
    printf '%b' "$2" > "$corpus/decode/$1"
}
seed account '\x00\x00{"type": "free", "reputation": 99.7}'
seed credits '\x01\x00{"remain": 200, "total": 200, "overage": 0, "used": 0, "last_reset": "2013-01-01", "next_reset": "2013-02-01", "reset_frequency": "monthly"}'
seed email '\x02\x00X-RateLimit-Limit: 500\nX-RateLimit-Remaining: 1\nX-RateLimit-Reset: 1400000000\n\n{"email": "a@example.com"}'
seed profile '\x03\x00{"address": "1", "city": null, "extra": [1, {"a": 1e300}]}'
seed error '\x04\x05{"errors": [{"field": null, "message": "authorization required", "help": "x", "error_id": "y"}]}'
seed limited '\x05\x07Retry-After: 5\nDate: Wed, 25 Nov 2026 07:00:00 GMT\n\n{"errors": ["too many requests"], "message": "error"}'
seed empty '\x06\x00'
seed html '\x07\x08<html>502</html>'
seed link '\x08\x00Link: <https://example.com/?page=2>; rel="next"\n\n{"username": "a"}'
seed lines '\x09\x00{"a": 1}\n\n{"b": 2}\r\nnull'
seed sequence '\x0a\x00\x1e{"a": 1}\n\x1e{"b": 2}\n'
seed events '\x0b\x00event: a\nid: 1\nretry: 10\ndata: {"a":\ndata: 1}\n\n: comment\ndata: [DONE]\n\n'
seed whole '\x0c\x00data: {"a": 1}\n\n'
seed json '\x0d\x00{"a": [1e3, -0, "\\u00e9\\n", null], "": {}}'
for target in load compile overlay decode; do
    echo "$target: $(find "$corpus/$target" -type f | wc -l) seeds"
done
