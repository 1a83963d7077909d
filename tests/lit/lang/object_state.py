# object.__getstate__(): attributes, and those of __slots__ in the order that they have there.
import copy
import copyreg


class Slots:
    __slots__ = ("z", "a", "__hidden")

    def __init__(self):
        self.z, self.a, self.__hidden = 1, 2, 3


class More(Slots):
    __slots__ = ["q", "b", "__dict__"]

    def __init__(self):
        super().__init__()
        self.q, self.x = 4, 5


class Single(More):
    __slots__ = "only"


class Plain:
    pass


print(Slots().__getstate__())
print(More().__getstate__())
print(More().__reduce_ex__(2)[2])
single = Single()
single.only = 6
print(single.__getstate__())
print(Plain().__getstate__())
again = copy.copy(single)
print(again.__getstate__() == single.__getstate__(), again.q, again.only)

# What copyreg has found once is used from then on.
print(copyreg._slotnames(Slots))
Slots.__slotnames__.reverse()
print(Slots().__getstate__())
