# str.format, format_map, format(): fields, specs, errors.
def check(template, *args, **keywords):
    try:
        print(repr(template), "=", repr(template.format(*args, **keywords)))
    except Exception as error:
        print(repr(template), "!", type(error).__name__, error)


FIELDS = """{ } {{ }} {} {0} {0}{} {}{0} {a} {b} {0.real} {0.foo} {0[0]} {1[0]} {1[a]} {0!r} {0!s} {0!x} {0! {0!r {0!r:
{0!rx} {:>{}} {:{:{}}} {:{:{:{}}}} {0[} {0[]} {1[0]x} {1[0]x {0.} {0..a} {5} {99999999999999999999999} {!r} {!} {:}
{0:x} a{ a} {a{b}} {a{ {1[0][1]} {1[-1]} {1[99999999999999999999999]} {[0]} {.real} {0:{a}} {0:{0} {0:}} {0:{{}} {0!é}
{[{]} {c[{]} {c[:!]} {d.x[0].y} {!r:>10} {0:}{1} {a.b {a[0 {a[0] {a: {a! {a!r:5 {}{}{}{} {0:>8}|{0:<8}|{0:^8} {a:*^9}
{a!r:é>6} {1!s:.4} {0:+08.2f} {0:#b} {1}{0}{1} é{a}€{0}"""
for field in FIELDS.split():
    check(field, 5, [1, 2], a="A", c={"{": 1, ":!": 2})
check("{0!\x01}", 5)

SPECS = """, _ ,_ _, ,, __ ,x _x _b ,b n ,n _n .3 .3, .3_ .,f ._f .,_f ._,f .3,_f .3,,f ,.3_f _.3,f .3,n c ,c ,s .2d .2x #c
+c zd z.1f 010, 010_x 012,.2f =10 ^10 <010 >010 ^010 *=10 10= s 10s e E % .1% g #g G F d x #x #X #b #o q dd 1.2.3 é<10 é
{} } . .f .99999999999 99999999999999999999999 -d +d 010s 0<10d 0=10d ^5.2s +s -3 #s z =5s ,.2f 20,.3f 020,.3f 020_d""".split()
for value in (1234567, -1234567.891, "abc", 1 + 2j, True):
    for spec in [*SPECS, " d", " s", "\x00", ""]:
        try:
            print(value, repr(spec), "=", repr(format(value, spec)))
        except Exception as error:
            print(value, repr(spec), "!", type(error).__name__, error)


class Default(dict):
    def __missing__(self, key):
        return f"<{key}>"


class Point:
    x, y = 3, [4, 5]

    def __format__(self, spec):
        return f"Point[{spec}]"


print("{a} {b} {a!r}".format_map(Default(a=1)))
print("{0.x} {0.y[1]} {0:any:thing} {0!s:.5}".format(Point()))
for mapping in (1, {}, {"a": 1}):
    for template in ("{}", "{a}", "{0}"):
        try:
            print(template.format_map(mapping))
        except Exception as error:
            print(type(error).__name__, error)
