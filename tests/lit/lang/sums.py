# sum() of different kinds of numbers: ints, then floats or complex numbers, then objects.
from fractions import Fraction


class Int(int):
    def __radd__(self, other):
        return "never asked by floats"


class Float(float):
    def __radd__(self, other):
        return 77.0


class Complex(complex):
    def __radd__(self, other):
        return 88j


class Odd:
    def __radd__(self, other):
        return 0.1

    def __add__(self, other):
        return 5


def show(*arguments):
    try:
        print(repr(sum(*arguments)))
    except (OverflowError, TypeError) as error:
        print(type(error).__name__, error)


tenths = [0.1] * 10
for first in ([], [0], [0.5], [1j], [True], [Fraction(1, 2)], [Float(0.5)], [Int(0)], [Odd()], [Odd(), 3]):
    show(first + tenths)
    show(tenths + first + tenths)
    show((item for item in first + tenths))

# Ints of more than 64 bits, and sums of them, are objects from there on.
for ints in ([2**62, 2**62, -(2**63)], [2**70, -(2**70)], [-(2**63), 2**62, 2**62], [2**62, 2**62 - 1, 1, -(2**63)]):
    show(ints)
    show(ints + tenths)
for start in (True, Int(0), 2**63, 0.0, -0.0, 0j, Fraction(0), Float(0), complex(-0.0, -0.0)):
    show([], start)
    show(tenths, start)
    show([-0.0, 0], start)

# Among floats, ints are floats.
show([0.1, 2**70, -(2**70)])
show([2**53, 1.0, 1, 1, 1, 1.0])
show([1e16, 1, 1, 1.0, True, True])
show([1j, 2**53, 1, 1, 2**70, -(2**70)])
show([0.5, 2**2000])
show([1j, 2**2000])
for item in (Int(3), Float(3), Complex(3), True):
    show([3, item, 0.25])
    show([0.5, item, 0.25])
    show([1j, item, 0.25])

inf = float("inf")
show([inf, 1, -1, inf])
show([inf, -inf])
show([1e308, 1e308, -1e308])
show([complex(1e308, 1e308)] * 3)
show([0.0] + tenths + [-1.0])

# Sums beyond 64 bits: exact, and floats that come then are added as objects.
most = 2**63 - 1
print(sum([most, 1]), sum([most, most, most]), sum([-most, -most, -5]), sum([most, 1, -most, -1]), sum([most] * 5, -(2**63)))
print(sum([most, 1, True]), sum([most, 1, 2**70]), sum([most, 1, 2**70, 0.1, 0.2]), sum([most, most, 0.5]))
print(sum([most, 1, -1, -most, 0.1] + [0.1] * 9), sum([0.1] * 10), sum(k**5 for k in range(100000)))
