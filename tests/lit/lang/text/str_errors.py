# What methods of str say about wrong arguments.
def check(label, function):
    try:
        print(label, "=", repr(function()))
    except Exception as error:
        print(label, "!", type(error).__name__, error)


check("find", lambda: "a".find(1))
check("find bound", lambda: "a".find("a", "x"))
check("find none", lambda: "a".find())
check("find many", lambda: "a".find("a", 1, 2, 3))
check("index", lambda: "a".index("b"))
check("rindex", lambda: "a".rindex("b"))
check("startswith", lambda: "a".startswith(1))
check("startswith tuple", lambda: "a".startswith((1,)))
check("endswith", lambda: "a".endswith(None))
check("replace", lambda: "a".replace(1, "a"))
check("replace second", lambda: "a".replace("a", None))
check("replace one", lambda: "a".replace("a"))
check("replace count", lambda: "a".replace("a", "b", "c"))
check("replace huge", lambda: "a".replace("a", "b", 2**70))
check("split", lambda: "a".split(1))
check("split empty", lambda: "a".split(""))
check("split limit", lambda: "a".split("a", "b"))
check("partition", lambda: "a".partition(""))
check("rpartition", lambda: "a".rpartition(1))
check("strip", lambda: "a".strip(1))
check("join", lambda: "a".join(1))
check("join item", lambda: "a".join(["a", 1]))
check("join none", lambda: "a".join())
check("center", lambda: "a".center("a"))
check("center fill", lambda: "a".center(3, "ab"))
check("ljust fill", lambda: "a".ljust(3, b"a"))
check("zfill", lambda: "a".zfill(2**70))
check("mul", lambda: "ab" * 2**62)
check("mul huge", lambda: "a" * 2**70)
check("mul str", lambda: "a" * "a")
check("mul float", lambda: 1.5 * "a")
check("add", lambda: "a" + 1)
check("radd", lambda: 1 + "a")
check("in", lambda: 1 in "a")
check("item", lambda: "a"[1])
check("item huge", lambda: "a"[2**70])
key = "a"
check("item str", lambda: "a"[key])
check("item float", lambda: "a"[1.5 + 0])
check("step", lambda: "a"[::0])
check("expandtabs", lambda: "a".expandtabs(2**40))
check("translate", lambda: "a".translate(1))
check("translate range", lambda: "a".translate({97: 2**40}))
check("translate type", lambda: "a".translate({97: 1.5}))
check("maketrans", lambda: str.maketrans(1))
check("maketrans length", lambda: str.maketrans({"ab": 1}))
check("maketrans pair", lambda: str.maketrans("a", "bc"))
check("maketrans second", lambda: str.maketrans("a", 1))
check("maketrans first", lambda: str.maketrans(1, "a"))
check("maketrans three", lambda: str.maketrans("abc", "def", "xyz"))
check("removeprefix", lambda: "a".removeprefix(1))
check("encode", lambda: "a".encode("foo"))
check("encode type", lambda: "a".encode(1))
check("encode errors", lambda: "\ud800a".encode("utf-8", "foo"))
check("str decode", lambda: str(b"a", "ascii"))
check("str of str", lambda: str("a", "ascii"))
check("str of int", lambda: str(1, "ascii"))
check("str encoding", lambda: str(b"a", 1))
check("str many", lambda: str(1, 2, 3, 4))
check("str keyword", lambda: str(foo=1))
check("str object", lambda: str(object=b"abc", encoding="ascii", errors="x"))
check("lower of int", lambda: str.lower(1))
check("less", lambda: "a" < 1)
check("title", lambda: "a".title(1))
check("format", lambda: "a".__format__(1))


class Text(str):
    pass


class Index:
    def __index__(self):
        return 1


text = Text("hello")
text.note = "kept"
check("subclass", lambda: (text, text.upper(), type(text.strip()), text.note, type(str(text)), hash(text) == hash("hello")))
check("wide subclass", lambda: (Text("h€llo"), Text("\U0001F600")[0], type(Text("x") + "y")))
check("index object", lambda: ("abc"[Index()], "abc"[Index():], "abc" * Index()))
