#!/usr/bin/env python3
"""Run a command and interrupt it as Ctrl-C does; say how it ended.

  interrupt.py [--times N] COMMAND...

The command prints a line when it is ready, and one after every interrupt but the last. Its output is
passed on, then its exit status is printed; negative for a signal.
"""
import argparse
import signal
import subprocess
import time

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--times", type=int, default=1)
parser.add_argument("command", nargs=argparse.REMAINDER)
options = parser.parse_args()

# A shell's background jobs ignore SIGINT, and so would the command.
with subprocess.Popen(options.command, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
                      stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                      text=True) as child:
    for _ in range(options.times):
        print(child.stdout.readline(), end="")
        time.sleep(0.2)
        child.send_signal(signal.SIGINT)
    time.sleep(0.2)
    try:
        output, _ = child.communicate(timeout=30)
    except subprocess.TimeoutExpired:
        child.kill()
        output = "it goes on\n"
    print(output, end="")
print("status", child.returncode)
