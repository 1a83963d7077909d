#!/usr/bin/env python3
"""Writes the uops that a test's program now compiles to into the test, as FileCheck lines.

usage: update_uop_checks.py FRONTEND_TOOL TEST.py...

A test begins with its program and a RUN line; everything from the first "# CHECK" on is written anew.
A line "# ONLY: name" restricts the checks to the code objects of that qualified name. Read what
changed before you commit it.
"""
import re
import subprocess
import sys


def update(tool, path):
    with open(path, encoding="utf-8") as file:
        head = file.read().partition("# CHECK")[0].rstrip("\n")
    options = re.search(r"frontend_tool uops(.*?) %s", head).group(1).split()
    text = subprocess.run([tool, "uops", *options, path], stdout=subprocess.PIPE, check=True,
                          text=True).stdout
    only = re.findall(r"^# ONLY: (.*)$", head, re.M)
    checks = []
    for block in text.rstrip("\n").split("\n\n"):
        name = re.match(r"[a-z ]* (\S+(?: \S+)*) \(code", block).group(1)
        if only and name.split(" ")[-1] not in only and name not in only:
            continue
        lines = block.split("\n")
        checks.append("# CHECK-LABEL: " + lines[0])
        checks += ["# CHECK-NEXT: " + line for line in lines[1:]]
    with open(path, "w", encoding="utf-8") as file:
        file.write(head + "\n\n" + "\n".join(checks) + "\n")


for path in sys.argv[2:]:
    update(sys.argv[1], path)
