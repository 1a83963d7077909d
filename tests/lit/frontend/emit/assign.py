# Assignments write straight into locals.
# RUN: frontend_tool uops %s | FileCheck %s
# ONLY: f
def f(b, c):
    a = b + c
    a = b
    x = y = b * c
    m = n = 0
    b.p = b[c] = a
    [p, (q, *r)] = a
    return x, y, m, n, p, q, r

# CHECK-LABEL: function f (code 1, line 4)
# CHECK-NEXT:   parameters: b, c
# CHECK-NEXT:   locals: a, x, y, m, n, p, q, r
# CHECK-NEXT:      5  add a, b, c
# CHECK-NEXT:      6  move a, b
# CHECK-NEXT:      7  mul t0, b, c
# CHECK-NEXT:         dup t1, t0
# CHECK-NEXT:         move x, t1
# CHECK-NEXT:         move y, t0
# CHECK-NEXT:      8  load_const m, 0
# CHECK-NEXT:         load_const n, 0
# CHECK-NEXT:      9  store_attr b, a, p
# CHECK-NEXT:         store_item b, c, a
# CHECK-NEXT:     10  unpack_sequence [t0..t1], a
# CHECK-NEXT:         move p, t1
# CHECK-NEXT:         unpack_ex [t0..t1], t0, 1
# CHECK-NEXT:         move q, t1
# CHECK-NEXT:         move r, t0
# CHECK-NEXT:     11  move t0, x
# CHECK-NEXT:         move t1, y
# CHECK-NEXT:         move t2, m
# CHECK-NEXT:         move t3, n
# CHECK-NEXT:         move t4, p
# CHECK-NEXT:         move t5, q
# CHECK-NEXT:         move t6, r
# CHECK-NEXT:         build_tuple t0, [t0..t6]
# CHECK-NEXT:         return_value t0
