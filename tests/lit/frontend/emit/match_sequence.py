# Sequence patterns; captures wait in hidden locals.
# RUN: frontend_tool uops %s | FileCheck %s
# ONLY: f
def f(s):
    match s:
        case [1, x, *rest]:
            return x, rest
        case [_, *_, y] if y:
            return y
        case _:
            return 0

# CHECK-LABEL: function f (code 1, line 4)
# CHECK-NEXT:   parameters: s
# CHECK-NEXT:   locals: x, rest, y
# CHECK-NEXT:      6  match_sequence t0, s
# CHECK-NEXT:         jump_if_false t0, L2
# CHECK-NEXT:         get_len t0, s
# CHECK-NEXT:         load_const t1, 2
# CHECK-NEXT:         jump_unless_ge t0, t1, L2
# CHECK-NEXT:         unpack_ex [t0..t2], s, 2
# CHECK-NEXT:         load_const t3, 1
# CHECK-NEXT:         jump_unless_eq t2, t3, L1
# CHECK-NEXT:         move x, t1
# CHECK-NEXT:         move rest, t0
# CHECK-NEXT:      7  move t0, x
# CHECK-NEXT:         move t1, rest
# CHECK-NEXT:         build_tuple t0, [t0..t1]
# CHECK-NEXT:         return_value t0
# CHECK-NEXT:  L1:
# CHECK-NEXT:         drop t1
# CHECK-NEXT:         drop t0
# CHECK-NEXT:  L2:
# CHECK-NEXT:      8  match_sequence t0, s
# CHECK-NEXT:         jump_if_false t0, L3
# CHECK-NEXT:         get_len t0, s
# CHECK-NEXT:         load_const t1, 2
# CHECK-NEXT:         jump_unless_ge t0, t1, L3
# CHECK-NEXT:         get_len t0, s
# CHECK-NEXT:         load_const t1, 1
# CHECK-NEXT:         sub t0, t0, t1
# CHECK-NEXT:         load_item t0, s, t0
# CHECK-NEXT:         move y, t0
# CHECK-NEXT:         jump_if_false y, L3
# CHECK-NEXT:      9  return_value y
# CHECK-NEXT:  L3:
# CHECK-NEXT:     11  load_const t0, 0
# CHECK-NEXT:         return_value t0
