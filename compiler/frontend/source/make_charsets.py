#!/usr/bin/env python3
"""Writes the single-byte encodings that Python knows as C++ tables: make_charsets.py OUTPUT.

charsets.inc has two lists of initialisers, in `#ifdef` sections:
PYC_CHARSETS         for each encoding, the code points of bytes 0x80 to 0xFF; 0 where there is none
PYC_CHARSET_ALIASES  {"name", index into the first}, sorted by name
Encodings that differ from ASCII below 0x80 are left out: a coding cookie could not be read in them.
"""
import codecs
import encodings
import encodings.aliases
import pkgutil
import sys

ASCII = bytes(range(128))


def upper_half(codec):
    """The 128 code points, or None where `codec` is no single-byte superset of ASCII."""
    def decoded(byte):
        try:
            text = codec.decode(bytes([byte]))[0]
        except UnicodeDecodeError as error:
            # Other codecs lack the rest of a sequence here.
            return 0 if error.encoding == "charmap" else None
        return ord(text) if len(text) == 1 else None

    try:
        if codec.decode(ASCII)[0] != ASCII.decode("ascii"):
            return None
    except UnicodeError:
        return None
    points = [decoded(byte) for byte in range(128, 256)]
    return None if None in points else points


def charsets():
    for module in sorted(m.name for m in pkgutil.iter_modules(encodings.__path__)):
        if module == "charmap" or "escape" in module:
            continue
        try:
            codec = codecs.lookup(module)
        except LookupError:
            continue
        points = upper_half(codec) if codec._is_text_encoding else None
        if points:
            yield module, points


def main():
    tables, aliases = [], {}
    for module, points in charsets():
        aliases[module] = len(tables)
        for alias, target in encodings.aliases.aliases.items():
            if target == module:
                aliases[alias] = len(tables)
        tables.append("{" + ", ".join(f"0x{point:x}" for point in points) + "},")
    with open(sys.argv[1], "w", encoding="ascii") as out:
        print("#ifdef PYC_CHARSETS", *tables, "#endif", sep="\n", file=out)
        lines = [f'{{"{name}", {aliases[name]}}},' for name in sorted(aliases)]
        print("#ifdef PYC_CHARSET_ALIASES", *lines, "#endif", sep="\n", file=out)


main()
