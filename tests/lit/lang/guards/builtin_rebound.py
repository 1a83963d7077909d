# A builtin that native code knows is replaced, shadowed, and restored in the middle of a loop.
import builtins


def sum_ranges(rounds):
    total = 0
    for i in range(rounds):
        if i == 40:
            builtins.range = lambda *bounds: [100] * bounds[-1]
        if i == 60:
            builtins.range = range_before
        for j in range(3):
            total += j
    return total


range_before = range
print(sum_ranges(100))


def lengths(items):
    total = 0
    for i, item in enumerate(items):
        if i == 5:
            builtins.len = lambda x: 1000
        if i == 8:
            del globals_of_builtins["len"]
            builtins.len = len_before
        total += len(item)
    return total


globals_of_builtins = vars(builtins)
len_before = len
print(lengths(["ab"] * 12))


def shadowed(rounds):
    global abs
    seen = []
    for i in range(rounds):
        if i == 3:
            abs = lambda x: "shadow"
        if i == 6:
            del abs
        seen.append(abs(-i))
    return seen


print(shadowed(9))


def instances(items):
    count = 0
    for i, item in enumerate(items):
        if i == 4:
            builtins.isinstance = lambda a, b: i % 2 == 0
        count += isinstance(item, int)
    return count


isinstance_before = isinstance
print(instances([1, "a"] * 5))
builtins.isinstance = isinstance_before


def printed(rounds):
    for i in range(rounds):
        if i == 2:
            builtins.print = lambda *args: print_before("replaced", *args)
        if i == 4:
            builtins.print = print_before
        print("round", i)


print_before = print
printed(6)
