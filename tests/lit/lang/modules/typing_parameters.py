# typing: type parameters, unions, classes that are generic; annotations that name what is not there.
import annotationlib
import copyreg
import functools
import gc
import pickle
import types
import typing
from typing import Generic, ParamSpec, TypeVar, TypeVarTuple


def attempt(function):
    try:
        print(function())
    except Exception as error:
        print(type(error).__name__, error)


T, U = TypeVar("T"), TypeVar("U")
D = TypeVar("D", default=str)
Ts = TypeVarTuple("Ts", bound=(int, str))


class Plain(Generic[T]):
    pass


class Mixed(dict, Generic[T, U, D]):
    pass


print(Plain.__base__, Generic.__base__, Mixed(a=1), Mixed[int, str].__args__)
attempt(lambda: Plain(1))
attempt(lambda: Mixed[int])
attempt(lambda: object.__new__(types.UnionType))
for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
    print(type(pickle.loads(pickle.dumps(Plain(), protocol))) is Plain, end=" ")
print()
print(Ts, TypeVarTuple("Co", covariant=True), Ts.__bound__, ParamSpec("P", bound=[int]).__bound__)
print(T | "x", "x" | T, int | typing.Callable[[int], str], (int | str).__module__)
attempt(lambda: Ts.__typing_subst__(int))
attempt(lambda: T.__mro_entries__(()))
namespace = {}
exec("from typing import TypeVar; V = TypeVar('V')", namespace)
print(namespace["V"].__module__)


class Parameter:
    def __repr__(self):
        return "late"


late, first = Parameter(), Parameter()
first.__typing_subst__ = lambda value: value
alias = types.GenericAlias(dict, (first, late))
print(alias.__parameters__)
late.__typing_subst__ = lambda value: value
attempt(lambda: alias[0])


def annotated(a: Missing, b: list[Missing] = ()) -> "text":  # noqa: F821
    pass


for form in (annotationlib.Format.FORWARDREF, annotationlib.Format.STRING):
    print(annotationlib.get_annotations(annotated, format=form)["a" if form == 4 else "return"])

missing = sentinel("MISSING")
print(missing | int, None | missing, gc.is_tracked(missing))
attempt(lambda: missing | 1)
del missing.__module__
attempt(lambda: missing.__module__)
