# Loops over constants in a generator, with a condition of two parts between the yields.
import sys
from collections import Counter


def neighbours(cell):
    x, y = cell
    for dx in (-1, 0, 1):
        for dy in (-1, 0, 1):
            if dx or dy:
                yield x + dx, y + dy


def within(cell, width, height):
    for x, y in neighbours(cell):
        if 0 <= x < width and 0 <= y < height:
            yield x, y
        elif x < 0 and y < 0 or x > width:
            continue


def step(alive):
    counts = Counter()
    for cell in alive:
        for n in neighbours(cell):
            counts[n] += 1
    return {c for c, k in counts.items() if k == 3 or (k == 2 and c in alive)}


def reachable(start, width, height):
    seen, front = {start}, [start]
    while front:
        found = []
        for cell in front:
            for n in within(cell, width, height):
                if n not in seen:
                    seen.add(n)
                    found.append(n)
        front = found
    return len(seen), max(seen)


def report(kind, work):
    try:
        print(kind, work())
    except Exception as error:
        print(kind, type(error).__name__, error)


alive = {(1, 0), (2, 1), (0, 2), (1, 2), (2, 2)}
for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 60):
    alive = step(alive)
print(len(alive), sorted(alive)[0])
print(reachable((2, 3), 12, 9), reachable((0, 0), 1, 1))
report("floats", lambda: sorted(neighbours((0.5, 1)))[:2])
report("large", lambda: sorted(neighbours((1 << 60, -(1 << 48))))[0])
report("text", lambda: list(neighbours("ab")))
report("three", lambda: list(neighbours((1, 2, 3))))
report("sets", lambda: sorted(step([(0, 0), (0.0, 1), (True, 2)])))
