match a, *b:
    case 1 | -2.5 | 1 + 2j | 'a' 'b' | None | True: pass
    case x if x: pass
    case a.b.c | A() | B(1, y) | C(d=2, e=_,): pass
    case [a, *_, b] | (c,) | (): pass
    case {1: x, a.b: y, **rest} | {}: pass
    case (x as y), *z: pass
    case +1: pass
match (match):
    case _:
        match = case = type = 1
