#!/usr/bin/env python3
"""Write the .out files (and the .err files that exist) of test programs by running a CPython.

  update_expectations.py tests/lit/lang/closures.py             # python3.15 from PATH
  update_expectations.py --python python3.15 examples tests/lit/lang
  update_expectations.py --python 'chroot R env -C {dir} python3.15' --scratch R/tmp=/tmp tests/bench

--scratch HOST=INSIDE copies each program's folder into HOST first and names it by INSIDE in the
command, for a Python that sees another file system. {dir} in the command is the program's folder.
--check writes nothing and fails where a file would change. A program whose exit status is not what
its '# exit:' line says is an error: its expectation is then not written.
"""
import argparse
import shlex
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from program import BadProgram, Program, programs_under


def run(program, python, tmp):
    command = [word.replace("{dir}", str(program.shown)) for word in shlex.split(python)]
    return program.run(command + [program.shown / program.path.name], tmp)


def run_in_scratch(program, python, scratch):
    """Like run, in a copy of the program's folder under HOST that Python sees under INSIDE."""
    host, _, inside = scratch.partition("=")
    with tempfile.TemporaryDirectory(dir=host) as work:
        copy = Path(work) / "program"
        shutil.copytree(program.dir, copy)
        (Path(work) / "tmp").mkdir()
        seen = Path(inside) / Path(work).name
        moved = Program(copy / program.path.name)
        moved.shown = seen / "program"
        return run(moved, python, seen / "tmp")


def update(program, result, check):
    """Write what changed; return whether anything did, or would."""
    changed = False
    for file, data in ((program.out, result.out), (program.err, result.err)):
        if file == program.err and not file.exists():
            continue
        if not file.exists() or file.read_bytes() != data:
            changed = True
            print(("differs: " if check else "wrote ") + str(file))
            if not check:
                file.write_bytes(data)
    return changed


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", default="python3.15", help="the command to run programs with")
    parser.add_argument("--scratch", help="HOST=INSIDE, see above")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("paths", nargs="+", help="programs, or folders of programs")
    args = parser.parse_args()

    failures = changes = 0
    for path in (file for top in args.paths for file in programs_under(top)):
        try:
            program = Program(path)
        except BadProgram as error:
            print(error, file=sys.stderr)
            failures += 1
            continue
        if args.scratch:
            result = run_in_scratch(program, args.python, args.scratch)
        else:
            with tempfile.TemporaryDirectory() as tmp:
                result = run(program, args.python, tmp)
        if result.status != program.exit:
            print(f"{path}: exit status {result.status}, its '# exit:' line says {program.exit}\n"
                  + result.err.decode(errors="replace"), file=sys.stderr)
            failures += 1
            continue
        changes += update(program, result, args.check)
    return 1 if failures or (args.check and changes) else 0


if __name__ == "__main__":
    sys.exit(main())
