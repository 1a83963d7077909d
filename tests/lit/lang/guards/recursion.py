# Deep recursion through native code, builtins and special methods ends in a RecursionError.
import sys


def down(n):
    return down(n + 1) + 1


def pair_a(n):
    return pair_b(n + 1)


def pair_b(n):
    for i in range(1):
        return pair_a(n)


class Node:
    def __init__(self, next=None):
        self.next = next

    def __repr__(self):
        return f"Node({self.next!r})"

    def __eq__(self, other):
        return self.next == other.next

    def __lt__(self, other):
        return self.next < other.next

    def __hash__(self):
        return hash(self.next)

    def __iter__(self):
        return iter(self.next)

    def __len__(self):
        return len(self.next)

    def __call__(self):
        return self.next()

    def __getattr__(self, name):
        return getattr(self, "other" if name == "missing" else "missing")

    def __add__(self, other):
        return self.next + other

    def __bool__(self):
        return bool(self.next)

    def __contains__(self, item):
        return item in self.next

    def __str__(self):
        return str(self.next)


def loop():
    node = Node()
    node.next = node
    return node


def caught(name, function):
    try:
        function()
    except RecursionError as error:
        print(name, "RecursionError", len(str(error)) > 0)
    else:
        print(name, "no error")


a, b = loop(), loop()
caught("function", lambda: down(0))
caught("two functions", lambda: pair_a(0))
caught("repr", lambda: repr(a))
caught("str", lambda: str(a))
caught("eq", lambda: a == b)
caught("lt", lambda: sorted([a, b]))
caught("hash", lambda: {a: 1})
caught("iter", lambda: list(a))
caught("len", lambda: len(a))
caught("call", lambda: a())
caught("getattr", lambda: a.missing)
caught("add", lambda: a + 1)
caught("bool", lambda: not a)
caught("contains", lambda: 1 in a)
caught("sort key", lambda: [3, 1].sort(key=down))
caught("map", lambda: list(map(down, [1])))
caught("lambda", lambda: (lambda f: f(f))(lambda f: f(f)))


def endless(n):
    yield from endless(n + 1)


def build(n):
    class C:
        x = build(n + 1)
    return C


class Looped:
    @property
    def p(self):
        return self.p


class Manager:
    def __enter__(self):
        manage(1)

    def __exit__(self, *error):
        return False


def manage(n):
    with Manager():
        pass


def listed(n):
    return [x for x in listed(n + 1)]


def evaluated(n):
    return eval("evaluated(n + 1)")


caught("generator", lambda: list(endless(0)))
caught("class", lambda: build(0))
caught("property", lambda: Looped().p)
caught("with", lambda: manage(0))
caught("comprehension", lambda: [*listed(0)])
caught("eval", lambda: evaluated(0))


def depth(n):
    try:
        return depth(n + 1)
    except RecursionError:
        return n


print(depth(0) > 500, depth(0) == depth(0))
print(down.__name__, [down for i in range(2)] == [down, down])


def fine(n):
    return n if n == 0 else fine(n - 1) + 1


print(fine(800))
