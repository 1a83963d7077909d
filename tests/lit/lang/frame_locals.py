# frame.f_locals: a mapping of a function's locals that writes through (PEP 667).
import sys


def show(function, *args):
    try:
        print(repr(function(*args)))
    except Exception as error:
        print(type(error).__name__, error)


def locals_of_a_call(a, b=2):
    def inner():
        return c, later

    p = sys._getframe().f_locals
    print(type(p).__name__, list(p), p.get("c"), "later" in p, len(p))
    p["a"] = "new a"
    p["c"] = "new c"
    c = p["c"] + "!"
    p["extra"] = 1
    p[3] = 4
    print(a, c, p["extra"], locals()["extra"], p == sys._getframe().f_locals, p == dict(p))
    for name in "later", [], 3.5:
        show(p.__getitem__, name)
    for name in "a", "none", 3:
        show(p.__delitem__, name)
    show(p.pop, "a")
    show(p.pop, "extra")
    show(p.pop, "none", 5)
    show(p.setdefault, "b", 9)
    show(p.setdefault, "fresh")
    show(p.update, {"b": 20})
    show(p.update, [("b", 20)])
    show(p.get)
    p |= {"a": "A"}
    print(a, b, sorted(p | {"zz": 1}), type({} | p), reversed(p)[:2], p.keys() == list(p))
    later = 1
    print(inner(), p["later"], "p" in p, p["p"] is p)
    show(lambda: p | 3)
    show(lambda: p < p)
    show(type(p))
    show(type(p), 5)
    return p


print(locals_of_a_call(1)["c"])


# What runs in the interpreter can be changed while it is suspended.
exec("""
def generator(start):
    value = start
    while True:
        yield value
""")

running = generator(1)
running.gi_frame.f_locals["start"] = 5
print(next(running))
running.gi_frame.f_locals["value"] = 6
print(next(running))
kept = running.gi_frame.f_locals
del running
print(dict(kept))

squares = (x * x for x in [1, 2, 3])
squares.gi_frame.f_locals[".0"] = None
print(list(squares))


def hidden():
    lambda: k
    k = "outer"
    print([locals()["k"] for k in [0]], [sys._getframe().f_locals["k"] for k in [1]], k)


hidden()
print([locals()["x"] for x in [1, 2]], "x" in locals())


class Body:
    name = 1
    sys._getframe().f_locals["name"] = 2
    names = [sorted({"i", "name"} & set(locals())) for i in [1]]


print(Body.name, Body.names)
