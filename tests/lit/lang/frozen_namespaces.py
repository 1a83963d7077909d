# frozendict as a namespace and in operators; hashes that are known are not asked for again.
space = frozendict(x=1, data=[], __builtins__=__builtins__)
exec("data.append(x)", space, space)
print(eval("data + [x]", space), space["data"])


def show(function, *args):
    try:
        print(function(*args))
    except Exception as error:
        print(type(error).__name__, error)


show(exec, "x = 2", space, space)
show(exec, "global y; y = 2", space, {})
show(exec, "del x", space, space)
show(exec, "", frozendict())
show(eval, "1", frozendict())
show(eval, "1", 5)

pairs = frozendict(x=1, y=2)
print((pairs | {}) is pairs, (frozendict() | pairs) is pairs, {} | pairs)


class Made(frozendict):
    def __new__(cls, *args):
        return super().__new__(cls, *args) if args else pairs


made = Made.fromkeys("ab")
print(type(made).__name__, dict(made), pairs)


class Counted(int):
    calls = 0

    def __hash__(self):
        Counted.calls += 1
        return int(self)


keys = dict.fromkeys(map(Counted, range(5)))
print(Counted.calls, len(dict.fromkeys(set(keys), 1)), len(dict.fromkeys(frozenset(keys))))
print(Counted.calls)
