# Displays, with and without unpacking.
# RUN: frontend_tool uops %s | FileCheck %s
# ONLY: f
def f(a, b):
    x = (a, 1), [a, *b], {a, *b}, {a: b, **a, 1: 2}
    y = [1, 2, 3], {1, 2, 3}, (1, 2), [], {}, [1]
    return a in {1, 2}, a in [1, b], x, y

# CHECK-LABEL: function f (code 1, line 4)
# CHECK-NEXT:   parameters: a, b
# CHECK-NEXT:   locals: x, y
# CHECK-NEXT:      5  move t0, a
# CHECK-NEXT:         load_const t1, 1
# CHECK-NEXT:         build_tuple t0, [t0..t1]
# CHECK-NEXT:         move t1, a
# CHECK-NEXT:         build_list t1, [t1]
# CHECK-NEXT:         list_extend t1, b
# CHECK-NEXT:         move t2, a
# CHECK-NEXT:         build_set t2, [t2]
# CHECK-NEXT:         set_update t2, b
# CHECK-NEXT:         move t3, a
# CHECK-NEXT:         move t4, b
# CHECK-NEXT:         build_map t3, [t3..t4]
# CHECK-NEXT:         dict_update t3, a
# CHECK-NEXT:         load_const t4, 1
# CHECK-NEXT:         load_const t5, 2
# CHECK-NEXT:         map_add t3, t4, t5
# CHECK-NEXT:         build_tuple x, [t0..t3]
# CHECK-NEXT:      6  build_list t0, []
# CHECK-NEXT:         load_const t1, (1, 2, 3)
# CHECK-NEXT:         list_extend t0, t1
# CHECK-NEXT:         build_set t1, []
# CHECK-NEXT:         load_const t2, frozenset({1, 2, 3})
# CHECK-NEXT:         set_update t1, t2
# CHECK-NEXT:         load_const t2, (1, 2)
# CHECK-NEXT:         build_list t3, []
# CHECK-NEXT:         build_map t4, []
# CHECK-NEXT:         load_const t5, 1
# CHECK-NEXT:         build_list t5, [t5]
# CHECK-NEXT:         build_tuple y, [t0..t5]
# CHECK-NEXT:      7  load_const t0, frozenset({1, 2})
# CHECK-NEXT:         contains t0, a, t0
# CHECK-NEXT:         load_const t1, 1
# CHECK-NEXT:         move t2, b
# CHECK-NEXT:         build_tuple t1, [t1..t2]
# CHECK-NEXT:         contains t1, a, t1
# CHECK-NEXT:         move t2, x
# CHECK-NEXT:         move t3, y
# CHECK-NEXT:         build_tuple t0, [t0..t3]
# CHECK-NEXT:         return_value t0
