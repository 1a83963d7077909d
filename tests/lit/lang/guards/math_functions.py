# Functions of math on numbers in registers: with floats as in the profile, with ints of any size,
# outside of their domains, beyond the range of floats, and replaced by others.
import math
from math import cos, exp, floor, log, sin

INF = float("inf")


def wave(xs):
    total = 0.0
    for x in xs:
        total += sin(x) * cos(x) + math.tan(x) - math.atan(x)
    return total


def growth(xs):
    return [exp(x) + math.cosh(x) - math.sinh(x) * math.tanh(x) for x in xs]


def logs(xs):
    return [log(x) + math.log2(x) * math.log10(x) for x in xs]


def angles(xs):
    return [math.asin(x) + math.acos(x) + math.degrees(x) - math.radians(x) + math.fabs(x) for x in xs]


def steps(xs):
    total = 0
    for x in xs:
        total += floor(x) * 3 + math.ceil(x)
    return total


class Half:
    def __float__(self):
        return 0.5

    def __floor__(self):
        return -7

    def __ceil__(self):
        return 11


def attempt(function, xs):
    try:
        print(function.__name__, function(xs))
    except (ValueError, OverflowError, TypeError) as e:
        line = e.__traceback__.tb_next.tb_lineno - function.__code__.co_firstlineno
        print(function.__name__, type(e).__name__, e, line)


def main():
    floats = [i / 64.0 for i in range(1, 64)]
    for function in (wave, growth, logs, angles, steps):
        print(function.__name__, function(floats))
    for xs in ([1], [True], [Half()], [0], [-1], [0.0], [-0.0], [-0.5], [1.5], [710.5], [INF], [-INF],
               [float("nan")], [2**70], [-(2**53) - 1], [10**400], ["1"], [None], [2.5e18], [1e300],
               [-2.5e18]):
        for function in (wave, growth, logs, angles, steps):
            attempt(function, xs)
    global sin
    sin = abs
    math.log2 = lambda x: "two"
    attempt(wave, floats)
    attempt(logs, [1.0])
    attempt(logs, [4])


main()
