import re


def show(pattern, text, flags=0):
    matches = [(m.regs, m.lastindex) for m in re.finditer(pattern, text, flags)]
    print(ascii(pattern), ascii(text), matches)


show(r"(a|b)*?c", "abcac")
show(r"(?:(a)|(b))+", "abba")
show(r"(?>a*)ab|b", "aaab")
show(r"(?>a*?)b", "aab")
show(r"a*+b|(?:ab)++c", "aab ababc")
show(r"(?<=\bx)y|(?<!x)y", "xy ay xxy")
show(r"(\()?\w+(?(1)\)|!)", "(a) b! (c c")
show(r"(?i)\bStra\u017fe\b|\u212a+", "STRASSE stra\u017fe Kk\u212a")
show(r"(?i)[\u0430-\u044f]+x", "\u0416\u0436X")
show(r"(?i)(a\u00e9)\1", "a\u00e9A\u00c9")
show(r"^.+$", "one\ntwo\n", re.MULTILINE)
show(r"^.*$", "one\ntwo\n", re.DOTALL)
show(r"(?:a?){3}a{3}|(?:)*", "aaaa")
show(r"((?:\w,?)+)*;", "a,b,c;d")
show(r"\Aab|\Bb\Z|\b", "ab b")
show(r"[^\W\d_]+", "a1_\u4e2d\U00010400x")
show(rb"(?L)\w+", b"ab\xe9")
print(re.match(r"(?:(?:x)*y?)*$", "x" * 200000).end(), re.match(r"(?:(a)|b)*", "ab" * 100000).span(1))
print(re.fullmatch(r"a|ab", "ab"), re.compile("^b").search("ab", 1), re.compile("b$").search("abc", 0, 2))
