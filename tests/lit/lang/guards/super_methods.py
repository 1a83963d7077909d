# super().name(), whose method a place remembers by the object's shape and the class it stands in.
import builtins


class Base:
    def __init__(self, x):
        self.x = x

    def step(self, n):
        return self.x + n

    @property
    def size(self):
        return 7

    @staticmethod
    def plain(n):
        return n - 1


class Other:
    def step(self, n):
        return -n


class Child(Base):
    def __init__(self, x, y):
        super().__init__(x)
        self.y = y

    def step(self, n):
        return super().step(n) * 2

    def plain(self, n):
        return super().plain(n)

    def sized(self):
        return super().size

    def late(self):
        found = super().step
        return found(1)


class Grandchild(Child, Other):
    def step(self, n):
        return super().step(n) + 1


def total(objects, n):
    result = 0
    for k in range(n):
        result += objects[k % len(objects)].step(k)
    return result


child, grandchild = Child(1, 2), Grandchild(3, 4)
print(total([child], 200), total([child, grandchild], 200))

# The method changes, far up and in between; then is data, then gone.
old = Base.step
Base.step = lambda self, n: self.x - n
print(total([child, grandchild], 200))
Child.step, kept = Base.step, Child.step
print(total([child, grandchild], 200))
Child.step = kept
Base.step = 5
try:
    total([child], 3)
except TypeError as error:
    print(error)
del Base.step
try:
    total([child], 3)
except AttributeError as error:
    print(error)
print(total([grandchild], 50))  # finds Other's
Base.step = old

# Instances that hide the name do not hide it from super(); other shapes are other places.
child.step = None
print(Child.step(child, 4))
del child.step
child.z = 1
print(total([child, grandchild, Child(9, 9)], 200))

# Another MRO for the same objects, another class for an object.
Grandchild.__bases__ = (Child,)
print(total([grandchild], 20))
child.__class__ = Grandchild
print(total([child, grandchild], 20))

# What is no plain method.
print([child.plain(k) for k in range(3)], child.sized(), child.late())


def make(kind):
    class Inner(kind):
        def step(self, n):
            return super().step(n) + 100

    return Inner(1, 1)


print([total([make(Child), make(Grandchild), make(Child)], 9) for _ in range(3)])


class Moves(Base):
    def step(self, n):
        global super
        if n == 150:
            super = lambda: Other()
        return super().step(n)


class Deletes(Base):
    def step(self, n):
        try:
            if n == 3:
                del self
            return super().step(n)
        except RuntimeError as error:
            return len(str(error))


class Replaces(Base):
    def step(self, n):
        if n % 2:
            self = Child(1, 1)
        try:
            return super().step(n)
        except TypeError:
            return 1000


class Captured(Base):
    def step(self, n):
        return super().step(n) + (lambda: self.x)()


print(total([Moves(1)], 200))
super = builtins.super
print(total([Deletes(1), Replaces(2), Captured(3)], 30))


class Meta(type):
    def __call__(cls, *args):
        return super().__call__(*args)

    def twice(cls):
        return cls.__name__ * 2


class Made(metaclass=Meta):
    def __init__(self, x):
        super().__init__()
        self.x = x

    @classmethod
    def build(cls, x):
        return cls(x)


class Remade(Made):
    @classmethod
    def build(cls, x):
        return super().build(x + 1)


print(sum(Remade.build(k).x for k in range(20)), Remade.twice())


class Proxy:
    """Says that it is a Child."""

    def __init__(self, target):
        self.target = target

    @property
    def __class__(self):
        return Child


proxy = Proxy(1)
proxy.x = 8
print([Child.step(proxy, k) for k in range(3)])
try:
    Child.step(Other(), 1)
except TypeError as error:
    print(error)
