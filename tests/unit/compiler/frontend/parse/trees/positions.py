@a
def f(x,
      y=1): pass
é = (b,
     'c'
     'd').e
f(x for x in y)
f'é{x!r}'
if a:
    b
elif c: d
