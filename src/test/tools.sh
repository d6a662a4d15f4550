#!/bin/sh
# Installs what the tests need beside Java and what this machine lacks: Debian's packages, by apt-get.
# Says what is missing, and fails, where there is no apt-get.
set -eu

missing=
need() { # COMMAND PACKAGE...
  command -v "$1" > /dev/null && return
  shift
  missing="$missing $*"
}

# Other people's clients for Node.
need npm nodejs npm
# The tests make media with these and ask them how long each plays.
need sox sox
need espeak-ng espeak-ng
need ffmpeg ffmpeg
# The console is tried in a real browser.
need chromium chromium fonts-dejavu-core

[ -n "$missing" ] || exit 0
command -v apt-get > /dev/null || { echo "The tests need$missing; please install them." >&2; exit 1; }
sudo=
[ "$(id -u)" = 0 ] || sudo=sudo
$sudo apt-get update -q
# shellcheck disable=SC2086 # a list of packages
DEBIAN_FRONTEND=noninteractive $sudo apt-get install -q -y --no-install-recommends $missing
