# Bools that replace bools in attributes, and then what else is there: None, numbers, objects that live
# on or die of it.


class Flagged:
    def __init__(self):
        self.flag = False
        self.other = 0

    def set(self, value):
        self.flag = value
        self.other += 1
        return self


class Loud:
    def __init__(self, owner):
        self.owner = owner

    def __del__(self):
        log.append((self.owner.flag, self.owner.other))
        self.owner.other = 1000
        if self.owner.flag is True:
            self.owner.__class__ = Changed


class Changed(Flagged):
    def set(self, value):
        return super().set(not value)


log = []


def run(count, at, value):
    item = Flagged()
    kept = []
    for i in range(count):
        if i == at:
            what = value(item)
            kept.append(what)
            item.flag = what
            if isinstance(what, Loud):
                kept.clear()
            del what
        item.set(i % 2 == 0)
        item.flag = not item.flag
    return type(item).__name__, item.flag, item.other, len(log)


for value in (
    lambda item: True,
    lambda item: None,
    lambda item: 5,
    lambda item: 1 << 80,
    lambda item: "text",
    lambda item: [item],
    Loud,
):
    print(run(60, 100, value), run(61, 30, value))
print(log)


def delete(count):
    item = Flagged()
    for i in range(count):
        if i == 20:
            del item.flag
        item.flag = i % 3 == 0
        if i == 40:
            item.flag = Loud(Flagged())
    return item.flag, sorted(vars(item))


print(delete(60), log[-1])
