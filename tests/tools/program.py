"""A test program: a Python file whose output is kept beside it.

prog.py          the program; or a folder whose main.py is the program
prog.out         what it prints under CPython 3.15 (update_expectations.py writes it)
prog.err         what it writes to stderr; compared only where the file exists

The comment lines at the very start of the program may say how to run it:

# args: 3 {dir}/words.txt    arguments; {dir} is the program's folder, {tmp} an empty folder
# stdin: words.txt           what to feed it, beside the program (nothing otherwise)
# exit: 1                    its exit status (0 otherwise), negative for a signal
# timeout: 120               seconds it may take (60 otherwise)
# fails: REASON              known to fail so far; the day it passes the line has to go
# fails: build - REASON      the same in one mode only
# only: run - REASON         the one mode in which it is a test

A program runs with its own folder as the working directory. In what is compared, the names of
that folder and of the temporary one are replaced, so that tracebacks are the same everywhere.
"""
import difflib
import os
import re
import shlex
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

_KEYS = ("args", "stdin", "exit", "timeout", "only", "fails")
MODES = ("run", "build")
DIFF_LINES = 60


class BadProgram(Exception):
    """The program's first lines say something that cannot be followed."""


@dataclass
class Result:
    status: int
    out: bytes
    err: bytes


def run_group(command, timeout, **options):
    """Run a command in a process group of its own, which ends with it: status, stdout, stderr.

    Raises subprocess.TimeoutExpired. A child of the command (a wrapper's interpreter, say) does not outlive it.
    """
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
                          **options) as child:
        try:
            out, err = child.communicate(timeout=timeout)
        except BaseException:
            os.killpg(child.pid, signal.SIGKILL)
            raise
        return child.returncode, out, err


# What the address sanitizer says at the start of each program with a stack of its own.
SANITIZER_NOTE = re.compile(rb"==\d+==WARNING: ASan doesn't fully support makecontext.*\n")


class Program:
    def __init__(self, path):
        self.path = Path(path).resolve()
        self.dir = self.path.parent
        self.shown = self.dir  # the name of dir as the one who runs the program sees it
        options = _read_options(self.path)
        self.args = options.get("args", "")
        self.stdin = options.get("stdin")
        self.exit = int(options.get("exit", "0"))
        self.timeout = float(options.get("timeout", "60"))
        self.fails = options.get("fails", "")
        mode, separator, _ = self.fails.partition(" - ")
        self.fails_mode = mode if separator and mode in MODES else ""
        self.only, _, reason = options.get("only", "").partition(" - ")
        if self.only and not reason.strip():
            raise BadProgram(f"{path}: '# only: MODE - REASON' needs its reason")

    @property
    def out(self):
        return self.path.with_suffix(".out")

    @property
    def err(self):
        return self.path.with_suffix(".err")

    def fails_in(self, mode):
        """Whether it is known to fail in a mode."""
        return bool(self.fails) and self.fails_mode in ("", mode)

    def arguments(self, tmp):
        return [word.replace("{dir}", str(self.shown)).replace("{tmp}", str(tmp))
                for word in shlex.split(self.args)]

    def run(self, command, tmp, slowness=1):
        """Run command + the program's arguments; raises subprocess.TimeoutExpired."""
        stdin = open(self.dir / self.stdin, "rb") if self.stdin else subprocess.DEVNULL
        status, out, err = run_group([str(word) for word in command] + self.arguments(tmp),
                                     self.timeout * slowness, cwd=self.dir, env=environment(), stdin=stdin)
        return Result(status, self._normal(out, tmp), self._normal(err, tmp))

    def _normal(self, text, tmp):
        for folder, name in ((Path(tmp), b"{tmp}/"), (self.shown, b"")):
            text = text.replace(os.fsencode(folder) + b"/", name)
        return SANITIZER_NOTE.sub(b"", text)

    def complaint(self, result):
        """What is wrong with a Result, as text for a person; None where nothing is."""
        if not self.out.exists():
            return f"{self.out.name} is missing: tests/tools/update_expectations.py writes it"
        wrong = []
        if result.status != self.exit:
            wrong.append(f"exit status {result.status}, expected {self.exit}")
        wrong += _difference("stdout", self.out.read_bytes(), result.out)
        if self.err.exists():
            wrong += _difference("stderr", self.err.read_bytes(), result.err)
        elif wrong and result.err:
            wrong.append("stderr was:\n" + _cut(_text(result.err).splitlines()))
        return "\n".join(wrong) or None


def environment():
    """The process's environment, less what changes how Python behaves."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    return kept | {"LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0", "NO_COLOR": "1",
                   "PYTHONDONTWRITEBYTECODE": "1"}


def is_program(path, top):
    """Whether path is a program, and not a module of a program: of a folder with a main.py, the
    main.py is the program. Only folders up to top are looked at."""
    path, top = Path(path), Path(top)
    owners = [folder for folder in path.parents
              if folder.is_relative_to(top) and (folder / "main.py").exists()]
    return path.suffix == ".py" and (not owners or path == owners[-1] / "main.py")


def programs_under(path):
    """The programs that a file or folder holds, sorted."""
    path = Path(path)
    if path.is_file():
        return [path]
    return [file for file in sorted(path.rglob("*.py")) if is_program(file, path)]


def _read_options(path):
    options = {}
    with open(path, encoding="utf-8", errors="surrogateescape") as lines:
        for line in lines:
            if not line.startswith("#"):
                break
            match = re.match(r"# ([a-z-]+): *(.*?) *$", line)
            if match and match[1] in _KEYS:
                options[match[1]] = match[2]
    return options


def _text(data):
    return data.decode("utf-8", "backslashreplace")


def _cut(lines):
    rest = len(lines) - DIFF_LINES
    return "\n".join(lines[:DIFF_LINES] + ([f"... {rest} more lines"] if rest > 0 else []))


def _difference(what, expected, actual):
    if expected == actual:
        return []
    lines = list(difflib.unified_diff(_text(expected).splitlines(), _text(actual).splitlines(),
                                      "expected", "actual", lineterm=""))
    return [f"{what} differs:\n" + (_cut(lines) or "in its line ends or its last newline")]
