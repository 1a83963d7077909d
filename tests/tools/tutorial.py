#!/usr/bin/env python3
"""Runs the commands of a section of a Markdown page and compares what they print.

In the section, indented blocks that begin with "$ " are sessions; other blocks are files, named by the first `NAME` of
the paragraph before them. In the output that is shown, a line "..." stands for any lines, and the numbers of the times
that a shell's `time` prints do not count.

  tutorial.py docs/tutorial.md "From slow to fast"
"""
import re
import subprocess
import sys
from pathlib import Path


def section(text, heading):
    start = text.index(f"\n## {heading}\n") + 1
    end = text.find("\n## ", start)
    return text[start:end if end >= 0 else None]


def blocks(text):
    """(the paragraph before, the lines of the block), for each indented block."""
    paragraph, block, is_new = "", [], True
    for line in [*text.splitlines(), "end"]:
        if line.startswith("    ") or (block and not line):
            block.append(line[4:])
        elif block:
            while not block[-1]:
                block.pop()
            yield paragraph, block
            paragraph, block = line, []
        elif line:
            paragraph = f"{paragraph}\n{line}" if not is_new else line
        is_new = not line


def sessions(block):
    """(command, lines shown), for each command."""
    found = []
    for line in block:
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return found


def pattern(shown):
    out = ""
    for line in shown:
        if line == "...":
            out += r"(?:.*\n)*?"
        elif re.match(r"(real|user|sys)\t", line):
            out += line.split("\t")[0] + r"\t\d+m[\d.]+s\n"
        else:
            out += re.escape(line) + r"\n"
    return out


def main():
    page, heading = sys.argv[1:]
    failures = commands = 0
    for paragraph, block in blocks(section(Path(page).read_text(), heading)):
        if not block[0].startswith("$ "):
            name = re.search(r"`([\w./]+\.\w+)`", paragraph)[1]
            Path(name).write_text("\n".join(block) + "\n")
            continue
        for command, shown in sessions(block):
            commands += 1
            done = subprocess.run(["bash", "-c", command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            if not re.fullmatch(pattern(shown), done.stdout):
                failures += 1
                print(f"$ {command}\n--- prints\n{done.stdout}--- and not\n" + "\n".join(shown))
    print(f"{commands} commands, {failures} failures")
    return 1 if failures or not commands else 0


if __name__ == "__main__":
    sys.exit(main())
