# Handlers keep the exception and the one handled before.
# RUN: frontend_tool uops %s | FileCheck %s
# ONLY: f
def f(g):
    try:
        g()
    except (A, B) as e:
        print(e)
    except C:
        raise
    else:
        return 1

# CHECK-LABEL: function f (code 1, line 4)
# CHECK-NEXT:   parameters: g
# CHECK-NEXT:   locals: e
# CHECK-NEXT:      6  move t0, g
# CHECK-NEXT:  L1:
# CHECK-NEXT:         call t0, [t0]
# CHECK-NEXT:  L2:
# CHECK-NEXT:         drop t0
# CHECK-NEXT:     12  load_const t0, 1
# CHECK-NEXT:         return_value t0
# CHECK-NEXT:  L3:
# CHECK-NEXT:         enter_handler t1, t0
# CHECK-NEXT:  L4:
# CHECK-NEXT:      7  load_global t2, A
# CHECK-NEXT:         load_global t3, B
# CHECK-NEXT:         build_tuple t2, [t2..t3]
# CHECK-NEXT:         match_exception t2, t0, t2
# CHECK-NEXT:         jump_if_false t2, L10
# CHECK-NEXT:  L5:
# CHECK-NEXT:         dup e, t0
# CHECK-NEXT:  L6:
# CHECK-NEXT:      8  load_global t2, print
# CHECK-NEXT:         move t3, e
# CHECK-NEXT:         call t2, [t2..t3]
# CHECK-NEXT:  L7:
# CHECK-NEXT:         drop t2
# CHECK-NEXT:         clear_local e
# CHECK-NEXT:         leave_handler t1
# CHECK-NEXT:         drop t0
# CHECK-NEXT:         jump L13
# CHECK-NEXT:  L8:
# CHECK-NEXT:         clear_local e
# CHECK-NEXT:  L9:
# CHECK-NEXT:         reraise t2
# CHECK-NEXT:  L10:
# CHECK-NEXT:      9  load_global t2, C
# CHECK-NEXT:         match_exception t2, t0, t2
# CHECK-NEXT:         jump_if_false t2, L11
# CHECK-NEXT:     10  raise_again
# CHECK-NEXT:  L11:
# CHECK-NEXT:         leave_handler t1
# CHECK-NEXT:         reraise t0
# CHECK-NEXT:  L12:
# CHECK-NEXT:         swap t1, t2
# CHECK-NEXT:         leave_handler t2
# CHECK-NEXT:         reraise t1
# CHECK-NEXT:  L13:
# CHECK-NEXT:         load_const t0, None
# CHECK-NEXT:         return_value t0
# CHECK-NEXT:   handlers:
# CHECK-NEXT:     L1 to L2 -> L3, keeps 0
# CHECK-NEXT:     L4 to L5 -> L12, keeps 2
# CHECK-NEXT:     L6 to L7 -> L8, keeps 2
# CHECK-NEXT:     L9 to L11 -> L12, keeps 2
