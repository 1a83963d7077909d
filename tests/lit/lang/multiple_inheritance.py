class A:
    def f(self):
        return ["A"]


class B(A):
    def f(self):
        return ["B"] + super().f()


class C(A):
    def f(self):
        return ["C"] + super().f()


class D(B, C):
    def f(self):
        return ["D"] + super().f()


print(D().f(), [c.__name__ for c in D.__mro__])
try:
    class E(A, B):
        pass
except TypeError as error:
    print(error)


class Base:
    subclasses = []

    def __init_subclass__(cls, /, tag="none", **kwargs):
        super().__init_subclass__(**kwargs)
        cls.tag = tag
        Base.subclasses.append(cls.__name__)


class One(Base, tag="first"):
    pass


class Two(One):
    pass


print(One.tag, Two.tag, Base.subclasses, super(Two, Two()).tag)


class Meta(type):
    def __new__(meta, name, bases, namespace, **options):
        namespace["options"] = options
        return super().__new__(meta, name, bases, namespace)

    def __init__(cls, name, bases, namespace, **options):
        super().__init__(name, bases, namespace)

    def __call__(cls, *args):
        print("creating", cls.__name__)
        return super().__call__(*args)

    def __len__(cls):
        return 42

    @classmethod
    def __prepare__(meta, name, bases, **options):
        return {"prepared": True}


class WithMeta(metaclass=Meta, size=3):
    pass


print(WithMeta.options, WithMeta.prepared, len(WithMeta), type(WithMeta).__name__, type(WithMeta()).__name__)
Dynamic = type("Dynamic", (A,), {"g": lambda self: self.f() + ["g"]})
print(Dynamic().g(), Dynamic)
