#!/bin/sh
# Unit and crate tests, with nextest where it is installed.
set -eu
if cargo nextest --version >/dev/null 2>&1; then
    cargo nextest run --workspace --locked --profile ci
    cargo test --workspace --locked --doc --quiet
else
    cargo test --workspace --locked
fi
