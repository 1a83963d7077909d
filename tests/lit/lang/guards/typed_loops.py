# Variables of loops that begin as one thing and become numbers.


def total(values):
    result = 0
    for value in values:
        result += value * 0.5
    return result


for case in ([], [1.0], [1.0, 2.0], [0.5] * 9, [1, 2.5], [1.5, 2, 1 << 70], [True, 0.25]):
    print(total(case), type(total(case)).__name__)


def some(values):
    result = 0
    for value in values:
        if value > 1:
            result += value * 0.5
    return result


for case in ([], [0.5], [0.5, 0.25], [0.5, 2.0, 0.5, 3.0], [1.5] * 7):
    print(some(case), type(some(case)).__name__)


def smallest(values):
    best = None
    for value in values:
        if best is None or value < best:
            best = value
    return best


for case in ([], [3, 2, 5, 1], [2.5, 1.5], [3, 1.5, 0], [1 << 60, 1 << 50, -(1 << 62)], ["b", "a"]):
    print(smallest(case))


def several(n):
    x = y = None
    steps = 0
    while steps < n:
        if steps == 2:
            x = 1.5
        if steps == 4:
            y = 2.5
        if steps > 4:
            x, y = x + y, y - x
        steps += 1
    return x, y


for n in (0, 1, 3, 5, 9):
    print(several(n))


def back_again(values):
    state = ""
    seen = []
    for value in values:
        if state == "":
            state = 0
        state = state + value
        if state == 6:
            state = "six"
            seen.append(state)
            state = ""
    return state, seen


print(back_again([1, 2, 3, 4, 5]), back_again([1, 2, 3, 1.5, 4.5, 2]), back_again([1, 1 << 64]))


def left_in_the_middle(values):
    result = 0
    for value in values:
        try:
            result = result + value * 1.0
        except TypeError as error:
            return result, str(error)
        if result > 100:
            break
    else:
        return result, "all"
    return result, "some"


print(left_in_the_middle([1, 2, 3]), left_in_the_middle([99, 2, 3]), left_in_the_middle([1, "x"]))


def unbound(n):
    for k in range(n):
        if k == 0:
            late = 0
        late = late + 0.5
    return late


print(unbound(1), unbound(4))
try:
    unbound(0)
except UnboundLocalError as error:
    print(error)


# Behind the loop, variables are those of the loop or of the copy in front of it, on every way on.
def behind(a, late):
    found = []
    for k in range(5):
        if a >= 1:
            for k, a in enumerate((4, 5.5, 6)):
                a = 7
            if 7 != late:
                while -1 == True:
                    pass
                try:
                    late += (a | k)
                except Exception as e:
                    a -= len(str(e))
        found.append((a, late))
    return found


print(behind(1, 0), behind(1.5, 7), behind(0, 1), behind(2**70, "7"))
