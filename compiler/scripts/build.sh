# ./x setup and ./x build. Sourced after apt.sh. Both are quick where nothing is left to do.

setup() {
  mkdir -p "$sourceDir/build"
  installPackages
  "$scriptDir/fetch.sh" stdlib || warn "going on with an installed CPython's library instead"
  "$scriptDir/fetch.sh" mimalloc || warn "going on with the installed libmimalloc instead"
  "$scriptDir/fetch.sh" mpdecimal || warn "going on without libmpdec: decimal will be slow"
}

# configure FOLDER OPTION...: run cmake unless FOLDER is configured already.
configure() {
  local folder=$1
  shift
  [ ! -e "$folder/build.ninja" ] || return 0
  say "Configuring ${folder#"$sourceDir/"}"
  cmake -S "$sourceDir" -B "$folder" -G Ninja -DCMAKE_C_COMPILER=clang-22 \
    -DCMAKE_CXX_COMPILER=clang++-22 "$@" ||
    { rm -f "$folder/build.ninja"; die "configuring failed; the message is above."; }
}

# ninjaIn FOLDER TARGET...
ninjaIn() {
  local folder=$1
  shift
  ninja -C "$folder" -j "${PYC_JOBS:-$(jobs)}" "$@" ||
    die "the build failed; the first error is above." "./x build goes on where it stopped."
}

build() {
  setup
  configure "$buildDir"
  say "Building"
  ninjaIn "$buildDir" "$@"
}
