class Manager:
    def __init__(self, name, swallow=False):
        self.name, self.swallow = name, swallow

    def __enter__(self):
        print("enter", self.name)
        return self.name.upper()

    def __exit__(self, kind, value, traceback):
        print("exit", self.name, kind and kind.__name__, value)
        return self.swallow


with Manager("a") as a, Manager("b") as b:
    print(a, b)
with Manager("s", swallow=True):
    raise ValueError("gone")
try:
    with (Manager("outer"), Manager("inner") as x):
        raise KeyError("kept")
except KeyError as error:
    print("caught", error)


def early():
    for i in range(2):
        with Manager(f"loop{i}"):
            if i == 0:
                continue
            return i


print(early())
try:
    with 5:
        pass
except TypeError as error:
    print(error)
