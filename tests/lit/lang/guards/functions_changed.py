# Functions whose code, defaults or keyword defaults change while a loop calls them.
def target(a, b=2, *, c=3):
    return a, b, c


def other(a, b=20, *, c=30):
    return "other", a, b, c


def fewer(a):
    return "fewer", a


def calls(change, rounds=5):
    out = []
    for i in range(rounds):
        if i == 2:
            change()
        for arguments in ((1,), (1, 5)):
            try:
                out.append(target(*arguments) if i % 2 else
                           (target(1) if len(arguments) == 1 else target(1, 5)))
            except TypeError as error:
                out.append(str(error))
    return out


def code():
    target.__code__ = other.__code__


def defaults():
    target.__defaults__ = (200,)


def no_defaults():
    target.__defaults__ = None
    target.__kwdefaults__ = None


def keyword_defaults():
    target.__kwdefaults__ = {"c": 300}


def more_defaults():
    target.__defaults__ = (100, 200)


def code_with_fewer():
    target.__defaults__ = None
    target.__code__ = fewer.__code__


for change in (code, defaults, no_defaults, keyword_defaults, more_defaults, code_with_fewer):
    def target(a, b=2, *, c=3):
        return a, b, c
    print(change.__name__, calls(change))


def exact(a, b):
    return a - b


def exact_calls(rounds):
    out = []
    for i in range(rounds):
        if i == 3:
            exact.__code__ = (lambda a, b: (a, b)).__code__
        if i == 5:
            exact.__code__ = (lambda *args: args).__code__
        if i == 6:
            exact.__code__ = (lambda a, b, c=0: None).__code__
        try:
            out.append(exact(i, 1))
        except TypeError as error:
            out.append(str(error))
    return out


print(exact_calls(8))


def counter():
    n = 0

    def bump():
        nonlocal n
        n += 1
        return n

    return bump


try:
    exact.__code__ = counter().__code__
except ValueError as error:
    print(error)
