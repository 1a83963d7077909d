# binascii: every code there and back, lines, padding, errors.
import binascii

data = bytes(range(256)) + b"\0\0\0\0    \r\n.\n= end"
for name, options in (("base64", {"wrapcol": 40}), ("base32", {}), ("ascii85", {"foldspaces": True, "adobe": True}),
                      ("base85", {"wrapcol": 50}), ("hex", {}), ("qp", {"istext": False}), ("qp", {"header": True})):
    text = getattr(binascii, "b2a_" + name)(data, **options)
    reverse = {key: options[key] for key in options if key in ("foldspaces", "adobe", "header")}
    if "wrapcol" in options:
        reverse["ignorechars"] = b"\n"
    print(name, len(text), text[:60], getattr(binascii, "a2b_" + name)(text, **reverse) == data)
print(binascii.b2a_uu(data[:45]), binascii.a2b_uu(binascii.b2a_uu(data[:45])) == data[:45])
print(binascii.hexlify(b"abcdef", "-", 4), binascii.hexlify(b"abcdef", b":", -4), binascii.unhexlify("0aFF"))
print(binascii.crc32(data), binascii.crc32(data, 1), binascii.crc_hqx(data, 5))
for function, text, options in (
    ("a2b_base64", b"ab=", {}), ("a2b_base64", b"a", {}), ("a2b_base64", b"=abc", {"strict_mode": True}),
    ("a2b_base64", b"ab=c", {"strict_mode": True}), ("a2b_base64", b"AB==", {"canonical": True}),
    ("a2b_base64", b"a b=", {"ignorechars": b"*"}), ("a2b_base32", b"ABC=====", {}), ("a2b_base32", b"ME", {}),
    ("a2b_ascii85", b"s8W-$", {}), ("a2b_ascii85", b"az", {}), ("a2b_ascii85", b"!!!!!", {"canonical": True}),
    ("a2b_base85", b"ab c", {}), ("a2b_base85", b"|NsC1", {}), ("a2b_hex", b"abc", {}), ("a2b_hex", b"xy", {}),
    ("a2b_uu", b"!!!!!", {}), ("a2b_base64", "\xe9", {}), ("a2b_base64", b"", {"alphabet": b"ab"}),
):
    try:
        print(getattr(binascii, function)(text, **options))
    except ValueError as error:
        print(function, text, type(error).__name__, error)
