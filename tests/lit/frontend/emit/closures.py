# Captured variables live in cells.
# RUN: frontend_tool uops %s | FileCheck %s
def f(a):
    n = 0
    def inc(by):
        nonlocal n
        n += by + a
        return n
    del n
    return inc

# CHECK-LABEL: module <module> (code 0, line 1)
# CHECK-NEXT:      3  load_const t0, None
# CHECK-NEXT:         load_const t1, None
# CHECK-NEXT:         load_const t2, None
# CHECK-NEXT:         load_const t3, None
# CHECK-NEXT:         make_function t0, [t0..t3], <code 1 f>
# CHECK-NEXT:         store_name t0, f
# CHECK-NEXT:         load_const t0, None
# CHECK-NEXT:         return_value t0
# CHECK-LABEL: function f (code 1, line 3)
# CHECK-NEXT:   parameters: a (cell)
# CHECK-NEXT:   locals: inc, n (cell)
# CHECK-NEXT:         make_cell a
# CHECK-NEXT:         make_cell n
# CHECK-NEXT:      4  load_const t0, 0
# CHECK-NEXT:         store_deref n, t0
# CHECK-NEXT:      5  load_const t0, None
# CHECK-NEXT:         load_const t1, None
# CHECK-NEXT:         load_const t2, None
# CHECK-NEXT:         move t3, a
# CHECK-NEXT:         move t4, n
# CHECK-NEXT:         build_tuple t3, [t3..t4]
# CHECK-NEXT:         make_function inc, [t0..t3], <code 2 f.<locals>.inc>
# CHECK-NEXT:      9  delete_deref n
# CHECK-NEXT:     10  return_value inc
# CHECK-LABEL: function f.<locals>.inc (code 2, line 5)
# CHECK-NEXT:   parameters: by
# CHECK-NEXT:   locals: a (free), n (free)
# CHECK-NEXT:      7  load_deref t0, n
# CHECK-NEXT:         load_deref t1, a
# CHECK-NEXT:         add t1, by, t1
# CHECK-NEXT:         inplace_add t0, t0, t1
# CHECK-NEXT:         store_deref n, t0
# CHECK-NEXT:      8  load_deref t0, n
# CHECK-NEXT:         return_value t0
