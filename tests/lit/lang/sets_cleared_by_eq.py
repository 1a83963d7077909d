"""Sets whose items' __eq__ clears them while they are added to; floats of strs with __float__."""


class Clears:
    def __init__(self, target):
        self.target = target

    def __hash__(self):
        return 1

    def __eq__(self, other):
        self.target.clear()
        return False


target = set()
target.add(Clears(target))
target.add(Clears(target))
print(len(target))
other = {1}
other.add(Clears(target))
target |= other
print(len(target), 1 in target)
target ^= {Clears(target), 2}
print(2 in target)


class Text(str):
    def __float__(self):
        return float(str(self)) + 1


print(float(Text("8")), float(Text("1e3")))
