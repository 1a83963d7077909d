# Tuples that nobody sees, in loops whose native code is left while they would be alive.
def pairs(values, stop):
    total = 0
    for i in range(stop):
        pair = (i, values[i % len(values)])
        other = (pair, i)
        total = total + pair[1]  # leaves when it is no int any more
        a, b = pair
        (c, d), e = other
        total = total + a - c + (b is d) + e - i
    return total, pair, other, pair is other[0]


print(pairs([1, 2, 3], 5000))
print(pairs([1, 2, 2.5], 50))
print(pairs([2**60, 2**60, 1], 5000))


def raising(values):
    caught = []
    for value in values:
        pair = (value, [value])
        try:
            low, high = pair
            caught.append(10 // low)
        except ZeroDivisionError as error:
            caught.append((pair, str(error)))
    return caught


print(raising([1, 2, 0, 5]), raising([2, 0.0, 4]))


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("end of", self.name)


def held(n):
    for i in range(n):
        pair = (Noisy(i), i)
        last = pair[1]
    print("behind the loop", last)


held(3)


def divide(a, b):
    return a // b, a % b


def divisions(n, divisors):
    total = 0
    for i in range(n):
        q, r = divide(i, divisors[i % len(divisors)])
        total += q + r
    return total


print(divisions(5000, [3, 4, 5]))
print(divisions(50, [3, 4.0, 5]))
try:
    divisions(50, [3, 4, 0])
except ZeroDivisionError as error:
    trace = error.__traceback__
    while trace:
        print(trace.tb_frame.f_code.co_name, trace.tb_lineno)
        trace = trace.tb_next
saved = divide
divide = lambda a, b: (b, a)
print(divisions(10, [1, 2]))
divide = lambda a, b: [a, b, 1]
try:
    print(divisions(10, [1, 2]))
except ValueError as error:
    print(error)
divide = saved


def ordered(a, b):
    if a < b:
        return a, b
    return b, a


def spread(xs):
    total = 0
    for x in xs:
        low, high = ordered(x, 10)
        total += high - low
    return total


print(spread(list(range(3000))), spread([1, 2.5, 30]))
try:
    spread([1, "x"])
except TypeError as error:
    print(error, error.__traceback__.tb_next.tb_lineno)


# A tuple that is only there while something else is asked whether it is true.
def remembered(xs):
    total = 0
    for k in range(2):
        for i, x in enumerate(xs):
            if i & 1:
                total -= x
        ends = xs[0], xs[-1], len(xs)
    return total


print(remembered([1, 2, 3, 4]), remembered([1.5, 2.5]), remembered([True, False]))
