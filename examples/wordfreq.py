# args: -n 8
# stdin: wordfreq.txt
"""Word frequencies of the files named, or of standard input: wordfreq.py [-n COUNT] [FILE...]"""
import sys


def words(lines):
    for line in lines:
        word = []
        for char in line.lower():
            if char.isalpha() or (char == "'" and word):
                word.append(char)
            elif word:
                yield "".join(word).rstrip("'")
                word.clear()
        if word:
            yield "".join(word).rstrip("'")


def count(lines, frequencies):
    number = 0
    for word in words(lines):
        frequencies[word] = frequencies.get(word, 0) + 1
        number += 1
    return number


def report(frequencies, total, top):
    ranked = sorted(frequencies.items(), key=lambda item: (-item[1], item[0]))
    width = max((len(word) for word, _ in ranked[:top]), default=0)
    most = ranked[0][1] if ranked else 1
    for word, number in ranked[:top]:
        bar = "#" * (30 * number // most)
        print(f"{word:{width}} {number:4} {100 * number / total:5.1f}% {bar}")
    once = sum(1 for number in frequencies.values() if number == 1)
    print(f"{total} words, {len(frequencies)} different, {once} of them once")
    by_length = {}
    for word in frequencies:
        by_length.setdefault(len(word), []).append(word)
    if by_length:
        length = max(by_length)
        print(f"longest ({length} letters): {', '.join(sorted(by_length[length]))}")


def main(arguments):
    top = 10
    if arguments[:1] == ["-n"]:
        try:
            top = int(arguments[1])
        except (IndexError, ValueError):
            print(__doc__, file=sys.stderr)
            return 2
        arguments = arguments[2:]
    frequencies = {}
    total = 0
    if arguments:
        for name in arguments:
            try:
                with open(name, encoding="utf-8") as file:
                    total += count(file, frequencies)
            except OSError as error:
                print(f"wordfreq: {name}: {error.strerror}", file=sys.stderr)
                return 1
    else:
        total = count(sys.stdin, frequencies)
    report(frequencies, total, top)
    return 0


sys.exit(main(sys.argv[1:]))
