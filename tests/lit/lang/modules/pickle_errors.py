# pickle: what can't be written or read, and where in the data it was.
import copyreg
import io
import pickle
import re


class Reduced:
    def __init__(self, parts):
        self.parts = parts

    def __reduce__(self):
        return self.parts


class Plain:
    pass


def fn():
    pass


def show(function, *args, **kwargs):
    try:
        print(function(*args, **kwargs))
    except Exception as error:
        text = re.sub("0x[0-9a-f]+", "0x", ascii(str(error)))
        print(type(error).__name__, text, getattr(error, "__notes__", None), type(error.__context__).__name__)


unknown = lambda: 1
for parts in (5, None, "nothing", (), (1,), (1, 2), (fn, 2), (fn, (), None, 5), (fn, (), None, None, 5),
              (fn, (), None, None, iter([1])), (fn, (), {}, None, None, 5), (fn, (), 1, 2, 3, 4, 5),
              (copyreg.__newobj__, ()), (copyreg.__newobj__, (1,)), (copyreg.__newobj__, (int,)),
              (copyreg.__newobj_ex__, (1, 2)), (copyreg.__newobj_ex__, (Reduced, 5, {})),
              (copyreg.__newobj_ex__, (Reduced, (), 5)), (unknown, ()), (fn, (unknown,)), (fn, (), unknown),
              (copyreg.__newobj__, (Reduced, unknown)), (copyreg.__newobj_ex__, (Reduced, (unknown,), {}))):
    for protocol in (0, 2, 4):
        show(pickle.dumps, Reduced(parts), protocol)
attribute = Plain()
attribute.value = {"key": [1, unknown]}
for value in ([1, unknown], (1, unknown), (1, 2, 3, unknown), {"x": unknown}, {unknown: 1}, {unknown}, frozenset([unknown]),
              attribute, [attribute], re, pickle.PickleBuffer(memoryview(b"abcdef")[::2])):
    for protocol in (1, 5):
        show(pickle.dumps, value, protocol)


def local():
    class Local:
        pass
    return Local


show(pickle.dumps, local())
show(pickle.dumps, local()())
for module, name in (("nosuch", "f"), ("re", "nothing"), (5, "f"), ("__main__", "Plain.nothing"), ("", "x")):
    fn.__module__, fn.__qualname__ = module, name
    show(pickle.dumps, fn)
pickler = pickle.Pickler(io.BytesIO())
pickler.fast = True
cyclic = [{}]
cyclic[0]["a"] = cyclic
show(lambda: [pickler.dump(cyclic)])


class Endless:
    def __reduce__(self):
        return Plain, (Endless(),)


try:
    pickle.dumps(Endless())
except RecursionError:
    print("RecursionError")
for args, kwargs in (((), {}), ((5,), {}), ((io.BytesIO(), 9), {}), ((io.BytesIO(), "x"), {}),
                     ((io.BytesIO(), 4), {"buffer_callback": print})):
    show(pickle.Pickler, *args, **kwargs)
show(pickle.Unpickler, 5)
show(pickle.loads, 5)
show(pickle.loads, b"N.", encoding=5)

for data in (b"", b"\x80", b"\x80\x09.", b".", b"0.", b"1.", b"(", b"(.", b"N", b"e.", b"(e.", b"N(e.", b"]Na.", b"Na.", b"NNs.",
             b"}(Nu.", b"u.", b"N(u.", b"NNNs.", b"Nb.", b"NNb.", b"NK\x01b.", b"NNR.", b"N)R.", b"N)\x81.", b"N)}\x92.",
             b"cos\n.", b"cre\nnothing\n.", b"cnothere\nx\n.", b"NN\x93.", b"g1\n.", b"gx\n.", b"h\x01.", b"Np-1\n.", b"q\x01.",
             b"Pa\n.", b"NQ.", b"I\n.", b"Ix\n.", b"I01\n.", b"I012\n.", b"I1_0\n.", b"L5L\n.", b"Lx\n.", b"F1.5\n.", b"Fx\n.",
             b"F1e400\n.", b"F1_0\n.", b"S\n.", b"S'a'\n.", b"S'a\n.", b"V\\u12\n.", b"M1", b"\x8a\x05abc", b"\x8b\xff\xff\xff\xff",
             b"T\xff\xff\xff\xff", b"X\xff\xff\xff\xffa", b"\x8d" + b"\xff" * 8, b"\x8e" + b"\xff" * 8, b"\x96" + b"\xff" * 8,
             b"\x96" + b"\xff" * 7 + b"\x7f", b"\x97.", b"N\x98.", b"\x95\x05" + bytes(7) + b"N", b"\x95" + b"\xff" * 8,
             b"\x95\x02" + bytes(7) + b"\x95" + bytes(8) + b"N.", b"\xffN.", b"z.", b"\x82\x01.", b"\x82\x00.", b"(i", b"(o.",
             b"(Nd.", b"(]Nd.", b"N\x86.", b"(]\x91.", b"N(N\x90.", b"N(\x90.", b"((0.", b"(N00.", b"Nr\x01\x00", b"U\x01\xff."):
    print(data, end=" ")
    show(pickle.loads, data)
    print(data, end=" ")
    show(pickle.Unpickler(io.BytesIO(data)).load)
