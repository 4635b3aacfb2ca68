#!/bin/sh
# Puts wiremock.jar, which has a current JsonPath inside, into the directory given. What is up to date is left alone.
set -eu

home=$1
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$home"
exec 9>"$home/.lock"
# Tests that run side by side ask at the same time.
if command -v flock >/dev/null 2>&1; then flock 9; fi

if ! cmp -s "$here/package-lock.json" "$home/.installed"; then
    cp "$here/package.json" "$here/package-lock.json" "$home/"
    (cd "$home" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
    cp "$home"/node_modules/wiremock/build/wiremock-standalone-*.jar "$home/wiremock.jar"
    cp "$here/package-lock.json" "$home/.installed"
fi
