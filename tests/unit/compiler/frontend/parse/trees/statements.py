"""doc"""
import a.b as c, d
from ..e import (f as g, h,)
from . import *
lazy import i
lazy from .j import k
x = y = 1
x: int = 2
(x): int
x.y += 1; x[0] **= 2
*a, b = [c, *d] = e
del a, b.c, (d, [e])
assert a, b
raise A from b
global p, q
nonlocal r
type T[A: int = str, *B = *C, **D] = list[A]


@dec.orate
async def fn[T](a, b=1, /, c: int = 2, *d: *E, e, f=3, **g) -> None:
    async for i in j:
        await i
    else:
        pass
    async with k as l, m: return
    yield
    return (yield from n)


class C[T](Base, *more, metaclass=M, **kw): x = 1


if a: pass
elif b: ...
elif c:
    pass
else:
    pass
while a:
    break
else: continue
for a, *b in c, *d: pass
with (a as b, c,): pass
with (yield): pass
try:
    a
except A:
    b
except B, C:
    c
except D as e:
    d
else:
    f
finally:
    g
try:
    a
except* (A, B) as c:
    pass
