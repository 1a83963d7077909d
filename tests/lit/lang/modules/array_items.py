# array.array: items of every type, growing, slices, buffers.
import array
from array import array as Array

print(array.typecodes)
for code, items in (
    ("b", [-128, 127]), ("H", [0, 65535]), ("i", [-1, 1]), ("Q", [2**64 - 1]), ("e", [0.5]),
    ("f", [1.1]), ("d", [1.1]), ("w", "a\U00012345"), ("Zf", [1j]), ("Zd", [1, 2.5]),
):
    a = Array(code, items)
    print(a, a.itemsize, a.tobytes(), Array(code, a.tobytes()) == a, a.__reduce_ex__(4))
for code, item in (("b", 128), ("B", -1), ("h", 2**15), ("I", 2**32), ("Q", -1), ("i", 1.5), ("d", "x"), ("w", "ab")):
    try:
        Array(code, [item])
    except (TypeError, OverflowError) as error:
        print(code, error)

a = Array("i", range(6))
print(a[1:4], a[::-2], a + a[:1], a * 2 == a + a, a < Array("d", [0, 2]), 3 in a, a.index(4))
a[1:3] = Array("i", [9])
del a[::2]
a.insert(-1, 7)
a.extend(x for x in (1, 2))
print(a, a.pop(0), a.count(7), a.tolist(), list(reversed(a)))
a.byteswap()
print(a)
with memoryview(a) as view:
    print(view.format, view.itemsize, view.shape, view.readonly)
    view[0] = 5
    try:
        a.append(1)
    except BufferError as error:
        print(error)
print(a[0])
