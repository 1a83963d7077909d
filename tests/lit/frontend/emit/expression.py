# Eval mode returns the value.
# RUN: frontend_tool uops --eval %s | FileCheck %s
a + b

# CHECK-LABEL: module <module> (code 0, line 1)
# CHECK-NEXT:      3  load_name t0, a
# CHECK-NEXT:         load_name t1, b
# CHECK-NEXT:         add t0, t0, t1
# CHECK-NEXT:         return_value t0
