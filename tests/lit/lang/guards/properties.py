# Properties of known classes are calls of their functions; classes, properties and objects change in
# the middle of a loop.
import sys


class Angle:
    def __init__(self, degrees):
        self._degrees = degrees

    @property
    def degrees(self):
        return self._degrees

    @degrees.setter
    def degrees(self, value):
        if value < 0:
            raise ValueError("negative: %r" % value)
        self._degrees = value % 360

    @property
    def turns(self):
        return self._degrees / 360

    def method(self):
        return 1


class Sharp(Angle):
    @property
    def degrees(self):
        return self._degrees + 1

    @degrees.setter
    def degrees(self, value):
        self._degrees = value + 1


def spin(angles, rounds, at=-1, event=None):
    total = 0
    for i in range(rounds):
        if i == at:
            event(angles)
        for angle in angles:
            angle.degrees = i * 50
            total += angle.degrees + angle.turns
            function = angle.method
            total += function()
    return round(total, 6)


def make():
    return [Angle(10), Sharp(20), Angle(30)]


print(spin(make(), 60))


def replace_getter(angles):
    Angle.turns = property(lambda self: 1000)


def plain_value(angles):
    Angle.turns = 5


def own_value(angles):
    del Angle.turns
    for angle in angles:
        angle.turns = 7


def read_only(angles):
    Angle.degrees = property(lambda self: 1)


def other_setter(angles):
    old = Angle.__dict__["degrees"]
    Angle.degrees = old.setter(lambda self, value: None)


def look_up(angles):
    Sharp.__getattribute__ = lambda self, name: 3 if name == "turns" else object.__getattribute__(self, name)


def take_all(angles):
    Sharp.__setattr__ = lambda self, name, value: None


def fall_back(angles):
    def fail(self):
        raise AttributeError("no turns")

    Angle.turns = property(fail)
    Angle.__getattr__ = lambda self, name: len(name)


def reclass(angles):
    angles[0].__class__ = Sharp


saved = {cls: dict(vars(cls)) for cls in (Angle, Sharp)}
for event in (replace_getter, plain_value, own_value, read_only, other_setter, look_up, take_all, fall_back, reclass):
    try:
        print(event.__name__, spin(make(), 60, 30, event))
    except AttributeError as error:
        print(event.__name__, error)
    for cls, names in saved.items():
        for name in set(vars(cls)) - set(names):
            delattr(cls, name)
        for name in ("degrees", "turns"):
            if name in names:
                setattr(cls, name, names[name])

print(spin(make(), 60))


def caught(angles, rounds):
    wrong = 0
    for i in range(rounds):
        for angle in angles:
            try:
                angle.degrees = i if i % 5 else -i - 1
            except ValueError as error:
                wrong += 1
                last = error
    traceback = last.__traceback__
    while traceback:
        print(traceback.tb_frame.f_code.co_name, traceback.tb_lineno)
        traceback = traceback.tb_next
    return wrong, str(last)


print(caught([Angle(1)], 50), sys.getrefcount(Angle.__dict__["degrees"].fset) < 10)


# The property goes away while it runs.
class Fading:
    @property
    def value(self):
        if count == 40:
            del Fading.value
        return [count]


count = 0
fading = Fading()


def fade():
    global count
    total = 0
    for count in range(60):
        total += fading.value[0]
    return total


try:
    fade()
except AttributeError as error:
    print(error, count)
