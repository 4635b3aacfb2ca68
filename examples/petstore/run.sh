#!/bin/sh
# Serves the example: the inventory backend on 8099, and Stagedoor in front of it and of two functions.
set -eu
stagedoor=$1
here=$(dirname "$0")

python3 "$here/backend/inventory.py" 8099 &
backend=$!
trap 'kill $backend 2>/dev/null' EXIT INT TERM
"$stagedoor" dev "$here"
