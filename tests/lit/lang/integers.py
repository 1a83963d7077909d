big = 2**100 + 1
print(big, -big, big // 7, big % 7, -big // 7, -big % 7, divmod(-big, 10**9))
print(big * big, big & 0xFF, big >> 90, big << 3, ~big, big ^ -1, -big | 1)
print(7 // -2, 7 % -2, -7 // 2, -7 % 2, 2**-1, 0**0, (-3) ** 3, pow(3, 200, 13), pow(3, -1, 7))
print(2**48, 2**48 - 1, -(2**48), 2**62 * 2, 2**63 - 1 + 1, -(2**63) - 1)
for limit in (48, 62, 63, 64):
    x = 2**limit - 2
    for _ in range(4):
        x += 1
        print(x, end=" ")
    print(x * x, -x - 1)
print(1_000_000, 0xFF, 0o17, 0b101, int("-0x1f", 16), int("z", 36), int("1_0"), int(-3.9))
print(hex(-255), oct(8), bin(-5), (255).bit_length(), (10).to_bytes(2, "big"), int.from_bytes(b"\x01\x00"))
print(f"{1234567:,} {-5:+d} {42:08b} {255:#x} {7:>4}|{7:<4}|{7:^5}|", round(12345, -2), (3).bit_count())
for text in ("1 // 0", "1 % 0", "0 ** -1", "int('x')", "1 << -1"):
    try:
        eval(text)
    except (ZeroDivisionError, ValueError) as error:
        print(type(error).__name__, error)
print(True + True, isinstance(True, int), 3 == 3.0, hash(2**61 - 1), hash(-1), hash(2**100) == hash(float(2**100)))
