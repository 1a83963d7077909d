# The iterator stays on the stack until it is exhausted or left.
# RUN: frontend_tool uops %s | FileCheck %s
# ONLY: f
def f(xs):
    for x in xs:
        for a, b in [1, 2]:
            if a:
                break
        else:
            continue
        return x
    else:
        print(x)

# CHECK-LABEL: function f (code 1, line 4)
# CHECK-NEXT:   parameters: xs
# CHECK-NEXT:   locals: x, a, b, .const (hidden)
# CHECK-NEXT:      5  get_iter t0, xs
# CHECK-NEXT:         load_const .const, (1, 2)
# CHECK-NEXT:  L1:
# CHECK-NEXT:         for_iter x, t0, L6
# CHECK-NEXT:      6  get_iter t1, .const
# CHECK-NEXT:  L2:
# CHECK-NEXT:         for_iter t2, t1, L4
# CHECK-NEXT:         unpack_sequence [t2..t3], t2
# CHECK-NEXT:         move a, t3
# CHECK-NEXT:         move b, t2
# CHECK-NEXT:      7  jump_if_false a, L3
# CHECK-NEXT:      8  drop t1
# CHECK-NEXT:         jump L5
# CHECK-NEXT:  L3:
# CHECK-NEXT:         jump_back L2
# CHECK-NEXT:  L4:
# CHECK-NEXT:         drop t1
# CHECK-NEXT:     10  jump_back L1
# CHECK-NEXT:  L5:
# CHECK-NEXT:     11  move t1, x
# CHECK-NEXT:         swap t0, t1
# CHECK-NEXT:         drop t1
# CHECK-NEXT:         return_value t0
# CHECK-NEXT:  L6:
# CHECK-NEXT:         drop t0
# CHECK-NEXT:     13  load_global t0, print
# CHECK-NEXT:         check_local x
# CHECK-NEXT:         move t1, x
# CHECK-NEXT:         call t0, [t0..t1]
# CHECK-NEXT:         drop t0
# CHECK-NEXT:         load_const t0, None
# CHECK-NEXT:         return_value t0
