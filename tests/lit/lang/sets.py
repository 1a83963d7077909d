a, b = {1, 2, 3}, {3, 4}
print(a | b == {1, 2, 3, 4}, a & b, a - b == {1, 2}, a ^ b == {1, 2, 4}, a <= a, a < a, a >= {1}, a.isdisjoint({9}))
a.add(5)
a.discard(100)
a.remove(1)
a |= {7}
a -= {7}
print(sorted(a), len(a), 2 in a, {1} == {1.0}, {True, 1, 1.0}, set(), frozenset([1]), {frozenset([1]): "f"})
print(sorted({x % 3 for x in range(10)}), sorted(set("hello")), a.union([9], (8,)) > a, a.copy() == a)
try:
    a.remove(99)
except KeyError as error:
    print("KeyError", error)
try:
    {[]}
except TypeError as error:
    print(error)
print(hash(frozenset([1, 2])) == hash(frozenset([2, 1])), sorted(frozenset("ab") | {"c"}))
