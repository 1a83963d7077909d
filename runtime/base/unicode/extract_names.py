#!/usr/bin/env python3
"""Writes names.txt: the names of all characters, for "\\N{...}" and the namereplace error handler.

Run it with the CPython whose Unicode version is wanted; the build does not (make_names.py reads
names.txt). The standard input is Unicode's NameAliases.txt, for the names that a character has besides
its own; entries that this CPython does not know are left out.

    extract_names.py < NameAliases.txt > names.txt

Lines of names.txt:
    XXXX-YYYY PREFIX-   names that consist of a prefix and the code point
    @XXXX               the next name is that of this code point; otherwise it is the next one's
    N REST              a name: the first N words of the name before it, then REST
    =XXXX ALIAS         another name of a character
Hangul syllables are not listed: their names follow from the syllables.
"""
import sys
import unicodedata


def ranges():
    """Runs of code points whose names end with their numbers."""
    first = prefix = None
    for code in range(sys.maxunicode + 2):
        name = unicodedata.name(chr(code), "") if code <= sys.maxunicode else ""
        new = name[: -len(f"{code:04X}")] if name.endswith(f"-{code:04X}") else None
        if new != prefix:
            if prefix is not None:
                yield first, code - 1, prefix
            first, prefix = code, new


def main():
    print(f"# Unicode {unicodedata.unidata_version}; written by extract_names.py")
    numbered = set()
    for first, last, prefix in ranges():
        print(f"{first:X}-{last:X} {prefix}")
        numbered.update(range(first, last + 1))
    expected, before = 0, []
    for code in range(sys.maxunicode + 1):
        name = unicodedata.name(chr(code), None)
        if name is None or code in numbered or name.startswith("HANGUL SYLLABLE "):
            continue
        words = name.split(" ")
        shared = 0
        while shared < min(len(words), len(before)) and words[shared] == before[shared]:
            shared += 1
        if code != expected:
            print(f"@{code:X}")
        print(shared, " ".join(words[shared:]))
        expected, before = code + 1, words
    for line in sys.stdin:
        fields = line.split("#")[0].strip().split(";")
        if len(fields) < 2:
            continue
        try:
            char = chr(int(fields[0], 16))
            if unicodedata.lookup(fields[1]) == char and unicodedata.name(char, None) != fields[1]:
                print(f"={int(fields[0], 16):X} {fields[1]}")
        except KeyError:
            pass


main()
