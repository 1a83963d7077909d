# pickle: the bytes that objects become in every protocol, and the way back.
import collections
import copyreg
import decimal
import enum
import functools
import io
import operator
import pickle


class Plain:
    pass


class Slots:
    __slots__ = ("a", "b")


class Both(Plain):
    __slots__ = ("c",)


class Items(list):
    pass


class Table(dict):
    pass


class Number(int):
    pass


class Outer:
    class Inner:
        def method(self):
            pass

    def __private(self):
        pass

    hidden = __private


class WithState:
    def __getstate__(self):
        return ["state"]

    def __setstate__(self, state):
        self.state = state


class NewArguments:
    def __new__(cls, *args, **kwargs):
        return super().__new__(cls)

    def __getnewargs_ex__(self):
        return (1, 2), {"three": 3}


class Reduced:
    def __init__(self, parts):
        self.parts = parts

    def __reduce__(self):
        return self.parts


class Colour(enum.Enum):
    RED = 1


def setter(target, state):
    target.set = state


def plain(cls=Plain, **attributes):
    made = cls()
    for name, value in attributes.items():
        setattr(made, name, value)
    return made


def cycles():
    items, table, both = [], {}, plain()
    items.append(items)
    table["self"] = table
    both.self, both.pair, both.set = both, (both, 1), frozenset([both])
    pair = ([],)
    pair[0].append(pair)
    longer = ([], 1, 2, 3)
    longer[0].append(longer)
    return [items, table, both, pair, longer]


shared = ["shared"]
values = [
    None, True, False, [0, 1, -1, 255, 256, 65535, 65536, 2**31 - 1, 2**31, -2**31, -2**31 - 1, 2**48, 2**63, -2**63,
                        -2**63 - 1, 2**2040, -2**2100],
    [1.5, -0.0, 1e300, float("inf"), 0.1, 1 + 2j], "", "a\\\n\r\0\x1a\xe9\u1234\U0001F600\ud800", "x" * 300, b"",
    b"\xff\n", b"y" * 300, bytearray(b"ab"), bytearray(), (), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4), [], [1], [1, 2], {},
    {"a": 1}, {"a": 1, 2: ()}, set(), {7}, frozenset(), frozenset([8]), [shared, shared, (shared,), {"s": shared}],
    *cycles(), len, [int, len, abs, "builtins"], Plain, Outer.Inner, Outer.Inner.method, Outer.hidden, Outer().hidden,
    [].append, [].__len__, dict.fromkeys, type(None), ..., type(...), NotImplemented, range(3), map, ValueError("x", 1),
    FileNotFoundError, collections.OrderedDict(a=1, b=2), collections.deque([1, 2], 5), collections.Counter("aab"),
    functools.partial(int, base=2), operator.itemgetter(1, 2), decimal.Decimal("1.5"), Colour.RED, plain(),
    plain(a=1, b=[2]), [plain(a=1), plain(b=2), plain(a=3)], plain(Slots, a=1), plain(Both, c=1, d=2), Items([1, 2]),
    Table(a=1), Number(5), WithState(), NewArguments(), Reduced((int, ("5",))),
    Reduced((Plain, (), {"a": 1})), Reduced((Plain, (), (None, {"a": 1}))), Reduced((Plain, (), 1, None, None, setter)),
    iter([1, 2]), frozendict(a=1),
]

for number, value in enumerate(values):
    for protocol in range(6):
        try:
            data = pickle.dumps(value, protocol)
            print(number, protocol, data)
        except (TypeError, pickle.PicklingError) as error:
            print(number, protocol, type(error).__name__, error)
            continue
        if "Reduced" not in str(data):
            again = pickle.loads(data)
            print(type(again) is type(value), pickle.dumps(again, protocol) == data)

# Batches and frames.
for count in (999, 1000, 1001, 1002, 2001):
    for value in (list(range(count)), dict.fromkeys(range(count)), set(range(count)), collections.deque(range(count)),
                  collections.OrderedDict.fromkeys(range(count))):
        data = [pickle.dumps(value, protocol) for protocol in (0, 2, 4)]
        print([(len(d), d[-4:]) for d in data], all(pickle.loads(d) == value for d in data))


class Log:
    def __init__(self):
        self.pieces = []

    def write(self, piece):
        view = memoryview(piece)
        self.pieces.append((type(piece).__name__, view.nbytes, bytes(view[:14])))


for value in (b"x" * 65535, b"x" * 65536, ["a" * 70000, "b", "c" * 3], ["\xe9" * 40000], list(range(40000)),
              [[i, str(i)] for i in range(9000)], bytearray(70000), ["a" * 65520, "b" * 100], (["a" * 65535, 1], 2)):
    for protocol in (3, 5):
        log = Log()
        pickle.dump(value, log, protocol)
        print(log.pieces)
        assert pickle.loads(pickle.dumps(value, protocol)) == value

# Extensions, dispatch tables, overrides, persistent ids.
copyreg.add_extension("__main__", "Plain", 0x1234)
print([pickle.dumps([Plain, plain(a=1)], protocol) for protocol in (1, 2, 5)], pickle.loads(pickle.dumps(Plain)))
copyreg.remove_extension("__main__", "Plain", 0x1234)


class Named(pickle.Pickler):
    dispatch_table = {Plain: lambda value: (list, ((1, 2),))}

    def persistent_id(self, value):
        return "five" if value == 5 else None

    def reducer_override(self, value):
        return (int, ("6",)) if value is Outer else NotImplemented


class Finder(pickle.Unpickler):
    def persistent_load(self, name):
        return "loaded " + name

    def find_class(self, module, name):
        print("find", module, name)
        return super().find_class(module, name)


for protocol in range(6):
    file = io.BytesIO()
    pickler = Named(file, protocol)
    pickler.dump([5, 6, Plain(), Outer, shared])
    pickler.dump(shared)
    print(file.getvalue(), sorted(index for index, _ in pickler.memo.copy().values()))
    file.seek(0)
    finder = Finder(file)
    print(finder.load(), finder.load(), len(finder.memo.copy()))

# Buffers beside the pickle.
kept = []
data = pickle.dumps([pickle.PickleBuffer(b"abc"), pickle.PickleBuffer(bytearray(b"def"))], 5, buffer_callback=kept.append)
print(data, [bytes(buffer.raw()) for buffer in kept], pickle.loads(data, buffers=kept) == kept)
print([bytes(view) for view in pickle.loads(data, buffers=[b"1", bytearray(b"2")])])
