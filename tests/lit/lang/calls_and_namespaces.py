# Code as functions and coroutines, mappings that are unpacked, classes found by way of mro().
import ast
import functools
import gc
from types import FunctionType


def attempt(function):
    try:
        print(function())
    except Exception as error:
        print(type(error).__name__, error)


# A function of a module's code runs in its globals.
space = {}
FunctionType(compile("x = 1; print(x, locals() is globals())", "<x>", "exec"), space)()
print(space["x"], FunctionType(compile("x + 1", "<x>", "eval"), space)())


async def value():
    return 5


code = compile("y = await value()", "<x>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
for coroutine in (eval(code, {"value": value}, space), FunctionType(code, {"value": value})()):
    attempt(lambda: coroutine.send(None))
print(space["y"])


class NoList:
    def keys(self):
        return 1


class Raising:
    def keys(self):
        raise AttributeError("of its own")


def keywords(**kwargs):
    return kwargs


for mapping in (NoList(), Raising(), object()):
    attempt(lambda: keywords(**mapping))
    attempt(lambda: {**mapping})
    attempt(lambda: {}.update(mapping))


class Key(str):
    asked = 0

    def __hash__(self):
        Key.asked += 1
        return super().__hash__()


given = {Key("a"): 1}
Key.asked = 0
print(keywords(**given), Key.asked)

# A class whose mro() names classes that are no bases sees their changes.


class Base:
    value = 1


class Meta(type):
    def mro(cls):
        return (cls, Base, object)


class Weird(metaclass=Meta):
    pass


class Below(Weird):
    def mro(cls):
        return (cls, Weird, Base, object)


for Base.value in (2, 3):
    print(Base.value, Weird.value, Below.value)

part = functools.partial(max)
attempt(lambda: delattr(part, "__dict__"))
print(sorted(gc.get_referents([1, 2], (3, 4), {5: 6}, 7)))


# Builtins of any mapping; names that CPython keeps in UTF-8; the order of a mapping's own.
from types import MappingProxyType

attempt(lambda: eval("answer", {"__builtins__": MappingProxyType({"answer": 42})}))
attempt(lambda: eval("answer", {"__builtins__": MappingProxyType({})}))
attempt(lambda: exec("import a.b", {"__builtins__": MappingProxyType({})}))
attempt(lambda: type("A", (), {"__doc__": "\udcdc"}))


class Backwards(dict):
    def keys(self):
        return reversed(list(super().keys()))

    def __iter__(self):
        return iter(self.keys())


print(list(vars(type("A", (), Backwards(a=1, b=2))))[:2])


class Lacking:
    @property
    def __eq__(self):
        raise AttributeError("none")

    __hash__ = None


print(Lacking() == Lacking())


class Made:
    def __new__(cls):
        return 1


print(vars(Made)["__new__"].__name__, vars(Made)["__new__"].__module__)
