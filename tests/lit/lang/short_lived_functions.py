# Functions that die soon, whose memory the next ones take: with attributes, defaults, closures, weak
# references, in other namespaces.
import weakref


def adders(n):
    made = [lambda x, k=k: x + k for k in range(n)]
    return sum(f(1) for f in made)


def marked(n):
    total = 0
    for i in range(n):
        def f(x: int = i, *, y: int = 2) -> int:
            "A text."
            return x * y + i

        if i % 3 == 0:
            f.note = i
            f.more = [i]
        if i % 4 == 0:
            f.__dict__["other"] = i
        total += f() + len(vars(f)) + len(f.__doc__)
        total += f.__annotations__ == {"x": int, "y": int, "return": int}
    return total


def fresh(n):
    """A new function has nothing of the one before."""
    for i in range(n):
        f = lambda: i
        if vars(f) or f.__defaults__ or f.__kwdefaults__ or f.__annotations__ or f.__doc__:
            return i, vars(f)
        f.note = f.__doc__ = "x"
        f.__defaults__ = ()
        f.__kwdefaults__ = {}
        del f
    return "fresh"


def watched(n):
    log = []
    refs = []
    for i in range(n):
        f = lambda: i
        refs.append(weakref.ref(f, lambda r, i=i: log.append(i)))
        del f
    return log, [r() for r in refs]


def cyclic(n):
    for i in range(n):
        def f():
            return f

        f.self = f
    return f() is f


class Namespace(dict):
    pass


def elsewhere():
    out = []
    for name in ("a", None, "b"):
        namespace = {"x": 1, "__name__": name} if name else {"y": 2}
        exec("f = lambda: len(__builtins__)\ng = [lambda: 0 for _ in (1, 2)]", namespace)
        out.append((namespace["f"].__module__, namespace["g"][1].__module__, namespace["f"]() > 50))
        own = {"__builtins__": {"len": lambda x: "mine"}, "__name__": name}
        exec("f = lambda: len('')", own)
        out.append((own["f"](), own["f"].__module__))
    own = Namespace(__name__="sub")
    exec("f = lambda: 5", own)
    out.append((own["f"](), own["f"].__module__))
    return out


print(adders(300), marked(50), fresh(200), watched(5), cyclic(100))
print(elsewhere())


# Pairs of zip: of lists, tuples and others, of uneven lengths, strict.
def pairs(*iterables, **options):
    out = []
    try:
        for a, b in zip(*iterables, **options):
            out.append((a, b))
    except (ValueError, ZeroDivisionError) as error:
        out.append(str(error))
    return out


def failing(n):
    for i in range(n):
        yield 6 // (3 - i)


def stopping(n):
    yield from range(n)


sources = [[1, 2, 3], (4, 5), "xyz1", range(4), [1.5, 2.5], [True], {7: 8, 9: 0}, []]
for s in sources:
    print([pairs(s, t) for t in sources], pairs(s, failing(9)), pairs(failing(9), s))
    print([pairs(s, t, strict=True) for t in sources], pairs(stopping(2), s, strict=True))
print(pairs([1, 2], [3, 4], [5, 6]), pairs([(1, 2)]), pairs())
