# Cells that others write, generators and comprehensions inside loops.
def cells(rounds):
    x = 0

    def spoil(value):
        nonlocal x
        x = value

    out = []
    for i in range(rounds):
        x += 1
        if i == 2:
            spoil(0.5)
        if i == 4:
            spoil("s")
        try:
            out.append(x)
            x = x * 2
        except TypeError as error:
            out.append(str(error))
        if i == 4:
            spoil(2**62)
    return out


def unbound(rounds):
    def read():
        return value

    out = []
    for i in range(rounds):
        if i == 1:
            value = "bound"
        if i == 3:
            del value
        try:
            out.append(read())
        except NameError as error:
            out.append(str(error))
    return out


def numbers(n):
    x = 1
    for i in range(n):
        received = yield x
        if received is not None:
            x = received
        x = x * 3


def consume(rounds):
    out = []
    for i in range(rounds):
        g = numbers(50)
        total = 0
        for k, n in enumerate(g):
            total += n
            if k == 44:
                out.append(g.send(2.5))
                break
        out.append(total)
        try:
            out.append(g.throw(KeyError("thrown")))
        except KeyError as error:
            out.append(str(error))
        out.append(next(g, "finished"))
    return out


def shared_generator(n):
    g = (i * i for i in range(n))
    out = []
    for a in g:
        for b in g:
            out.append((a, b))
            break
    return out


def comprehensions(rounds):
    out = []
    for i in range(rounds):
        if i == 2:
            rounds = "text"
        out.append([rounds for i in range(2)] + [j for j in range(i) if j % 2] + [i])
    return out


def spy():
    for i in range(4):
        if i == 2:
            import sys
            names = sorted(sys._getframe(0).f_locals)
    return names


def local_names():
    total = 0
    for i in range(3):
        total += i
        snapshot = dict(locals())
    snapshot.pop("snapshot", None)
    return snapshot


try:
    print(cells(4))
    print(cells(7))
except TypeError as error:
    print(error)
print(unbound(5))
print(consume(2))
print(shared_generator(7))
print(comprehensions(4))
print(spy(), local_names())
