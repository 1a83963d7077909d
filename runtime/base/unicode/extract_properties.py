#!/usr/bin/env python3
"""Writes properties.txt: the Unicode properties that Python's str methods ask for.

Run it with the CPython whose Unicode version is wanted (3.15: Unicode 17); what its str type answers
is the data. The build does not run this: it reads properties.txt (make_tables.py).

Each line is `first-last flags decimal digit lower upper title fold`: a run of code points with the
same record, code points in hexadecimal. flags is a string of the letters below; a mapping is a signed
difference, or the code points themselves joined by `+` where the result is longer; `-` stands for none.
"""
import sys
import unicodedata
import _sre

FLAGS = [
    ("a", str.isalpha), ("d", str.isdecimal), ("g", str.isdigit), ("n", str.isnumeric),
    ("l", str.islower), ("u", str.isupper), ("t", lambda c: unicodedata.category(c) == "Lt"),
    ("s", str.isspace), ("p", str.isprintable),
    ("i", str.isidentifier), ("c", lambda c: ("a" + c).isidentifier()),
    ("b", lambda c: len(("a" + c + "b").splitlines()) > 1),
    ("C", lambda c: (c + "a").title().endswith("a")),            # cased
    ("I", lambda c: final_sigma("A" + c) and not final_sigma(c)),  # case-ignorable
]


def final_sigma(before):
    return (before + "\u03a3").lower().endswith("\u03c2")


def mapping(char, mapped):
    if mapped == char:
        return "0"
    if len(mapped) == 1:
        return str(ord(mapped) - ord(char))
    return "+".join(f"{ord(c):x}" for c in mapped)


def record(code):
    char = chr(code)
    flags = "".join(letter for letter, test in FLAGS if test(char)) or "-"
    decimal = unicodedata.decimal(char, "-")
    digit = unicodedata.digit(char, "-")
    lower = char.lower() if char != "\u03a3" else "\u03c3"
    simple = _sre.unicode_tolower(code)
    assert len(lower) > 1 or ord(lower) == simple, hex(code)
    maps = " ".join(mapping(char, m) for m in (lower, char.upper(), char.title(), char.casefold()))
    return f"{flags} {decimal} {digit} {maps}"


def main():
    print(f"# Unicode {unicodedata.unidata_version}; written by extract_properties.py")
    first, current = 0, record(0)
    for code in range(1, sys.maxunicode + 2):
        new = record(code) if code <= sys.maxunicode else None
        if new != current:
            if current != "- - - 0 0 0 0":
                print(f"{first:x}-{code - 1:x} {current}")
            first, current = code, new


main()
