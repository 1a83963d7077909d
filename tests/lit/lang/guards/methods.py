# Method calls: the method is replaced on the class, the instance, a base; many classes at one site.
class Animal:
    def name(self):
        return "animal"

    def call(self, n=1):
        return f"{self.name()}{n}"


class Dog(Animal):
    pass


def chorus(animal, change):
    out = []
    for i in range(6):
        if i == 3:
            change(animal)
        try:
            out.append(animal.call(i))
        except (TypeError, AttributeError) as error:
            out.append(str(error))
    return out


def on_class(animal):
    Dog.name = lambda self: "dog"


def on_base(animal):
    Animal.name = lambda self: "beast"


def on_instance(animal):
    animal.name = lambda: "rex"


def call_on_instance(animal):
    animal.call = lambda n: ("own", n)


def to_static(animal):
    Dog.call = staticmethod(lambda n: ("static", n))


def to_class_method(animal):
    Dog.call = classmethod(lambda cls, n: (cls.__name__, n))


def to_property(animal):
    Dog.call = property(lambda self: lambda n: ("property", n))


def to_callable(animal):
    class Callable:
        def __call__(self, *args):
            return ("callable", args)
    Dog.call = Callable()


def to_builtin(animal):
    Dog.call = str


def to_none(animal):
    Dog.call = None


def deleted(animal):
    del Animal.call


def other_code(animal):
    Animal.call.__code__ = (lambda self, n: ("code", n)).__code__


def other_defaults(animal):
    Animal.name.__defaults__ = (5,)


def grown(animal):
    Animal.name = lambda self, extra=3: f"extra{extra}"


for change in (on_class, on_base, on_instance, call_on_instance, to_static, to_class_method,
               to_property, to_callable, to_builtin, to_none, deleted, other_code, other_defaults,
               grown):
    class Animal:
        def name(self):
            return "animal"

        def call(self, n=1):
            return f"{self.name()}{n}"

    class Dog(Animal):
        pass

    print(change.__name__, chorus(Dog(), change))


def many(count):
    classes = []
    for i in range(count):
        classes.append(type(f"C{i}", (), {"who": lambda self, i=i: i, "v": i * 2}))
    objects = [c() for c in classes]
    total = 0
    for turn in range(3):
        for o in objects:
            total += o.who() + o.v
        classes[turn].who = lambda self: 1000
        objects[turn + 3].who = lambda: 100
        objects[turn + 3].v = 5000
    return total


print(many(6), many(40))


def sites(values):
    for value in values:
        try:
            print(value.__class__.__name__, value.count(1), end=" ")
        except (AttributeError, TypeError) as error:
            print(error, end=" ")
    print()


sites([[1, 1], (1,), range(3), "11", {1: 2}, 1, 1.5, None, b"\1", [1.0, 1], sites])


class Base:
    def greet(self):
        return "base"


class Derived(Base):
    def greet(self):
        return "derived " + super().greet()


def supers(rounds):
    d = Derived()
    out = []
    for i in range(rounds):
        if i == 2:
            Base.greet = lambda self: "changed"
        if i == 4:
            Derived.__bases__ = (type("NewBase", (), {"greet": lambda self: "new base"}),)
        out.append(d.greet())
    return out


print(supers(6))
bound = Derived().greet
print(bound(), [bound() for i in range(2)])
