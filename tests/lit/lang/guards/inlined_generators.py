# Generators inlined into the loop that consumes them: left early, raising, of several yields, in
# variables of their own, interrupted by values that the profile did not see.


class Loud:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)


def gen(n, stop):
    for i in range(n):
        if i == stop:
            raise ValueError(i)
        yield i
        if i % 3 == 2:
            yield -i


def scaled(source, k):
    for x in source:
        yield x // k


def filt(source):
    for x in source:
        if x % 2 == 0:
            yield x


def use(n, stop, brk, k):
    t = 0
    try:
        for x in filt(scaled(gen(n, stop), k)):
            if x == brk:
                break
            t += x
        print("end", t)
    except ValueError as e:
        print("error", e, t)
    except ZeroDivisionError as e:
        tb = e.__traceback__
        while tb:
            print(tb.tb_frame.f_code.co_name, tb.tb_lineno)
            tb = tb.tb_next
    except TypeError as e:
        print(e, t)
    return t


def watched(n):
    keep = Loud(n)
    for i in range(n):
        yield i


def early(n, m):
    for x in watched(n):
        if x > m:
            return x
    return None


def nested(n):
    out = []
    for i in range(n):
        for x in gen(i, 100):
            for y in gen(x, 100):
                out.append((x, y))
    return len(out), out[-1:]


def local(n):
    g = gen(n, 100)
    s = 0
    for x in g:
        s += x
        if x == 2: break
    return s


def local2(n):
    g = gen(n, 100)
    s = 0
    for x in g:
        s += x
        del g
        if x == 2: break
        g = 0
    return s


for i in range(3):
    use(20, 100, 99, 1)
    use(20, 100, 4, 1)
    use(20, 7, 99, 1)


print(early(10, 4), early(3, 8)); print(nested(4)); print(local(5), local2(5))
use(20, 7, 99, 0)
use(20, 7.5, 99, 1.5)
use(20, 7.5, 99, 10**30)
use(3, None, 99, True)


def big(n):
    x = 1
    for i in range(n):
        x = x * 7
        yield x


def usebig(n):
    t = 0
    for x in big(n):
        t += x
    return t


print(usebig(10), usebig(40))


def mod(n):
    for i in range(n):
        yield gvar + i


gvar = 1


def usemod(n):
    global gvar
    t = []
    for x in mod(n):
        t.append(x)
        if x == 4: gvar = 2.5
        if x == 8.5: gvar = "s"
    return t


print(usemod(5))
try: print(usemod(9))
except TypeError as e: print(e)
gvar = 1
print(usemod(7))


def running(n):
    for i in range(n):
        yield (yield i)


def send_none(n):
    return [x for x in running(n)]


print(send_none(3))


def replaced(n):
    out = []
    for x in scaled([n, n + 1], 2):
        out.append(x)
    return out


print(replaced(4))
scaled = lambda source, k: iter("abc")
print(replaced(4))
