# The module decimal: numbers, contexts, signals, conversions, text.
import copy
import pickle
from decimal import *
from fractions import Fraction

D = Decimal
nan, signaling, inf = D("nan"), D("snan"), D("inf")


class Price(Decimal):
    pass


def show(*expressions):
    for text in expressions:
        try:
            print(text, "->", repr(eval(text)))
        except Exception as e:
            print(text, "!!", type(e).__name__, e, *(e.args if isinstance(e, DecimalException) else ()))


def do(*statements):
    for text in statements:
        try:
            exec(text, globals())
            print(text, "ok")
        except Exception as e:
            print(text, "!!", type(e).__name__, e)


# Making them.
show("D()", "D(3)", "D(-2**80)", "D(' 1_000.50\\n')", "D('\u0661\u0662')", "D(True)", "D(1.1)", "D(-0.0)",
     "D(float('inf'))", "D(5e-324).adjusted()", "D(2.0**1000)", "D('x')", "D('1\\x00')", "D(None)", "D(b'1')",
     "D('1', 5)", "D(1, 2, 3)", "D((0, (1, 2), 3))", "D([1, [0, 0, 5], -2])", "D((0, (), 'F'))",
     "D((1, (0, 1, 2), 'n'))", "D((0, (1, 2), 'x'))", "D((2, (1,), 0))", "D((0, (10,), 0))", "D((0, (1,), 1.5))",
     "D((0, 5, 3))", "D((1, 2))", "D('1e1000000000000000000')", "D('nan' + '1' * 40)", "D('1' * 100)",
     "D.from_float(0.1)", "D.from_float('1')", "D.from_number(7)", "D.from_number('7')", "D(D(5))",
     "type(D(Price(3)))", "type(Price(D(3)))", "type(Price.from_float(1.5))", "type(Price(1) + 1)",
     "type(Price(1).conjugate())", "Price(1).__dict__")

# Arithmetic.
show("D('1.30') + D('1.20')", "D(1) - 3", "3 - D(1)", "D('1.1') * D('2.2')", "D(1) / 3", "10 ** 40 * D('0.1')",
     "D(7) // 2", "D(-7) % 3", "divmod(D(-7), 2)", "divmod(7, D(2))", "D(2) ** 10", "2 ** D('0.5')",
     "pow(D(3), 20, 7)", "D(9).sqrt()", "-D('0')", "+D('-0')", "abs(D('-3.0'))", "D(1) + 1.5", "D(1) + 'a'",
     "D(1) / 0", "D(0) / 0", "divmod(D(7), 0)", "D(0) ** 0", "signaling + 1", "nan + 1", "inf - inf",
     "sum([D('0.1')] * 10)", "D('9' * 28) + 1", "D('9' * 30) + 0", "D('1e999999') * 10", "D('1e-1000026') / 10",
     "D('123456789012345678901234567890') * D('987654321098765432109876543210')")

# Comparing and hashing.
show("D(1) == 1", "D('0.1') == 0.1", "D('0.5') == 0.5", "D(1) < 1.5", "D('0.5') == Fraction(1, 2)",
     "Fraction(1, 3) < D('0.5')", "D(1) == 1 + 0j", "D(1) == 1 + 1j", "D(1) < 1j", "D(1) == '1'", "D(1) < '1'",
     "nan == nan", "nan < 1", "signaling == 1", "inf == float('inf')", "sorted([D(3), 2, D('2.5'), 1.5])",
     "hash(D('1.5')) == hash(1.5) == hash(Fraction(3, 2))", "hash(D(10) ** 300) == hash(10 ** 300)",
     "hash(D('-1')), hash(inf), hash(-inf), hash(D('0e5'))", "hash(D('1e-50'))", "hash(signaling)",
     "{D('1.0'): 1}[1]", "max(D(1), 2), min(3, D(2))")

# Methods.
show("D('2.675').quantize(D('0.01'))", "D('2.675').quantize(D('0.01'), ROUND_DOWN)", "D(1).quantize(D('1e-30'))",
     "D(1).quantize(1, 'x')", "D(1).quantize('1')", "D('1.5').to_integral_value(ROUND_UP)", "D(2).exp()", "D(2).ln()",
     "D(2).log10()", "D(-1).ln()", "D('1.200').normalize()", "D(2).fma(3, 4)", "D(2).fma('3', 4)", "D(1).next_plus()",
     "D('1e3').logb()", "D(1011).logical_and(1101)", "D(12).logical_and(1)", "D(123).rotate(-1)", "D(123).shift(2)",
     "D(1).scaleb(5)", "D(10).remainder_near(6)", "D(1).compare(nan)", "D(1).compare_total(D('1.0'))",
     "D(1).compare_signal(nan)", "D('-1').copy_sign(D(3))", "D(1).max(nan)", "D(1).same_quantum(D('1.0'))",
     "D('1e-1000000').number_class()", "D('1e5').to_eng_string()", "D(1).exp(context=5)", "D('15').adjusted()",
     "nan.is_nan(), signaling.is_snan(), inf.is_infinite(), D(0).is_zero(), D(-1).is_signed(), D(1).is_normal()",
     "D('1.25').as_tuple()", "D('-nan12').as_tuple()", "inf.as_tuple()", "D('-3.75').as_integer_ratio()",
     "D('1e3').as_integer_ratio()", "nan.as_integer_ratio()", "D(1).real, D(1).imag, D(1).conjugate(), D(1).radix()")

# Other types.
show("int(D('-1.9'))", "int(D('1e30'))", "int(nan)", "int(inf)", "float(D('0.1'))", "float(D('1e400'))",
     "float(D('-nan'))", "float(signaling)", "complex(D('1.5'))", "bool(D('0.0'))", "round(D('2.5'))",
     "round(D('2.675'), 2)", "round(D(15), -1)", "round(D(1), 'a')", "D('-2.5').__floor__()", "D('2.1').__ceil__()",
     "D('-2.5').__trunc__()", "copy.copy(D(1)), copy.deepcopy(D(2))", "pickle.loads(pickle.dumps(D('1.50')))",
     "type(pickle.loads(pickle.dumps(Price('1.50'))))", "D('1.50').__reduce__()", "'%.1f %d' % (D('2.25'), D('2.9'))")

# Text.
show("str(D('1E+5'))", "D('0.000001')", "D('0.0000001')", "D('-0E-10')", "D('-12.50')", "D('1e20')", "D('1e-400')")
for spec in ["", ".2f", ",.1f", "_.2f", "010.3", "*^20", "=+12", "%", ".1%", "e", ".3E", "g", ".2g", ".0g", "n", "z.2f",
             "#.0f", ".7_f", ",.7_f", "08,", "<05", "s", "d", ".f", ",_f", "\u00e9>12"]:
    for number in "1234567.1234567", "-0.00123", "0E+5", "12E8", "-Infinity", "NaN12":
        show(f"format(D({number!r}), {spec!r})")
show("D(12345678).__format__('n', {'decimal_point': 'x', 'grouping': '\\3\\0', 'thousands_sep': '-'})",
     "D(1).__format__(5)", "D(1).__format__('n', 5)", "format(D(1), '.9999999999999999999999f')")

# Contexts.
c = Context(prec=5, rounding=ROUND_FLOOR, Emin=-10, Emax=10, capitals=0, clamp=1, flags=[], traps=[Inexact])
show("c", "Context()", "c.copy() is c", "copy.copy(c)", "pickle.loads(pickle.dumps(c))", "c.__reduce__()", "c.Etiny(), c.Etop()",
     "c.create_decimal('1.23456')", "c.flags[Inexact]", "c.add(1, 2)", "c.add(1, '2')", "c.power(2, 3, 5)",
     "c.to_sci_string(D('1e7'))", "c._apply(D('1e3'))", "c.canonical(3)", "c.is_zero(0)", "c.divmod(7, 2)", "c.abs(1.5)",
     "c.create_decimal(' 1')", "c.create_decimal_from_float(0.5)", "c.create_decimal(D('nan' + '1' * 9))",
     "Context(prec=0)", "Context(prec='a')", "Context(rounding='x')", "Context(traps={})", "Context(flags=[3])",
     "Context(foo=1)", "IEEEContext(64)", "IEEEContext(33)")
do("c.prec = 0", "c.prec = 10 ** 40", "c.Emin = 1", "c.Emax = -1", "c.rounding = 5", "c.capitals = 2", "c.clamp = 7",
   "del c.prec", "c.traps = 5", "c.traps = {}", "c.flags = dict.fromkeys(c.flags, 1)", "del c.flags[Inexact]",
   "c.flags[3] = 1", "c.flags[Clamped] = 0", "c.flags.clear()", "c.traps.update({Rounded: True})")
show("c", "list(c.traps)", "len(c.flags)", "c.traps.copy() == c.traps", "c.flags == c.traps", "c.flags != {1: 2}",
     "c.flags is c.flags", "Inexact in c.flags, 3 in c.flags", "c.traps", "c.flags.get(5)", "type(c.flags)()[Inexact]",
     "hash(c.flags)", "c.flags < c.flags")
flags = Context().flags
show("flags[Inexact]", "repr(flags)")
c.clear_flags()
c.clear_traps()
show("c", "c.divide(1, 3)", "c.divide(1, 0)", "c.flags[DivisionByZero], c.flags[Rounded], c.flags[Clamped]")

with localcontext(prec=6) as inner:
    show("D(1) / 3", "getcontext() is inner")
    with localcontext(c, prec=3, traps=[]):
        show("D(2) / 3", "D(1) / 0")
    setcontext(ExtendedContext)
    show("getcontext() is ExtendedContext", "D(1) / 0")
show("getcontext().prec", "localcontext(1)", "localcontext(foo=1)", "setcontext(5)", "localcontext(prec=0)")

# Signals.
with localcontext() as context:
    context.traps[FloatOperation] = True
    show("D(1.5)", "D(1) < 1.5", "D(1) == 1.5", "D.from_float(1.5)", "context.create_decimal(1.5)", "context.flags[FloatOperation]")
    context.traps[Inexact] = context.traps[Rounded] = True
    show("D(1) / 3", "D('1e999999') * 11", "D(1) / 4")
    try:
        D("1.x")
    except InvalidOperation as e:
        print(e.args, isinstance(e, ArithmeticError))
for kind in (DivisionByZero, DivisionUndefined, FloatOperation, Overflow, Underflow, ConversionSyntax):
    print(kind.__name__, [base.__name__ for base in kind.__mro__], kind.__module__)
