# marshal: values there and back in every version, references, sets, code objects, errors.
import io
import marshal

shared = ["shared"]
values = [None, True, ..., StopIteration, 0, -1, 2**31, -2**100, 1.5, 1j, "", "ab", "\xe9", "\ud800", "x" * 300, b"ab",
          (), (1, [2, {3: "4"}]), set(), frozenset({1}), [shared, shared]]
for version in range(7):
    print(version, [marshal.loads(marshal.dumps(value, version)) for value in values] == values)
print(marshal.loads(marshal.dumps(slice(1, None, 2))), marshal.loads(marshal.dumps(frozendict(a=1))))
copy = marshal.loads(marshal.dumps([shared, shared]))
print(copy[0] is copy[1], marshal.dumps(("ab", b"c", {1: None})), marshal.dumps({1, 2, 300}) == marshal.dumps({300, 2, 1}))
loop = []
loop.append(loop)
print(marshal.dumps(loop), marshal.loads(marshal.dumps(loop)))


def outer(a, b=2, *rest, c=3, **others):
    def inner():
        return a + b + c
    return inner()


code = marshal.loads(marshal.dumps(outer.__code__))
print(type(outer)(code, {}, "copy", (2,))(1, c=4), code.co_name, code.co_varnames == outer.__code__.co_varnames)
renamed = marshal.loads(marshal.dumps(outer.__code__.replace(co_filename="there.py", co_name="other")))
print(renamed.co_filename, renamed.co_name, renamed.co_firstlineno == outer.__code__.co_firstlineno)
names = {}
exec(marshal.loads(marshal.dumps(compile("x = [i * i for i in range(4)]", "f", "exec"))), names)
print(names["x"])
stream = io.BytesIO()
for value in (1, "two", [3]):
    marshal.dump(value, stream)
stream.seek(0)
print(marshal.load(stream), marshal.load(stream), marshal.load(stream))
for data in (b"", b"\xff", b"[\1\0\0\0", b"[\xff\xff\xff\xff", b"0", b"r\0\0\0\0", b"g12", b"l\1\0\0\0\xff\xff", b")\1" * 5000):
    try:
        marshal.loads(data)
    except (EOFError, ValueError, TypeError) as error:
        print(type(error).__name__, error)
for value in (object(), [int]):
    try:
        marshal.dumps(value)
    except ValueError as error:
        print(error)
