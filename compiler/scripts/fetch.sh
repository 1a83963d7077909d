#!/usr/bin/env bash
# Fetches what pyc takes from Debian's archive without installing it, into the build tree:
#   fetch.sh stdlib     CPython 3.15's standard library   -> build/stdlib/python3.15
#   fetch.sh testsuite  CPython 3.15's own tests           -> build/testsuite/test
#   fetch.sh mimalloc   mimalloc 2.0's source             -> build/deps/mimalloc
#   fetch.sh mpdecimal  libmpdec 4.0's source             -> build/deps/mpdecimal
# Needs apt and a network, no root. Does nothing where the result is there already.
# CMake calls it too, so that a plain cmake run finds all; each result appears in one rename.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. "$scriptDir/apt.sh"

stdlibDir=$sourceDir/build/stdlib
suiteDir=$sourceDir/build/testsuite

stdlib() {
  [ ! -e "$stdlibDir/python3.15/os.py" ] || return 0
  say "Fetching CPython 3.15's standard library"
  inWorkFolder fetchStdlib
}

fetchStdlib() {
  privateApt "$PWD/apt" deb sid &&
    apt-get -qq download libpython3.15-stdlib libpython3.15-minimal &&
    dpkg-deb -x libpython3.15-minimal_*.deb root &&
    dpkg-deb -x libpython3.15-stdlib_*.deb root &&
    # Facts about the build that are not so of ours: no global lock.
    sed -i --follow-symlinks 's/\(Py_GIL_DISABLED.: \)0/\11/' root/usr/lib/python3.15/_sysconfig[d_]* &&
    mkdir -p "$stdlibDir" &&
    rm -rf "$stdlibDir/python3.15" &&
    mv root/usr/lib/python3.15 "$stdlibDir/python3.15"
}

testsuite() {
  [ ! -e "$suiteDir/test/test_int.py" ] || return 0
  say "Fetching CPython 3.15's test suite"
  inWorkFolder fetchTestsuite
}

# The package test of the library (test.support) and of the test suite are one.
fetchTestsuite() {
  privateApt "$PWD/apt" deb sid &&
    apt-get -qq download libpython3.15-stdlib libpython3.15-testsuite &&
    dpkg-deb -x libpython3.15-stdlib_*.deb root &&
    dpkg-deb -x libpython3.15-testsuite_*.deb root &&
    mkdir -p "$suiteDir" &&
    rm -rf "$suiteDir/test" &&
    mv root/usr/lib/python3.15/test "$suiteDir/test"
}

mimalloc() {
  [ ! -e "$depsDir/mimalloc/src/static.c" ] || return 0
  say "Fetching mimalloc's source"
  inWorkFolder fetchSource mimalloc bookworm
}

# Debian 12 has no package of it any more; the release after it does.
mpdecimal() {
  [ ! -e "$depsDir/mpdecimal/libmpdec/mpdecimal.c" ] || return 0
  say "Fetching libmpdec's source"
  inWorkFolder fetchSource mpdecimal trixie
}

# fetchSource PACKAGE SUITE: unpack a Debian source package into depsDir.
fetchSource() {
  privateApt "$PWD/apt" deb-src "$2" &&
    apt-get -qq source --download-only "$1" &&
    mkdir source &&
    tar -xf "$1"_*.orig.tar.?z -C source --strip-components=1 &&
    rm -rf "${depsDir:?}/$1" &&
    mv source "$depsDir/$1"
}

# inWorkFolder COMMAND...: run it in a fresh folder, which is gone afterwards.
inWorkFolder() {
  local work status=0
  mkdir -p "$depsDir"
  work=$(mktemp -d "$depsDir/fetch.XXXXXX")
  (cd "$work" && "$@") || status=$?
  rm -rf "$work"
  # A build folder that was configured without it looks again.
  touch -c "$sourceDir"/build*/CMakeCache.txt
  return $status
}

case ${1-} in
  stdlib | testsuite | mimalloc | mpdecimal) ;;
  *) die "usage: fetch.sh stdlib|testsuite|mimalloc|mpdecimal" ;;
esac
command -v apt-get >/dev/null || die "fetching $1 needs apt-get, which this machine lacks."
retry "$1" || die "could not fetch $1 (network, or no mirror in apt's sources)." "Run ./x setup to try again."
