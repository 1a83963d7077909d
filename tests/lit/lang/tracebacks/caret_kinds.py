# Where the carets stand, for every kind of expression and statement; all goes to stderr.
import sys

x, s, d, l = 1, "text", {}, [1]


def show(function):
    try:
        function()
    except Exception as error:
        sys.__excepthook__(type(error), error, error.__traceback__.tb_next)


def delete():
    del l[3]


def augment():
    global x
    x += s


def unpack():
    a, b = l


def unpack_more():
    a, *b, c = l


def manage():
    with x as y:
        pass


def iterate():
    for i in x:
        pass


def checked():
    assert x == 2, "message"


def checked_plainly():
    assert not x


def raised():
    raise ValueError("one\ntwo")


def raised_class():
    raise (
        ValueError
    )


def imported():
    import nowhere


def imported_name():
    from sys import (argv,
                     no_such_name)


def assigned():
    s.missing = 1


def assigned_item():
    s[0] = d["k"] = "a"


def matched():
    match x:
        case s.missing.more:
            pass


def many_lines():
    return l[0](
        1,
        2,
    )


def returned():
    return (x
            + s
            + 1)


for function in (delete, augment, unpack, unpack_more, manage, iterate, checked, checked_plainly,
                 raised, raised_class, imported, imported_name, assigned, assigned_item, matched,
                 many_lines, returned):
    show(function)
show(lambda: x + s)
show(lambda: (x) + (s))
show(lambda: x.missing)
show(lambda: l[5])
show(lambda: d["a"]["b"])
show(lambda: s())
show(lambda: s.upper()())
show(lambda: x[0])
show(lambda: -s)
show(lambda: x < s)
show(lambda: x < 2 < s)
show(lambda: undefined)
show(lambda: f"{x} {undefined} {s}")
show(lambda: f"{x:d} {s:d}")
show(lambda: [y for y in x])
show(lambda: [y.z for y in l])
show(lambda: l.index(7))
show(lambda: int("z"))
show(lambda: x @ x)
show(lambda: {**x})
show(lambda: print(*x))
show(lambda: max(1, 2, key=3))
show(lambda: s % x % x % ())
show(lambda: (lambda: 1 / 0)())
show(lambda: l[0][1][2])
show(lambda: ~s)
show(lambda: x if undefined else s)
show(lambda: x and undefined)
show(lambda: not undefined)
show(lambda: l[undefined:])
show(lambda: {s: l}[s][0].missing(1)(2))
show(lambda: 1 / 0 + 1)
show(lambda: "ä" + s[x / 0])
