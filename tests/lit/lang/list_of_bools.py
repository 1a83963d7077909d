# Lists of bools keep their items as bytes; what every operation makes of them.
import copy
import heapq

a = [True, False] * 3
print(a, len(a), a[1], a[-1], a[1:4], a[::-2], a * 2, a + [True], a + [1], [0.5] + a)
a[0] = False
a[1:3] = [True, True, True]
print(a, a.count(True), a.count(1), a.index(True), True in a, 1 in a, 2 in a, 0.0 in a)
a[::2] = [False] * len(a[::2])
print(a, sum(a), any(a), all(a), max(a), min(a), bytes(a), list(reversed(a)))
a.append(True)
a.extend((False, True))
a.insert(2, True)
a.insert(0, False)
print(a, a.pop(), a.pop(0), a.pop(2), a)
del a[1], a[-3:-1], a[::3]
print(a, a == [True, True, True], a == [1, 1, 1], a != [True], a < [True, True, False])
a.sort()
a.reverse()
a.remove(True)
print(a, sorted([True, False, True, False]), sorted([True, False, True], reverse=True),
      sorted([True, False, True], key=lambda b: not b))
for change in (lambda b: b.append(2), lambda b: b.insert(1, None), lambda b: b.__setitem__(0, 1),
               lambda b: b.__setitem__(slice(0, 1), ["x", 0.5]), lambda b: b.extend(range(2)),
               lambda b: b.__iadd__([1.5]), lambda b: b.__imul__(2), lambda b: b.__setitem__(slice(None), [1, 2]),
               lambda b: b.clear() or b.append(1.5), lambda b: b.__delitem__(slice(1, None)) or b.append("s")):
    b = [True, False, True]
    change(b)
    b.append(False)
    print(b, [type(x).__name__ for x in b])
b = [x > 2 for x in range(5)]
c = copy.copy(b), tuple(b), set(b), {k: v for k, v in enumerate(b)}, [*b, *b], b.copy() is b
print(b, c, b is True, b[0] is False, [x is True for x in b])
heapq.heapify(b)
heapq.heappush(b, False)
print(b, heapq.heappop(b), b, list(zip(b, b[1:])), list(map(int, b)))
big = [False] * 1000
for i in range(0, 1000, 7):
    big[i] = True
big += [True] * 24
print(sum(big), big[:3], big[993:1000], big.index(True, 1))
big[500] = "end"
print(big[497:502], big.count(True), [i for i, x in enumerate(big) if x is not False and x is not True])
x, *y, z = [True, False, False, True]
print(x, y, z, [[]] + [True], [True] + [[]], [True, None], [None, True], [False][0:0] + [1])
