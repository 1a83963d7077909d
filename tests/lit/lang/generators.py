def countdown(n):
    try:
        while n:
            received = yield n
            if received:
                print("got", received)
                n = received
            n -= 1
        return "done"
    finally:
        print("closed")


g = countdown(3)
print(next(g), g.send(10), next(g))
g.close()
print(list(countdown(2)))


def outer():
    result = yield from countdown(2)
    print("result", result)
    yield from "ab"
    yield from ()


print(list(outer()))
g = countdown(5)
next(g)
try:
    g.throw(ValueError("in"))
except ValueError as error:
    print("out", error)
try:
    next(g)
except StopIteration as stop:
    print("stopped", stop.value)


def returns():
    return 7
    yield


try:
    next(returns())
except StopIteration as stop:
    print(stop.value)


def leaks():
    raise StopIteration(1)
    yield


try:
    list(leaks())
except RuntimeError as error:
    print(error, repr(error.__cause__))


def fibonacci():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


print([n for n, _ in zip(fibonacci(), range(15))], next(x for x in fibonacci() if x > 10**20))
me = countdown(1)
try:
    me.send(5)
except TypeError as error:
    print(error)
