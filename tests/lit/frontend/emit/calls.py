# Callee and arguments are a window of temporaries.
# RUN: frontend_tool uops %s | FileCheck %s
# ONLY: f
def f(g, x):
    g()
    g(x, 1, k=x)
    x.m(g(x))
    x.m(1, k=2).n
    return g(*x, 1, *g, k=3, **x)

# CHECK-LABEL: function f (code 1, line 4)
# CHECK-NEXT:   parameters: g, x
# CHECK-NEXT:      5  move t0, g
# CHECK-NEXT:         call t0, [t0]
# CHECK-NEXT:         drop t0
# CHECK-NEXT:      6  move t0, g
# CHECK-NEXT:         move t1, x
# CHECK-NEXT:         load_const t2, 1
# CHECK-NEXT:         move t3, x
# CHECK-NEXT:         call_kw t0, [t0..t3], ('k',)
# CHECK-NEXT:         drop t0
# CHECK-NEXT:      7  load_method [t0..t1], x, m
# CHECK-NEXT:         move t2, g
# CHECK-NEXT:         move t3, x
# CHECK-NEXT:         call t2, [t2..t3]
# CHECK-NEXT:         call_method t0, [t0..t2]
# CHECK-NEXT:         drop t0
# CHECK-NEXT:      8  load_method [t0..t1], x, m
# CHECK-NEXT:         load_const t2, 1
# CHECK-NEXT:         load_const t3, 2
# CHECK-NEXT:         call_method_kw t0, [t0..t3], ('k',)
# CHECK-NEXT:         load_attr t0, t0, n
# CHECK-NEXT:         drop t0
# CHECK-NEXT:      9  move t0, g
# CHECK-NEXT:         build_list t1, []
# CHECK-NEXT:         list_extend t1, x
# CHECK-NEXT:         load_const t2, 1
# CHECK-NEXT:         list_append t1, t2
# CHECK-NEXT:         list_extend t1, g
# CHECK-NEXT:         list_to_tuple t1, t1
# CHECK-NEXT:         load_const t2, 'k'
# CHECK-NEXT:         load_const t3, 3
# CHECK-NEXT:         build_map t2, [t2..t3]
# CHECK-NEXT:         dict_merge t2, x, t0
# CHECK-NEXT:         call_ex t0, [t0..t2]
# CHECK-NEXT:         return_value t0
