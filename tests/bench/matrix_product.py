# args: 12
# train: 40
"""Products of float matrices as lists of lists, and the power method on the result."""
import sys


def matrix(n, seed):
    return [[((row * 31 + column * 17 + seed) % 101) / 101.0 for column in range(n)] for row in range(n)]


def multiply(a, b):
    n, m, inner = len(a), len(b[0]), len(b)
    result = [[0.0] * m for _ in range(n)]
    for i in range(n):
        row, out = a[i], result[i]
        for k in range(inner):
            factor, other = row[k], b[k]
            for j in range(m):
                out[j] += factor * other[j]
    return result


def largest_eigenvalue(a, rounds):
    vector = [1.0] * len(a)
    value = 0.0
    for _ in range(rounds):
        image = [sum(x * y for x, y in zip(row, vector)) for row in a]
        value = max(abs(x) for x in image)
        vector = [x / value for x in image]
    return value


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 260
    product = multiply(matrix(n, 1), matrix(n, 7))
    trace = sum(product[i][i] for i in range(n))
    print(f"trace {trace:.6f}, largest eigenvalue {largest_eigenvalue(product, 20):.6f}")


main()
