# abc: registration, caches, hooks, abstract methods, patterns; global names of a dict's subclass.
import _abc
import _stat
import _suggestions
from abc import ABC, ABCMeta, abstractmethod
from collections.abc import Mapping, Sequence
from types import FunctionType


def t(function, *args, **keywords):
    try:
        print(function(*args, **keywords))
    except BaseException as error:
        print(type(error).__name__, error)


class A(ABC):
    pass


class B(A):
    pass


t(_abc._abc_register, int, int), t(_abc._get_dump, int), t(_abc._abc_instancecheck, int, 1)
t(A.register, 1), t(B.register, A), t(issubclass, 1, A), t(A.register, int)
print(isinstance(3, A), isinstance("", A), isinstance(True, A), issubclass(str, A))
registry, found, missed, version = _abc._get_dump(A)
print(sorted(r().__name__ for r in registry), sorted(r().__name__ for r in found), sorted(r().__name__ for r in missed))
token = _abc.get_cache_token()
A.register(str)
print(_abc.get_cache_token() - token, isinstance("", A))


class Hooked(ABC):
    @classmethod
    def __subclasshook__(cls, other):
        return 5 if other is int else hasattr(other, "go") or NotImplemented


t(issubclass, int, Hooked), t(issubclass, str, Hooked)


class Base(ABC):
    @abstractmethod
    def f(self): ...
    @property
    @abstractmethod
    def g(self): ...


class Half(Base):
    def f(self): ...


t(Base), t(Half), print(sorted(Base.__abstractmethods__), Half.__abstractmethods__)


class Seq(Sequence):
    def __len__(self): return 2
    def __getitem__(self, i): return (5, 6)[i]


@Mapping.register
class Map:
    def get(self, key, default=None): return key
    def __len__(self): return 1
    def keys(self): return ["k"]
    def __getitem__(self, key): return key


for subject in (Seq(), Map(), 1):
    match subject:
        case [a, b]:
            print("sequence", a, b)
        case {"k": k}:
            print("mapping", k)
        case _:
            print("neither")
t(ABCMeta, "Both", (), {"__abc_tpflags__": 96})
print(_suggestions._generate_suggestions(["abc", "xyz"], "abd"), _stat.filemode(0o104755), _stat.S_ISREG(0o100644))


class Names(dict):
    def __missing__(self, key): return "<" + key + ">"


print(FunctionType((lambda: (there, nowhere, len)).__code__, Names(there=1))())
