#!/bin/sh
# Installs cognito-local, a Cognito that runs here, into the directory given. What is up to date is left alone.
set -eu

home=$1
pools=$(cd "$(dirname "$0")/../conformance/pools" && pwd)
mkdir -p "$home"
exec 9>"$home/.lock"
# Tests that run side by side ask at the same time.
if command -v flock >/dev/null 2>&1; then flock 9; fi

if ! cmp -s "$pools/package-lock.json" "$home/.installed"; then
    cp "$pools/package.json" "$pools/package-lock.json" "$home/"
    (cd "$home" && npm ci --no-audit --no-fund --loglevel=error --ignore-scripts)
    cp "$pools/package-lock.json" "$home/.installed"
fi
