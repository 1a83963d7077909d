import unicodedata as u

for c in "aé١½Ǆ\u0301中가\U0001f600\u0378(\n":
    print(ascii(c), u.name(c, None), u.category(c), u.bidirectional(c), u.combining(c), u.east_asian_width(c), u.mirrored(c),
          u.decimal(c, "-"), u.digit(c, "-"), u.numeric(c, "-"), repr(u.decomposition(c)), u.block(c), u.isxidstart(c))
for form in "NFC", "NFD", "NFKC", "NFKD":
    print(form, [ascii(u.normalize(form, s)) for s in ("e\u0301", "\u1e69\u0323", "ﬁ²", "각", "a\u0315\u0300\u05ae\u0300b")])
    print([u.is_normalized(form, s) for s in ("é", "e\u0301", "ﬁ", "\u0344")], ascii(u.ucd_3_2_0.normalize(form, "\U0002f868\u1b06")))
print(ascii(u.lookup("latin small letter a")), ascii(u.lookup("KEYCAP DIGIT ONE")), u.lookup("HANGUL SYLLABLE GAG"), u.lookup("LF") == "\n")
old = u.ucd_3_2_0
print(old.unidata_version, u.unidata_version, old.category("\U0001f600"), old.name("\U0001f600", None), old.numeric("\u3405", None))
print([str(g) for g in u.iter_graphemes("e\u0301\r\n각👨\u200d👩🇦🇧🇨क्\u200dषx", 0)], next(u.iter_graphemes("ab", 1)))
print([u.grapheme_cluster_break(c) + u.indic_conjunct_break(c) + str(u.extended_pictographic(c)) for c in "क\u200d❤\u0600"])
for bad in lambda: u.name("\0"), lambda: u.category("ab"), lambda: u.lookup("nothing"), lambda: u.normalize("X", "é"), lambda: u.digit("x"):
    try:
        bad()
    except Exception as e:
        print(type(e).__name__, e)
