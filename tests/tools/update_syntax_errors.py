#!/usr/bin/env python3
"""Writes what CPython says of wrong sources into tests/unit/compiler/frontend/parse/syntax_errors.txt.

    python3.15 update_syntax_errors.py syntax_errors.txt

Run it with the CPython whose messages are wanted. Lines that begin with four blanks are answers and
are replaced; `# ` begins a comment; any other line is a source (the file's head says how it is written).
"""
import ast
import re
import sys
import warnings

ESCAPES = {"\\n": "\n", "\\t": "\t", "\\\\": "\\"}


def answer(line):
    mode, text = re.fullmatch(r"(?:\[(\w+)\] )?(.*)", line).groups()
    text = re.sub(r"\\[nt\\]", lambda match: ESCAPES[match[0]], text)
    try:
        compile(text, "<string>", mode or "exec", ast.PyCF_ONLY_AST)
    except SyntaxError as error:
        place = f"{error.lineno}:{error.offset}-{error.end_lineno}:{error.end_offset}"
        return f"{type(error).__name__} {place} {error.msg}"
    return "ok"


def main():
    warnings.simplefilter("ignore")
    path = sys.argv[1]
    written = []
    for line in open(path, encoding="utf-8").read().splitlines():
        if line.startswith("    "):
            continue
        written.append(line)
        if line and not line.startswith("# "):
            written.append("    " + answer(line))
    with open(path, "w", encoding="utf-8") as out:
        out.write("\n".join(written) + "\n")


main()
