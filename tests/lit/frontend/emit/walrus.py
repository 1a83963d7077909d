# A walrus rebinds a local while an operand still needs the old value.
# RUN: frontend_tool uops %s | FileCheck %s
# ONLY: f
def f(x, g):
    a = x + (x := 5)
    b = g(x, (x := 2))
    if (y := g()) and y > x:
        return y
    return [z := w for w in a], b, z

# CHECK-LABEL: function f (code 1, line 4)
# CHECK-NEXT:   parameters: x, g
# CHECK-NEXT:   locals: a, b, y, w, z
# CHECK-NEXT:      5  move t0, x
# CHECK-NEXT:         load_const x, 5
# CHECK-NEXT:         add a, t0, x
# CHECK-NEXT:      6  move t0, g
# CHECK-NEXT:         move t1, x
# CHECK-NEXT:         load_const x, 2
# CHECK-NEXT:         move t2, x
# CHECK-NEXT:         call b, [t0..t2]
# CHECK-NEXT:      7  move t0, g
# CHECK-NEXT:         call y, [t0]
# CHECK-NEXT:         jump_if_false y, L1
# CHECK-NEXT:         jump_unless_gt y, x, L1
# CHECK-NEXT:      8  return_value y
# CHECK-NEXT:  L1:
# CHECK-NEXT:      9  build_list t0, []
# CHECK-NEXT:         get_iter t1, a
# CHECK-NEXT:  L2:
# CHECK-NEXT:         for_iter w, t1, L3
# CHECK-NEXT:         move z, w
# CHECK-NEXT:         list_append t0, z
# CHECK-NEXT:         jump_back L2
# CHECK-NEXT:  L3:
# CHECK-NEXT:         drop t1
# CHECK-NEXT:         clear_local w
# CHECK-NEXT:         jump L5
# CHECK-NEXT:  L4:
# CHECK-NEXT:         clear_local w
# CHECK-NEXT:         reraise t0
# CHECK-NEXT:  L5:
# CHECK-NEXT:         move t1, b
# CHECK-NEXT:         check_local z
# CHECK-NEXT:         move t2, z
# CHECK-NEXT:         build_tuple t0, [t0..t2]
# CHECK-NEXT:         return_value t0
# CHECK-NEXT:   handlers:
# CHECK-NEXT:     L2 to L3 -> L4, keeps 0
