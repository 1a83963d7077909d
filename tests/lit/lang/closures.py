def counter(start):
    count = start

    def step(by=1):
        nonlocal count
        count += by
        return count

    def reset():
        nonlocal count
        count = start

    return step, reset


step, reset = counter(10)
print(step(), step(5), step(by=-1))
reset()
print(step())
print([f() for f in [lambda i=i: i * i for i in range(4)]])
print([f() for f in [lambda: i for i in range(3)]])


def late():
    def inner():
        return value

    try:
        inner()
    except NameError as error:
        print(type(error).__name__, error)
    value = 3
    return inner()


print(late())
