# A frame's locals go the last first, when it returns and when an exception leaves it.
ends = []


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        ends.append(self.name)


def returns(a):
    b = Loud("b")
    c = Loud("c")
    d = [Loud("d")]
    a = Loud("a")
    return len(d)


def raises(n):
    b = Loud("b")
    c = Loud("c")
    return Loud("temporary").missing + n


def attempt():
    try:
        raises(1)
    except AttributeError as e:
        e.__traceback__ = None


for _ in range(3):
    print(returns(1), ends)
    ends.clear()
    attempt()
    print(sorted(ends))
    ends.clear()
