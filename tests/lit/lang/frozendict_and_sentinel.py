f = frozendict(a=1, b=2)
print(f, f["a"], hash(f) == hash(frozendict(b=2, a=1)), f | {"c": 3}, isinstance(f, dict), len(f), list(f))
print(f == {"a": 1, "b": 2}, {f: "key"}[frozendict({"a": 1, "b": 2})])
try:
    f["x"] = 1
except TypeError as error:
    print(error)
try:
    hash(frozendict(x=[]))
except TypeError as error:
    print(error)
MISSING = sentinel("MISSING")
print(MISSING, bool(MISSING), MISSING is MISSING, MISSING == sentinel("MISSING"))
