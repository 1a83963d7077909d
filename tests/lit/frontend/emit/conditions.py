# Conditions are jumps; comparisons are fused with them.
# RUN: frontend_tool uops %s | FileCheck %s
# ONLY: f
def f(a, b, c):
    if not (a < b and b is not None or a in c):
        return 1
    while a != b:
        a = a if c else b
    if __debug__ and 1:
        return a or b and c
    return not a is b

# CHECK-LABEL: function f (code 1, line 4)
# CHECK-NEXT:   parameters: a, b, c
# CHECK-NEXT:      5  jump_unless_lt a, b, L1
# CHECK-NEXT:         jump_if_not_none b, L2
# CHECK-NEXT:  L1:
# CHECK-NEXT:         contains t0, a, c
# CHECK-NEXT:         jump_if_true t0, L2
# CHECK-NEXT:      6  load_const t0, 1
# CHECK-NEXT:         return_value t0
# CHECK-NEXT:  L2:
# CHECK-NEXT:      7  jump_unless_ne a, b, L4
# CHECK-NEXT:      8  jump_if_false c, L3
# CHECK-NEXT:         jump_back L2
# CHECK-NEXT:  L3:
# CHECK-NEXT:         move a, b
# CHECK-NEXT:         jump_back L2
# CHECK-NEXT:  L4:
# CHECK-NEXT:     10  move t0, a
# CHECK-NEXT:         jump_if_true_keep t0, L5
# CHECK-NEXT:         drop t0
# CHECK-NEXT:         move t0, b
# CHECK-NEXT:         jump_if_false_keep t0, L5
# CHECK-NEXT:         drop t0
# CHECK-NEXT:         move t0, c
# CHECK-NEXT:  L5:
# CHECK-NEXT:         return_value t0
