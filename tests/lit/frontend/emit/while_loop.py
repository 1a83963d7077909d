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
# CHECK-NEXT:  L1:
# CHECK-NEXT:      6  load_const t0, 9
# CHECK-NEXT:         jump_unless_gt n, t0, L2
# CHECK-NEXT:      7  jump L4
# CHECK-NEXT:  L2:
# CHECK-NEXT:      8  jump_if_false n, L3
# CHECK-NEXT:      9  jump_back L1
# CHECK-NEXT:  L3:
# CHECK-NEXT:     10  load_const t0, 1
# CHECK-NEXT:         inplace_add n, n, t0
# CHECK-NEXT:         jump_back L1
# CHECK-NEXT:  L4:
# CHECK-NEXT:     11  jump_if_false n, L5
# CHECK-NEXT:     12  load_const t0, 1
# CHECK-NEXT:         inplace_sub n, n, t0
# CHECK-NEXT:         jump_back L4
# CHECK-NEXT:  L5:
# CHECK-NEXT:     14  load_const n, 2
# CHECK-NEXT:     15  return_value n
