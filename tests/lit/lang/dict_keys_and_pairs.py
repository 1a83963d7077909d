# Look-ups by tuples, by keys with methods of their own and in dicts of several kinds; dicts of pairs; text searches.
class K:
    log = []
    def __init__(s, v): s.v = v
    def __hash__(s): K.log.append(("h", s.v)); return s.v
    def __eq__(s, o): K.log.append(("e", s.v)); return isinstance(o, K) and s.v == o.v
class T(tuple): pass
class S(str): pass
def look(d, keys):
    out = []
    for k in keys:
        out.append(k in d)
        try:
            out.append(d[k])
        except KeyError as e:
            out.append(repr(e))
        d[k] = d.get(k, 0) + 1 if isinstance(d.get(k, 0), int) else 5
    return out
d = {(1, 2): 3, ("a", 1): 4, "s": 1, 5: 2, (): 9, ((1, 2), 3): 8, (1.0, 2): 7}
print(look(d, [(1, 2), (True, 2), (1.0, 2.0), ("a", 1), ("".join(["a"]), 1), (), T((1, 2)), (S("a"), 1), ((1, 2), 3), (1, (2,)), 1 << 70, (1 << 70, 1), (-1, -2), (-2, -1), (None, 1)]))
print(look({}, [(1, 2), (1, 2), "x", 3, (1, 2)]), look({"a": 1}, [(1,), "a"]), len(d))
k = K(3)
e = {k: 1}
print(len(look(e, [K(3), K(4), 3])), K.log)
for bad in ([1], ([1], 2), {}):
    for op in (lambda: bad in d, lambda: d[bad], lambda: d.get(bad), lambda: d.setdefault(bad, 1)):
        try:
            op()
        except TypeError as error:
            print(error)
print(dict(zip("abc", [1, 2, 3])), dict(enumerate("ab")), dict(zip("ab", [1], strict=False)))
for bad in (lambda: dict(zip([[1]], [2])), lambda: dict(zip([1], [2], [3])), lambda: dict(zip("ab", [1], strict=True))):
    try:
        print(bad())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
print("abcabcab".find("ca"), "x" * 40 + "ab" + "x" * 40 + "abc" == "", ("x" * 40 + "ab" + "y" * 3).find("ab"), ("aaab" * 30).count("ab"), ("ab" * 50).find("bb"), ("é" * 33 + "ẞa" * 20).find("ẞaẞ"), ("z" * 15 + "qz" * 9).rfind("zq"), [("-" * n + "key" + "-" * 5).find("key") for n in range(40)] == list(range(40)))
