# functools: partial with placeholders, cmp_to_key, reduce, lru_cache.
import functools
from functools import Placeholder as P, cmp_to_key, lru_cache, partial, reduce


def t(function, *args, **keywords):
    try:
        print(repr(function(*args, **keywords)))
    except Exception as error:
        print(type(error).__name__, error)


def show(*args, **keywords):
    return args, keywords


p = partial(show, 1, P, 3, P, 5, x=1)
t(p, 2), t(p, 2, 4), t(p, 2, 4, 5, x=2, y=3)
q = partial(p, 10, z=3)
t(q, 20), print(q.args, q.keywords, q.func is show)
t(partial), t(partial, 5), t(partial, show, 1, P), t(partial, show, a=P)
print(partial(max, 1, key=len), P, type(P)() is P)
t(p.__setstate__, 1), t(p.__setstate__, (show, (P,), {}, None))
print(partial(max, 1, key=len).__reduce__())


class Sub(partial):
    pass


s = Sub(show, 1)
s.extra = 5
s2 = Sub(s, 2)
print(s2.func is s, s2.args, s.__reduce__()[2][3], repr(Sub(len)))


class Host:
    method = partial(show, 1)


t(Host().method.__call__.__class__.__name__.upper)
print(len(Host().method()[0]))

key = cmp_to_key(lambda a, b: b - a)
print(sorted([1, 3, 2], key=key), key(1) < key(0), key(obj=3).obj)
t(key), t(lambda: key(1) < 1), t(hash, key(1)), t(lambda: key < key)
t(reduce, show, 5), t(reduce, show, []), t(reduce, lambda a, b: a + b, [1, 2], 10), t(reduce, show, [], initial=4)


@lru_cache(maxsize=2)
def f(*args, **keywords):
    print("call", args, keywords)
    return args


f(1), f(1.0), f(1), f("a"), f(1), f(2), f("a"), f(x=1), f(x=1)
print(f.cache_info(), f.cache_parameters(), f.__wrapped__.__name__)
f.cache_clear()
print(f.cache_info())
g = lru_cache(None, True)(lambda x: x)
print(g(1), g(1.0), g(True), g.cache_info())
h = lru_cache(0)(lambda x: x)
print(h(1), h(1), h.cache_info(), h.__reduce__ is not None)
t(functools._lru_cache_wrapper, 1, 2, 3, 4), t(functools._lru_cache_wrapper, len, "x", 3, 4), t(f, [])
