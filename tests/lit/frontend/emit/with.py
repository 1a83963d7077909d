# The pair of __exit__ stays on the stack; a local manager needs no copy.
# RUN: frontend_tool uops %s | FileCheck %s
# ONLY: f
def f(a):
    with a, a.b() as c:
        return c.d

# CHECK-LABEL: function f (code 1, line 4)
# CHECK-NEXT:   parameters: a
# CHECK-NEXT:   locals: c
# CHECK-NEXT:      5  load_special [t0..t1], a, exit
# CHECK-NEXT:         load_special [t2..t3], a, enter
# CHECK-NEXT:         call_method t2, [t2..t3]
# CHECK-NEXT:         drop t2
# CHECK-NEXT:  L1:
# CHECK-NEXT:         load_method [t2..t3], a, b
# CHECK-NEXT:         call_method t2, [t2..t3]
# CHECK-NEXT:         dup t3, t2
# CHECK-NEXT:         load_special [t3..t4], t3, exit
# CHECK-NEXT:         dup t5, t2
# CHECK-NEXT:         load_special [t5..t6], t5, enter
# CHECK-NEXT:         call_method t5, [t5..t6]
# CHECK-NEXT:  L2:
# CHECK-NEXT:         move c, t5
# CHECK-NEXT:  L3:
# CHECK-NEXT:      6  load_attr t5, c, d
# CHECK-NEXT:  L4:
# CHECK-NEXT:      5  swap t2, t5
# CHECK-NEXT:         drop t5
# CHECK-NEXT:         load_const t5, None
# CHECK-NEXT:         load_const t6, None
# CHECK-NEXT:         load_const t7, None
# CHECK-NEXT:  L5:
# CHECK-NEXT:         call_method t3, [t3..t7]
# CHECK-NEXT:  L6:
# CHECK-NEXT:         drop t3
# CHECK-NEXT:         swap t0, t2
# CHECK-NEXT:         swap t1, t2
# CHECK-NEXT:         load_const t3, None
# CHECK-NEXT:         load_const t4, None
# CHECK-NEXT:         load_const t5, None
# CHECK-NEXT:         call_method t1, [t1..t5]
# CHECK-NEXT:         drop t1
# CHECK-NEXT:      6  return_value t0
# CHECK-NEXT:  L7:
# CHECK-NEXT:         enter_handler t6, t5
# CHECK-NEXT:  L8:
# CHECK-NEXT:      5  with_except_start t7, [t3..t4], t5
# CHECK-NEXT:         jump_if_true t7, L11
# CHECK-NEXT:  L9:
# CHECK-NEXT:         leave_handler t6
# CHECK-NEXT:  L10:
# CHECK-NEXT:         reraise t5
# CHECK-NEXT:  L11:
# CHECK-NEXT:         leave_handler t6
# CHECK-NEXT:         drop t5
# CHECK-NEXT:         drop t4
# CHECK-NEXT:         drop t3
# CHECK-NEXT:         drop t2
# CHECK-NEXT:         jump L13
# CHECK-NEXT:  L12:
# CHECK-NEXT:         swap t6, t7
# CHECK-NEXT:         leave_handler t7
# CHECK-NEXT:         reraise t6
# CHECK-NEXT:  L13:
# CHECK-NEXT:         load_const t2, None
# CHECK-NEXT:         load_const t3, None
# CHECK-NEXT:         load_const t4, None
# CHECK-NEXT:         call_method t0, [t0..t4]
# CHECK-NEXT:         drop t0
# CHECK-NEXT:         jump L19
# CHECK-NEXT:  L14:
# CHECK-NEXT:         enter_handler t3, t2
# CHECK-NEXT:  L15:
# CHECK-NEXT:         with_except_start t4, [t0..t1], t2
# CHECK-NEXT:         jump_if_true t4, L17
# CHECK-NEXT:  L16:
# CHECK-NEXT:         leave_handler t3
# CHECK-NEXT:         reraise t2
# CHECK-NEXT:  L17:
# CHECK-NEXT:         leave_handler t3
# CHECK-NEXT:         drop t2
# CHECK-NEXT:         drop t1
# CHECK-NEXT:         drop t0
# CHECK-NEXT:         jump L19
# CHECK-NEXT:  L18:
# CHECK-NEXT:         swap t3, t4
# CHECK-NEXT:         leave_handler t4
# CHECK-NEXT:         reraise t3
# CHECK-NEXT:  L19:
# CHECK-NEXT:         load_const t0, None
# CHECK-NEXT:         return_value t0
# CHECK-NEXT:   handlers:
# CHECK-NEXT:     L1 to L2 -> L14, keeps 2
# CHECK-NEXT:     L3 to L4 -> L7, keeps 5
# CHECK-NEXT:     L5 to L6 -> L14, keeps 2
# CHECK-NEXT:     L8 to L9 -> L12, keeps 7
# CHECK-NEXT:     L10 to L13 -> L14, keeps 2
# CHECK-NEXT:     L15 to L16 -> L18, keeps 4
