#!/bin/sh
# Drives the built binary through boto3, the aws CLI and raw sockets, then checks that docs/coverage.md is true.
set -eu
venv=$1
target=$2
report="$target/conformance.xml"
# The crash and limit suites want the machine for themselves, so they run alone after the others.
"$venv/bin/python" -m pytest conformance -q -n 2 --dist loadfile --junitxml "$report" -m "not alone"
"$venv/bin/python" -m pytest conformance -q --junitxml "$target/conformance-alone.xml" -m alone
cargo xtask coverage --check "$report" "$target/conformance-alone.xml"
