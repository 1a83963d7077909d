# Interactive mode prints the values of expressions.
# RUN: frontend_tool uops --single %s | FileCheck %s
if a: a + 1

# CHECK-LABEL: module <module> (code 0, line 1)
# CHECK-NEXT:      3  load_name t0, a
# CHECK-NEXT:         jump_if_false t0, L1
# CHECK-NEXT:         load_name t0, a
# CHECK-NEXT:         load_const t1, 1
# CHECK-NEXT:         add t0, t0, t1
# CHECK-NEXT:         intrinsic1 t0, t0, print
# CHECK-NEXT:         drop t0
# CHECK-NEXT:  L1:
# CHECK-NEXT:         load_const t0, None
# CHECK-NEXT:         return_value t0
