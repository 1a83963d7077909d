# A generator expression is a function of its outermost iterator.
# RUN: frontend_tool uops %s | FileCheck %s
def f(xs, n):
    return sum(x * n for x in xs if x), (*x for x in xs)

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
# CHECK-NEXT:   parameters: xs, n (cell)
# CHECK-NEXT:         make_cell n
# CHECK-NEXT:      4  load_global t0, sum
# CHECK-NEXT:         load_const t1, None
# CHECK-NEXT:         load_const t2, None
# CHECK-NEXT:         load_const t3, None
# CHECK-NEXT:         move t4, n
# CHECK-NEXT:         build_tuple t4, [t4]
# CHECK-NEXT:         make_function t1, [t1..t4], <code 2 f.<locals>.<genexpr>>
# CHECK-NEXT:         get_iter t2, xs
# CHECK-NEXT:         call t1, [t1..t2]
# CHECK-NEXT:         call t0, [t0..t1]
# CHECK-NEXT:         load_const t1, None
# CHECK-NEXT:         load_const t2, None
# CHECK-NEXT:         load_const t3, None
# CHECK-NEXT:         load_const t4, None
# CHECK-NEXT:         make_function t1, [t1..t4], <code 3 f.<locals>.<genexpr>>
# CHECK-NEXT:         get_iter t2, xs
# CHECK-NEXT:         call t1, [t1..t2]
# CHECK-NEXT:         build_tuple t0, [t0..t1]
# CHECK-NEXT:         return_value t0
# CHECK-LABEL: function generator f.<locals>.<genexpr> (code 2, line 4)
# CHECK-NEXT:   parameters: .0
# CHECK-NEXT:   locals: x, n (free)
# CHECK-NEXT:      4  move t0, .0
# CHECK-NEXT:  L1:
# CHECK-NEXT:         for_iter x, t0, L3
# CHECK-NEXT:         jump_if_false x, L2
# CHECK-NEXT:         load_deref t1, n
# CHECK-NEXT:         mul t1, x, t1
# CHECK-NEXT:         yield_value t1, t1
# CHECK-NEXT:         drop t1
# CHECK-NEXT:  L2:
# CHECK-NEXT:         jump_back L1
# CHECK-NEXT:  L3:
# CHECK-NEXT:         drop t0
# CHECK-NEXT:         load_const t0, None
# CHECK-NEXT:         return_value t0
# CHECK-NEXT:  L4:
# CHECK-NEXT:         intrinsic1 t0, t0, stopiteration_error
# CHECK-NEXT:         reraise t0
# CHECK-NEXT:   handlers:
# CHECK-NEXT:     L1 to L3 -> L4, keeps 0
# CHECK-LABEL: function generator f.<locals>.<genexpr> (code 3, line 4)
# CHECK-NEXT:   parameters: .0
# CHECK-NEXT:   locals: x
# CHECK-NEXT:      4  move t0, .0
# CHECK-NEXT:  L1:
# CHECK-NEXT:         for_iter x, t0, L4
# CHECK-NEXT:         get_iter t1, x
# CHECK-NEXT:  L2:
# CHECK-NEXT:         for_iter t2, t1, L3
# CHECK-NEXT:         yield_value t2, t2
# CHECK-NEXT:         drop t2
# CHECK-NEXT:         jump_back L2
# CHECK-NEXT:  L3:
# CHECK-NEXT:         drop t1
# CHECK-NEXT:         jump_back L1
# CHECK-NEXT:  L4:
# CHECK-NEXT:         drop t0
# CHECK-NEXT:         load_const t0, None
# CHECK-NEXT:         return_value t0
# CHECK-NEXT:  L5:
# CHECK-NEXT:         intrinsic1 t0, t0, stopiteration_error
# CHECK-NEXT:         reraise t0
# CHECK-NEXT:   handlers:
# CHECK-NEXT:     L1 to L4 -> L5, keeps 0
