import copy
import copyreg
import re

p = re.compile(r"(?P<word>\w+)(\d)?", re.IGNORECASE)
m = p.search("..abc..", 1)
print(p, p.flags, p.groups, dict(p.groupindex), p == copy.copy(p), copyreg.dispatch_table[re.Pattern](p)[1])
print(m, m.group(0, "word", 2), m[1], m.groups("-"), m.groupdict(), m.span("word"), m.start(2))
print(m.pos, m.endpos, m.lastindex, m.lastgroup, m.re is p, m.string, m.expand(r"<\1\g<2>>"))
for bad in lambda: m.group(3), lambda: m["x"], lambda: p.match(b""), lambda: p.match(1), lambda: m[[]], re.Pattern:
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
print(re.sub("b*", "-", "abc"), re.subn("[bc]", lambda m: m[0].upper(), "abc"), re.sub("(a)|b", r"[\1]", "abc"))
print(re.split("(-)|,", "a-b,c", maxsplit=2), re.findall("(a)(b)?", "aab"), re.findall(b"[0-9]+", bytearray(b"1 22")))
print([m.span() for m in re.finditer("", "ab")], re.compile("a").sub("b", "aaa", 2))
scanner = re.compile("a|").scanner("ab")
print([scanner.search() for _ in range(4)], repr(re.compile(b"x" * 300, re.X))[-30:])
try:
    re.sub("a", lambda m: 1, "ba")
except TypeError as e:
    print(e)
