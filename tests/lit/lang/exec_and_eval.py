x = 5
print(eval("x + 1"), eval("x * y", {"x": 2, "y": 3}), eval("a", {}, {"a": "local"}))
space = {}
exec("def f(n):\n    return n * 2\ny = f(21)", space)
print(space["y"], space["f"](1), "__builtins__" in space)


def inside():
    local = 1
    exec("local = 2; new = 3")
    return local, eval("local + 10"), sorted(locals())


print(inside())
code = compile("a = 1\nb = a + c", "<made>", "exec")
names = {"c": 4}
exec(code, names)
print(names["b"], code.co_filename, code.co_names)
exec("print([i for i in range(3)]); x = 6")
print(x)
for text in ("1 +", "def f(:", "x = = 1", "  indented", "'open", "return 5", "a b", "f(**k, *a)", "print 'x'"):
    try:
        exec(text)
    except SyntaxError as error:
        print(type(error).__name__, error.lineno, error.offset)
