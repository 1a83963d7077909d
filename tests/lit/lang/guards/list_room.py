# Lists of comprehensions that become longer or shorter than those that a profile saw, or get other items.
def doubled(items):
    return [item * 2 for item in items]


def some(items):
    return [item for item in items if item]


for _ in range(30):
    doubled(range(16)), doubled([0.5] * 20), some([1, 0] * 9)
print(doubled(range(3)), doubled([]), len(doubled(range(5000))), doubled("ab" * 4), doubled([True, False] * 4))
print(doubled([1] * 6 + [0.5] + ["x"]), doubled([0.5] * 9 + [1, 2**70]), doubled([2**47] * 12)[-1])
print(some([]), len(some([1] * 300)), some([0.5, 0.0] * 5), some(["a", "", None, 3]), some([False, True] * 3))

rows = [doubled(range(n)) for n in range(30)]
for row in rows:
    row.append("end")
    row.insert(0, None)
    del row[1:3]
print(sum(map(len, rows)), rows[0], rows[9], rows[20][::4])
