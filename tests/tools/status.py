#!/usr/bin/env python3
"""Run a command and check its exit status: status.py N COMMAND... Its output is passed on."""
import subprocess
import sys

status = subprocess.run(sys.argv[2:], stdin=subprocess.DEVNULL).returncode
if status != int(sys.argv[1]):
    print(f"exit status {status}, expected {sys.argv[1]}")
    sys.exit(1)
