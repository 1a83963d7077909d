#!/usr/bin/env python3
"""Run a command and compare what it prints with the expectation of a test program.

  expect.py tests/lit/lang/closures.py build/bin/pyc run tests/lit/lang/closures.py

The program's arguments and its stdin, as its first lines give them, are the command's. Lit tests
write %python-expect for this script. Prints the difference and exits with 1 where there is one.
"""
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from program import Program


def main():
    if len(sys.argv) < 3:
        print(__doc__, file=sys.stderr)
        return 2
    program = Program(sys.argv[1])
    command = [os.path.abspath(word) if os.path.exists(word) else word for word in sys.argv[2:]]
    with tempfile.TemporaryDirectory() as tmp:
        try:
            complaint = program.complaint(program.run(command, tmp))
        except subprocess.TimeoutExpired as error:
            complaint = str(error)
    if complaint:
        print(complaint)
    return 1 if complaint else 0


if __name__ == "__main__":
    sys.exit(main())
