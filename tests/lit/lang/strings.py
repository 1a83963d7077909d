s = "Hello, Wörld"
print(len(s), s[0], s[-1], s[7:], s[::-1], s[::3], s[100:], "ö" in s, s.find("l"), s.rfind("l"), s.index("W"))
print(s.upper(), s.lower(), s.swapcase(), s.title(), s.casefold(), "straße".upper(), "ǆ".title())
print("a,b,,c".split(","), " a  b ".split(), "a,b,c".rsplit(",", 1), "a\nb\r\nc".splitlines(), "a-b-c".partition("-"))
print("-".join(["x", "y"]), "ab" * 3, "abc".replace("b", "BB"), "aaa".replace("a", "b", 2), "  x ".strip() + "|")
print("xxabxx".strip("x"), "prefix-name".removeprefix("prefix-"), "7".zfill(3), "-7".zfill(4), "ab".center(7, "*"))
print("abc".startswith(("x", "ab")), "abc".endswith("bc", 1), "banana".count("an"), "a\tb".expandtabs(4))
print("abc".isalpha(), "12".isdigit(), "²".isdigit(), "²".isdecimal(), "a1".isalnum(), " ".isspace(), "Ab".istitle())
print(repr("it's"), repr('"'), repr("'\""), repr("\n\t\\\x00\x7f\u00e9\u200b\U0001f600"), ascii("é😀"))
print("b" > "a", "a" < "aa", "Z" < "a", "é" == "\u0065\u0301", max("hello"), sorted("hello"))
print("abc".translate({97: "A", 98: None}), str.maketrans("ab", "xy"), "{} {1}".replace("{1}", "!"))
print("%s is %d years, %.2f m, %5s|%-5s|%05d %x %%" % ("Ann", 30, 1.7, "a", "b", 42, 255), "%(k)s" % {"k": 1})
print("{:>5}|{:<5}|{:^5}|{!r}|{a.real}|{b[0]}|{{}}".format(1, 2, 3, "x", a=5, b=[9]))
print("😀 wide"[0], len("😀"), ord("😀"), chr(233), "a" "b", r"\n", "\N{GREEK SMALL LETTER ALPHA}")
for text in ("'a' + 1", "'abc'.index('z')", "'abc'[5]", "''.join([1])", "'%d' % 'x'", "'{}'.format()"):
    try:
        eval(text)
    except Exception as error:
        print(type(error).__name__, error)
