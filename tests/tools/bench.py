#!/usr/bin/env python3
"""Time the programs of a folder under several Python implementations: ./x bench [ARGS]

Each contender first runs each program once, after building it where it builds, and what it prints
must be what the reference (cpython) prints. Then rounds A B C A B C ... are timed, so that a busy
moment of the machine hits all alike. What is compared is the median user CPU time of the process,
start-up included. Contenders:

  cpython   python3.11, or what --reference names
  pypy      pypy3, where there is one
  run       pyc run PROGRAM: interpreter and JIT
  build     pyc build PROGRAM: native code without a profile

and those that --contender NAME=COMMAND adds, with --build NAME=COMMAND for what comes before. In a
command, {src} is the program, {out} a path for what is built, {pyc} the compiler, {train} the
arguments of the program's '# train:' line, for runs that only gather a profile.
"""
import argparse
import json
import math
import os
import re
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
REFERENCE = "cpython"


@dataclass
class Contender:
    run: str
    build: str | None = None

    def command(self, template, source, out, pyc):
        train = re.search(r"^# train: *(.*)$", source.read_text(), re.M)
        return [word.format(src=source, out=out, pyc=pyc, train=train[1] if train else "")
                for word in shlex.split(template)]


@dataclass
class Cell:
    """One program under one contender: what is wrong with it, or the seconds of each round."""
    error: str | None = None
    command: list = field(default_factory=list)
    seconds: list = field(default_factory=list)

    @property
    def median(self):
        return statistics.median(self.seconds)


@dataclass
class Sample:
    user: float
    out: bytes
    error: str | None


def measure(command, timeout):
    """Run command in a process of its own; user seconds, stdout, and what went wrong or None."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        try:
            child = subprocess.Popen(["timeout", "-k", "1", str(timeout), *map(str, command)],
                                     stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        except OSError as error:
            return Sample(0, b"", str(error))
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        error = None
        if child.returncode == 124:
            error = f"took more than {timeout} s"
        elif child.returncode != 0:
            lines = err.read().decode(errors="replace").strip().splitlines()
            error = lines[-1][:150] if lines else f"exit status {child.returncode}"
        return Sample(usage.ru_utime, out.read(), error)


def prepare(contender, source, out, args, expected):
    """Build and run once; a Cell, and what was printed."""
    if contender.build:
        built = measure(contender.command(contender.build, source, out, args.pyc), 10 * args.timeout)
        if built.error:
            return Cell(error="build: " + built.error), b""
    command = contender.command(contender.run, source, out, args.pyc)
    sample = measure(command, args.timeout)
    error = sample.error
    if not error and expected is not None and sample.out != expected:
        error = "prints something else"
    return Cell(error=error, command=command), sample.out


def bench_program(source, contenders, args, folder):
    row, expected = {}, None
    for name, contender in contenders.items():
        out = folder / f"{source.stem}-{name}"
        row[name], printed = prepare(contender, source, out, args, expected)
        if name == REFERENCE:
            expected = printed
    for _ in range(args.rounds):
        for cell in row.values():
            if not cell.error:
                sample = measure(cell.command, args.timeout)
                if sample.error:
                    cell.error = sample.error
                cell.seconds.append(sample.user)
    return row


def ratio(row, name):
    """How many times faster than the reference; None where either did not run."""
    if row[REFERENCE].error or row[name].error:
        return None
    return row[REFERENCE].median / max(row[name].median, 1e-4)


def geometric_mean(values):
    return math.exp(sum(map(math.log, values)) / len(values)) if values else None


def print_table(rows, contenders, rounds):
    others = [name for name in contenders if name != REFERENCE]
    print(f"\nTimes faster than {REFERENCE} (median user CPU of {rounds} rounds)")
    print(f"{'program':20}{REFERENCE + ' s':>12}" + "".join(f"{name:>12}" for name in others))
    for program, row in rows.items():
        reference = row[REFERENCE]
        seconds = "failed" if reference.error else f"{reference.median:.3f}"
        ratios = [ratio(row, name) for name in others]
        print(f"{program:20}{seconds:>12}"
              + "".join(f"{value:12.2f}" if value else f"{'failed':>12}" for value in ratios))
    means = [geometric_mean([r for r in (ratio(row, name) for row in rows.values()) if r])
             for name in others]
    print(f"{'geometric mean':32}"
          + "".join(f"{mean:12.2f}" if mean else f"{'-':>12}" for mean in means))


def print_errors(rows):
    for program, row in rows.items():
        for name, cell in row.items():
            if cell.error:
                print(f"{program}, {name}: {cell.error}")


def as_json(rows):
    return {program: {name: {"error": cell.error} if cell.error else
                      {"user_s": cell.median, "rounds_s": cell.seconds, "ratio": ratio(row, name)}
                      for name, cell in row.items()} for program, row in rows.items()}


def pair(text):
    name, equals, command = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"expected NAME=COMMAND, got {text!r}")
    return name, command


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pyc", default=CHECKOUT / "build/bin/pyc")
    parser.add_argument("--dir", type=Path, default=CHECKOUT / "tests/bench", help="the programs")
    parser.add_argument("--reference", default="python3.11 {src}", metavar="COMMAND")
    parser.add_argument("--contender", type=pair, action="append", default=[], metavar="NAME=COMMAND")
    parser.add_argument("--build", type=pair, action="append", default=[], metavar="NAME=COMMAND")
    parser.add_argument("--only", help="programs, with commas between them")
    parser.add_argument("--skip", default="", help="contenders to leave out, with commas")
    parser.add_argument("-n", "--rounds", type=int, default=5)
    parser.add_argument("--timeout", type=float, default=120, help="seconds a run may take")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    return parser.parse_args()


def choose_contenders(args):
    contenders = {REFERENCE: Contender(args.reference)}
    if shutil.which("pypy3"):
        contenders["pypy"] = Contender("pypy3 {src}")
    contenders["run"] = Contender("{pyc} run {src}")
    contenders["build"] = Contender("{out}", "{pyc} build {src} -o {out}")
    builds = dict(args.build)
    for name, command in args.contender:
        contenders[name] = Contender(command, builds.pop(name, None))
    for name, command in builds.items():
        contenders[name] = Contender("{out}", command)
    for name in filter(None, args.skip.split(",")):
        if name != REFERENCE:
            contenders.pop(name, None)
    return contenders


def main():
    args = parse_arguments()
    contenders = choose_contenders(args)
    sources = [file for file in sorted(args.dir.resolve().glob("*.py"))
               if not args.only or file.stem in args.only.split(",")]
    if not sources:
        sys.exit(f"error: no program to run in {args.dir}")
    rows = {}
    with tempfile.TemporaryDirectory() as folder:
        for source in sources:
            print(f"{source.stem} ...", file=sys.stderr, flush=True)
            rows[source.stem] = bench_program(source, contenders, args, Path(folder))
    print_table(rows, contenders, args.rounds)
    print_errors(rows)
    if args.json:
        args.json.write_text(json.dumps(as_json(rows), indent=1) + "\n")
    return 1 if any(cell.error for row in rows.values() for cell in row.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
