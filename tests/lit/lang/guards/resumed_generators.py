# What generators keep across a yield, as numbers of one type: replaced by send(), of other types
# later, too large, unbound; generators that are resumed in all the ways there are.
import sys


def counter(start, step):
    n = start
    while True:
        n = n * 3 + step
        got = yield n
        if got is not None:
            n = got


def steps(gen, n):
    total = 0
    for _ in range(n):
        total = total * 7 + next(gen)
        total %= 1000003
    return total


gen = counter(1, 1)
print(steps(gen, 20))
print(gen.send(5), steps(gen, 5))
print(gen.send(0.5), next(gen), next(gen))  # floats from here on
print(gen.send(1 << 70) == (1 << 70) * 3 + 1, next(gen) % 1000)
print(gen.send(2), steps(gen, 30))
try:
    print(gen.send(1.5), gen.send("x"))
except TypeError as error:
    print(error, error.__traceback__.tb_next.tb_lineno)
print(list(gen))


def growing(n):
    x = 1
    flag = True
    half = 0.5
    for i in range(n):
        x = x * 5
        half = half * 1.5
        flag = not flag
        yield x + i if flag else half


total = 0.0
for value in growing(60):  # ints outgrow 49 bits, then 64
    total += value % 1000
print("%.6f" % total)


def unbound(n):
    for i in range(n):
        if i == 3:
            last = 10
        yield i
        if i >= 3:
            last = last + i
            yield last
        if i == 7:
            del last
            yield -1
            try:
                yield last + 1
            except UnboundLocalError as error:
                yield str(error)
            return


print(list(unbound(20)))


def typed(items):
    total = 0
    for item in items:
        total = total + item
        yield total


for items in ([1, 2, 3] * 10, [1.5] * 10, [1, 2, 0.5, 3], [True, False], ["a"], [1 << 60] * 5):
    try:
        print(sum(typed(items)))
    except TypeError as error:
        print(error)


def deep(n):
    if n:
        for x in deep(n - 1):
            yield x + 1
    else:
        yield 0


print(sum(deep(50)))
try:
    sum(deep(5000))
except RecursionError:
    print("recursion")
print(sum(deep(60)))


def self_runner():
    yield 1
    try:
        for x in me:
            print("never", x)
    except ValueError as error:
        yield str(error)
    yield 3


me = self_runner()
print([x for x in me])


def returning(n):
    for i in range(n):
        yield i
    return "result %d" % n


def manual(n):
    gen = returning(n)
    seen = 0
    while True:
        try:
            seen += next(gen)
        except StopIteration as stop:
            return seen, stop.value


print(manual(10), next(returning(0), "nothing"))


def watching(n):
    for i in range(n):
        try:
            yield i * 2
        except KeyError as error:
            yield "caught", error.args
        finally:
            log.append(i)


log = []
w = watching(5)
print(next(w), w.throw(KeyError("k")), next(w))
w.close()
print(log, list(w))


def in_except(n):
    for i in range(n):
        try:
            raise KeyError(i)
        except KeyError:
            yield sys.exception().args
    yield sys.exception()


try:
    raise ValueError("outer")
except ValueError:
    print([x if x is None or isinstance(x, tuple) else repr(x) for x in in_except(3)])


class Dies:
    def __del__(self):
        print("dies", self.name)


def holding(n):
    held = Dies()
    held.name = n
    k = 0
    while k < n:
        k += 1
        yield k


for x in holding(4):
    if x == 2:
        break
print("left")
del x
h = holding(2)
print(next(h), next(h), next(h, "end"))
