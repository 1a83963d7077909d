# exit: 1
def numbers():
    for i in range(3):
        yield 10 // (2 - i)


def total(iterable):
    return sum(n for n in iterable)


print(total(numbers()))
