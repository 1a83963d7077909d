#!/usr/bin/env python3
"""Turns names.txt into the tables that unicode_names.cpp includes.

    make_names.py names.txt names.inc

A name is a string of tokens, one a word, and an end byte (255). A byte below kCommonCount means that
entry of kCommon; any other one begins a token of two bytes, an index into the sorted words.
"""
import re
import sys
from collections import Counter

COMMON = 191
END = 255
STEP = 16  # every STEP-th name's place is known


def read(path):
    names, ranges, aliases = {}, [], []
    code, before = 0, []
    for line in open(path, encoding="ascii"):
        line = line.rstrip("\n")
        if line.startswith("#"):
            continue
        if line.startswith("@"):
            code = int(line[1:], 16)
        elif line.startswith("="):
            number, alias = line[1:].split(" ", 1)
            aliases.append((alias, int(number, 16)))
        elif run := re.fullmatch(r"([0-9A-F]+)-([0-9A-F]+) (.*)", line):
            ranges.append((int(run[1], 16), int(run[2], 16), run[3]))
        else:
            shared, rest = line.split(" ", 1)
            before = before[: int(shared)] + rest.split(" ")
            before = [word for word in before if word]
            names[code] = before
            code += 1
    return names, ranges, sorted(aliases)


def array(out, kind, name, values):
    print(f"const {kind} {name}[] = {{", file=out)
    for start in range(0, len(values), 24):
        print(",".join(map(str, values[start:start + 24])) + ",", file=out)
    print("};", file=out)


def main(source, target):
    names, ranges, aliases = read(source)
    counts = Counter(word for words in names.values() for word in words)
    words = sorted(counts)
    index = {word: i for i, word in enumerate(words)}
    common = [word for word, _ in counts.most_common(COMMON)]
    short = {word: i for i, word in enumerate(common)}
    assert len(words) <= (END - COMMON) * 256

    stream, places, runs, expected = [], [], [], -1
    for number, (code, parts) in enumerate(names.items()):
        if code != expected:
            runs.append((code, number))
        expected = code + 1
        if number % STEP == 0:
            places.append(len(stream))
        for word in parts:
            if word in short:
                stream.append(short[word])
            else:
                stream += [COMMON + (index[word] >> 8), index[word] & 255]
        stream.append(END)
    runs.append((0x110000, len(names)))

    offsets, text = [], ""
    for word in [*words, ""]:
        offsets.append(len(text))
        text += word
    with open(target, "w", encoding="ascii") as out:
        print("// Made from names.txt by make_names.py.", file=out)
        print(f"constexpr unsigned kCommonCount = {COMMON}, kStep = {STEP};", file=out)
        print(f"constexpr uint8_t kEnd = {END};", file=out)
        print("const char kWordText[] =", file=out)
        for start in range(0, len(text), 100):
            print(f'"{text[start:start + 100]}"', file=out)
        print(";", file=out)
        array(out, "uint32_t", "kWordOffsets", offsets)
        array(out, "uint16_t", "kCommon", [index[word] for word in common])
        array(out, "uint8_t", "kStream", stream)
        array(out, "uint32_t", "kPlaces", places)
        array(out, "NameRun", "kRuns", ["{%d,%d}" % run for run in runs])
        array(out, "NumberedRange", "kNumbered", ['{%d,%d,"%s"}' % entry for entry in ranges])
        array(out, "NameAlias", "kAliases", ['{"%s",%d}' % entry for entry in aliases])


main(*sys.argv[1:])
