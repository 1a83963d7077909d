# Ints that need more than 49 bits but fit 64, in attributes, items, parameters and loops.
import sys


class Board:
    def __init__(self, bits):
        self.bits = bits
        self.full = (1 << 60) - 1

    def step(self):
        self.bits = (self.bits << 1 | self.bits >> 59) & self.full
        return self.bits & -self.bits


def signature(rows):
    value = 0
    for row in rows:
        for cell in row:
            value = (value * 2 + cell) % 2305843009213693951
    return value


def mix(state, count):
    for _ in range(count):
        state = (state * 1103515245 + 12345) % 1152921504606846976
    return state


def choose(masks, board):
    found = []
    for mask in masks:
        if not mask & board:
            found.append(mask ^ board)
            board = mask | board
    return found, board


def larger(a, b):
    return a if a > b else b


def kept(values, place):
    held = [None, None]
    for value in values:
        held[0] = held[1]
        held[1] = value
        if value > 1000000000000000:
            held.append(value)
    return held, value


class Flexible(int):
    def __and__(self, other):
        return "flexible"


def low(x):
    y = x & 0xFFFFFFFFFFFFFFF
    return y, x


def report(kind, work):
    try:
        print(kind, work())
    except Exception as error:
        print(kind, type(error).__name__, error)


def main(count):
    board = Board(1)
    total = 0
    for _ in range(count):
        total ^= board.step()
    print(board.bits, total)
    rows = [[(i * j) % 3 & 1 for i in range(20)] for j in range(20)]
    for _ in range(count):
        last = signature(rows), mix(77, 40)
    print(last)
    masks = [1 << k | 1 << (k * 7) % 61 for k in range(60)]
    for _ in range(count):
        last = choose(masks, 1 << 55)
    print(last[0][:3], len(last[0]), last[1])
    for k in range(count):
        last = larger((1 << 50) + k, (1 << 50) + 5), kept([1 << 40 + k % 20, 1 << 52, 3], 0), low((1 << 59) + k)
    print(last)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)

# What no profile of the calls above saw.
strange = Board(1.5)
report("float", strange.step)
strange.bits = (1 << 80) + 7
report("large", strange.step)
strange.bits = Flexible(12)
report("subclass", strange.step)
strange.bits = -(1 << 63)
report("least", strange.step)
strange.bits = (1 << 63)
report("above", strange.step)
strange.bits = (1 << 63) - 1
report("most", strange.step)
strange.bits = True
report("bool", strange.step)
strange.bits = None
report("none", strange.step)
report("text", lambda: signature([["a", 1]]))
report("floats", lambda: signature([[0.5, 1]]))
report("huge", lambda: signature([[1 << 70, 1]]))
report("huge state", lambda: mix(1 << 90, 3))
report("negative", lambda: mix(-(1 << 62), 3))
report("sets", lambda: choose([{1}, {2}], {3}))
report("mixed", lambda: choose([1 << 60, -1 << 63, 1 << 63, 1 << 64, 0], 1))
report("larger", lambda: larger(1 << 62, 1e30))
report("larger", lambda: larger(-(1 << 63), -(1 << 63) - 1))
report("kept", lambda: kept([1 << 62, 1 << 63, -(1 << 63), 1.5, 1 << 100], 1))
report("low", lambda: [low(x) for x in (1 << 62, (1 << 64) - 1, -(1 << 63), -1, True, 1 << 70, Flexible(3))])
