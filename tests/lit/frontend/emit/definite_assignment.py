# Only locals that may be unbound are checked.
# RUN: frontend_tool uops %s | FileCheck %s
# ONLY: f
def f(a):
    if a:
        b = 1
    print(b, b)
    del a
    try:
        c = g()
    except E as e:
        c = e
    print(a, c, e)

# CHECK-LABEL: function f (code 1, line 4)
# CHECK-NEXT:   parameters: a
# CHECK-NEXT:   locals: b, c, e
# CHECK-NEXT:      5  jump_if_false a, L1
# CHECK-NEXT:      6  load_const b, 1
# CHECK-NEXT:  L1:
# CHECK-NEXT:      7  load_global t0, print
# CHECK-NEXT:         check_local b
# CHECK-NEXT:         move t1, b
# CHECK-NEXT:         move t2, b
# CHECK-NEXT:         call t0, [t0..t2]
# CHECK-NEXT:         drop t0
# CHECK-NEXT:      8  delete_local a
# CHECK-NEXT:  L2:
# CHECK-NEXT:     10  load_global t0, g
# CHECK-NEXT:         call c, [t0]
# CHECK-NEXT:  L3:
# CHECK-NEXT:         jump L9
# CHECK-NEXT:  L4:
# CHECK-NEXT:         enter_handler t1, t0
# CHECK-NEXT:  L5:
# CHECK-NEXT:     11  load_global t2, E
# CHECK-NEXT:         match_exception t2, t0, t2
# CHECK-NEXT:         jump_if_false t2, L7
# CHECK-NEXT:  L6:
# CHECK-NEXT:         dup e, t0
# CHECK-NEXT:     12  move c, e
# CHECK-NEXT:         clear_local e
# CHECK-NEXT:         leave_handler t1
# CHECK-NEXT:         drop t0
# CHECK-NEXT:         jump L9
# CHECK-NEXT:  L7:
# CHECK-NEXT:         leave_handler t1
# CHECK-NEXT:         reraise t0
# CHECK-NEXT:  L8:
# CHECK-NEXT:         swap t1, t2
# CHECK-NEXT:         leave_handler t2
# CHECK-NEXT:         reraise t1
# CHECK-NEXT:  L9:
# CHECK-NEXT:     13  load_global t0, print
# CHECK-NEXT:         check_local a
# CHECK-NEXT:         move t1, a
# CHECK-NEXT:         move t2, c
# CHECK-NEXT:         check_local e
# CHECK-NEXT:         move t3, e
# CHECK-NEXT:         call t0, [t0..t3]
# CHECK-NEXT:         drop t0
# CHECK-NEXT:         load_const t0, None
# CHECK-NEXT:         return_value t0
# CHECK-NEXT:   handlers:
# CHECK-NEXT:     L2 to L3 -> L4, keeps 0
# CHECK-NEXT:     L5 to L6 -> L8, keeps 2
