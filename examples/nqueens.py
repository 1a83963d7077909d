# args: 7
"""Placing n queens: counts the solutions for small boards and draws the first of the largest."""
import sys


def solutions(n, row=0, columns=0, left=0, right=0, placed=()):
    """Yield each solution as a tuple: the queen's column in each row. Attacks are bit masks."""
    if row == n:
        yield placed
        return
    free = ((1 << n) - 1) & ~(columns | left | right)
    while free:
        bit = free & -free
        free ^= bit
        yield from solutions(
            n,
            row + 1,
            columns | bit,
            (left | bit) << 1,
            (right | bit) >> 1,
            placed + (bit.bit_length() - 1,),
        )


def mirrored(solution):
    n = len(solution)
    return tuple(n - 1 - column for column in solution)


def draw(solution):
    for column in solution:
        print(" ".join("Q" if c == column else "." for c in range(len(solution))))


def main():
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else 8
    for n in range(1, largest + 1):
        found = list(solutions(n))
        distinct = {min(s, mirrored(s)) for s in found}
        print(f"{n:2} queens: {len(found):4} solutions, {len(distinct):4} up to reflection")
    if found:
        draw(found[0])


main()
