# except* takes its part of a group; what is left goes on.
# RUN: frontend_tool uops %s | FileCheck %s
# ONLY: f
def f(g):
    try:
        g()
    except* A as e:
        print(e)
    except* B:
        pass

# CHECK-LABEL: function f (code 1, line 4)
# CHECK-NEXT:   parameters: g
# CHECK-NEXT:   locals: e
# CHECK-NEXT:      6  move t0, g
# CHECK-NEXT:  L1:
# CHECK-NEXT:         call t0, [t0]
# CHECK-NEXT:  L2:
# CHECK-NEXT:         drop t0
# CHECK-NEXT:         jump L16
# CHECK-NEXT:  L3:
# CHECK-NEXT:         enter_handler t1, t0
# CHECK-NEXT:         build_list t2, []
# CHECK-NEXT:         dup t3, t0
# CHECK-NEXT:  L4:
# CHECK-NEXT:      7  load_global t4, A
# CHECK-NEXT:         match_exception_group [t3..t4], t3, t4
# CHECK-NEXT:  L5:
# CHECK-NEXT:         dup t5, t4
# CHECK-NEXT:         jump_if_none t5, L9
# CHECK-NEXT:         enter_handler t5, t4
# CHECK-NEXT:         dup e, t4
# CHECK-NEXT:  L6:
# CHECK-NEXT:      8  load_global t6, print
# CHECK-NEXT:         move t7, e
# CHECK-NEXT:         call t6, [t6..t7]
# CHECK-NEXT:  L7:
# CHECK-NEXT:         drop t6
# CHECK-NEXT:         clear_local e
# CHECK-NEXT:         leave_handler t5
# CHECK-NEXT:         drop t4
# CHECK-NEXT:         jump L10
# CHECK-NEXT:  L8:
# CHECK-NEXT:         clear_local e
# CHECK-NEXT:         list_append t2, t6
# CHECK-NEXT:         leave_handler t5
# CHECK-NEXT:         drop t4
# CHECK-NEXT:         jump L10
# CHECK-NEXT:  L9:
# CHECK-NEXT:         drop t4
# CHECK-NEXT:  L10:
# CHECK-NEXT:      9  load_global t4, B
# CHECK-NEXT:         match_exception_group [t3..t4], t3, t4
# CHECK-NEXT:         dup t5, t4
# CHECK-NEXT:         jump_if_none t5, L11
# CHECK-NEXT:         enter_handler t5, t4
# CHECK-NEXT:         leave_handler t5
# CHECK-NEXT:         drop t4
# CHECK-NEXT:         jump L12
# CHECK-NEXT:  L11:
# CHECK-NEXT:         drop t4
# CHECK-NEXT:  L12:
# CHECK-NEXT:         list_append t2, t3
# CHECK-NEXT:         dup t3, t0
# CHECK-NEXT:         swap t2, t3
# CHECK-NEXT:         prep_reraise_star t2, t2, t3
# CHECK-NEXT:  L13:
# CHECK-NEXT:         dup t3, t2
# CHECK-NEXT:         jump_if_not_none t3, L14
# CHECK-NEXT:         drop t2
# CHECK-NEXT:         leave_handler t1
# CHECK-NEXT:         drop t0
# CHECK-NEXT:         jump L16
# CHECK-NEXT:  L14:
# CHECK-NEXT:         swap t1, t2
# CHECK-NEXT:         leave_handler t2
# CHECK-NEXT:         reraise t1
# CHECK-NEXT:  L15:
# CHECK-NEXT:         swap t1, t2
# CHECK-NEXT:         leave_handler t2
# CHECK-NEXT:         reraise t1
# CHECK-NEXT:  L16:
# CHECK-NEXT:         load_const t0, None
# CHECK-NEXT:         return_value t0
# CHECK-NEXT:   handlers:
# CHECK-NEXT:     L1 to L2 -> L3, keeps 0
# CHECK-NEXT:     L4 to L5 -> L15, keeps 2
# CHECK-NEXT:     L6 to L7 -> L8, keeps 6
# CHECK-NEXT:     L10 to L13 -> L15, keeps 2
