a, b = 1, 2
a, b = b, a
print(a, b)
first, *middle, last = range(6)
print(first, middle, last)
(x, [y, *z]), w = ("ab"[0], "bcd"), {1: 2}
print(x, y, z, w)
print([*range(3), *"ab"], {*[1, 2], *[2, 3]}, (*(), 1), {**{"a": 1}, "a": 2, **{"b": 3}})
for i, (j, *k) in enumerate([(1, 2, 3), "xyz"]):
    print(i, j, k)
for text in ("a, b = 1,", "a, b = 1, 2, 3", "a, *b, c = 1,", "a, b = 3"):
    try:
        exec(text)
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
n = m = []
n.append(1)
print(m, n is m)
