# f(*args, **kwargs) in hot wrappers: the callee, its parameters and the mapping change.
import functools


def forward(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        return f(*args, **kwargs)

    return wrapper


def plain(a, b):
    return a * 10 + b


def defaults(a, b=2, c=3):
    return a * 100 + b * 10 + c


def only(a, /, b, *, c=5):
    return (a, b, c)


def every(*args, **kwargs):
    return args, sorted(kwargs.items())


def run(f, *args, **kwargs):
    result = None
    for _ in range(30):
        try:
            result = f(*args, **kwargs)
        except (TypeError, ValueError) as error:
            result = str(error)
    print(result)


for function in (plain, defaults, only, every, len, dict, lambda **k: list(k)):
    f = forward(function)
    for arguments in (
        ((1, 2), {}),
        ((1,), {"b": 7}),
        ((), {"b": 7, "a": 4}),
        ((1, 2), {"b": 3}),
        ((1,), {"a": 1}),
        ((1, 2, 3), {}),
        ((1,), {}),
        ((1,), {"x": 2}),
        (("abc",), {}),
    ):
        run(f, *arguments[0], **arguments[1])

# Keywords that are no interned names, or no names at all.
run(forward(defaults), 1, **{"".join(["b"]): 9})
run(forward(defaults), 1, **{"bc"[1:]: 9})


def mapped(f, args, mapping):
    return f(*args, **mapping)


class Mapping:
    def keys(self):
        return ["b", "c"]

    def __getitem__(self, key):
        return ord(key)


class Text(str):
    pass


for mapping in (Mapping(), {Text("b"): 4}, {1: 2}, None, [("b", 1)], {}):
    for args in ([1], iter([1]), (1,), 5):
        run(mapped, defaults, args, mapping)
    run(mapped, every, [0], mapping)


# The callee changes the dict that it was called with, the defaults, the code.
def changes(a, b=0, c=0):
    shared.clear()
    changes.__defaults__ = (b + 1, c + 2)
    return a, b, c


shared = {}


def keeping(*args, **kwargs):
    global shared
    shared = kwargs
    result = changes(*args, **kwargs)
    return result, kwargs


run(keeping, 1, b=[2])
run(keeping, 1, c=3)
changes.__code__ = (lambda x, y=1: (y, x)).__code__
run(keeping, 1)
run(keeping, 1, x=3)


# Who is called is a generator, a class, a method.
def count(a, b=3):
    yield from range(a, b)


run(lambda *a, **k: list(count(*a, **k)), 1, b=5)


class Point:
    def __init__(self, x, y=0):
        self.x, self.y = x, y

    def moved(self, by, *, twice=False):
        return self.x + by * (1 + twice)


run(lambda *a, **k: vars(Point(*a, **k)), 1, y=4)
run(forward(Point(5).moved), 2, twice=True)


# Methods, and functions that collect all: the tuple and the dict are the callee's own.
class Base:
    def __init__(self, *args, **kwargs):
        self.args, self.kwargs = args, kwargs


class Sub(Base):
    def __init__(self, name, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.name = name
        self.own = self.args is not args or not args, self.kwargs is not kwargs


def made(*args, **kwargs):
    return sorted(vars(Sub(*args, **kwargs)).items())


def collects(*args, **kwargs):
    kwargs["more"] = args
    return kwargs


class Methods:
    def plain(self, a, b=2):
        return a, b

    def collecting(self, *args, **kwargs):
        return args, sorted(kwargs)

    def named(this, *args, **self):
        return args, self


for arguments in (((1, 2), {}), ((1,), {"b": 3}), ((), {"k": 1}), ((1, 2, 3), {"this": 4}), ((1,), {"self": 5})):
    run(made, *arguments[0], **arguments[1])
    run(forward(collects), *arguments[0], **arguments[1])
    for method in (Methods().plain, Methods().collecting, Methods().named, Methods.collecting):
        run(forward(method), *arguments[0], **arguments[1])
    print(arguments)
run(forward(collects), 1, **{Text("b"): 4})
