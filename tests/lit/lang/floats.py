print(0.1 + 0.2, 1e16, 1e15, 123456789012345678.0, 1e-5, 0.0001, -0.0, 5e-324, 1.7976931348623157e308)
print(float("inf"), -float("inf"), float("nan"), float("  1_0.5e-3 "), 1e400)
nan = float("nan")
print(nan == nan, nan != nan, nan < 1, [nan] == [nan], 0.0 == -0.0, 1 < 1.5 < 2, 2**53 == 2.0**53 + 1)
print(7.5 // 2, -7.5 // 2, 7.5 % -2, -7.5 % 2, divmod(7.5, -2), 2**0.5, (-8) ** (1 / 3))
print(round(2.5), round(3.5), round(-2.5), round(2.675, 2), round(1234.5, -2), round(1e300, 2))
print(f"{3.14159:.2f} {1e10:g} {1e-10:.3e} {0.5:%} {1234.5:,.1f} {-1.5:+} {2.0:010.3f} {float('inf'):f}")
print((0.75).as_integer_ratio(), (3.0).is_integer(), (0.1).hex(), float.fromhex("0x1.8p1"), int(1e20), hash(0.5))
print(sum([0.1] * 10), 1.0.__repr__(), str(1e22), 1e23, 4.35, 9007199254740993.0)
for text in ("1.0 / 0", "1.0 // 0", "1.0 % 0", "float('x')", "int(float('nan'))", "int(1e999)", "10.0 ** 400"):
    try:
        print(eval(text))
    except (ZeroDivisionError, ValueError, OverflowError) as error:
        print(type(error).__name__, error)
