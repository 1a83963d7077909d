# Defaults, annotations, closures, decorators.
# RUN: frontend_tool uops %s | FileCheck %s
@deco(1)
@other
def f(a, /, b=1, *args, c, d=b, **kw) -> int:
    "doc"
    def g(n: a = 2):
        return lambda: (b, n)
    return g

# CHECK-LABEL: module <module> (code 0, line 1)
# CHECK-NEXT:      3  load_name t0, deco
# CHECK-NEXT:         load_const t1, 1
# CHECK-NEXT:         call t0, [t0..t1]
# CHECK-NEXT:      4  load_name t1, other
# CHECK-NEXT:      5  load_const t2, (1,)
# CHECK-NEXT:         load_const t3, 'd'
# CHECK-NEXT:         load_name t4, b
# CHECK-NEXT:         build_map t3, [t3..t4]
# CHECK-NEXT:         load_const t4, None
# CHECK-NEXT:         load_const t5, None
# CHECK-NEXT:         load_const t6, None
# CHECK-NEXT:         load_const t7, None
# CHECK-NEXT:         make_function t4, [t4..t7], <code 1 f.__annotate__>
# CHECK-NEXT:         load_const t5, None
# CHECK-NEXT:         make_function t2, [t2..t5], <code 2 f>
# CHECK-NEXT:      4  call t1, [t1..t2]
# CHECK-NEXT:      3  call t0, [t0..t1]
# CHECK-NEXT:      5  store_name t0, f
# CHECK-NEXT:         load_const t0, None
# CHECK-NEXT:         return_value t0
# CHECK-LABEL: function f.__annotate__ (code 1, line 5)
# CHECK-NEXT:   parameters: format
# CHECK-NEXT:      5  load_const t0, 2
# CHECK-NEXT:         jump_unless_gt format, t0, L1
# CHECK-NEXT:         load_common t0, not_implemented_error
# CHECK-NEXT:         raise t0
# CHECK-NEXT:  L1:
# CHECK-NEXT:         load_const t0, 'return'
# CHECK-NEXT:         load_global t1, int
# CHECK-NEXT:         build_map t0, [t0..t1]
# CHECK-NEXT:         return_value t0
# CHECK-LABEL: function f (code 2, line 3)
# CHECK-NEXT:   parameters: a (cell), b (cell), c, d, args, kw
# CHECK-NEXT:   locals: g
# CHECK-NEXT:         make_cell a
# CHECK-NEXT:         make_cell b
# CHECK-NEXT:      7  load_const t0, (2,)
# CHECK-NEXT:         load_const t1, None
# CHECK-NEXT:         load_const t2, None
# CHECK-NEXT:         load_const t3, None
# CHECK-NEXT:         load_const t4, None
# CHECK-NEXT:         move t5, a
# CHECK-NEXT:         build_tuple t5, [t5]
# CHECK-NEXT:         make_function t2, [t2..t5], <code 3 f.<locals>.g.__annotate__>
# CHECK-NEXT:         move t3, b
# CHECK-NEXT:         build_tuple t3, [t3]
# CHECK-NEXT:         make_function g, [t0..t3], <code 4 f.<locals>.g>
# CHECK-NEXT:      9  return_value g
# CHECK-LABEL: function f.<locals>.g.__annotate__ (code 3, line 7)
# CHECK-NEXT:   parameters: format
# CHECK-NEXT:   locals: a (free)
# CHECK-NEXT:      7  load_const t0, 2
# CHECK-NEXT:         jump_unless_gt format, t0, L1
# CHECK-NEXT:         load_common t0, not_implemented_error
# CHECK-NEXT:         raise t0
# CHECK-NEXT:  L1:
# CHECK-NEXT:         load_const t0, 'n'
# CHECK-NEXT:         load_deref t1, a
# CHECK-NEXT:         build_map t0, [t0..t1]
# CHECK-NEXT:         return_value t0
# CHECK-LABEL: function f.<locals>.g (code 4, line 7)
# CHECK-NEXT:   parameters: n (cell)
# CHECK-NEXT:   locals: b (free)
# CHECK-NEXT:         make_cell n
# CHECK-NEXT:      8  load_const t0, None
# CHECK-NEXT:         load_const t1, None
# CHECK-NEXT:         load_const t2, None
# CHECK-NEXT:         move t3, b
# CHECK-NEXT:         move t4, n
# CHECK-NEXT:         build_tuple t3, [t3..t4]
# CHECK-NEXT:         make_function t0, [t0..t3], <code 5 f.<locals>.g.<locals>.<lambda>>
# CHECK-NEXT:         return_value t0
# CHECK-LABEL: function f.<locals>.g.<locals>.<lambda> (code 5, line 8)
# CHECK-NEXT:   locals: b (free), n (free)
# CHECK-NEXT:      8  load_deref t0, b
# CHECK-NEXT:         load_deref t1, n
# CHECK-NEXT:         build_tuple t0, [t0..t1]
# CHECK-NEXT:         return_value t0
