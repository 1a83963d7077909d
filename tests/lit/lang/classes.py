class Animal:
    count = 0

    def __init__(self, name):
        self.name = name
        Animal.count += 1

    def speak(self):
        return f"{self.name} makes {self.sound()}"

    def sound(self):
        return "a noise"

    @classmethod
    def named(cls, name):
        return cls(name)

    @staticmethod
    def kind():
        return "animal"

    def __repr__(self):
        return f"{type(self).__name__}({self.name!r})"


class Dog(Animal):
    def sound(self):
        return "woof, not " + super().sound()


d = Dog.named("Rex")
print(d, d.speak(), Animal("x").speak(), d.kind(), Dog.kind(), Animal.count, Dog.count)
print(isinstance(d, Animal), issubclass(Dog, Animal), type(d) is Dog, Dog.__name__, Dog.__mro__[1].__name__, Dog.__bases__)
d.extra = 5
print(vars(d), hasattr(d, "extra"), getattr(d, "nope", "default"), d.__dict__ is vars(d))
del d.extra
bound = d.speak
d.name = "Max"
print(bound(), bound.__self__ is d, Animal.speak(d))
Dog.sound = lambda self: "patched"
d.speak = lambda: "mine alone"
print(d.speak(), Dog("y").speak(), "sound" in Dog.__dict__)
for text in ("d.missing", "Dog()", "d()", "Dog.missing", "d.extra", "del_missing()"):
    try:
        eval(text)
    except Exception as error:
        print(type(error).__name__, error)
print(d == d, d == Dog("Max"), d != 5, hash(d) == hash(d), bool(d), d is not None)

# An instance's attribute hides the class's, also where the instance has items (int, str, tuple).
for base, argument in (int, 3), (str, "x"), (tuple, (1,)), (bytes, b"1"), (list, [1]), (float, 1.5):

    class Derived(base):
        cached = None

        def value(self):
            if self.cached is None:
                self.cached = len(repr(self))
            return self.cached

    for _ in range(3):
        instance = Derived(argument)
        print(instance.value(), instance.value(), instance.__dict__)
