# ./x format, lint, layers and sanitize. Sourced after test.sh.

ourFolders=(compiler dialects profiler runtime tests)

# ourFiles PATTERN...: our files whose names match one of the patterns, one a line.
ourFiles() {
  local names=() pattern
  for pattern; do names+=(-o -name "$pattern"); done
  (cd "$sourceDir" && find "${ourFolders[@]}" -type f \( "${names[@]:1}" \) | sort)
}

format() {
  local mode=-i
  case ${1-} in
    "") ;;
    --check) mode="--dry-run -Werror --ferror-limit=1" ;;
    *) die "usage: ./x format [--check]" ;;
  esac
  installPackages
  cd "$sourceDir"
  # shellcheck disable=SC2086 # several words are meant
  ourFiles '*.h' '*.cpp' | xargs -r clang-format-22 $mode ||
    die "some files are not formatted; ./x format does it."
}

lint() {
  local files
  build
  cd "$sourceDir"
  if [ $# -gt 0 ]; then files=("$@"); else mapfile -t files < <(ourFiles '*.cpp'); fi
  printf '%s\n' "${files[@]}" | grep -xF -f <(compiledFiles) |
    xargs -r -n 4 -P "$(jobs)" clang-tidy-22 -p "$buildDir" --quiet 2> >(grep -v 'warnings generated' >&2) ||
    die "clang-tidy has remarks; they are above."
}

# compiledFiles: what the build compiles, relative to the checkout.
compiledFiles() {
  sed -n "s,^ *\"file\": \"$sourceDir/\(.*\)\".*,\1,p" "$buildDir/compile_commands.json"
}

layers() {
  local folder=$sourceDir/build-layers
  setup
  python3 "$sourceDir/tests/tools/check_layers.py" "$sourceDir"
  configure "$folder" -DPYC_COMPILER=OFF
  say "Building runtime and frontend without the compiler"
  ninjaIn "$folder"
  if ninja -C "$folder" -t deps | grep -E '/(llvm|mlir|clang)/.*\.(h|def|inc)$' | grep -v '/lib/clang/' | sort -u | head -5 | grep .; then
    die "these headers of LLVM were reached in the build without the compiler."
  fi
  say "The layers hold"
}

sanitize() {
  local kind=${1-} folder=$sourceDir/build-${1-}
  case $kind in
    address | undefined | thread) ;;
    *) die "usage: ./x sanitize address|undefined|thread" ;;
  esac
  shift
  setup
  configure "$folder" -DPYC_SANITIZE="$kind"
  say "Building with the $kind sanitizer"
  ninjaIn "$folder"
  # LLVM is not instrumented, so containers that cross into it look overflown, and its
  # process-long tables look leaked.
  # Frames of native code are told apart by where they stand on the stack: no fake ones.
  export ASAN_OPTIONS=detect_leaks=0:detect_container_overflow=0:detect_stack_use_after_return=0
  export UBSAN_OPTIONS=print_stacktrace=1
  export TSAN_OPTIONS=second_deadlock_stack=1
  runAll "$folder" "$@"
}
