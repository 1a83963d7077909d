#!/usr/bin/env python3
"""Runs CPython's own test modules with pyc and compares what passes with what passed before.

    conformance.py --pyc build/bin/pyc --suite build/testsuite [--modes run,build] [--quick]
                   [--jobs N] [--update] [MODULE...]

Each module runs twice: with `pyc run` and as a native executable. Test methods that the module
itself skips (for CPython only, without _testcapi, ...) do not count. The result is compared with
failures.txt, which lists each method that fails and why: a method that fails and is not listed is a
step back, and the exit status is 1. --update rewrites failures.txt and docs/conformance.md for the
modules that ran. --python PYTHON runs the modules with that interpreter instead, to see what the
suite itself does.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
RUNNER = HERE / "run_tests.py"
TEST_SECONDS = 120  # without a test ending
BUILD_SECONDS = 1200
MEMORY = 8 << 30
MOST_RESTARTS = 60


class Result:
    """What became of one module in one mode: outcomes by test id, or why there are none."""

    def __init__(self):
        self.all = []
        self.outcomes = {}  # id -> (outcome, reason)
        self.skipped = {}  # fixture -> reason
        self.fixtures = {}  # fixture -> reason
        self.problem = ""  # the module could not run at all
        self.is_skipped = False

    def read(self, path):
        """Takes over what the runner wrote; returns the test it was in, and whether it ended."""
        current, ended = None, False
        for line in path.read_text().splitlines():
            try:
                record = json.loads(line)
            except ValueError:
                continue  # cut off by a crash
            if "all" in record:
                self.all = self.all or record["all"]
            elif "start" in record:
                current = record["start"]
            elif "outcome" in record:
                self.outcomes[record["id"]] = (record["outcome"], record["reason"])
                current = None
            elif "fixture" in record:
                self.fixtures[record["fixture"]] = record["reason"]
            elif "skipped" in record:
                self.skipped[record["skipped"]] = record["reason"]
            elif "module" in record:
                self.problem, self.is_skipped = record["reason"], record["module"] == "skip"
            elif "end" in record:
                ended = True
        return current, ended or bool(self.problem)

    def settle(self):
        """Gives each test without an outcome the one of the class or module that it belongs to."""
        for test in self.all:
            if test in self.outcomes:
                continue
            for fixture, reason in self.skipped.items():
                if fixture.partition("(")[2].rstrip(")") in test:
                    self.outcomes[test] = ("skip", reason)
            for fixture, reason in self.fixtures.items():
                if fixture.partition("(")[2].rstrip(")") in test:
                    self.outcomes[test] = ("error", fixture + ": " + reason)
            self.outcomes.setdefault(test, ("error", "did not run"))

    def counted(self):
        return [test for test, (outcome, _) in self.outcomes.items() if outcome != "skip"]

    def failures(self):
        return {t: reason for t, (outcome, reason) in self.outcomes.items()
                if outcome not in ("pass", "skip")}


def limit_memory():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def run_once(command, results, done, environment, folder):
    """Starts the runner; ends it when no test ends for TEST_SECONDS. Returns how it ended."""
    log = results.with_suffix(".log")
    with open(log, "wb") as output:
        process = subprocess.Popen(
            [*command, str(results), str(done)], env=environment, cwd=folder, stdout=output,
            stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, preexec_fn=limit_memory,
            start_new_session=True)
        size, since = -1, time.monotonic()
        while process.poll() is None:
            time.sleep(0.05)
            now = results.stat().st_size if results.exists() else 0
            if now != size:
                size, since = now, time.monotonic()
            if time.monotonic() - since > TEST_SECONDS:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                return "timeout"
    try:
        os.killpg(process.pid, signal.SIGKILL)  # what the tests left running
    except ProcessLookupError:
        pass
    if process.returncode < 0:
        return "crash: " + signal.Signals(-process.returncode).name
    tail = log.read_bytes()[-2000:].decode("utf-8", "replace").strip().splitlines()
    return f"exit status {process.returncode}: " + (tail[-1] if tail else "")


def run_module(command, environment):
    """Runs a module to its end, starting again behind each test that brings the process down."""
    result = Result()
    with tempfile.TemporaryDirectory(prefix="conformance-") as folder:
        folder = pathlib.Path(folder)
        results, done = folder / "results.jsonl", folder / "done"
        results.touch()
        for _ in range(MOST_RESTARTS):
            done.write_text("\n".join(result.outcomes) + "\n")
            work = folder / "work"
            shutil.rmtree(work, ignore_errors=True)
            work.mkdir()
            ending = run_once(command, results, done, environment, work)
            current, ended = result.read(results)
            if ended:
                break
            if current is None:
                if not result.all:
                    result.problem = ending
                break
            result.outcomes[current] = ("crash", ending)
            with open(results, "a") as file:
                file.write("\n" + json.dumps(
                    {"id": current, "outcome": "crash", "reason": ending}) + "\n")
        result.settle()
    return result


def submodules(suite, name):
    """The modules of a test package, but for those that no compiler takes; the module itself."""
    folder = suite / "test" / name
    if not folder.is_dir():
        return ["test." + name]
    return sorted({
        ".".join(path.relative_to(suite).with_suffix("").parts).removesuffix(".__init__")
        for path in folder.rglob("*.py")
        if path.name != "__main__.py" and "badsyntax" not in path.parts})


def build_native(options, name):
    """An executable of the runner with the module inside. Returns it, or None and the reason."""
    folder = options.suite / "native"
    folder.mkdir(exist_ok=True)
    main, output = options.suite / f"native_{name}.py", folder / name
    imports = "".join(f"    import {module}\n" for module in submodules(options.suite, name))
    main.write_text("import sys\nimport run_tests\nif not sys:  # found at compile time only\n"
                    f"{imports}run_tests.main({'test.' + name!r}, *sys.argv[1:])\n")
    shutil.copy(RUNNER, options.suite)
    try:
        built = subprocess.run(
            [options.pyc, "build", str(main), "-o", str(output)], capture_output=True, text=True,
            timeout=BUILD_SECONDS)
    except subprocess.TimeoutExpired:
        return None, f"building took more than {BUILD_SECONDS} s"
    if built.returncode:
        lines = [line for line in built.stderr.splitlines() if line.strip()]
        return None, "building failed: " + (lines[0] if lines else f"status {built.returncode}")
    return output, ""


def run_mode(options, name, mode):
    environment = dict(os.environ, PYTHONPATH=str(options.suite), PYTHONHASHSEED="0")
    if mode == "build":
        executable, problem = build_native(options, name)
        if problem:
            result = Result()
            result.problem = problem
            return result
        try:
            return run_module([str(executable)], environment)
        finally:
            if not options.keep:
                executable.unlink()
    start = [options.python] if options.python else [options.pyc, "run"]
    return run_module([*start, str(RUNNER), "test." + name], environment)


def read_modules():
    lines = (HERE / "modules.txt").read_text().splitlines()
    return {line.split()[0]: "quick" in line.split()[1:]
            for line in lines if line and not line.startswith("#")}


def read_failures(path):
    """mode -> module -> {test: reason}; a module that does not run has the test '*'."""
    known = {}
    for line in path.read_text().splitlines() if path.exists() else ():
        if line and not line.startswith("#"):
            mode, module, test, reason = (line.split("\t") + [""])[:4]
            known.setdefault(mode, {}).setdefault(module, {})[test] = reason
    return known


def read_counts(path):
    """(module, mode) -> (passed, counted), of the committed table."""
    counts = {}
    for line in path.read_text().splitlines() if path.exists() else ():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `test_"):
            for mode, cell in zip(("run", "build"), cells[1:]):
                if "/" in cell:
                    passed, counted = cell.split()[0].split("/")
                    counts[cells[0].strip("`"), mode] = int(passed), int(counted)
    return counts


def failures_of(result):
    if result.problem and not result.is_skipped:
        return {"*": result.problem}
    return result.failures()


def share(passed, counted):
    return f"{passed}/{counted} {100 * passed / counted:.1f} %" if counted else "-"


def write_failures(path, known):
    lines = ["# What fails of CPython's test modules: mode, module, test, reason, with tabs between.",
             "# Written by ./x conformance --update."]
    for mode in sorted(known, reverse=True):
        for module in sorted(known[mode]):
            for test, reason in sorted(known[mode][module].items()):
                reason = " ".join(reason.split())
                lines.append("\t".join((mode, module, test, reason)))
    path.write_text("\n".join(lines) + "\n")


def write_table(path, modules, counts, known):
    lines = [
        "# CPython's own tests", "",
        "What `./x conformance` found: test methods of CPython 3.15's test suite that pass, of those",
        "that count, with `pyc run` and as native executables. Methods that a module skips by itself",
        "(marked for CPython only, in need of `_testcapi`, starting a Python interpreter) do not count.",
        "", "| module | `pyc run` | native |", "|---|---|---|"]
    totals = {"run": [0, 0], "build": [0, 0]}
    low = []
    for module in modules:
        cells = []
        for mode in ("run", "build"):
            count = counts.get((module, mode))
            cells.append(share(*count) if count else "")
            if count:
                totals[mode][0] += count[0]
                totals[mode][1] += count[1]
                if count[0] < 0.9 * count[1] or not count[1]:
                    low.append((module, mode))
        lines.append(f"| `{module}` | {cells[0]} | {cells[1]} |")
    lines.append(f"| all | {share(*totals['run'])} | {share(*totals['build'])} |")
    lines += ["", "## Modules below 90 %", ""]
    for module, mode in low:
        lines += [f"### `{module}`, " + ("`pyc run`" if mode == "run" else "native"), ""]
        for test, reason in sorted(known.get(mode, {}).get(module, {}).items()):
            text = " ".join(reason.split()).replace("|", "\\|").replace("`", "'")
            lines.append(f"- `{test}`: {text}")
        lines.append("")
    if not low:
        lines += ["None.", ""]
    path.write_text("\n".join(lines))


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="test_int, ...; default: all")
    parser.add_argument("--pyc", required=True, help="the pyc to test")
    parser.add_argument("--suite", required=True, type=pathlib.Path,
                        help="folder with CPython's package test")
    parser.add_argument("--python", help="run the modules with this interpreter instead")
    parser.add_argument("--modes", default="run,build", help="run, build, or both (default)")
    parser.add_argument("--quick", action="store_true", help="the modules of ./x test only")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--update", action="store_true", help="write what was found")
    parser.add_argument("--keep", action="store_true", help="keep the executables")
    parser.add_argument("-v", "--verbose", action="store_true", help="show each failure")
    options = parser.parse_args()
    options.suite = options.suite.resolve()
    options.pyc = str(pathlib.Path(options.pyc).resolve())
    return options


def main():
    options = parse_arguments()
    if not (options.suite / "test" / "test_int.py").exists():
        print(f"{options.suite} has no test suite; compiler/scripts/fetch.sh testsuite brings it")
        return 77
    listed = read_modules()
    names = options.modules or [name for name, quick in listed.items() if quick or not options.quick]
    modes = ["run"] if options.python else options.modes.split(",")
    failures_file = HERE / "failures.txt"
    table_file = HERE.parent.parent / "docs" / "conformance.md"
    known, counts = read_failures(failures_file), read_counts(table_file)
    steps_back = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        work = [(name, mode, pool.submit(run_mode, options, name, mode))
                for name in names for mode in modes]
        for name, mode, future in work:
            result = future.result()
            failures, before = failures_of(result), known.get(mode, {}).get(name, {})
            counted = len(result.counted())
            passed = counted - len(result.failures())
            counts[name, mode] = passed, counted
            new = {test: reason for test, reason in failures.items() if test not in before}
            note = f"  {result.problem}" if result.problem else ""
            print(f"{name:28} {mode:5}  {share(passed, counted):18}{note}", flush=True)
            for test, reason in (failures if options.verbose else new).items():
                mark = "" if test in before else "new: " if before or not options.update else ""
                print(f"    {mark}{test}: {reason}")
            steps_back += len(new)
            known.setdefault(mode, {})[name] = failures
    if options.update:
        write_failures(failures_file, known)
        write_table(table_file, listed, counts, known)
        return 0
    if steps_back and not options.python:
        print(f"{steps_back} test methods fail that are not in tests/conformance/failures.txt")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
