#!/usr/bin/env python3
"""Writes ucd.txt: what unicodedata knows beyond the names (names.txt) and what str asks for
(properties.txt).

Run it with the CPython whose Unicode version is wanted (3.15: Unicode 17); what its unicodedata
answers is the data. The build does not run this: it reads ucd.txt (make_ucd.py). An argument names
a file with the names of Unicode's named sequences, one a line; those that it does not know are left
out.

Lines, code points in hexadecimal:

    first-last NEW OLD          a run of code points with the same record. NEW is category,
                                bidirectional, combining, east_asian_width, mirrored, numeric,
                                grapheme_cluster_break, indic_conjunct_break, extended_pictographic;
                                OLD the first six in Unicode 3.2 and the decimal and digit values, or
                                = when they are the new ones. Fields are joined by `,`, and - stands
                                for none
    D code text                 a decomposition; D! when it is not composed again
    O code code                 what Unicode 3.2's normalization makes of a character instead
    B first-last name           a block
    S codes name                a named sequence
"""
import sys
import unicodedata as new

old = new.ucd_3_2_0


def plain(value):
    return "-" if value in ("", None) else str(value)


def base(ucd, char):
    return [ucd.category(char), ucd.bidirectional(char), ucd.combining(char), ucd.east_asian_width(char),
            ucd.mirrored(char), ucd.numeric(char, None)]


def record(code):
    char = chr(code)
    now = base(new, char) + [new.grapheme_cluster_break(char), new.indic_conjunct_break(char),
                             int(new.extended_pictographic(char))]
    then = base(old, char) + [old.decimal(char, None), old.digit(char, None)]
    same = then == now[:6] + [new.decimal(char, None), new.digit(char, None)]
    return ",".join(map(plain, now)) + " " + ("=" if same else ",".join(map(plain, then)))


def runs(of):
    first, current = 0, of(0)
    for code in range(1, sys.maxunicode + 2):
        value = of(code) if code <= sys.maxunicode else None
        if value != current:
            yield first, code - 1, current
            first, current = code, value


def decompositions():
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        text = new.decomposition(char)
        if 0xAC00 <= code < 0xD7A4:
            continue  # Hangul syllables are computed
        if text:
            composed = text[0] == "<" or new.normalize("NFC", new.normalize("NFD", char)) == char
            print(f"D{'' if composed else '!'} {code:x} {text}")
        corrected = old.normalize("NFD", char)
        if old.category(char) != "Cn" and corrected != new.normalize("NFD", char):
            print(f"O {code:x} {ord(corrected):x}")


def main():
    print(f"# Unicode {new.unidata_version}; written by extract_ucd.py")
    for first, last, value in runs(record):
        print(f"{first:x}-{last:x} {value}")
    decompositions()
    for first, last, value in runs(lambda code: new.block(chr(code))):
        if value != "No_Block":
            print(f"B {first:x}-{last:x} {value}")
    for name in open(sys.argv[1]).read().splitlines():
        try:
            sequence = new.lookup(name)
        except KeyError:
            continue
        if len(sequence) > 1:
            print("S", ",".join(f"{ord(c):x}" for c in sequence), name)


main()
