#!/usr/bin/env python3
"""Programs compiled with right and wrong profiles print what they print without one.

For each program (what it prints is in the .out beside it; without one, `pyc run` says):
  none         no profile
  own          its own
  mutation     its own, in which half of the types were replaced by random ones
  other        that of the program before it
  transplant   its own functions with what another program's functions saw
  cut, bytes   its own file, cut off or with bytes changed: a reason why it is not used, or a program

A profile may make a program slower, never different.

  profile_check.py --pyc build/bin/pyc [--mutations N] [--seed N] tests/lit/lang/**/*.py

Arguments and input are those of the program's "# args:" and "# stdin:" lines (docs/testing.md), else of "# train:".
"""
import argparse
import json
import os
import random
import re
import shlex
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

COMMON = ["int", "int64", "bigint", "float", "bool", "None", "str", "list[int]", "list[float]",
          "list[bool]", "list[object]",
          "tuple[2]", "dict", "range", "list_iterator"]
KEEP = 0.5  # of the places that keep their types, so that other assumptions are reached


def run(command, folder, limit=120, stdin=subprocess.DEVNULL):
    try:
        done = subprocess.run(command, cwd=folder, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              timeout=limit)
    except subprocess.TimeoutExpired:
        return None, b"", b"timeout"
    return done.returncode, done.stdout, done.stderr


def types_in(profile):
    found = set(COMMON)
    for function in profile["functions"]:
        for slot in slots_in(function):
            found.update(slot["types"])
    return sorted(found)


def slots_in(function):
    yield from (slot for slot in function["parameters"] if "types" in slot)
    for site in function["sites"]:
        yield from (slot for slot in site["slots"] if "types" in slot)


def mutate(profile, chance):
    """Gives half of the values other types."""
    pool = types_in(profile)
    for function in profile["functions"]:
        for slot in slots_in(function):
            if chance.random() < KEEP:
                continue
            count = chance.choice([1, 1, 1, 2, 4])
            slot["types"] = {name: 10 * (count - i) for i, name in enumerate(chance.sample(pool, count))}
            slot.pop("other", None)
    return profile


def transplant(own, other, chance):
    """Gives each function the parameters and sites of one of another program."""
    donors = other["functions"] or own["functions"]
    for function in own["functions"]:
        donor = chance.choice(donors)
        function["parameters"] = donor["parameters"]
        function["sites"] = donor["sites"]
    return own


def damaged(data, chance):
    data = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 8])):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


class Program:
    def __init__(self, source, pyc, scratch):
        self.source, self.pyc, self.scratch = source.resolve(), pyc, scratch
        self.folder = self.source.parent
        self.header = self.read_header()
        kept = source.with_suffix(".out")
        self.expected = kept.read_bytes() if kept.exists() else self.run([self.pyc, "run", self.source.name])[1]

    def read_header(self):
        lines = self.source.read_text(errors="replace").splitlines()
        found = (re.fullmatch(r"# (args|stdin|train): (.*)", line) for line in lines[:10])
        return {match[1]: match[2] for match in found if match}

    def run(self, command):
        """The command with the program's arguments and input."""
        text = self.header.get("args", self.header.get("train", ""))
        arguments = [word.format(dir=self.folder, tmp=self.scratch) for word in shlex.split(text)]
        if "stdin" not in self.header:
            return run([*command, *arguments], self.folder)
        with open(self.folder / self.header["stdin"], "rb") as stdin:
            return run([*command, *arguments], self.folder, stdin=stdin)

    def record(self):
        path = self.scratch / "own.pycprof"
        self.run([self.pyc, "profile", "run", "-o", path, self.source.name])
        return path if path.exists() else None

    def differs(self, profile, may_refuse=False):
        """What is wrong with the program built by this profile; empty when nothing is."""
        binary = self.scratch / "program"
        binary.unlink(missing_ok=True)
        status, _, error = run([self.pyc, "build", self.source.name, f"--profile-use={profile}", "-o", binary],
                               self.folder)
        if may_refuse and status == 1 and b"pyc: error: " in error and not binary.exists():
            return ""
        if status != 0:
            return f"building failed: {error.decode(errors='replace')[:300]}"
        status, output, error = self.run([binary])
        if output == self.expected:
            return ""
        return f"status {status}, other output; {error.decode(errors='replace')[-300:]}"

    def as_json(self, profile):
        text = self.scratch / "profile.json"
        run([self.pyc, "profile", "merge", "--json", profile, "-o", text], self.folder)
        return json.loads(text.read_text())

    def wrong_profiles(self, own, count, seed):
        """Names and paths of profiles that do not fit."""
        for number in range(count):
            chance = random.Random(f"{self.source.name} {seed} {number}")
            path = self.scratch / f"mutated{number}.pycprof"
            path.write_text(json.dumps(mutate(self.as_json(own), chance)))
            yield f"mutation {seed} {number}", path

    def other_profiles(self, own, other, seed):
        chance = random.Random(f"{self.source.name} {seed}")
        yield "other", other
        path = self.scratch / "transplant.pycprof"
        path.write_text(json.dumps(transplant(self.as_json(own), self.as_json(other), chance)))
        yield f"transplant {seed}", path

    def broken_profiles(self, own, seed):
        chance = random.Random(f"{self.source.name} {seed}")
        data = own.read_bytes()
        for name, content in [("cut", data[:chance.randrange(len(data))]), ("bytes", damaged(data, chance))]:
            path = self.scratch / f"{name}.pycprof"
            path.write_bytes(content)
            yield f"{name} {seed}", path


def profiles_for(program, own, other, options):
    """Names and paths of all profiles to build the program with, and whether it may be refused."""
    if not options.no_plain:
        yield "none", "off", False
    yield "own", own, False
    for name, profile in program.wrong_profiles(own, options.mutations, options.seed):
        yield name, profile, False
    for name, profile in program.other_profiles(own, other, options.seed):
        yield name, profile, False
    for name, profile in program.broken_profiles(own, options.seed):
        yield name, profile, True


def check(source, other, options):
    """Builds the program with all its profiles, and with one of the program `other`; returns the failures."""
    with tempfile.TemporaryDirectory() as scratch, tempfile.TemporaryDirectory() as other_scratch:
        program = Program(source, options.pyc, Path(scratch))
        own = program.record()
        if not own:
            return 0
        stranger = Program(other, options.pyc, Path(other_scratch)).record() or own
        failures = 0
        for name, profile, may_refuse in profiles_for(program, own, stranger, options):
            problem = program.differs(profile, may_refuse)
            if not problem:
                continue
            failures += 1
            print(f"{program.source}: {name}: {problem}", flush=True)
            if options.keep and profile != "off":
                options.keep.mkdir(parents=True, exist_ok=True)
                kept = options.keep / f"{program.source.stem}.{name.replace(' ', '_')}.pycprof"
                kept.write_bytes(profile.read_bytes())
        return failures


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pyc", type=Path, default=Path("build/bin/pyc"))
    parser.add_argument("--mutations", type=int, default=2, help="wrong profiles a program (%(default)s)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--no-plain", action="store_true", help="leave out the build without a profile")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="programs at a time (%(default)s)")
    parser.add_argument("--keep", type=Path, help="folder for the profiles that failed")
    parser.add_argument("programs", nargs="*", type=Path, help="default: all of tests/lit/lang, tests/bench, examples")
    options = parser.parse_args()
    options.pyc = options.pyc.resolve()
    tests = Path(__file__).parents[1]
    folders = [tests / "lit/lang", tests / "bench", tests.parent / "examples"]
    everything = [p for folder in folders for p in sorted(folder.rglob("*.py")) if p.with_suffix(".out").exists()]
    programs = options.programs or everything
    others = [programs[-1], *programs[:-1]]
    with ThreadPoolExecutor(options.jobs) as pool:
        failures = sum(pool.map(lambda pair: check(*pair, options), zip(programs, others)))
    print(f"{len(programs)} programs, {failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
