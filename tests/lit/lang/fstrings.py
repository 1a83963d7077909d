name, n, x = "Ann", 42, 3.14159
print(f"{name} {n:5d}|{x:.2f}|{name!r:>8}|{n:#06x}|{{}}|{name:*^9}")
print(f"{n = } {x=:.1f} {name = !s} { n+1 = }")
width, precision = 10, 3
print(f"{x:{width}.{precision}}|{'nested ' + f'{n + 1}'}|{"same quotes"}|{'\n'.join(['a', 'b'])}")
print(f"{[i for i in range(3)]} { {'k': 1}['k'] } {(lambda v: v * 2)(4)} {n if n > 1 else 0} {n!r}")
print(f'''{
    n  # a comment
}''', rf"\d{n}", f"{'a' 'b'}", f"{n:{'>'}{8}}", f"{1 != 2}", f"{x!s:.3}")


class Money:
    def __format__(self, spec):
        return f"<{spec}>"


print(f"{Money()} {Money():abc} {Money():{n}x}")
try:
    f"{n:z}"
except ValueError as error:
    print(error)
