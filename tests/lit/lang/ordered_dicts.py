# OrderedDict: a dict with moves to its ends, whose order counts in comparisons.
from collections import OrderedDict
import copy, pickle
od = OrderedDict.fromkeys("abcde")
od.move_to_end("b"); print("".join(od))
od.move_to_end("b", last=False); print("".join(od))
od.move_to_end("e", False); print("".join(od), od)
print(od.popitem(), od.popitem(last=False), list(od.items()), list(reversed(od)), list(reversed(od.items())))
try: od.move_to_end("zz")
except KeyError as e: print("KeyError", e)
a = OrderedDict(a=1, b=2); b = OrderedDict(b=2, a=1)
print(a == b, a != b, a == dict(b), dict(a) == b, a == OrderedDict(a=1, b=2))
print(a | b, b | {"z": 1}, {"z": 1} | a, type({"z": 1} | a).__name__)
a |= [("q", 5)]
print(a, a.pop("q"), a.pop("q", default=7), a.setdefault("k"), a.setdefault("k", default=3))
class Sub(OrderedDict):
    def __init__(self, *args, **kw):
        self.log = []
        super().__init__(*args, **kw)
    def __setitem__(self, k, v):
        self.log.append(k)
        super().__setitem__(k, v)
s = Sub([("x", 1)], y=2)
s.update({"z": 3}); s["w"] = 4; s.setdefault("v", 9)
print(s, s.log, s.copy(), type(s.copy()).__name__)
a.tag = "t"
c = copy.copy(a); print(c, c.tag, vars(c)); c = pickle.loads(pickle.dumps(a)); print(c, c.tag, type(c))
c = copy.deepcopy(a); print(c, c.tag)
x = OrderedDict(); x["me"] = x; print(x, OrderedDict())
for bad in (lambda: OrderedDict([1, 2], 3), lambda: OrderedDict([(1,)]), lambda: OrderedDict([(1, 2, 3)]), lambda: OrderedDict().popitem(), lambda: a.pop("nope"), lambda: OrderedDict({}, {})):
    try: print(bad())
    except Exception as e: print(type(e).__name__, e)
n = OrderedDict()
for k in range(1000):
    n[k] = k
for k in range(0, 1000, 3): n.move_to_end(k, last=k % 2 == 0)
for k in range(500): n.popitem(last=k % 3 == 0)
for k in range(2000, 2300): n[k] = 1; n.move_to_end(k, last=False)
n[1.5] = 2; n.move_to_end(1.5, False); n["s"] = 1
print(len(n), list(n)[:5], list(n)[-5:], sum(k for k in n if isinstance(k, int)), list(reversed(n))[:3])
try:
    for k in n:
        n.move_to_end(k)
except RuntimeError as e: print("RuntimeError")
class M(OrderedDict):
    def __missing__(self, k): return "missing " + k
m = M(a=1); print(m["q"], m.get("q"))
print(OrderedDict.__module__, OrderedDict.__name__, a.keys(), a.values(), a.items(), issubclass(OrderedDict, dict))
import weakref; r = weakref.ref(a); print(r() is a)
import json; print(json.dumps(a), json.loads('{"b":1,"a":2}', object_pairs_hook=OrderedDict))
def f(**kw): return kw
print(f(**a), [*a], {**a})
match a:
    case {"a": v}: print("matched", v)
print(a.keys() & {"a"}, a.items() ^ {("a", 1)}, {"a", "zz"} - a.keys(), a.keys() == {"a", "b", "k"}, len(a.values()), list(reversed(a.keys())))
try: a.update({}, {})
except TypeError as e: print(e)
from collections.abc import KeysView; print(isinstance(a.keys(), KeysView), type(a.items()).__name__)
