# string.Formatter, below which _string takes format strings apart.
import string
from _string import formatter_field_name_split, formatter_parser


def show(function, *args, **keywords):
    try:
        print(args, keywords, function(*args, **keywords))
    except Exception as error:
        print(args, keywords, type(error).__name__, error)


for text in ("", "plain", "a{b}c{d!r:>{w}}e", "{}{0}", "{{x}}", "é{é}", "{", "}", "{a", "{a!}", "{a!r", "{a!rx}", "{a:{b}", "{a{b}}"):
    show(lambda t: list(formatter_parser(t)), text)
for text in ("", "a", "0", "a.b[c].d[5]", "0[é]", "a.", "a[", "a[]", "a[1]x", "99999999999999999999", "a[99999999999999999999]"):
    def split(text):
        first, rest = formatter_field_name_split(text)
        return first, list(rest)
    show(split, text)
show(formatter_parser, 5)
show(formatter_field_name_split, b"a")
formatter = string.Formatter()
show(formatter.format, "{} {1} {x.real:>5} {x!s:^{w}}", 1, 2, x=3, w=7)
show(formatter.format, "{0} {}", 1)
show(formatter.format, "{0[1]} {a[k]}", [1, 2], a={"k": 5})
show(formatter.format, "{missing}")
