# A comparator in the middle of a chain is evaluated once.
# RUN: frontend_tool uops %s | FileCheck %s
# ONLY: f
def f(a, g):
    if 0 <= a < 10:
        return a
    if g() < g() < g():
        return 1
    return a < g() <= 3

# CHECK-LABEL: function f (code 1, line 4)
# CHECK-NEXT:   parameters: a, g
# CHECK-NEXT:      5  load_const t0, 0
# CHECK-NEXT:         jump_unless_le t0, a, L1
# CHECK-NEXT:         load_const t0, 10
# CHECK-NEXT:         jump_unless_lt a, t0, L1
# CHECK-NEXT:      6  return_value a
# CHECK-NEXT:  L1:
# CHECK-NEXT:      7  move t0, g
# CHECK-NEXT:         call t0, [t0]
# CHECK-NEXT:         move t1, g
# CHECK-NEXT:         call t1, [t1]
# CHECK-NEXT:         swap t0, t1
# CHECK-NEXT:         dup t2, t0
# CHECK-NEXT:         jump_unless_lt t1, t2, L2
# CHECK-NEXT:         move t1, g
# CHECK-NEXT:         call t1, [t1]
# CHECK-NEXT:         jump_unless_lt t0, t1, L4
# CHECK-NEXT:         jump L3
# CHECK-NEXT:  L2:
# CHECK-NEXT:         drop t0
# CHECK-NEXT:         jump L4
# CHECK-NEXT:  L3:
# CHECK-NEXT:      8  load_const t0, 1
# CHECK-NEXT:         return_value t0
# CHECK-NEXT:  L4:
# CHECK-NEXT:      9  move t0, g
# CHECK-NEXT:         call t0, [t0]
# CHECK-NEXT:         dup t1, t0
# CHECK-NEXT:         lt t1, a, t1
# CHECK-NEXT:         jump_if_false_keep t1, L5
# CHECK-NEXT:         drop t1
# CHECK-NEXT:         load_const t1, 3
# CHECK-NEXT:         le t0, t0, t1
# CHECK-NEXT:         jump L6
# CHECK-NEXT:  L5:
# CHECK-NEXT:         swap t0, t1
# CHECK-NEXT:         drop t1
# CHECK-NEXT:  L6:
# CHECK-NEXT:         return_value t0
