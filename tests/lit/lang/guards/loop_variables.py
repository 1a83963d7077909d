# The loop variable and the iterator: rebound in the body, used behind the loop, deleted, captured.
def rebound(n):
    out = []
    for i in range(n):
        out.append(i)
        i = i * 10
        out.append(i)
        i = "text"
    return out, i


def other_types(n):
    total = 0
    for i in range(n):
        total += i
        if i == 3:
            i = 2.5
        elif i == 4:
            i = 2**70
        total += i
    return total


def after_loop(n):
    i = "before"
    for i in range(n):
        pass
    else:
        i = (i, "else")
    return i


def never_bound(n):
    for i in range(n):
        pass
    return i


def deleted(n):
    total = 0
    for i in range(n):
        total += i
        del i
    try:
        return i
    except UnboundLocalError as error:
        return total, str(error)


def captured(n):
    functions = []
    for i in range(n):
        functions.append(lambda: i)
    return [f() for f in functions], [f() for f in [lambda i=i: i for i in range(n)]]


def nested(n):
    total = 0
    for i in range(n):
        for i in range(i):
            total += i
        for j in range(i, n, 2):
            if j == 7:
                break
            if j % 3 == 0:
                continue
            total += j
        else:
            total += 100
    return total, i, j


def same_iterator(n):
    numbers = iter(range(n))
    out = []
    for i in numbers:
        out.append(i)
        for j in numbers:
            out.append(-j)
            if j % 4 == 3:
                break
    return out


def loop_in_condition(n):
    i = 0
    while i < n:
        for i in range(i + 1, i + 4):
            if i > n:
                return i
    return "end", i


print(rebound(3))
print(other_types(6))
print(after_loop(3), after_loop(0))
print(never_bound(2))
try:
    never_bound(0)
except UnboundLocalError as error:
    print(error)
print(deleted(4))
print(captured(3))
print(nested(9))
print(same_iterator(12))
print(loop_in_condition(10))
