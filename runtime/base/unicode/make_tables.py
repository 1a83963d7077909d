#!/usr/bin/env python3
"""Turns properties.txt into the C++ tables that unicode.cpp includes.

    make_tables.py properties.txt tables.inc
"""
import sys

FLAGS = "adgnlutspicbCI"  # bit i of a record's flags; the order of UnicodeFlag in unicode.h
LIMIT = 0x110000


def read_runs(path):
    for line in open(path, encoding="ascii"):
        if not line.startswith("#"):
            run, *fields = line.split()
            first, last = (int(part, 16) for part in run.split("-"))
            yield first, last, fields


class Extended:
    """Mappings to several code points, one after another."""

    def __init__(self):
        self.codes = []

    def encode(self, text):
        if "+" not in text:
            return int(text)
        codes = [int(code, 16) for code in text.split("+")]
        for start in range(len(self.codes)):
            if self.codes[start:start + len(codes)] == codes:
                break
        else:
            start = len(self.codes)
            self.codes += codes
        return 1 << 24 | len(codes) << 16 | start


def split(indices, shift):
    """Two-stage table: block number by the upper bits, then the blocks, each once."""
    blocks, first, second = {}, [], []
    for start in range(0, LIMIT, 1 << shift):
        block = tuple(indices[start:start + (1 << shift)])
        if block not in blocks:
            blocks[block] = len(blocks)
            second += block
        first.append(blocks[block])
    return first, second


def array(out, kind, name, values):
    print(f"const {kind} {name}[] = {{", file=out)
    for start in range(0, len(values), 16):
        print(",".join(map(str, values[start:start + 16])) + ",", file=out)
    print("};", file=out)


def flag_bits(record):
    return sum(1 << FLAGS.index(flag) for flag in record[0] if flag != "-")


def main(source, target):
    records = {("-", "-", "-", "0", "0", "0", "0"): 0}
    indices = [0] * LIMIT
    for first, last, fields in read_runs(source):
        index = records.setdefault(tuple(fields), len(records))
        for code in range(first, last + 1):
            indices[code] = index

    def size(tables):
        first, second = tables
        return len(first) * (1 if max(first) < 256 else 2) + 2 * len(second)

    shift = min(range(4, 10), key=lambda s: size(split(indices, s)))
    blocks, entries = split(indices, shift)
    extended = Extended()
    with open(target, "w", encoding="ascii") as out:
        print("// Made from properties.txt by make_tables.py.", file=out)
        print("const UnicodeRecord kRecords[] = {", file=out)
        for record in records:
            _, decimal, digit, *mappings = record
            values = [255 if value == "-" else int(value) for value in (decimal, digit)]
            print("{%s}," % ",".join(map(str, [flag_bits(record), *values, *map(extended.encode, mappings)])),
                  file=out)
        print("};", file=out)
        print(f"constexpr unsigned kBlockShift = {shift};", file=out)
        array(out, "uint8_t" if max(blocks) < 256 else "uint16_t", "kBlocks", blocks)
        array(out, "uint16_t", "kEntries", entries)
        array(out, "uint32_t", "kExtended", extended.codes)
        names = list(records)
        narrow = ",".join(str(flag_bits(names[indices[code]])) for code in range(256))
        print(f"#define PYC_UNICODE_LATIN1_FLAGS {narrow}", file=out)


main(*sys.argv[1:])
