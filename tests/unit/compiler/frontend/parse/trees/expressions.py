a or b and not c
a if b else lambda x, /, y=1, *, z: (x, y)
a < b <= c != d is not e not in f
-a ** -b + ~c * d // e % f @ g << h >> i & j ^ k | l
await_ = (await_ := a.b.c(d, *e, f=g, **h)[i:j:k, ..., *l])
a[1:], b[:, ::2], c[(d, e)], f[*g]
[a, *b], (c,), (), {d, *e}, {f: g, **h}, {}
[a for b, in c if d if e for f in g]
{a for a in b}, {a: b for a, b in c}, (async_ for async_ in d)
[*a for a in b], {**a for a in b}, f(*a for a in b)
f(a for a in b)(c)(d=1, *e)
(yield)
