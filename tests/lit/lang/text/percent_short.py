# Formats with %: the common ones, and those that are nearly like them.
import itertools

numbers = [0, 7, -7, 255, -255, 10**12, -(10**15), 2**60, -(2**70), True]
floats = [0.0, -0.0, 0.5, 1.5, 2.5, -0.001, 1e-7, 123456.789, 1e22, 1e300, float("inf"), float("nan")]
texts = ["", "a", "word", "tschüß", "\U0001f40d"]


def show(format, *args):
    try:
        print(repr(format), ascii(format % (args[0] if len(args) == 1 else args)))
    except (TypeError, ValueError, OverflowError) as error:
        print(repr(format), type(error).__name__, error)


flags = ["", "-", "0", "-0", "+", " ", "#", "00"]
widths = ["", "1", "5", "99", "100"]
for flag, width, letter in itertools.product(flags, widths, "dxXsi"):
    format = "<%" + flag + width + letter + ">"
    for number in (0, 7, -255, 2**60):
        show(format, number)
for flag, width, precision in itertools.product(flags, ["", "8", "99"], ["", ".", ".0", ".2", ".15", ".16"]):
    for number in (0.0, -0.0, 2.5, -0.001, 123456.789):
        show("<%" + flag + width + precision + "f>", number)
for letter in "dixXofFeEgGsrac":
    for value in numbers + floats + texts:
        show("<%" + letter + ">", value)
for text in texts:
    for format in ("%3s|", "%-3s|", "%03s|", "%.2s|", "%6.2s|", "%-6.0s|"):
        show(format, text)
show("%.3s", 12345)
show("%.3d", 5)
show("%s and %s", 1, "b")
show("%s and %s", 1)
show("%s", 1, 2)
show("no more", 1)
show("100%%", ())
show("%5%", ())
show("%d%%", 5)
show("%", 5)
show("%5", 5)
show("%-", 5)
show("%y", 5)
show("%ld", 5)
show("%d", "x")
show("%x", 1.5)
show("%f", "x")
show("%f", 3)
show("%*d", 5, 3)
show("%.*f", 2, 1.5)
show("%\0d", 1)
show("ü%d", 1)
show("%d" * 60, *range(60))
show("%99d" * 20, *range(20))
show("%s" * 3, "a" * 300, "b" * 300, "c" * 300)
show("%s" * 12, *("x" * n for n in range(40, 52)))
show("%.15f" * 12, *(1.0 / n for n in range(1, 13)))
print("%(a)s %(b)05d" % {"a": 1, "b": 2})
print("%%" % {}, "%s" % {}, "%s" % [1])


class Text(str):
    def __str__(self):
        return "own text"


class Number(int):
    def __str__(self):
        return "own number"


print("%s %s %d" % (Text("t"), Number(5), Number(5)), "%s" % Text("u"))
