#!/usr/bin/env python3
"""Writes what CPython says of each snippet of a table of diagnostics into the table.

usage: update_diagnostics.py TABLE, run with the CPython whose words count (3.15).

A table is text. Lines that begin with "| " are a snippet's source; what follows them, up to the next
snippet, is what compiling it reports: "error CLASS LINE OFFSET ENDLINE ENDOFFSET: MESSAGE", then
"warning CLASS LINE: MESSAGE" lines, or "fine". Lines that begin with "#" are comments.
"""
import sys
import warnings


def report(source):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        result = []
        try:
            compile(source, "<snippet>", "exec", dont_inherit=True)
        except SyntaxError as error:
            place = [error.lineno, error.offset, error.end_lineno, error.end_offset]
            place = " ".join("-1" if p is None else str(p) for p in place)
            result.append(f"error {type(error).__name__} {place}: {error.msg}")
    seen = set()
    for warning in caught:
        line = f"warning {warning.category.__name__} {warning.lineno}: {warning.message}"
        if line not in seen:
            result.append(line)
        seen.add(line)
    return result or ["fine"]


def snippets(lines):
    """Yields lists of comment and source lines, one list for each snippet."""
    current = []
    for line in lines:
        if line.startswith("#") or line.startswith("|"):
            if line.startswith("#") and any(c.startswith("|") for c in current):
                yield current
                current = []
            current.append(line)
        elif any(c.startswith("|") for c in current):
            yield current
            current = []
    if current:
        yield current


def main():
    path = sys.argv[1]
    with open(path, encoding="utf-8") as table:
        parts = list(snippets(table.read().splitlines()))
    with open(path, "w", encoding="utf-8") as table:
        for part in parts:
            source = "\n".join(line[2:] for line in part if line.startswith("|")) + "\n"
            has_source = any(line.startswith("|") for line in part)
            print(*part, *(report(source) if has_source else ()), sep="\n", file=table)


if __name__ == "__main__":
    main()
