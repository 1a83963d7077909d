def f(a: int, b: "later" = 2, *args: Undefined, **kw) -> list:
    local: Unknown = 5
    return local


class C:
    x: int
    y: str = "y"
    z: list[int] = []


print(f(1), C.__annotations__, C.y, hasattr(C, "x"))
try:
    f.__annotations__
except NameError as error:
    print(error)
Undefined = "now defined"
print(f.__annotations__)
module_level: int = 3
print(module_level, __annotations__ if False else "annotated")
(C.y): str = "parenthesised"
print(C.y)
