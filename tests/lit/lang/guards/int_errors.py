# Errors of number operators in loops whose numbers are in registers, caught inside and outside.
def divide(rounds):
    x = 0
    d = 3
    for i in range(rounds):
        try:
            x += 12 // d
        except ZeroDivisionError as error:
            print("at", i, error)
            x += 1000
        d -= 1
    return x


def remainder(rounds):
    x = 7
    for i in range(rounds):
        x = x % (3 - i)
    return x


def shift(rounds):
    x = 1
    by = 2
    out = 0
    for i in range(rounds):
        try:
            out += x << by
            out += x >> by
        except ValueError as error:
            out += 100
            print(error)
        by -= 1
    return out


def power(rounds):
    e = 2
    out = []
    for i in range(rounds):
        x = 2**e
        out.append(x)
        e -= 1
    return out


def zero_power():
    e = 1
    x = 0
    while True:
        print(x**e)
        e -= 1


def floats(rounds):
    x = 1.0
    d = 2.0
    for i in range(rounds):
        for operation in range(4):
            try:
                if operation == 0:
                    x = 1.0 / d
                elif operation == 1:
                    x = 1.0 // d
                elif operation == 2:
                    x = 1.0 % d
                else:
                    x = 0.0 ** (d - 1.0)
            except ZeroDivisionError as error:
                print(i, operation, error)
            else:
                print(i, operation, x)
        d -= 1.0
    return x


def overflow():
    x = 10.0
    while True:
        x = x**2.0


def negative_root():
    x = 4.0
    out = []
    for i in range(8):
        out.append(x**0.5)
        x -= 1.0
    return out


def caught(function, *args):
    try:
        print(function(*args))
    except ArithmeticError as error:
        line = error.__traceback__.tb_next.tb_lineno - function.__code__.co_firstlineno
        print(type(error).__name__, error, line)


caught(divide, 8)
caught(remainder, 8)
caught(shift, 5)
caught(power, 6)
caught(zero_power)
caught(floats, 4)
caught(overflow)
caught(negative_root)
