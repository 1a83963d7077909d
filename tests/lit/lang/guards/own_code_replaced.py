# A function whose code is replaced while it runs goes on with the code that it began with.
def other(a):
    return "other", a


def self_changing(n):
    if n == 2:
        self_changing.__code__ = other.__code__
    total = 0
    for i in range(n):
        total += i
    return total


print(self_changing(1), self_changing(2), self_changing(3))


def leaving(n):
    x = 1
    for i in range(n):
        if i == 2:
            leaving.__code__ = other.__code__
        x *= 1000000007
    return x


print(leaving(20), leaving(20))


def raising(n):
    raising.__code__ = other.__code__
    for i in range(n):
        pass
    return [][i]


try:
    raising(5)
except IndexError as error:
    where = error.__traceback__.tb_next
    print(where.tb_frame.f_code.co_name, where.tb_lineno - where.tb_frame.f_code.co_firstlineno)


def generator(n):
    for i in range(n):
        if i == 2:
            generator.__code__ = other.__code__
        yield i


print(list(generator(5)), generator(5))


def steps(n):
    for i in range(n):
        yield i
    yield "end"


def other_steps(n):
    a = b = c = n
    yield a, b, c


running = steps(2)
print(next(running))
steps.__code__ = other_steps.__code__
print(list(running), list(steps(5)))
