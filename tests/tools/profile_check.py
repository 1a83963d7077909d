#!/usr/bin/env python3
"""Programs compiled with right and wrong profiles print what they print without one.

For each program (a .py with a .out beside it): its own profile, and copies of it in which every type
was replaced by a random one that the program, or a common one, knows. A profile may make a program
slower, never different.

  profile_check.py --pyc build/bin/pyc [--mutations N] [--seed N] tests/lit/lang/**/*.py
"""
import argparse
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

COMMON = ["int", "int64", "bigint", "float", "bool", "None", "str", "list[int]", "list[float]",
          "list[bool]", "list[object]",
          "tuple[2]", "dict", "range", "list_iterator"]
KEEP = 0.5  # of the places that keep their types, so that other assumptions are reached


def run(command, folder, limit=120):
    try:
        done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=limit)
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


class Program:
    def __init__(self, source, pyc, scratch):
        self.source, self.pyc, self.scratch = source.resolve(), pyc, scratch
        self.expected = source.with_suffix(".out").read_bytes()
        self.folder = self.source.parent

    def record(self):
        path = self.scratch / "own.pycprof"
        run([self.pyc, "profile", "run", "-o", path, self.source.name], self.folder)
        return path if path.exists() else None

    def differs(self, profile):
        """What is wrong with the program built by this profile; empty when nothing is."""
        binary = self.scratch / "program"
        status, _, error = run([self.pyc, "build", self.source.name, f"--profile-use={profile}", "-o", binary],
                               self.folder)
        if status != 0:
            return f"building failed: {error.decode(errors='replace')[:300]}"
        status, output, error = run([binary], self.folder)
        if output == self.expected:
            return ""
        return f"status {status}, other output; {error.decode(errors='replace')[-300:]}"

    def mutations(self, own, count, seed):
        text = self.scratch / "own.json"
        run([self.pyc, "profile", "merge", "--json", own, "-o", text], self.folder)
        for number in range(count):
            chance = random.Random(f"{self.source.name} {seed} {number}")
            path = self.scratch / f"mutated{number}.pycprof"
            path.write_text(json.dumps(mutate(json.loads(text.read_text()), chance)))
            yield f"mutation {seed} {number}", path


def check(source, options):
    failures = 0
    with tempfile.TemporaryDirectory() as scratch:
        program = Program(source, options.pyc, Path(scratch))
        own = program.record()
        if not own:
            return 0
        for name, profile in [("own", own), *program.mutations(own, options.mutations, options.seed)]:
            problem = program.differs(profile)
            if problem:
                failures += 1
                print(f"{source}: {name}: {problem}", flush=True)
                if options.keep:
                    options.keep.mkdir(parents=True, exist_ok=True)
                    (options.keep / f"{source.stem}.{name.replace(' ', '_')}.pycprof").write_bytes(profile.read_bytes())
    return failures


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pyc", type=Path, default=Path("build/bin/pyc"))
    parser.add_argument("--mutations", type=int, default=2, help="wrong profiles a program (%(default)s)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="folder for the profiles that failed")
    parser.add_argument("programs", nargs="*", type=Path, help="default: all of tests/lit/lang")
    options = parser.parse_args()
    options.pyc = options.pyc.resolve()
    everything = sorted((Path(__file__).parents[1] / "lit/lang").rglob("*.py"))
    programs = [p for p in options.programs or everything if p.with_suffix(".out").exists()]
    failures = sum(check(program, options) for program in programs)
    print(f"{len(programs)} programs, {failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
