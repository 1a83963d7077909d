# Texts of parts: str % (items) without the tuple, and f-strings whose numbers become text at the
# end; with ints and strs as in the profile, and with everything else.
import sys


def label(name, number):
    return "%s: %d" % (name, number)


def alone(item):
    return "item %s" % item


def counted(number):
    return "code %d" % number


def mixed(name, number, share):
    return "%s|%5d|%-4s|%.2f|%x|100%%" % (name, number, name, share, number)


def wrong_count(a, b):
    return "%s %s %s" % (a, b)


def of_anything(left, a, b):
    return left % (a, b)


def parts(name, number):
    return f"{name}={number}"


def three(a, b, c):
    return f"<{a}{b}{c}>"


def field(value):
    return f"{value}{''}"


def order(log, a, b):
    return f"{a(log)}-{b(log)}"


class Shown:
    def __init__(self, text):
        self.text = text

    def __str__(self):
        return "str " + self.text

    def __format__(self, spec):
        return "format " + self.text + spec

    def __repr__(self):
        return "repr " + self.text

    def __int__(self):
        return 7


class Word(str):
    def __str__(self):
        return "a word"

    def __format__(self, spec):
        return "a formatted word"

    def __mod__(self, items):
        return "mod of %d" % len(items)


class Count(int):
    def __str__(self):
        return "a count"

    def __format__(self, spec):
        return "a formatted count"

    def __rmod__(self, other):
        return "rmod"


class Pair(tuple):
    def __rmod__(self, other):
        return "pair " + str(len(self))


class Broken:
    def __str__(self):
        raise ValueError("no text")

    __format__ = __str__


def tell(function, *args):
    try:
        text = function(*args)
        print(function.__name__, type(text).__name__, ascii(text))
    except Exception as error:
        line = error.__traceback__.tb_next.tb_lineno
        print(function.__name__, type(error).__name__, error, "line", line)


def work(rounds, items):
    total = 0
    for i in range(rounds):
        name, number = items[i % len(items)]
        total += len(label(name, number)) + len(alone(name)) + len(counted(number))
        total += len(mixed(name, number, number * 0.25)) + len(of_anything("%s%s", name, number))
        total += len(parts(name, number)) + len(three(name, number, name)) + len(field(number))
    return total


ODD = [
    ("", 0),
    ("a", -1),
    ("ä", 9),
    ("€uro", 10),
    ("\U0001F600", -10),
    ("x" * 900, 99),
    ("edge", 2**47 - 1),
    ("edge", -(2**47)),
    ("edge", 2**48 - 1),
    ("edge", 2**48),
    ("edge", -(2**48)),
    ("edge", 2**63),
    ("edge", -(2**63)),
    ("big", 10**40),
    ("bool", True),
    (3, 4),
    (None, 5),
    (2.5, 6.75),
    (Shown("s"), Shown("t")),
    (Word("w"), Count(8)),
    (b"bytes", "no number"),
    ((1, 2), 3),
    ({"key": 1}, 3),
    (Pair((1, 2)), 4),
    (Broken(), 1),
]


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    print(work(rounds, [("ab", 1), ("cde", 12345), ("f", -7)]))
    if len(sys.argv) > 1:
        return
    for name, number in ODD:
        tell(label, name, number)
        tell(alone, name)
        tell(counted, number)
        tell(mixed, name, number, 0.125)
        tell(mixed, name, 17, number)
        tell(of_anything, "%s%s", name, number)
        tell(of_anything, Word("left"), name, number)
        tell(of_anything, b"%s%d", name, number)
        tell(of_anything, 17, name, number)
        tell(parts, name, number)
        tell(three, number, name, number)
        tell(field, number)
    tell(wrong_count, 1, 2)
    tell(of_anything, "%s", 1, 2)
    tell(of_anything, "%(a)s", 1, 2)
    log = []
    tell(order, log, lambda l: l.append("a") or Shown("1"), lambda l: l.append("b") or 5)
    print(log)
    tell(order, log, lambda l: 5, lambda l: [][0])


main()
