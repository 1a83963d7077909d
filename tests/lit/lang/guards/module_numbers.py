# A module's variables that are numbers, in loops of the module: deleted, replaced, moved in the
# dict and read by other modules' code on the way.
import sys

count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
total, size, last = 0, 1.5, None


def change(step):
    global total, size
    if step == 101:
        total = "text"
    elif step == 102:
        del size
    elif step == 103:
        globals().update({f"more{k}": k for k in range(200)})
    elif step == 104:
        for name in [name for name in globals() if name.startswith("more")]:
            del globals()[name]
        globals()["size"] = 7
    elif step == 105:
        globals().pop("total")
        globals()["total"] = 10**30
    elif step == 106:
        total = [1]


for step in range(count):
    try:
        change(step)
        total += step
        size = size * 0.5 + 1
        last = step
    except (TypeError, NameError) as error:
        print(step, type(error).__name__, error)
        total = step
print(total, round(size, 9), last, step)

shared = {"seen": 0, "__builtins__": {"range": range, "seen": 5, "print": print, "globals": globals}}
code = compile("for k in range(200):\n    seen = seen + k\n    if k == 50: del globals()['seen']\nprint(seen)", "shared", "exec")
exec(code, shared)
exec(code, shared)
print(shared["seen"], shared["k"])

import builtins

builtins.offset = 3
start = 0
for step in range(count):
    start = start + offset
    if step == 150:
        offset = 1000
    if step == 160:
        builtins.offset = 5
        del offset
print(start, builtins.offset)
