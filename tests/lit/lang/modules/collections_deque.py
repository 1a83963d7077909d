# collections.deque: a list that is fast at both ends.
import copy
from collections import deque


def show(function, *args, **keywords):
    try:
        print(repr(function(*args, **keywords)))
    except Exception as error:
        print(type(error).__name__, error)


for args, keywords in (((5,), {}), (([], -1), {}), (([], "a"), {}), ((1, 2, 3), {}), ((), {"foo": 1}), (([1, 2, 3], 2), {}),
                       ((), {"iterable": "ab", "maxlen": None}), (([], 2**70), {}), (("abc", 0), {})):
    show(deque, *args, **keywords)
x = deque("abc")
for call in ((x.pop, 1), (deque().pop,), (deque().popleft,), (x.index, "z"), (x.index, "b", 5), (x.index, "c", -1), (x.remove, "z"),
             (x.insert, "a", 1), (deque([1], 1).insert, 0, 5), (x.rotate, "a"), (x.rotate, 1, 2), (x.__getitem__, 9),
             (x.__getitem__, "a"), (x.__getitem__, slice(1)), (x.__setitem__, 9, 1), (x.__delitem__, 9), (x.__add__, [1]),
             (x.__mul__, "a"), (hash, x), (setattr, x, "maxlen", 1), (x.__lt__, 3), (x.__contains__, "a"), (x.count, "a"),
             (x.extend, 5), (x.extendleft, [8, 9]), (x.__iadd__, 5), (x.reverse,), (x.__imul__, 2), (deque([1, 2], 3).__mul__, 2)):
    show(*call)
print(x, x.maxlen, deque([1], 3), deque("ab") + deque("cd"), deque("ab", 3) + deque("cd"), 2 * deque([1, 2]), deque([1]) * -1)
show(lambda: x < [1])
show(lambda: deque([1, 2]) < deque([1, 3]) < deque([2]) == deque([2]) != deque())
x.append(x)
print(x)
x.clear()
print(x, len(x), bool(x), list(reversed(deque("abc"))))

for n in range(-7, 8):
    y = deque(range(5))
    y.rotate(n)
    print(*y, sep="", end=" ")
print()
y = deque(range(20), 8)
y.rotate(3)
print(y, y[-1], y[3], 15 in y, y.count(12))
del y[2], y[-1]
y[0] = "first"
y.insert(2, "in")
y.insert(-1, "late")
y.remove(14)
y.appendleft("left"), y.append("right"), y.append("more")
print(y, y.popleft(), y.pop(), y.index("in"))
y += y
print(y)
y.extendleft(y)
print(y)

state = 7
model, real = [], deque()
for step in range(3000):
    state = (state * 1103515245 + 12345) % 2**31
    choice, value = state >> 16 & 7, state >> 20
    if choice < 2:
        model.append(value), real.append(value)
    elif choice < 4:
        model.insert(0, value), real.appendleft(value)
    elif choice == 4 and model:
        assert model.pop() == real.pop()
    elif choice == 5 and model:
        assert model.pop(0) == real.popleft()
    elif choice == 6 and model:
        k = value % len(model)
        model[:] = model[-k:] + model[:-k] if k else model
        real.rotate(k)
    elif model:
        k = value % len(model)
        assert model[k] == real[k]
        del model[k], real[k]
    assert len(model) == len(real)
print(model == list(real), len(model))

it = iter(real)
next(it)
real.append(1)
show(next, it)
show(next, it)
print(reversed(deque("abc")).__length_hint__(), type(iter(real))(deque("abcd"), 2).__reduce__(), deque[int])


class Clearing:
    def __eq__(self, other):
        z.clear()
        return False


for method in ("__contains__", "index", "remove", "count"):
    z = deque([Clearing(), 1])
    show(getattr(z, method), 1)


class Sub(deque):
    pass


s = Sub([1, 2], 5)
print(s, s.copy(), copy.copy(s), type(s + s), s.__reduce__()[:3], deque([1]).__reduce__()[:3])
match deque([1, 2, 3]):
    case [first, *rest]:
        print(first, rest)
