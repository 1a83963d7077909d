#!/usr/bin/env python3
"""Send signals to a program whose profile is recorded: profiled_signals.py PROFILE COMMAND...

The program prints "ready" when it may be sent something. Prints whether SIGUSR1 makes a profile,
then how the program ends of SIGTERM and whether a newer profile is there.
"""
import os
import signal
import subprocess
import sys
import time


def wait_for(path, longest=30):
    end = time.monotonic() + longest
    while not os.path.exists(path) and time.monotonic() < end:
        time.sleep(0.01)
    return "a profile" if os.path.exists(path) else "no profile"


def main():
    profile, command = sys.argv[1], sys.argv[2:]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    if process.stdout.readline() != "ready\n":
        sys.exit("the program was not ready")
    process.send_signal(signal.SIGUSR1)
    print("SIGUSR1:", wait_for(profile), "and it", "goes on" if process.poll() is None else "ended")
    os.unlink(profile)
    process.terminate()
    output = process.stdout.read()
    print("SIGTERM: status", process.wait(), "with", wait_for(profile, 0))
    print(output, end="")


main()
