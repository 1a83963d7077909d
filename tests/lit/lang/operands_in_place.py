class K(str):
    def __add__(self, other):
        return K("K" + str(self) + other)
def grow(n):
    s = ""
    for i in range(n):
        s += chr(97 + i % 26)
    return s
def aliased():
    s = "ab" * 3
    t = s
    s += "x"
    u = s
    s = s + "y"
    return s, t, u
def kept(parts):
    out, s = [], ""
    for p in parts:
        s += p
        out.append(s)
    return out
def twice():
    s = "a" + str(1)
    for _ in range(4):
        s += s
    return s
def as_key():
    d = {}
    s = str(10)
    for i in range(5):
        d[s] = i
        s += "k"
    return d, s
def hashed():
    s = str(12) + "z"
    h = hash(s)
    s += "!"
    return hash(s) == hash("12z!"), s in {"12z!": 1}
def wider():
    s = "a"
    for ch in "bé€😀z":
        s += ch
    return s, len(s), s.isascii()
def fails():
    s = str(5) + "five"
    try:
        s += 5
    except TypeError as e:
        return s, str(e)
def fails2():
    s = str(5) + "five"
    try:
        s = s + None
    except TypeError as e:
        return s, str(e)
def subclass():
    s = K("a")
    s += "b"
    s = s + "c"
    return s, type(s).__name__
def numbers():
    x = 2 ** 62
    x += 2 ** 70
    y = [1]
    z = y
    y += [2]
    y = y + [3]
    w = (1,) + (2,) + (3,)
    return x, y, z, w, 1.5 + 2 + 3.5
ended = []
class D:
    def __init__(self, n): self.n = n
    def __add__(self, other): return D(self.n + other.n)
    def __iadd__(self, other): self.n += other.n; return self
    def __del__(self): ended.append(self.n)
def objects():
    a = D(1) + D(2) + D(4)
    a += D(8)
    a = a + D(16)
    print(a.n)
def param(s):
    s += "!"
    return s
def closure():
    s = "x" * 3
    def f():
        nonlocal s
        s += "y"
        return s
    return f(), f(), s
def gen():
    s = "g" + str(0)
    for i in range(3):
        s += "."
        yield s
print(grow(60), len(grow(100000)))
print(aliased(), kept("abc"), twice(), as_key(), hashed(), wider())
print(fails(), fails2(), subclass(), numbers())
objects()
print(sorted(ended))
a = "p" + str(1)
print(param(a), a, closure(), list(gen()))
import sys
x = sys.intern("in" + str(1))
def interned(x):
    y = x
    y += "2"
    return y
print(interned(x), x, sys.intern("in" + "1") is x)
def joined(a, b):
    return a + ", " + b + "."
print(joined("a", "b"), joined("é", "ü"))
def nested(rows):
    out = ""
    for r in rows:
        line = ""
        for c in r:
            line += c + " "
        out += line + "\n"
    return out
print(nested(["ab", "cd"]))
def pairs(xs, ys):
    out = []
    for i, (x, y) in enumerate(zip(xs, ys)):
        out.append((i, x, y))
        if i == 1:
            xs.append(9)
            ys.clear()
    return out
print(pairs([1, 2, 3], [4, 5, 6]), pairs([1.5, 2.5], ["a", "b"]))
def keep_tuples():
    return list(zip([1, 2], "ab")), [t for t in enumerate("ab")], list({1: 2, 3: 4}.items())
print(keep_tuples())
def wrong(xs):
    out = []
    for row in xs:
        try:
            a, b = row
            out.append((a, b))
        except (ValueError, TypeError) as e:
            out.append(str(e))
    return out
print(wrong([(1, 2), (1,), (1, 2, 3), [4, 5], "ab", 7, {8: 1, 9: 2}, iter([1, 2])]))
def bare(x, *rest):
    return [len(x), min(x, default=3), max(1, 2), abs(-2), sorted(x, reverse=True), "a,b".split(","), {}.get(1), {}.get(1, 2), {1: 2}.pop(1), [3].pop()]
print(bare([]))
for f in (lambda: len(), lambda: len(1, 2), lambda: [].append(), lambda: [].append(1, 2), lambda: [].pop(1, 2), lambda: {}.get(), lambda: list.append(1, 2), lambda: [].pop("x"), lambda: isinstance(1), lambda: "a".join(), lambda: "".split(None, 1, 2)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
