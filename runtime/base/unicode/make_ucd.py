#!/usr/bin/env python3
"""Turns ucd.txt and properties.txt into the C++ tables that ucd.cpp includes.

    make_ucd.py ucd.txt properties.txt ucd.inc
"""
import sys

LIMIT = 0x110000
FORMS = ("NFC", "NFD", "NFKC", "NFKD")  # bit i of a record's `unstable`


class Names:
    """Strings by number, in the order in which they come up."""

    def __init__(self, *first):
        self.numbers = {name: i for i, name in enumerate(first)}

    def __call__(self, name):
        return self.numbers.setdefault(name, len(self.numbers))


class Data:
    def __init__(self, path):
        self.runs, self.decompositions, self.excluded = [], {}, set()
        self.corrected, self.blocks, self.sequences = {}, [], []
        for line in open(path, encoding="ascii"):
            if not line.startswith("#"):
                self.read(*line.rstrip("\n").split(" ", 2))

    def read(self, kind, first, rest=""):
        if kind[0] == "D":
            self.decompositions[int(first, 16)] = rest
            if kind == "D!":
                self.excluded.add(int(first, 16))
        elif kind == "O":
            self.corrected[int(first, 16)] = int(rest, 16)
        elif kind == "B":
            self.blocks.append((*span(first), rest))
        elif kind == "S":
            self.sequences.append((rest, [int(code, 16) for code in first.split(",")]))
        else:
            self.runs.append((*span(kind), first, rest))


def span(text):
    first, last = text.split("-")
    return int(first, 16), int(last, 16)


def parts(text):
    return [int(code, 16) for code in text.split() if code[0] != "<"]


def unstable(data):
    """For each code point a form of normalization may change: bits of FORMS."""
    bits = {}

    def add(code, *forms):
        for form in forms:
            bits[code] = bits.get(code, 0) | 1 << FORMS.index(form)

    def is_compatible(code):
        text = data.decompositions.get(code, "")
        return text.startswith("<") or any(map(is_compatible, parts(text)))

    for code, text in data.decompositions.items():
        add(code, "NFKD")
        if is_compatible(code):
            add(code, "NFKC")
        if text.startswith("<"):
            continue
        add(code, "NFD")
        if code in data.excluded:
            add(code, "NFC", "NFKC")
        else:
            add(parts(text)[1], "NFC", "NFKC")
    for code in range(0xAC00, 0xD7A4):
        add(code, "NFD", "NFKD")
    for code in [*range(0x1161, 0x1176), *range(0x11A8, 0x11C3)]:
        add(code, "NFC", "NFKC")
    return bits


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


def two_stages(out, name, indices):
    def size(tables):
        return 2 * len(tables[0]) + 2 * len(tables[1])

    shift = min(range(4, 10), key=lambda s: size(split(indices, s)))
    first, second = split(indices, shift)
    print(f"constexpr unsigned k{name}Shift = {shift};", file=out)
    array(out, "uint16_t", f"k{name}Blocks", first)
    array(out, "uint16_t", f"k{name}Entries", second)


def array(out, kind, name, values):
    print(f"constexpr {kind} {name}[] = {{", file=out)
    for start in range(0, len(values), 16):
        print(",".join(map(str, values[start:start + 16])) + ",", file=out)
    print("};", file=out)


def texts(out, name, names):
    array(out, "const char*", name, [f'"{text}"' for text in names.numbers])


def digits_of(path):
    """Decimal and digit values as properties.txt has them."""
    values = {}
    for line in open(path, encoding="ascii"):
        if not line.startswith("#"):
            run, _, decimal, digit, *_ = line.split()
            first, last = span(run)
            if decimal != "-" or digit != "-":
                values.update((code, (decimal, digit)) for code in range(first, last + 1))
    return values


def records(data, digits, out):
    categories, directions, widths = Names("Cn"), Names(""), Names("N")
    clusters, conjuncts, numbers = Names("Other"), Names("None"), Names()
    now, then = Names(), Names()
    changing = unstable(data)

    def base(fields):
        category, direction, combining, width, mirrored, number = fields
        direction = "" if direction == "-" else direction
        number = -1 if number == "-" else numbers(number)
        return categories(category), directions(direction), int(combining), widths(width), int(mirrored), number

    def number(text):
        return -1 if text == "-" else int(text)

    indices = [0] * LIMIT
    for first, last, new, old in data.runs:
        fields = new.split(",")
        for code in range(first, last + 1):
            before = fields[:6] + list(digits.get(code, "--")) if old == "=" else old.split(",")
            old_record = (*base(before[:6]), number(before[6]), number(before[7]))
            record = (*base(fields[:6]), clusters(fields[6]), conjuncts(fields[7]), int(fields[8]),
                      changing.get(code, 0), then(old_record))
            indices[code] = now(record)
    for name, table in ("kCategories", categories), ("kDirections", directions), ("kWidths", widths), (
            "kClusters", clusters), ("kConjuncts", conjuncts):
        texts(out, name, table)
    array(out, "double", "kNumbers", list(numbers.numbers))
    for name, table, kind in ("kRecords", now, "UcdRecord"), ("kOldRecords", then, "UcdOldRecord"):
        array(out, kind, name, ["{%s}" % ",".join(map(str, record)) for record in table.numbers])
    two_stages(out, "Record", indices)


def decompositions(data, out):
    tags, pool, entries, indices, pairs = Names(""), [], ["{0,0,0}"], [0] * LIMIT, []
    for code, text in data.decompositions.items():
        tag = text[:text.index(">") + 1] if text[0] == "<" else ""
        codes = parts(text)
        indices[code] = len(entries)
        entries.append(f"{{{len(pool)},{len(codes)},{tags(tag)}}}")
        pool += codes
        if not tag and code not in data.excluded:
            pairs.append((*codes, code))
    texts(out, "kTags", tags)
    array(out, "uint32_t", "kDecomposed", pool)
    array(out, "Decomposition", "kDecompositions", entries)
    two_stages(out, "Decomposition", indices)
    array(out, "Composition", "kCompositions", ["{%d,%d,%d}" % pair for pair in sorted(pairs)])
    array(out, "Correction", "kCorrections", ["{%d,%d}" % pair for pair in data.corrected.items()])


def main(source, properties, target):
    data = Data(source)
    with open(target, "w", encoding="ascii") as out:
        print("// Made from ucd.txt by make_ucd.py.", file=out)
        records(data, digits_of(properties), out)
        decompositions(data, out)
        array(out, "Block", "kUnicodeBlocks", ['{%d,%d,"%s"}' % block for block in data.blocks])
        codes = [code for _, sequence in sorted(data.sequences) for code in sequence]
        array(out, "uint32_t", "kSequenceCodes", codes)
        entries, start = [], 0
        for name, sequence in sorted(data.sequences):
            entries.append('{"%s",%d,%d}' % (name, start, len(sequence)))
            start += len(sequence)
        array(out, "Sequence", "kSequences", entries)


main(*sys.argv[1:])
