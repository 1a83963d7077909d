# Lambdas and nested functions that capture a comprehension variable.
# RUN: frontend_tool uops %s | FileCheck %s
x = [[lambda: (i, j) for j in range(i)] for i in range(3)]

# CHECK-LABEL: module <module> (code 0, line 1)
# CHECK-NEXT:   locals: i (cell) (hidden), j (cell) (hidden)
# CHECK-NEXT:      3  build_list t0, []
# CHECK-NEXT:         load_name t1, range
# CHECK-NEXT:         load_const t2, 3
# CHECK-NEXT:         call t1, [t1..t2]
# CHECK-NEXT:         get_iter t1, t1
# CHECK-NEXT:         make_cell i
# CHECK-NEXT:  L1:
# CHECK-NEXT:         for_iter t2, t1, L8
# CHECK-NEXT:         store_deref i, t2
# CHECK-NEXT:         build_list t2, []
# CHECK-NEXT:         load_name t3, range
# CHECK-NEXT:         load_deref t4, i
# CHECK-NEXT:         call t3, [t3..t4]
# CHECK-NEXT:         get_iter t3, t3
# CHECK-NEXT:  L2:
# CHECK-NEXT:         make_cell j
# CHECK-NEXT:  L3:
# CHECK-NEXT:         for_iter t4, t3, L4
# CHECK-NEXT:         store_deref j, t4
# CHECK-NEXT:         load_const t4, None
# CHECK-NEXT:         load_const t5, None
# CHECK-NEXT:         load_const t6, None
# CHECK-NEXT:         move t7, i
# CHECK-NEXT:         move t8, j
# CHECK-NEXT:         build_tuple t7, [t7..t8]
# CHECK-NEXT:         make_function t4, [t4..t7], <code 1 <lambda>>
# CHECK-NEXT:         list_append t2, t4
# CHECK-NEXT:         jump_back L3
# CHECK-NEXT:  L4:
# CHECK-NEXT:         drop t3
# CHECK-NEXT:         clear_local j
# CHECK-NEXT:         jump L7
# CHECK-NEXT:  L5:
# CHECK-NEXT:         clear_local j
# CHECK-NEXT:  L6:
# CHECK-NEXT:         reraise t2
# CHECK-NEXT:  L7:
# CHECK-NEXT:         list_append t0, t2
# CHECK-NEXT:         jump_back L1
# CHECK-NEXT:  L8:
# CHECK-NEXT:         drop t1
# CHECK-NEXT:         clear_local i
# CHECK-NEXT:         jump L10
# CHECK-NEXT:  L9:
# CHECK-NEXT:         clear_local i
# CHECK-NEXT:         reraise t0
# CHECK-NEXT:  L10:
# CHECK-NEXT:         store_name t0, x
# CHECK-NEXT:         load_const t0, None
# CHECK-NEXT:         return_value t0
# CHECK-NEXT:   handlers:
# CHECK-NEXT:     L1 to L2 -> L9, keeps 0
# CHECK-NEXT:     L3 to L4 -> L5, keeps 2
# CHECK-NEXT:     L6 to L8 -> L9, keeps 0
# CHECK-LABEL: function <lambda> (code 1, line 3)
# CHECK-NEXT:   locals: i (free), j (free)
# CHECK-NEXT:      3  load_deref t0, i
# CHECK-NEXT:         load_deref t1, j
# CHECK-NEXT:         build_tuple t0, [t0..t1]
# CHECK-NEXT:         return_value t0
