# Attributes of classes with __getattr__: found as usual, by the fallback, both ways in turn, and by
# look-ups that the class gets later.
class Proxy:
    kind = "proxy"

    def __init__(self, target):
        self.target = target

    def __getattr__(self, name):
        if name.startswith("no_"):
            raise AttributeError(f"refused {name}")
        return getattr(self.target, name)

    def method(self):
        return "own method"

    @property
    def wavering(self):
        if self.target.steady:
            return "property"
        return self.target.missing


class Target:
    def __init__(self):
        self.value, self.steady = 1, True

    def bump(self):
        self.value += 1
        return self.value

    @property
    def missing(self):
        raise AttributeError("missing")


def read(p):
    return p.target.value, p.value, p.kind, p.method()


def waver(p):
    return p.wavering


def bump(p):
    return p.bump() + p.target.value


def attempt(function, *args):
    try:
        return function(*args)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


proxy = Proxy(Target())
for i in range(300):
    x = read(proxy), bump(proxy), waver(proxy)
print(x, attempt(lambda: proxy.no_such))
Target.wavering = "the target's"
proxy.target.steady = False
print(attempt(waver, proxy))
proxy.value = "now its own"
print(read(proxy))
del proxy.value
print(read(proxy)[1])
target = proxy.target
Proxy.value = "of the class"
print(read(proxy)[1])
del Proxy.value
del proxy.target
print(attempt(read, proxy)[:15])
proxy.target = target
print(read(proxy))
Proxy.__getattribute__ = lambda self, name: f"all: {name}" if name != "method" else lambda: "replaced"
print(attempt(read, proxy), attempt(waver, proxy))
Proxy.__getattribute__ = lambda self, name: object.__getattribute__(self, name)
print(read(proxy), attempt(waver, proxy))
del Proxy.__getattribute__
print(read(proxy), attempt(waver, proxy))
del Proxy.__getattr__
print(attempt(read, proxy), attempt(waver, proxy), proxy.target.value)
Proxy.__getattr__ = lambda self, name: name.upper()
print(read(proxy), attempt(waver, proxy))


class Slotted:
    __slots__ = ("a", "b")

    def __getattr__(self, name):
        return f"no {name}"


def both(s):
    return s.a, s.b


s = Slotted()
for i in range(200):
    s.a = i
    x = both(s)
s.b = 2
print(x, both(s))
del s.a
print(both(s))
