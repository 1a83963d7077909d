# Logarithms of numbers that no double holds, given by __index__.
import math


class Index:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value


class Both(Index):
    def __float__(self):
        raise OverflowError


def show(function, *args):
    try:
        print(function(*args))
    except Exception as error:
        print(type(error).__name__, error)


show(math.log, Index(10**1000))
show(math.log, Index(10**2000), Index(10**1000))
show(math.log2, Index(2**2000))
show(math.log10, Both(10**1000))
show(math.log, Index(-(10**1000)))
show(math.log, Index(0))
show(math.log, Both(0))
