# A return out of a loop releases what the loop iterates over, at once.
class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


def items(name):
    loud = Loud(name)
    try:
        yield 1
        yield 2
    finally:
        print("closed", name)


def first(name):
    for item in items(name):
        return item


def constant(name):
    for item in items(name):
        return "constant"


def nested(name):
    for a in items(name):
        for b in items(name + name):
            if b == 2:
                return a, b


def twice(name):
    for a in items(name):
        try:
            for b in items(name + name):
                return b
        finally:
            print("finally", a)


for function in first, constant, nested, twice:
    print(function.__name__, function("x"))
