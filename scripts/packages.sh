#!/bin/sh
# Installs the Debian packages that the example (`run`) or the tests and benches (`all`) need, when they are missing.
# Where there is no apt-get it only names them.
set -eu

missing=""
need() { # command, package
    command -v "$1" >/dev/null 2>&1 || [ -x "/usr/sbin/$1" ] || missing="$missing $2"
}
need python3 python3
need node nodejs
if [ "${1:-all}" = all ]; then
need npm npm
need curl curl
need openssl openssl
need bwrap bubblewrap
need nginx nginx
need haproxy haproxy
need wrk wrk
need valgrind valgrind
need h2load nghttp2-client
need slowhttptest slowhttptest
# npm's aws-lambda-ric compiles its native part.
need g++ g++
need make make
need cmake cmake
need autoconf autoconf
need automake automake
need libtoolize libtool
# The differential tests run the engines that are imitated, on a JVM.
need javac default-jdk-headless
[ -e /usr/share/java/velocity.jar ] || missing="$missing velocity"
[ -e /usr/share/java/json-path.jar ] || missing="$missing libjsonpath-java"
[ -e /usr/include/node/node.h ] || missing="$missing libnode-dev"
python3 -c 'import venv, ensurepip' 2>/dev/null || missing="$missing python3-venv"
fi

[ -n "$missing" ] || exit 0
if ! command -v apt-get >/dev/null 2>&1; then
    echo "please install:$missing" >&2
    exit 1
fi
echo "installing:$missing"
as_root=""
[ "$(id -u)" = 0 ] || as_root=sudo
$as_root apt-get update -qq
# Services that the packages bring must not start: the tests start their own on free ports.
$as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -qq --no-install-recommends $missing
