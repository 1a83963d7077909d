def f(a, b=2, /, c=3, *args, d, e=5, **more):
    return a, b, c, args, d, e, more


print(f(1, d=4))
print(f(1, 20, 30, 40, 50, d=4, z=26, a=1))
print(f(*[1, 2], *(3,), **{"d": 4}, **{"e": 6}))


def g(a, b):
    return a - b


for call in (lambda: g(1), lambda: g(1, 2, 3), lambda: g(1, b=2, c=3), lambda: g(1, a=1),
             lambda: f(1), lambda: f(d=1), lambda: g(**{"a": 1}, **{"a": 2}), lambda: g(*1)):
    try:
        print(call())
    except TypeError as error:
        print(error)


def default(item, seen=[]):
    seen.append(item)
    return seen


default(1)
print(default(2), default.__defaults__)
