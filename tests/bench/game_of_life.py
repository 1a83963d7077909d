# args: 25
# train: 60
"""Conway's game of life on an unbounded board: a set of living cells."""
import sys

ACORN = [".#.....", "...#...", "##..###"]


def read(picture):
    return {(x, y) for y, row in enumerate(picture) for x, char in enumerate(row) if char == "#"}


def step(alive):
    neighbours = {}
    for x, y in alive:
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                if dx or dy:
                    cell = x + dx, y + dy
                    neighbours[cell] = neighbours.get(cell, 0) + 1
    return {cell for cell, n in neighbours.items() if n == 3 or (n == 2 and cell in alive)}


def main():
    generations = int(sys.argv[1]) if len(sys.argv) > 1 else 1400
    alive = read(ACORN)
    most = 0
    for _ in range(generations):
        alive = step(alive)
        most = max(most, len(alive))
    left, right = min(x for x, _ in alive), max(x for x, _ in alive)
    print(f"{len(alive)} alive after {generations}, at most {most}, columns {left} to {right}")


main()
