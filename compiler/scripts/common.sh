# Shared by ./x and the scripts beside this file: messages, paths, retries. Sourced, never run.
# Callers set -euo pipefail and may set PYC_BUILD (the build folder, default build).

sourceDir=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
scriptDir=$sourceDir/compiler/scripts
buildDir=${PYC_BUILD:-$sourceDir/build}
case $buildDir in /*) ;; *) buildDir=$sourceDir/$buildDir ;; esac
# What is fetched is shared by all build folders of a checkout.
depsDir=$sourceDir/build/deps

say() { printf '\033[1m==> %s\033[0m\n' "$*" | plainUnlessTerminal; }
warn() { printf 'warning: %s\n' "$*" >&2; }
die() {
  printf 'error: %s\n' "$1" >&2
  shift
  local line
  for line in "$@"; do printf '  %s\n' "$line" >&2; done
  exit 1
}

plainUnlessTerminal() {
  if [ -t 1 ]; then cat; else sed 's/\x1b\[[0-9;]*m//g'; fi
}

# retry COMMAND...: up to PYC_ATTEMPTS (3) attempts with pauses between them, for what needs the network.
retry() {
  local attempt attempts=${PYC_ATTEMPTS:-3}
  for ((attempt = 1; ; ++attempt)); do
    "$@" && return 0
    [ "$attempt" -lt "$attempts" ] || return 1
    warn "attempt $attempt of $attempts failed, trying again in $((attempt * 5)) seconds"
    sleep $((attempt * 5))
  done
}

# jobs: how many compile jobs fit the processors and the memory (clang on MLIR takes up to 0.8 GB).
jobs() {
  local cpus memory
  cpus=$(nproc)
  memory=$(awk '/MemAvailable/ {print int($2 / 1000000)}' /proc/meminfo)
  [ "$memory" -ge 1 ] || memory=1
  echo $((cpus < memory ? cpus : memory))
}
