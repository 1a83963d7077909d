d = {"a": 1, 2: "two", (1, 2): [3], None: 0}
d["b"] = d.pop("a")
d[2.0] = "2.0"
print(d, len(d), 2 in d, d.get("zz"), d.get("zz", 5), d.setdefault("new", []), list(d), d == dict(d))
del d[None]
d.update({"b": 9}, c=3)
print(list(d.items()), list(d.values()), list(reversed(d)), d.popitem())
print({"x": 1} | {"x": 2, "y": 3}, dict([("k", 1)], z=2), dict.fromkeys("ab", 0), {i: i * i for i in range(3)})
keys = {"a": 1, "b": 2}.keys()
print(keys & {"b", "c"}, "a" in keys, keys | {"z"} == {"a", "b", "z"}, {1: 2} == {1.0: 2.0}, {True: "t", 1: "one"})
d = {i: i for i in range(20)}
for i in range(0, 20, 2):
    del d[i]
d[0] = "again"
print(list(d)[-3:], len(d))
try:
    for key in d:
        d[key * 100] = 1
except RuntimeError as error:
    print(error)


class Key:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return 7

    def __eq__(self, other):
        return isinstance(other, Key) and self.n == other.n


clash = {Key(i): i for i in range(10)}
print(clash[Key(4)], Key(11) in clash, len(clash | {Key(3): 0}))


class Missing(dict):
    def __missing__(self, key):
        return f"no {key}"


print(Missing(a=1)["a"], Missing()["b"], Missing().get("b"))
for text in ("{}['k']", "{[]: 1}", "{}.popitem()", "dict([1])", "{1: 2}.pop(3)"):
    try:
        eval(text)
    except Exception as error:
        print(type(error).__name__, error)
