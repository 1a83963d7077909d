"""Generators by every way in and out of them: next, send, throw, close, yield from, exceptions."""
def count(n):
    x = 1
    for i in range(n):
        x = (x * 48271) % 2147483647
        got = yield x
        if got:
            print("got", got)
    return "end"
def outer(n):
    r = yield from count(n)
    print("r", r)
    try:
        yield 1
    except ValueError as e:
        print("caught", e)
        yield 2
        yield 3
    finally:
        print("fin")
    yield 4
def direct(a):
    yield a
    yield a
def ex():
    try:
        for i in range(3):
            try:
                yield i
                if i == 1: raise KeyError(i)
            except KeyError as e:
                yield repr(e)
        1/0
    except ZeroDivisionError:
        import sys
        yield str(sys.exception())
        yield str(sys.exception())
    raise RuntimeError("out")
def big():
    t = 3
    while True:
        t = t * t
        yield t
def main():
    g = outer(3)
    print(next(g)); print(g.send("hello")); print(next(g)); print(next(g))
    print(g.throw(ValueError("x")))
    print(list(g))
    print(list(direct(5)), sum(k*2 for k in range(10) if k % 3), [*count(2)])
    e = ex()
    try:
        for v in e: print(v)
    except RuntimeError as err:
        print(err, err.__context__)
    b = big()
    print([next(b) for _ in range(9)])
    b.close()
    def bad():
        yield 1
        raise StopIteration(3)
    try:
        list(bad())
    except RuntimeError as err: print(repr(err), repr(err.__cause__))
    d = direct(1); next(d); d.close(); print(list(d))
    z = count(4); next(z)
    try: z.throw(TypeError("t"))
    except TypeError as err: print(err)
    print(list(z))
    k = 7
    gen = (k + j for j in range(3)); k = 100
    print(list(gen))
    gg = count(1); next(gg)
    try: gg.send(0)
    except StopIteration as s: print(s.value)
    def rec(t):
        for i in t:
            if isinstance(i, list): yield from rec(i)
            else: yield i
    print(list(rec([1,[2,[3,4],5],[[6]]])))
    def deep(n):
        if n: yield from deep(n-1)
        yield n
    print(sum(deep(100)))
    import gc
    a = direct([1,2]); next(a); del a
    c = (lambda: (yield 5))()
    print(list(c))
main()
