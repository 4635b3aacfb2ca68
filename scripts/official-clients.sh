#!/bin/sh
# Installs and builds Lambda's official runtime clients for Node and Rust into the directory given; the one for Python comes
# with the tests' other packages. What is up to date is left alone.
set -eu

home=$1
functions=$(cd "$(dirname "$0")/../conformance/functions" && pwd)
mkdir -p "$home/node"
exec 9>"$home/.lock"
# Tests that run side by side ask at the same time.
if command -v flock >/dev/null 2>&1; then flock 9; fi

if ! cmp -s "$functions/node/package-lock.json" "$home/node/.installed"; then
    cp "$functions/node/package.json" "$functions/node/package-lock.json" "$home/node/"
    # The client's native part is compiled against the headers of the Node that is installed here.
    if [ -e /usr/include/node/node.h ]; then export npm_config_nodedir=/usr; fi
    (cd "$home/node" && npm ci --no-audit --no-fund --loglevel=error)
    cp "$functions/node/package-lock.json" "$home/node/.installed"
fi

cargo build --quiet --release --locked --manifest-path "$functions/rust/Cargo.toml" --target-dir "$home/rust"
