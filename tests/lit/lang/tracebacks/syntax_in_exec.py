# exit: 1
for source in ("x = (1,\ny = 2", "def f(:\n pass", "if x\n", "'abc", "a b", "x = 1 +", "return 1",
               "for x in y:\npass", "f(a=1, 2)", "1 = x", "print 'x'", "class A\n", "x = [1, 2",
               "\tx\n  y", "break", "f'{a b}'", "def f(a, a): pass", "nonlocal x", "yield = 1"):
    try:
        compile(source, "<source>", "exec")
    except SyntaxError as error:
        print(type(error).__name__, error.msg, error.lineno, error.offset, error.end_lineno,
              error.end_offset, error.text and error.text.rstrip())
exec("x = 1\ny = = 2\n")
