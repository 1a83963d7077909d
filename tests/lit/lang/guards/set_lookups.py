# len(), truth, `in` and loops over sets, frozensets and tuples in hot functions, with keys and
# containers of many kinds, and containers that change while a loop goes over them.
from collections import OrderedDict, deque


class Odd:
    def __init__(self, number):
        self.number = number

    def __hash__(self):
        return hash(self.number)

    def __eq__(self, other):
        return isinstance(other, (int, Odd)) and self.number == getattr(other, "number", other)


class Text(str):
    pass


class OddText(str):
    __hash__ = str.__hash__

    def __eq__(self, other):
        return str(other).lower() == "a"


class Sized:
    def __init__(self, answer):
        self.answer = answer

    def __len__(self):
        if self.answer == "raise":
            raise ValueError("no length")
        return self.answer


class NoLength:
    pass


class MySet(set):
    def __len__(self):
        return 77

    def __contains__(self, item):
        return item == "own"

    def __iter__(self):
        return iter(["own", "items"])


def look(container, item):
    return item in container, item not in container


def measure(container):
    return len(container), "full" if container else "empty"


def walk(container):
    total = []
    for item in container:
        total.append(item)
    return total


def outcome(function, *args):
    try:
        return function(*args)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


numbers = {1, 2, 3, -1, -2, 8, 16, 24, 1 << 40}
texts = {"a", "bc", "".join(["d", "e"])}
mixed = {1, "a", None, 2.5, (1, 2), frozenset([1])}
for _ in range(400):
    look(numbers, 2), look(numbers, 9), look(texts, "a"), look((1, 2, 3), 3), look(("a", "b"), "c")
    look(frozenset(texts), "zz"), measure(numbers), measure(set()), walk(numbers), walk({1: 2})

for container in (numbers, texts, mixed, frozenset(numbers), set(), frozenset(), (), (1, "a", None, 2.5),
                  ("a", "bc"), (1 << 70, 1), MySet([1]), {1: 2}, [1, "a"], "abc"):
    for item in (1, -1, -2, 0, 2, 10, 16, 1.0, 2.5, True, None, "a", "".join(["b", "c"]), Text("a"), OddText("A"),
                 (1, 2), frozenset([1]), {1}, Odd(2), Odd(100), 1 << 40, 1 << 70, 2.0 ** 40, "own", [], float("nan")):
        print(outcome(look, container, item), end=" ")
    print(outcome(measure, container))

for container in (deque([1]), OrderedDict(a=1), range(4), b"abc", bytearray(3), {1: 2}.keys(), Sized(3), Sized(0),
                  Sized(-1), Sized("raise"), Sized(1 << 70), NoLength(), NoLength, 5, None, memoryview(b"ab")):
    print(outcome(measure, container))

for container in (numbers, set(), frozenset([5]), {5: 6}, {5: 6}.values(), {5: 6}.items(), MySet([3]), "xy"):
    print(sorted(walk(container), key=str))


def walk_and(container, change):
    seen = 0
    for item in container:
        seen += 1
        change(container, item)
        if seen > 6:
            break
    return seen


def replace(container, item):
    container.discard(item)
    container.add(item + 1000)


for _ in range(200):
    walk_and({1, 2, 3}, lambda container, item: None)
print(outcome(walk_and, {1, 2, 3}, lambda container, item: container.add(item + 100)))
print(outcome(walk_and, {1, 2, 3}, lambda container, item: container.clear()))
print(outcome(walk_and, {1, 2}, replace) in range(1, 8))
print(outcome(walk_and, {1: 1, 2: 2, 3: 3}, lambda container, item: container.clear()))

# An iterator that is at its end stays there; one that failed fails again.
steps = iter({1, 2})
print(walk(steps) == [1, 2], walk(steps), list(steps))
changed = {1, 2}
steps = iter(changed)
next(steps)
changed.add(3)
print(outcome(walk, steps), outcome(walk, steps))


class Last:
    """Ends with the set that holds it, and looks at another."""

    def __del__(self):
        ended.append(len(others))


ended, others = [], {1, 2}
for _ in range(3):
    group = {Last(), Last(), "x"}
    walk(group)
    del group
print(ended)
