# args: 8
"""Exact linear algebra: a rational type on big integers, LU decomposition, a Hilbert matrix."""
import math
import sys


class Rational:
    __slots__ = ("top", "bottom")

    def __init__(self, top, bottom=1):
        if bottom == 0:
            raise ZeroDivisionError(f"Rational({top}, 0)")
        if bottom < 0:
            top, bottom = -top, -bottom
        common = math.gcd(top, bottom)
        self.top = top // common
        self.bottom = bottom // common

    @staticmethod
    def of(value):
        return value if isinstance(value, Rational) else Rational(value)

    def __add__(self, other):
        other = Rational.of(other)
        return Rational(self.top * other.bottom + other.top * self.bottom, self.bottom * other.bottom)

    __radd__ = __add__

    def __neg__(self):
        return Rational(-self.top, self.bottom)

    def __sub__(self, other):
        return self + -Rational.of(other)

    def __rsub__(self, other):
        return Rational.of(other) + -self

    def __mul__(self, other):
        other = Rational.of(other)
        return Rational(self.top * other.top, self.bottom * other.bottom)

    __rmul__ = __mul__

    def __truediv__(self, other):
        other = Rational.of(other)
        return Rational(self.top * other.bottom, self.bottom * other.top)

    def __rtruediv__(self, other):
        return Rational.of(other) / self

    def __eq__(self, other):
        other = Rational.of(other)
        return self.top == other.top and self.bottom == other.bottom

    def __hash__(self):
        return hash((self.top, self.bottom))

    def __bool__(self):
        return self.top != 0

    def __repr__(self):
        return str(self.top) if self.bottom == 1 else f"{self.top}/{self.bottom}"


def hilbert(n):
    return [[Rational(1, row + column + 1) for column in range(n)] for row in range(n)]


def multiply(a, b):
    columns = list(zip(*b))
    return [[sum(x * y for x, y in zip(row, column)) for column in columns] for row in a]


def decompose(matrix):
    """Return (lower, upper, permutation) with lower * upper equal to the permuted rows."""
    n = len(matrix)
    upper = [row[:] for row in matrix]
    lower = [[Rational(int(i == j)) for j in range(n)] for i in range(n)]
    order = list(range(n))
    for k in range(n):
        pivot = next((row for row in range(k, n) if upper[row][k]), None)
        if pivot is None:
            raise ValueError("the matrix is singular")
        if pivot != k:
            upper[k], upper[pivot] = upper[pivot], upper[k]
            order[k], order[pivot] = order[pivot], order[k]
            for column in range(k):
                lower[k][column], lower[pivot][column] = lower[pivot][column], lower[k][column]
        for row in range(k + 1, n):
            factor = upper[row][k] / upper[k][k]
            lower[row][k] = factor
            for column in range(k, n):
                upper[row][column] -= factor * upper[k][column]
    return lower, upper, order


def solve(matrix, right):
    lower, upper, order = decompose(matrix)
    n = len(matrix)
    y = []
    for i in range(n):
        y.append(right[order[i]] - sum(lower[i][j] * y[j] for j in range(i)))
    x = [None] * n
    for i in reversed(range(n)):
        x[i] = (y[i] - sum(upper[i][j] * x[j] for j in range(i + 1, n))) / upper[i][i]
    return x


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    matrix = hilbert(n)
    lower, upper, order = decompose(matrix)
    print("L * U is the matrix:", multiply(lower, upper) == [matrix[row] for row in order])
    determinant = Rational(1)
    for k in range(n):
        determinant *= upper[k][k]
    print(f"1 / determinant of the Hilbert matrix of order {n}:")
    print(1 / determinant)
    solution = solve(matrix, [Rational(1)] * n)
    print("H x = (1, ..., 1) has the solution", solution)
    print("check:", all(value == 1 for (value,) in multiply(matrix, [[x] for x in solution])))
    try:
        decompose([[Rational(1), Rational(2)], [Rational(2), Rational(4)]])
    except ValueError as error:
        print("as expected:", error)


main()
