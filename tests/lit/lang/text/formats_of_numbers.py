# format() of numbers and strs, bin(), oct() and hex(): of the types themselves, bools and subclasses.
for n in (0, 1, -1, 5, 35, -36, 255, 10**9, 2**48, -(2**63), 2**64, 2**200, True, False):
    print(bin(n), oct(n), hex(n), f"{n:b} {n:#o} {n:#X} {n:>8} {n:08d} {n:,}")


class Number(int):
    def __format__(self, spec):
        return f"own format {spec}"

    def __str__(self):
        return "own text"

    def __index__(self):
        return 99


class Real(float):
    def __format__(self, spec):
        return f"own format {spec}"


class Text(str):
    def __format__(self, spec):
        return f"own format {spec}"


class Index:
    def __index__(self):
        return -10


print(bin(Number(5)), hex(Index()), oct(Number(8)))
print(f"{Number(5):>4}|{Real(2.5):.2f}|{Text('t'):>4}|{Number(5)}|{Real(2.5)}|{Text('t')}")
print(format(5, "x"), format(2.5, ".3f"), format("t", ">4"), format(True, "d"), format(True), format(True, "5"))
for value, spec in ((5, "s"), (5, ".2"), (2.5, "d"), ("t", "d"), ("t", "=4"), (5, "z"), (None, "4"), ([], "x"), (5, 5)):
    try:
        print(format(value, spec))
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
for wrong in (2.5, "5", None):
    try:
        bin(wrong)
    except TypeError as error:
        print(error)
