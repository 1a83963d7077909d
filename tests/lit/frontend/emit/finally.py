# A final body is there for each way out.
# RUN: frontend_tool uops %s | FileCheck %s
# ONLY: f
def f(g):
    for x in g:
        try:
            if x:
                continue
            return g(x)
        finally:
            g.close()

# CHECK-LABEL: function f (code 1, line 4)
# CHECK-NEXT:   parameters: g
# CHECK-NEXT:   locals: x
# CHECK-NEXT:      5  get_iter t0, g
# CHECK-NEXT:  L1:
# CHECK-NEXT:         for_iter x, t0, L11
# CHECK-NEXT:  L2:
# CHECK-NEXT:      7  jump_if_false x, L4
# CHECK-NEXT:  L3:
# CHECK-NEXT:     11  load_method [t1..t2], g, close
# CHECK-NEXT:         call_method t1, [t1..t2]
# CHECK-NEXT:         drop t1
# CHECK-NEXT:      8  jump_back L1
# CHECK-NEXT:  L4:
# CHECK-NEXT:      9  move t1, g
# CHECK-NEXT:         move t2, x
# CHECK-NEXT:  L5:
# CHECK-NEXT:         call t1, [t1..t2]
# CHECK-NEXT:  L6:
# CHECK-NEXT:     11  load_method [t2..t3], g, close
# CHECK-NEXT:         call_method t2, [t2..t3]
# CHECK-NEXT:         drop t2
# CHECK-NEXT:         swap t0, t1
# CHECK-NEXT:         drop t1
# CHECK-NEXT:      9  return_value t0
# CHECK-NEXT:  L7:
# CHECK-NEXT:         enter_handler t2, t1
# CHECK-NEXT:  L8:
# CHECK-NEXT:     11  load_method [t3..t4], g, close
# CHECK-NEXT:         call_method t3, [t3..t4]
# CHECK-NEXT:  L9:
# CHECK-NEXT:         drop t3
# CHECK-NEXT:         leave_handler t2
# CHECK-NEXT:         reraise t1
# CHECK-NEXT:  L10:
# CHECK-NEXT:         swap t2, t3
# CHECK-NEXT:         leave_handler t3
# CHECK-NEXT:         reraise t2
# CHECK-NEXT:  L11:
# CHECK-NEXT:         drop t0
# CHECK-NEXT:         load_const t0, None
# CHECK-NEXT:         return_value t0
# CHECK-NEXT:   handlers:
# CHECK-NEXT:     L2 to L3 -> L7, keeps 1
# CHECK-NEXT:     L5 to L6 -> L7, keeps 1
# CHECK-NEXT:     L8 to L9 -> L10, keeps 3
