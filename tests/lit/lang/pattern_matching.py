class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y


class Color:
    RED = 1


def f(value):
    match value:
        case 0 | 1.5 | "zero" | None:
            return "literal"
        case True:
            return "true"
        case Color.RED:
            return "red"
        case int(n) if n > 100:
            return f"large {n}"
        case int():
            return "int"
        case []:
            return "empty"
        case [x]:
            return f"one {x}"
        case [1, *rest, 9]:
            return f"1..9 {rest}"
        case (a, b) as pair:
            return f"pair {a} {b} {pair}"
        case [_, _, *_]:
            return "long"
        case {"type": "user", "name": str(name), **rest}:
            return f"user {name} {rest}"
        case {}:
            return "mapping"
        case Point(0, y):
            return f"on the y axis at {y}"
        case Point(x=x, y=y):
            return f"point {x} {y}"
        case str() | bytes() as text:
            return f"text {text!r}"
        case _:
            return "other"


for value in (0, 1.5, "zero", None, True, 1, 500, 7, [], [4], [1, 2, 3, 9], (1, 2), [1, 2, 3], {"type": "user", "name": "Ann", "k": 1},
              {"type": "user", "name": 5}, Point(0, 3), Point(1, 2), "text", b"b", 2.5, {1, 2}, range(1)):
    print(f(value))


def order(match, case):
    match match, case:
        case (-1 | -2j), _:
            return "negative"
        case _, [{"deep": [first, *_]}]:
            return first
    return "none"


print(order(-1, 0), order(0, [{"deep": "xy"}]), order(-2j, 0), order(0, 0))
try:
    match 5:
        case int(1, 2):
            pass
except TypeError as error:
    print(error)


def no_class(subject):
    try:
        match subject:
            case no_class():
                return "matched"
    except TypeError as error:
        return error


print(no_class(1))
