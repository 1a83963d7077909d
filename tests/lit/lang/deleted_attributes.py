# Attributes go away one by one, in any order; those that stay keep their order and their values.
class Plain:
    pass


class Room:
    def __init__(self, n):
        for k in range(n):
            setattr(self, f"a{k}", [k])


def show(obj):
    print(list(vars(obj).items()))


def shrink(n, order):
    room = Room(n)
    for k in order:
        delattr(room, f"a{k}")
        rest = [name for name in (f"a{i}" for i in range(n)) if hasattr(room, name)]
        assert [getattr(room, name)[0] for name in rest] == [int(name[1:]) for name in rest]
    room.last = "z"
    return room


for n, order in ((3, (0, 1, 2)), (3, (2, 1, 0)), (5, (1, 3)), (12, (0, 11, 5)), (30, (29, 3, 25)), (4, (0,))):
    show(shrink(n, order))

# Again and again, with what is deleted added at the end.
obj = Plain()
for k in range(2000):
    setattr(obj, f"n{k % 7}", k)
    if k % 3 == 0:
        delattr(obj, f"n{k % 7}")
show(obj)


# A hot loop over objects that lose attributes.
class Task:
    def __init__(self, k):
        self.first, self.second, self.third = k, k + 1, k + 2

    def start(self):
        del self.first, self.second
        return self

    def total(self):
        return self.third


print(sum(Task(k).start().total() for k in range(300)))


class Ends:
    def __init__(self, log, owner):
        self.log, self.owner = log, owner

    def __del__(self):
        self.log.append(sorted(vars(self.owner)))


log = []
owner = Plain()
owner.a, owner.b, owner.c = Ends(log, owner), 2, 3
del owner.a
owner.b = Ends(log, owner)
del owner.b
print(log)
for name in ("a", "c", "c"):
    try:
        delattr(owner, name)
    except AttributeError as error:
        print(error)
error = ValueError(1)
error.x, error.y, error.z = 1, 2, 3
del error.y
show(error)
