print([x * y for x in range(3) for y in range(x + 1) if (x + y) % 2 == 0])
print({k: [v for v in range(k)] for k in range(4)}, {len(w) for w in "a bb cc".split()})
x = "outer"
print([x for x in range(3)], x)
print(list(c for c in "abc"), sum(i * i for i in range(10)), any(i > 3 for i in range(5)), all(i < 3 for i in range(5)))
print([(last := i) for i in range(4)], last)


class C:
    items = [1, 2, 3]
    doubled = [i * 2 for i in items]
    try:
        cross = [items for i in items]
    except NameError as error:
        cross = str(error)


print(C.doubled, C.cross)


def matrix(n):
    return [[1 if i == j else 0 for j in range(n)] for i in range(n)]


print(matrix(3), [f() for f in [lambda: i for i in range(3)]])
g = (print("evaluated", i) or i for i in range(3))
print(next(g), next(g))
print([*[1, 2], *(y for y in (3,))], [a + b for a, b in zip("ab", "cd")], [not c for c in (0, 1)])
