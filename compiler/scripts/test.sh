# ./x test, unit, lit and bench. Sourced after build.sh.

# reportDir FOLDER: where the runs in build folder FOLDER leave their machine-readable results.
reportDir() { echo "$1/reports"; }

# runUnit FOLDER ARGS...
runUnit() {
  local folder=$1 reports
  shift
  reports=$(reportDir "$folder")
  rm -rf "$reports/unit" "$reports/unit.xml"
  ctest --test-dir "$folder" -j "$(nproc)" --output-on-failure --output-junit "$reports/unit.xml" "$@"
}

# litPath FOLDER PATH: where lit finds the test, or folder of tests, PATH of the checkout.
litPath() {
  local path
  path=$(realpath -m "$2")
  path=${path#"$sourceDir/"}
  case $path in
    tests/lit | tests/lit/*) echo "$1/tests/lit/pyc${path#tests/lit}" ;;
    tests/bench | tests/bench/*) echo "$1/tests/lit/bench${path#tests/bench}" ;;
    examples | examples/*) echo "$1/tests/lit/examples${path#examples}" ;;
    *) echo "$2" ;;
  esac
}

# runLit FOLDER ARGS...: all suites, unless an argument names a test or a folder of them.
runLit() {
  local folder=$1 options=() paths=() arg
  shift
  for arg; do
    if [ -e "$arg" ]; then paths+=("$(litPath "$folder" "$arg")"); else options+=("$arg"); fi
  done
  [ "${#paths[@]}" -gt 0 ] || paths=("$folder"/tests/lit/{pyc,examples,bench})
  mkdir -p "$(reportDir "$folder")"
  rm -f "$(reportDir "$folder")/lit.xml"
  lit-22 -s --xunit-xml-output="$(reportDir "$folder")/lit.xml" "${options[@]}" "${paths[@]}"
}

# runAll FOLDER LITARGS...: both; ends with one line 'N passed, N failed', and fails if any did.
runAll() {
  local folder=$1
  shift
  say "Running the unit tests"
  runUnit "$folder" || true
  say "Running the lit tests"
  runLit "$folder" "$@" || true
  python3 "$sourceDir/tests/tools/summary.py" "$(reportDir "$folder")"
}

allTests() {
  build
  "$scriptDir/fetch.sh" testsuite || warn "going on without CPython's own tests"
  runAll "$buildDir"
}

unit() {
  build
  runUnit "$buildDir" "$@"
}

lit() {
  build
  runLit "$buildDir" "$@"
}

# conformance ARGS...: CPython's own tests; ARGS go to tests/conformance/conformance.py.
conformance() {
  "$scriptDir/fetch.sh" testsuite || die "CPython's test suite could not be fetched."
  build
  python3 "$sourceDir/tests/conformance/conformance.py" --pyc "$buildDir/bin/pyc" \
    --suite "$sourceDir/build/testsuite" "$@"
}

# profiles ARGS...: programs built with right and wrong profiles; ARGS go to
# tests/tools/profile_check.py, which without a program takes all of tests/lit/lang.
profiles() {
  build
  python3 "$sourceDir/tests/tools/profile_check.py" --pyc "$buildDir/bin/pyc" "$@"
}

# fuzz ARGS...: random programs; ARGS go to tests/fuzz/program_fuzz.py.
fuzz() {
  build
  python3 "$sourceDir/tests/fuzz/program_fuzz.py" --pyc "$buildDir/bin/pyc" "$@"
}

bench() {
  build
  python3 "$sourceDir/tests/tools/bench.py" --pyc "$buildDir/bin/pyc" "$@"
}
