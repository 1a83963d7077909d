# Annotations are evaluated by __annotate__.
# RUN: frontend_tool uops %s | FileCheck %s
x: int = 1
if x:
    y: list[x]
class A:
    z: x
    if x:
        w: str

# CHECK-LABEL: module <module> (code 0, line 1)
# CHECK-NEXT:      3  load_const t0, None
# CHECK-NEXT:         load_const t1, None
# CHECK-NEXT:         load_const t2, None
# CHECK-NEXT:         load_const t3, None
# CHECK-NEXT:         make_function t0, [t0..t3], <code 1 __annotate__>
# CHECK-NEXT:         store_name t0, __annotate__
# CHECK-NEXT:         build_set t0, []
# CHECK-NEXT:         store_name t0, __conditional_annotations__
# CHECK-NEXT:         load_const t0, 1
# CHECK-NEXT:         store_name t0, x
# CHECK-NEXT:         load_name t0, __conditional_annotations__
# CHECK-NEXT:         load_const t1, 0
# CHECK-NEXT:         set_add t0, t1
# CHECK-NEXT:         drop t0
# CHECK-NEXT:      4  load_name t0, x
# CHECK-NEXT:         jump_if_false t0, L1
# CHECK-NEXT:      5  load_name t0, __conditional_annotations__
# CHECK-NEXT:         load_const t1, 1
# CHECK-NEXT:         set_add t0, t1
# CHECK-NEXT:         drop t0
# CHECK-NEXT:  L1:
# CHECK-NEXT:      6  load_build_class t0
# CHECK-NEXT:         load_const t1, None
# CHECK-NEXT:         load_const t2, None
# CHECK-NEXT:         load_const t3, None
# CHECK-NEXT:         load_const t4, None
# CHECK-NEXT:         make_function t1, [t1..t4], <code 2 A>
# CHECK-NEXT:         load_const t2, 'A'
# CHECK-NEXT:         call t0, [t0..t2]
# CHECK-NEXT:         store_name t0, A
# CHECK-NEXT:         load_const t0, None
# CHECK-NEXT:         return_value t0
# CHECK-LABEL: function __annotate__ (code 1, line 3)
# CHECK-NEXT:   parameters: format
# CHECK-NEXT:      3  load_const t0, 2
# CHECK-NEXT:         jump_unless_gt format, t0, L1
# CHECK-NEXT:         load_common t0, not_implemented_error
# CHECK-NEXT:         raise t0
# CHECK-NEXT:  L1:
# CHECK-NEXT:         build_map t0, []
# CHECK-NEXT:         load_const t1, 0
# CHECK-NEXT:         load_global t2, __conditional_annotations__
# CHECK-NEXT:         contains t1, t1, t2
# CHECK-NEXT:         jump_if_false t1, L2
# CHECK-NEXT:         load_global t1, int
# CHECK-NEXT:         load_const t2, 'x'
# CHECK-NEXT:         map_add t0, t2, t1
# CHECK-NEXT:  L2:
# CHECK-NEXT:      5  load_const t1, 1
# CHECK-NEXT:         load_global t2, __conditional_annotations__
# CHECK-NEXT:         contains t1, t1, t2
# CHECK-NEXT:         jump_if_false t1, L3
# CHECK-NEXT:         load_global t1, list
# CHECK-NEXT:         load_global t2, x
# CHECK-NEXT:         load_item t1, t1, t2
# CHECK-NEXT:         load_const t2, 'y'
# CHECK-NEXT:      3  map_add t0, t2, t1
# CHECK-NEXT:  L3:
# CHECK-NEXT:         return_value t0
# CHECK-LABEL: class A (code 2, line 6)
# CHECK-NEXT:   locals: __classdict__ (cell), __conditional_annotations__ (cell)
# CHECK-NEXT:         make_cell __classdict__
# CHECK-NEXT:         make_cell __conditional_annotations__
# CHECK-NEXT:      6  load_name t0, __name__
# CHECK-NEXT:         store_name t0, __module__
# CHECK-NEXT:         load_const t0, 'A'
# CHECK-NEXT:         store_name t0, __qualname__
# CHECK-NEXT:         load_const t0, 6
# CHECK-NEXT:         store_name t0, __firstlineno__
# CHECK-NEXT:         load_locals t0
# CHECK-NEXT:         store_deref __classdict__, t0
# CHECK-NEXT:         build_set t0, []
# CHECK-NEXT:         store_deref __conditional_annotations__, t0
# CHECK-NEXT:      8  load_name t0, x
# CHECK-NEXT:         jump_if_false t0, L1
# CHECK-NEXT:      9  load_deref t0, __conditional_annotations__
# CHECK-NEXT:         load_const t1, 0
# CHECK-NEXT:         set_add t0, t1
# CHECK-NEXT:         drop t0
# CHECK-NEXT:  L1:
# CHECK-NEXT:      6  load_const t0, None
# CHECK-NEXT:         load_const t1, None
# CHECK-NEXT:         load_const t2, None
# CHECK-NEXT:         move t3, __classdict__
# CHECK-NEXT:         move t4, __conditional_annotations__
# CHECK-NEXT:         build_tuple t3, [t3..t4]
# CHECK-NEXT:         make_function t0, [t0..t3], <code 3 A.__annotate__>
# CHECK-NEXT:         store_name t0, __annotate_func__
# CHECK-NEXT:         load_const t0, ()
# CHECK-NEXT:         store_name t0, __static_attributes__
# CHECK-NEXT:         move t0, __classdict__
# CHECK-NEXT:         store_name t0, __classdictcell__
# CHECK-NEXT:         load_const t0, None
# CHECK-NEXT:         return_value t0
# CHECK-LABEL: function A.__annotate__ (code 3, line 6)
# CHECK-NEXT:   parameters: format
# CHECK-NEXT:   locals: __classdict__ (free), __conditional_annotations__ (free)
# CHECK-NEXT:      6  load_const t0, 2
# CHECK-NEXT:         jump_unless_gt format, t0, L1
# CHECK-NEXT:         load_common t0, not_implemented_error
# CHECK-NEXT:         raise t0
# CHECK-NEXT:  L1:
# CHECK-NEXT:         build_map t0, []
# CHECK-NEXT:      7  load_deref t1, __classdict__
# CHECK-NEXT:         load_from_dict_or_globals t1, t1, x
# CHECK-NEXT:         load_const t2, 'z'
# CHECK-NEXT:      6  map_add t0, t2, t1
# CHECK-NEXT:      9  load_const t1, 0
# CHECK-NEXT:         load_deref t2, __conditional_annotations__
# CHECK-NEXT:         contains t1, t1, t2
# CHECK-NEXT:         jump_if_false t1, L2
# CHECK-NEXT:         load_deref t1, __classdict__
# CHECK-NEXT:         load_from_dict_or_globals t1, t1, str
# CHECK-NEXT:         load_const t2, 'w'
# CHECK-NEXT:      6  map_add t0, t2, t1
# CHECK-NEXT:  L2:
# CHECK-NEXT:         return_value t0
