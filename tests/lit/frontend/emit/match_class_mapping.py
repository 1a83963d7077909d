# Class and mapping patterns, alternatives.
# RUN: frontend_tool uops %s | FileCheck %s
# ONLY: f
def f(s, A):
    match s:
        case A(1, z=[p]) | {"k": p}:
            return p
        case {**rest}:
            return rest
        case None | True | "s" | A.b as w:
            return w

# CHECK-LABEL: function f (code 1, line 4)
# CHECK-NEXT:   parameters: s, A
# CHECK-NEXT:   locals: p, rest, w
# CHECK-NEXT:      6  load_const t0, ('z',)
# CHECK-NEXT:         match_class t0, s, A, t0, 1
# CHECK-NEXT:         dup t1, t0
# CHECK-NEXT:         jump_if_none t1, L1
# CHECK-NEXT:         unpack_sequence [t0..t1], t0
# CHECK-NEXT:         load_const t2, 1
# CHECK-NEXT:         jump_unless_eq t1, t2, L1
# CHECK-NEXT:         match_sequence t1, t0
# CHECK-NEXT:         jump_if_false t1, L1
# CHECK-NEXT:         get_len t1, t0
# CHECK-NEXT:         load_const t2, 1
# CHECK-NEXT:         jump_unless_eq t1, t2, L1
# CHECK-NEXT:         unpack_sequence [t0], t0
# CHECK-NEXT:         move p, t0
# CHECK-NEXT:         jump L3
# CHECK-NEXT:  L1:
# CHECK-NEXT:         drop t0
# CHECK-NEXT:         match_mapping t0, s
# CHECK-NEXT:         jump_if_false t0, L4
# CHECK-NEXT:         get_len t0, s
# CHECK-NEXT:         load_const t1, 1
# CHECK-NEXT:         jump_unless_ge t0, t1, L4
# CHECK-NEXT:         load_const t0, ('k',)
# CHECK-NEXT:         match_keys t1, s, t0
# CHECK-NEXT:         dup t2, t1
# CHECK-NEXT:         jump_if_none t2, L2
# CHECK-NEXT:         unpack_sequence [t1], t1
# CHECK-NEXT:         move p, t1
# CHECK-NEXT:         drop t0
# CHECK-NEXT:         jump L3
# CHECK-NEXT:  L2:
# CHECK-NEXT:         drop t1
# CHECK-NEXT:         drop t0
# CHECK-NEXT:         jump L4
# CHECK-NEXT:  L3:
# CHECK-NEXT:      7  return_value p
# CHECK-NEXT:  L4:
# CHECK-NEXT:      8  match_mapping t0, s
# CHECK-NEXT:         jump_if_false t0, L6
# CHECK-NEXT:         load_const t0, ()
# CHECK-NEXT:         match_keys t1, s, t0
# CHECK-NEXT:         dup t2, t1
# CHECK-NEXT:         jump_if_none t2, L5
# CHECK-NEXT:         unpack_sequence [], t1
# CHECK-NEXT:         copy_dict_without_keys t1, s, t0
# CHECK-NEXT:         move rest, t1
# CHECK-NEXT:         drop t0
# CHECK-NEXT:      9  return_value rest
# CHECK-NEXT:  L5:
# CHECK-NEXT:         drop t1
# CHECK-NEXT:         drop t0
# CHECK-NEXT:  L6:
# CHECK-NEXT:     10  jump_if_not_none s, L7
# CHECK-NEXT:         jump L10
# CHECK-NEXT:  L7:
# CHECK-NEXT:         load_const t0, True
# CHECK-NEXT:         is t0, s, t0
# CHECK-NEXT:         jump_if_false t0, L8
# CHECK-NEXT:         jump L10
# CHECK-NEXT:  L8:
# CHECK-NEXT:         load_const t0, 's'
# CHECK-NEXT:         jump_unless_eq s, t0, L9
# CHECK-NEXT:         jump L10
# CHECK-NEXT:  L9:
# CHECK-NEXT:         load_attr t0, A, b
# CHECK-NEXT:         jump_unless_eq s, t0, L11
# CHECK-NEXT:  L10:
# CHECK-NEXT:         move w, s
# CHECK-NEXT:     11  return_value w
# CHECK-NEXT:  L11:
# CHECK-NEXT:         load_const t0, None
# CHECK-NEXT:         return_value t0
