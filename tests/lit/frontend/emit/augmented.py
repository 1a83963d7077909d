# Augmented assignment to every kind of target.
# RUN: frontend_tool uops %s | FileCheck %s
# ONLY: f
def f(a, b, i):
    global g
    a += b
    a.x -= b
    a[i] **= b
    a.x.y[i + 1] //= b
    g @= a

# CHECK-LABEL: function f (code 1, line 4)
# CHECK-NEXT:   parameters: a, b, i
# CHECK-NEXT:      6  inplace_add a, a, b
# CHECK-NEXT:      7  load_attr t0, a, x
# CHECK-NEXT:         inplace_sub t0, t0, b
# CHECK-NEXT:         store_attr a, t0, x
# CHECK-NEXT:      8  load_item t0, a, i
# CHECK-NEXT:         inplace_pow t0, t0, b
# CHECK-NEXT:         store_item a, i, t0
# CHECK-NEXT:      9  load_attr t0, a, x
# CHECK-NEXT:         load_attr t0, t0, y
# CHECK-NEXT:         load_const t1, 1
# CHECK-NEXT:         add t1, i, t1
# CHECK-NEXT:         dup t2, t0
# CHECK-NEXT:         dup t3, t1
# CHECK-NEXT:         load_item t2, t2, t3
# CHECK-NEXT:         inplace_floordiv t2, t2, b
# CHECK-NEXT:         store_item t0, t1, t2
# CHECK-NEXT:     10  load_global t0, g
# CHECK-NEXT:         inplace_matmul t0, t0, a
# CHECK-NEXT:         store_global t0, g
# CHECK-NEXT:         load_const t0, None
# CHECK-NEXT:         return_value t0
