# Loops: every way back is a jump_back.
# RUN: frontend_tool uops %s | FileCheck %s
# ONLY: f
def f(n):
    while True:
        if n > 9:
            break
        if n:
            continue
        n += 1
    while n:
        n -= 1
    else:
        n = 2
    return n

# CHECK-LABEL: function f (code 1, line 4)
# CHECK-NEXT:   parameters: n
# CHECK-NEXT:   locals: .const#1 (hidden), .const#2 (hidden)
# CHECK-NEXT:         load_const .const#1, 1
# CHECK-NEXT:         load_const .const#2, 9
# CHECK-NEXT:  L1:
# CHECK-NEXT:      6  jump_unless_gt n, .const#2, L2
# CHECK-NEXT:      7  jump L4
# CHECK-NEXT:  L2:
# CHECK-NEXT:      8  jump_if_false n, L3
# CHECK-NEXT:      9  jump_back L1
# CHECK-NEXT:  L3:
# CHECK-NEXT:     10  inplace_add n, n, .const#1
# CHECK-NEXT:         jump_back L1
# CHECK-NEXT:  L4:
# CHECK-NEXT:         load_const .const#1, 1
# CHECK-NEXT:  L5:
# CHECK-NEXT:     11  jump_if_false n, L6
# CHECK-NEXT:     12  inplace_sub n, n, .const#1
# CHECK-NEXT:         jump_back L5
# CHECK-NEXT:  L6:
# CHECK-NEXT:     14  load_const n, 2
# CHECK-NEXT:     15  return_value n
