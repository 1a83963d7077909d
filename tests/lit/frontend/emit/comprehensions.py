# Comprehensions run inline, on locals of their own.
# RUN: frontend_tool uops %s | FileCheck %s
# ONLY: f
def f(xs):
    a = [x + y for x in xs if x for y in x]
    b = {k: v for k, v in xs}
    c = {*x for x in xs}
    d = [y for x in xs for y in [x + 1]]
    return [lambda: x for x in a], b, c, d

# CHECK-LABEL: function f (code 1, line 4)
# CHECK-NEXT:   parameters: xs
# CHECK-NEXT:   locals: a, x#2, y, b, k, v, c, d, .const (hidden), x#10 (cell) (hidden)
# CHECK-NEXT:      5  build_list t0, []
# CHECK-NEXT:         get_iter t1, xs
# CHECK-NEXT:  L1:
# CHECK-NEXT:         for_iter x#2, t1, L5
# CHECK-NEXT:         jump_if_false x#2, L4
# CHECK-NEXT:         get_iter t2, x#2
# CHECK-NEXT:  L2:
# CHECK-NEXT:         for_iter y, t2, L3
# CHECK-NEXT:         add t3, x#2, y
# CHECK-NEXT:         list_append t0, t3
# CHECK-NEXT:         jump_back L2
# CHECK-NEXT:  L3:
# CHECK-NEXT:         drop t2
# CHECK-NEXT:  L4:
# CHECK-NEXT:         jump_back L1
# CHECK-NEXT:  L5:
# CHECK-NEXT:         drop t1
# CHECK-NEXT:         clear_local x#2
# CHECK-NEXT:         clear_local y
# CHECK-NEXT:         jump L7
# CHECK-NEXT:  L6:
# CHECK-NEXT:         clear_local x#2
# CHECK-NEXT:         clear_local y
# CHECK-NEXT:         reraise t0
# CHECK-NEXT:  L7:
# CHECK-NEXT:         move a, t0
# CHECK-NEXT:      6  build_map t0, []
# CHECK-NEXT:         get_iter t1, xs
# CHECK-NEXT:  L8:
# CHECK-NEXT:         for_iter t2, t1, L9
# CHECK-NEXT:         unpack_sequence [t2..t3], t2
# CHECK-NEXT:         move k, t3
# CHECK-NEXT:         move v, t2
# CHECK-NEXT:         map_add t0, k, v
# CHECK-NEXT:         jump_back L8
# CHECK-NEXT:  L9:
# CHECK-NEXT:         drop t1
# CHECK-NEXT:         clear_local k
# CHECK-NEXT:         clear_local v
# CHECK-NEXT:         jump L11
# CHECK-NEXT:  L10:
# CHECK-NEXT:         clear_local k
# CHECK-NEXT:         clear_local v
# CHECK-NEXT:         reraise t0
# CHECK-NEXT:  L11:
# CHECK-NEXT:         move b, t0
# CHECK-NEXT:      7  build_set t0, []
# CHECK-NEXT:         get_iter t1, xs
# CHECK-NEXT:  L12:
# CHECK-NEXT:         for_iter x#2, t1, L13
# CHECK-NEXT:         set_update t0, x#2
# CHECK-NEXT:         jump_back L12
# CHECK-NEXT:  L13:
# CHECK-NEXT:         drop t1
# CHECK-NEXT:         clear_local x#2
# CHECK-NEXT:         jump L15
# CHECK-NEXT:  L14:
# CHECK-NEXT:         clear_local x#2
# CHECK-NEXT:         reraise t0
# CHECK-NEXT:  L15:
# CHECK-NEXT:         move c, t0
# CHECK-NEXT:      8  build_list t0, []
# CHECK-NEXT:         get_iter t1, xs
# CHECK-NEXT:         load_const .const, 1
# CHECK-NEXT:  L16:
# CHECK-NEXT:         for_iter x#2, t1, L17
# CHECK-NEXT:         add t2, x#2, .const
# CHECK-NEXT:         move y, t2
# CHECK-NEXT:         list_append t0, y
# CHECK-NEXT:         jump_back L16
# CHECK-NEXT:  L17:
# CHECK-NEXT:         drop t1
# CHECK-NEXT:         clear_local x#2
# CHECK-NEXT:         clear_local y
# CHECK-NEXT:         jump L19
# CHECK-NEXT:  L18:
# CHECK-NEXT:         clear_local x#2
# CHECK-NEXT:         clear_local y
# CHECK-NEXT:         reraise t0
# CHECK-NEXT:  L19:
# CHECK-NEXT:         move d, t0
# CHECK-NEXT:      9  build_list t0, []
# CHECK-NEXT:         get_iter t1, a
# CHECK-NEXT:         make_cell x#10
# CHECK-NEXT:  L20:
# CHECK-NEXT:         for_iter t2, t1, L21
# CHECK-NEXT:         store_deref x#10, t2
# CHECK-NEXT:         load_const t2, None
# CHECK-NEXT:         load_const t3, None
# CHECK-NEXT:         load_const t4, None
# CHECK-NEXT:         move t5, x#10
# CHECK-NEXT:         build_tuple t5, [t5]
# CHECK-NEXT:         make_function t2, [t2..t5], <code 2 f.<locals>.<lambda>>
# CHECK-NEXT:         list_append t0, t2
# CHECK-NEXT:         jump_back L20
# CHECK-NEXT:  L21:
# CHECK-NEXT:         drop t1
# CHECK-NEXT:         clear_local x#10
# CHECK-NEXT:         jump L23
# CHECK-NEXT:  L22:
# CHECK-NEXT:         clear_local x#10
# CHECK-NEXT:         reraise t0
# CHECK-NEXT:  L23:
# CHECK-NEXT:         move t1, b
# CHECK-NEXT:         move t2, c
# CHECK-NEXT:         move t3, d
# CHECK-NEXT:         build_tuple t0, [t0..t3]
# CHECK-NEXT:         return_value t0
# CHECK-NEXT:   handlers:
# CHECK-NEXT:     L1 to L5 -> L6, keeps 0
# CHECK-NEXT:     L8 to L9 -> L10, keeps 0
# CHECK-NEXT:     L12 to L13 -> L14, keeps 0
# CHECK-NEXT:     L16 to L17 -> L18, keeps 0
# CHECK-NEXT:     L20 to L21 -> L22, keeps 0
