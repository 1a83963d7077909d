print(abs(-3), all([]), any([]), bin(5), bool(""), callable(len), chr(97), divmod(7, 2), float("1.5"), hash("a") == hash("a"))
print(id(1) == id(1), int("7"), isinstance(1, (str, int)), len("abc"), list("ab"), max(1, 5, 3), min([4, 2]), ord("a"))
print(pow(2, 10), range(3), repr("x"), round(2.567, 1), sorted({3, 1}), str(1.0), sum([1, 2], 10), tuple([1]), type(1))
print(max([], default="none"), min("b", "a", key=ord), sum([[1], [2]], []), sorted("bA", key=str.lower))
print(*[1, 2], sep="-", end="!\n")
print("a", "b", sep="", flush=True)
print(getattr("x", "upper")(), hasattr(1, "real"), isinstance(print, object), type(type) is type, object() != object())
print(dir([])[-3:], vars(type("T", (), {"a": 1}))["a"], format(3.14159, ".2f"), ascii("é"), __name__, NotImplemented, ...)
for text in ("len(5)", "max([])", "ord('ab')", "chr(-1)", "sum(['a'])", "print(end=5)", "isinstance(1, 5)", "round('x')",
             "sorted([1, 'a'])", "abs('x')", "int([])", "float(None)", "list(5)", "range(1.5)", "type('x', 5, {})", "hash([])"):
    try:
        eval(text)
    except Exception as error:
        print(type(error).__name__, error)
