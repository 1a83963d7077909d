"""Writes test cases of numbers with CPython's answers (see cases.h).

    python3.15 make_cases.py [--seed N] [--count N] > cases.txt
    python3.15 make_cases.py --math > math_cases.txt
"""
import argparse
import importlib
import math
import random
import struct


def bits(number):
    return "%016x" % struct.unpack("<Q", struct.pack("<d", number))[0]


def encode(value):
    if value is None:
        return "N"
    if isinstance(value, bool):
        return "T" if value else "F"
    if isinstance(value, int):
        return "i%x" % value
    if isinstance(value, float):
        return "f" + bits(value)
    if isinstance(value, complex):
        return "c" + bits(value.real) + bits(value.imag)
    if isinstance(value, str):
        return "s" + value.encode("utf-8", "surrogatepass").hex()
    if isinstance(value, bytes):
        return "b" + value.hex()
    return "[ " + "".join(encode(item) + " " for item in value) + "]"


BINARY = {
    "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b,
    "/": lambda a, b: a / b, "//": lambda a, b: a // b, "%": lambda a, b: a % b,
    "**": lambda a, b: a ** b, "<<": lambda a, b: a << b, ">>": lambda a, b: a >> b,
    "&": lambda a, b: a & b, "|": lambda a, b: a | b, "^": lambda a, b: a ^ b,
    "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
    "divmod": divmod,
}
UNARY = {
    "neg": lambda a: -a, "pos": lambda a: +a, "invert": lambda a: ~a, "abs": abs, "hash": hash,
    "repr": lambda a: a,
}
NAMED = {"int": int, "float": float, "complex": complex, "bool": bool, "pow": pow, "format": format}


def answer(operation, args, keywords):
    try:
        if operation in BINARY:
            result = BINARY[operation](*args)
        elif operation in UNARY:
            result = UNARY[operation](*args)
        elif operation in NAMED:
            result = NAMED[operation](*args, **keywords)
        elif operation[0] == ".":
            result = getattr(args[0], operation[1:])(*args[1:], **keywords)
        elif operation[0] == "@":
            result = getattr(args[0], operation[1:])
        else:
            module, name = operation.rsplit(".", 1)
            result = getattr(importlib.import_module(module), name)(*args, **keywords)
        return repr(result)
    except Exception as error:
        return type(error).__name__ + ": " + str(error)


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.seen = set()

    def emit(self, operation, *args, **keywords):
        line = " ".join([operation, *map(encode, args)])
        for name, value in keywords.items():
            line += " K%s %s" % (name, encode(value))
        if line in self.seen or (operation == "hash" and args[0] != args[0]):
            return  # NaNs have no identity here to make a hash of
        self.seen.add(line)
        text = answer(operation, args, keywords)
        if "\n" in text or len(text) > 3000:
            return
        print(line, "->", text)

    # Operands.

    def int(self, most=400):
        r = self.random
        kind = r.randrange(8)
        if kind == 0:
            return r.choice([0, 1, -1, 2, -2, 7, 10, -10])
        if kind == 1:
            return r.choice([-1, 1]) * (1 << r.choice([31, 32, 47, 48, 49, 52, 53, 62, 63, 64, 65, 127, 128])) + r.randint(-2, 2)
        if kind == 2:
            return r.randint(-1000, 1000)
        if kind == 3:
            return r.choice([-1, 1]) * (((1 << 64) - 1) << (64 * r.randrange(5)))
        return r.choice([-1, 1]) * r.getrandbits(r.randint(1, most))

    def float(self):
        r = self.random
        kind = r.randrange(8)
        if kind == 0:
            return r.choice([0.0, -0.0, 1.0, -1.0, 0.5, 1e16, 1e22, 1e23, 5e-324, 2.2250738585072014e-308,
                             1.7976931348623157e308, float("inf"), float("-inf"), float("nan"), 2.0 ** 53,
                             2.0 ** 63, 2.0 ** 64, -2.0 ** 48, 123456789.125])
        if kind == 1:
            return float(r.randint(-1000, 1000))
        if kind == 2:
            return r.uniform(-100, 100)
        if kind == 3:
            return round(r.uniform(-1000, 1000), r.randrange(6))
        if kind == 4:
            return struct.unpack("<d", struct.pack("<Q", r.getrandbits(64)))[0]
        return r.gauss(0, 1) * 10.0 ** r.randint(-20, 20)

    def complex(self):
        return complex(self.float(), self.float())

    def number(self):
        kind = self.random.randrange(20)
        if kind < 9:
            return self.int()
        if kind < 15:
            return self.float()
        if kind < 18:
            return self.complex()
        return kind == 18

    def spec(self):
        r = self.random
        spec = r.choice(["", "", "", "<", ">", "^", "=", "*<", "_^", "0>", "é="])
        spec += r.choice(["", "", "+", " ", "-"]) + r.choice(["", "", "", "z"]) + r.choice(["", "", "#"])
        spec += r.choice(["", "", "0"]) + r.choice(["", "", str(r.randint(1, 40))])
        spec += r.choice(["", "", ",", "_"])
        if r.random() < 0.5:
            spec += "." + str(r.choice([0, 1, 2, 3, 5, 10, 17, 20, 50, 330]))
            spec += r.choice(["", "", "", ",", "_"])
        return spec + r.choice(["", "d", "b", "o", "x", "X", "c", "n", "e", "E", "f", "F", "g", "G", "%", "s"])

    def int_text(self):
        r = self.random
        base = r.choice([0, 2, 8, 10, 16, 36, r.randint(2, 36)])
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[:max(base, 2) + r.randrange(2)]
        text = "".join(r.choice(digits) for _ in range(r.choice([1, 2, 5, 12, 13, 20, 40, 100])))
        if r.random() < 0.3:
            at = r.randrange(len(text) + 1)
            text = text[:at] + "_" + text[at:]
        text = r.choice(["", "", "-", "+", "--", "- "]) + r.choice(["", "", "", "0x", "0b", "0O", "0", "0x_"]) + text
        text = r.choice(["", "", " ", "\t\n", "\u2003", "\x1f"]) + text + r.choice(["", "", " ", "\x0b", "x", "."])
        return text.upper() if r.random() < 0.2 else text, base

    def float_text(self):
        r = self.random
        text = "".join(r.choice("0123456789") for _ in range(r.choice([0, 1, 3, 17, 25, 60])))
        if r.random() < 0.6:
            text += "." + "".join(r.choice("0123456789") for _ in range(r.choice([0, 1, 3, 17, 25])))
        if r.random() < 0.5:
            text += r.choice("eE") + r.choice(["", "+", "-"]) + str(r.choice([0, 1, 5, 22, 300, 308, 323, 324, 400, 10 ** 25]))
        if r.random() < 0.1:
            text = r.choice(["inf", "Infinity", "NaN", "infinit", "in", "nanx", ".", "e5", "1e", "1e+"])
        if r.random() < 0.2 and text:
            at = r.randrange(len(text) + 1)
            text = text[:at] + "_" + text[at:]
        return r.choice(["", "", "-", "+"]) + text

    # Groups of cases.

    def arithmetic(self, count):
        for _ in range(count):
            operation = self.random.choice(list(BINARY))
            a, b = self.number(), self.number()
            if operation in ("**", "<<") and not isinstance(b, (float, complex)):
                b = self.random.randint(-3, 70)
            if operation == ">>" and self.random.random() < 0.8 and not isinstance(b, (float, complex)):
                b = self.random.randint(-1, 500)
            self.emit(operation, a, b)
        for _ in range(count // 4):
            self.emit(self.random.choice(list(UNARY)), self.number())
        for _ in range(count // 4):  # long operands with quotients of all lengths
            a, b = self.int(3000), self.int(3000)
            for operation in ("+", "-", "*", "//", "%", "/", "divmod"):
                self.emit(operation, a, b)
            self.emit("divmod", a * b + self.random.randint(-1, 1), b)
            self.emit("/", a * b, b + self.random.randint(-1, 1))
        for _ in range(count // 4):  # equal or nearly so
            a = self.int(1000)
            for b in (a, a + 1, -a):
                self.emit(self.random.choice(["-", "+", "^", "&", "==", "<", "<="]), a, b)
            f = self.float()
            if math.isfinite(f):
                for b in (int(f), int(f) + 1):
                    self.emit(self.random.choice(["==", "<", ">", "<=", ">=", "!="]), f, b)
                    self.emit(self.random.choice(["==", "<", ">", "<=", ">=", "!="]), b, f)

    def powers(self, count):
        for _ in range(count):
            self.emit("pow", self.int(200), self.int(self.random.choice([8, 100])), self.int(self.random.choice([20, 60, 200])))
            self.emit("**", self.int(100), self.random.randint(0, 60))
            self.emit("**", self.float(), self.float())
            self.emit("**", self.complex(), self.random.choice([self.complex(), self.random.randint(-5, 120), self.float()]))
        for args in [(2, 3, 0), (2, -1, 4), (2.0, 3, 5), (2, 3.0, 5), (2, 3, 5.0), (1j, 2, 3), (0, 0, 1), (0, 0, -1), (5, 0, -7)]:
            self.emit("pow", *args)

    def texts(self, count):
        for _ in range(count):
            self.emit("int", *self.int_text())
            text, base = self.int_text()
            self.emit("int", text)
            self.emit("int", text.encode(), base)
            self.emit("float", self.float_text())
            self.emit("float", self.float_text().encode())
            a, b = self.float_text(), self.float_text()
            self.emit("complex", self.random.choice([a + "+" + b + "j", a + b + "j", b + "j", "(" + a + "-j)", a, " " + b + "J "]))
            for value in (self.int(self.random.choice([60, 130, 400, 3000])), self.float(), self.complex()):
                self.emit("repr", value)
                self.emit("format", value, self.spec())
                self.emit("format", value, self.spec())
            self.emit("format", self.random.choice([True, False, 65, 0x1F600, -1, 1 << 70]), self.spec())
        for text in ["١٢", "١_٢", "\u2003-12 ", "1\0", "é", "", " ", "-", "+_1", "1__2"]:
            for operation in ("int", "float", "complex"):
                self.emit(operation, text)
        for digits in (4300, 4301):
            self.emit("int", "9" * digits)
            self.emit("format", 10 ** (digits - 1), ",d")
            self.emit("repr", 10 ** (digits - 1))

    def methods(self, count):
        r = self.random
        self.emit(".fromhex", 0.0, "-0x8da55ddabcc9755.5565d05966a3fp-1080")  # the smallest normal doubles
        for _ in range(count):
            i, f = self.int(), self.float()
            for name in ("bit_length", "bit_count", "as_integer_ratio", "is_integer", "conjugate", "__trunc__",
                         "__floor__", "__ceil__", "__int__", "__index__", "__float__", "__bool__"):
                self.emit("." + name, i)
            for name in ("as_integer_ratio", "is_integer", "conjugate", "__trunc__", "__floor__", "__ceil__", "__int__",
                         "hex", "__float__", "__round__"):
                self.emit("." + name, f)
            for name in ("real", "imag"):
                for value in (i, f, self.complex(), True):
                    self.emit("@" + name, value)
            self.emit("@numerator", i)
            self.emit("@denominator", i)
            self.emit(".__round__", i, r.choice([None, r.randint(-130, 5)]))
            self.emit(".__round__", f, r.choice([None, r.randint(-25, 25), r.randint(-330, 330)]))
            self.emit(".__round__", r.randint(0, 10 ** 6) / 10 ** r.randint(0, 4), r.randint(-4, 4))
            length = r.choice([0, 1, 2, 4, 8, 9, 16, 50, (i.bit_length() + 7) // 8])
            self.emit(".to_bytes", i, length, r.choice(["big", "little"]))
            self.emit(".to_bytes", i, length, signed=True)
            data = bytes(r.randrange(256) for _ in range(r.choice([0, 1, 7, 8, 9, 16, 33])))
            self.emit(".from_bytes", 0, data, r.choice(["big", "little"]))
            self.emit(".from_bytes", 0, data, byteorder="little", signed=True)
            text = f.hex()
            if r.random() < 0.5:
                text = "%s0x%s.%sp%d" % (r.choice(["", "-", " +"]), "%x" % r.getrandbits(r.choice([1, 4, 60, 80])),
                                         "%x" % r.getrandbits(r.choice([4, 52, 60, 100])),
                                         r.choice([0, 3, -1022, -1074, -1080, -1130, 1000, 1023, 10 ** 20]))
            self.emit(".fromhex", 0.0, text)
            for value in (self.number(), self.number()):
                self.emit("int", value)
                self.emit("float", value)
                self.emit("complex", value)
                self.emit("bool", value)
            self.emit("complex", self.number(), self.number())
            self.emit(".conjugate", self.complex())
            self.emit(".from_number", 0.0, self.number())
            self.emit(".from_number", 0j, self.number())

    # The modules.

    def real(self):
        r = self.random
        kind = r.randrange(10)
        if kind < 5:
            return self.float()
        if kind < 8:
            return r.uniform(-5, 5)
        return self.int(1200) if kind == 8 else r.randint(-30, 200)

    def math(self, count):
        r = self.random
        unary = ["acos", "acosh", "asin", "asinh", "atan", "atanh", "cbrt", "ceil", "cos", "cosh", "degrees", "erf",
                 "erfc", "exp", "exp2", "expm1", "fabs", "floor", "frexp", "gamma", "isfinite", "isinf", "isnan",
                 "isnormal", "issubnormal", "lgamma", "log", "log10", "log1p", "log2", "modf", "radians", "signbit",
                 "sin", "sinh", "sqrt", "tan", "tanh", "trunc", "ulp"]
        binary = ["atan2", "copysign", "fmax", "fmin", "fmod", "isclose", "log", "nextafter", "pow", "remainder"]
        special = [0.0, -0.0, 1.0, -1.0, 0.5, -2.0, 3, 171, 172, float("inf"), float("-inf"), float("nan"), 1e308, 5e-324,
                   "x", 10 ** 400, True, None]
        for name in unary:
            for value in special:
                self.emit("math." + name, value)
            for _ in range(count):
                self.emit("math." + name, self.real())
        for name in binary:
            for value in special:
                self.emit("math." + name, r.choice(special), value)
            for _ in range(count):
                self.emit("math." + name, self.real(), self.real())
        for _ in range(count):
            x, y = self.float(), self.float()
            self.emit("math.nextafter", x, y, steps=r.choice([0, 1, 5, 10 ** 6, 2 ** 62, 2 ** 63, 2 ** 65, -1]))
            self.emit("math.fma", x, y, r.choice([self.float(), -x * y]))
            self.emit("math.ldexp", x, r.choice([0, 1, -1, 1000, -1074, r.randint(-2200, 2200), 10 ** 30, -10 ** 30]))
            self.emit("math.isclose", x, x * (1 + 1e-9), rel_tol=r.choice([1e-9, 1e-8, 0.0, -1.0]))
            items = [self.float() for _ in range(r.randrange(8))]
            big = [r.uniform(-1, 1) * 2.0 ** r.randint(-60, 60) for _ in range(r.randrange(40))]
            for values in (items, big, big + [-v for v in big[1:]]):
                self.emit("math.fsum", values)
                self.emit("math.hypot", *values)
                self.emit("math.dist", values, [self.float() for _ in values])
                self.emit("math.prod", values)
            mixed = [r.choice([self.float, self.int, lambda: True])() for _ in range(r.randrange(6))]
            self.emit("math.sumprod", mixed, [self.number() if r.random() < 0.2 else self.float() for _ in mixed])
            self.emit("math.sumprod", big, [r.uniform(-1, 1) for _ in big])
            self.emit("math.sumprod", [self.int() for _ in items], [self.int() for _ in items])
            self.emit("math.prod", mixed, start=r.choice([1, 2.5, 10 ** 20]))
        for tiny in ([1e-320, 1e-320], [3e-310, 4e-310], [1e308, 1e308, 1e308], [1.5e308, 1e308]):
            self.emit("math.hypot", *tiny)

    def integers(self, count):
        r = self.random
        for _ in range(count):
            a, b = self.int(500), self.int(500)
            self.emit("math.gcd", a, b)
            self.emit("math.gcd", a * b, b * self.int(), a)
            self.emit("math.lcm", a, b)
            self.emit("math.isqrt", r.choice([abs(a), a * a, a * a - 1 if a else 0, a]))
            n = r.choice([r.randint(-2, 70), r.randint(0, 500), self.int(100)])
            self.emit("math.comb", n, r.randint(-1, 40))
            self.emit("math.comb", n, n - r.randint(-1, 40) if abs(n) < 600 else 3)
            self.emit("math.perm", n, r.randint(-1, 30))
        for n in [*range(25), 100, 300, -1, 10 ** 20, -10 ** 20, 2.0, "x", True]:
            self.emit("math.factorial", n)
            self.emit("math.integer.factorial", n)
            self.emit("math.perm", n)
        self.emit("math.comb", 10 ** 30, 10 ** 20)
        self.emit("math.perm", 10 ** 20, 10 ** 20)
        for name in ("gcd", "lcm"):
            for args in [(), (5,), (-5,), (0, 0), (4, 6, 9), (1.5,), (4, None)]:
                self.emit("math." + name, *args)

    def cmath(self, count):
        names = ["acos", "acosh", "asin", "asinh", "atan", "atanh", "cos", "cosh", "exp", "isfinite", "isinf", "isnan",
                 "log", "log10", "phase", "polar", "sin", "sinh", "sqrt", "tan", "tanh"]
        parts = [float("-inf"), -2.3, -0.0, 0.0, 2.3, float("inf"), float("nan")]
        r = self.random
        for name in names:
            for real in parts:
                for imag in parts:
                    self.emit("cmath." + name, complex(real, imag))
            for _ in range(count):
                self.emit("cmath." + name, complex(self.float(), self.float()))
                self.emit("cmath." + name, complex(r.uniform(-3, 3), r.uniform(-3, 3)))
                self.emit("cmath." + name, complex(r.choice([1, -1]), r.uniform(-1, 1) * 10.0 ** r.randint(-320, 0)))
                self.emit("cmath." + name, complex(r.choice([1e308, -1.7e308, 711, -750.5, 1e-310]), self.float()))
            for other in (2, -1, "x", None, 10 ** 400, True):
                self.emit("cmath." + name, other)
        for real in parts:
            for imag in parts:
                self.emit("cmath.rect", real, imag)
        for _ in range(count):
            self.emit("cmath.log", self.complex(), self.complex())
            self.emit("cmath.isclose", self.complex(), self.complex())
            self.emit("cmath.rect", self.float(), self.float())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--math", action="store_true", help="the modules math and cmath, not the types")
    options = parser.parse_args()
    print("# Written by make_cases.py with CPython's answers.")
    generator = Generator(options.seed)
    if options.math:
        generator.math(options.count)
        generator.integers(options.count)
        generator.cmath(options.count)
        return
    generator.arithmetic(options.count * 4)
    generator.powers(options.count)
    generator.texts(options.count)
    generator.methods(options.count)


if __name__ == "__main__":
    import warnings
    warnings.simplefilter("ignore")
    main()
