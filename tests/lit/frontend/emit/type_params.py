# Type parameters are held by a function that is called at once.
# RUN: frontend_tool uops %s | FileCheck %s
def f[T: int, *Ts = *tuple[int]](a: T = 1): pass
class A[T](B): pass
type X[**P] = list[P]

# CHECK-LABEL: module <module> (code 0, line 1)
# CHECK-NEXT:      3  load_const t0, None
# CHECK-NEXT:         load_const t1, None
# CHECK-NEXT:         load_const t2, None
# CHECK-NEXT:         load_const t3, None
# CHECK-NEXT:         make_function t0, [t0..t3], <code 1 <generic parameters of f>>
# CHECK-NEXT:         load_const t1, (1,)
# CHECK-NEXT:         call t0, [t0..t1]
# CHECK-NEXT:         store_name t0, f
# CHECK-NEXT:      4  load_const t0, None
# CHECK-NEXT:         load_const t1, None
# CHECK-NEXT:         load_const t2, None
# CHECK-NEXT:         load_const t3, None
# CHECK-NEXT:         make_function t0, [t0..t3], <code 6 <generic parameters of A>>
# CHECK-NEXT:         call t0, [t0]
# CHECK-NEXT:         store_name t0, A
# CHECK-NEXT:      5  load_const t0, None
# CHECK-NEXT:         load_const t1, None
# CHECK-NEXT:         load_const t2, None
# CHECK-NEXT:         load_const t3, None
# CHECK-NEXT:         make_function t0, [t0..t3], <code 8 <generic parameters of X>>
# CHECK-NEXT:         call t0, [t0]
# CHECK-NEXT:         store_name t0, X
# CHECK-NEXT:         load_const t0, None
# CHECK-NEXT:         return_value t0
# CHECK-LABEL: function <generic parameters of f> (code 1, line 3)
# CHECK-NEXT:   parameters: .defaults
# CHECK-NEXT:   locals: Ts, T (cell)
# CHECK-NEXT:         make_cell T
# CHECK-NEXT:      3  load_const t0, 'T'
# CHECK-NEXT:         load_const t1, (1,)
# CHECK-NEXT:         load_const t2, None
# CHECK-NEXT:         load_const t3, None
# CHECK-NEXT:         load_const t4, None
# CHECK-NEXT:         make_function t1, [t1..t4], <code 2 T>
# CHECK-NEXT:         intrinsic2 t0, t0, t1, type_var_with_bound
# CHECK-NEXT:         dup t1, t0
# CHECK-NEXT:         store_deref T, t1
# CHECK-NEXT:         load_const t1, 'Ts'
# CHECK-NEXT:         intrinsic1 t1, t1, type_var_tuple
# CHECK-NEXT:         load_const t2, (1,)
# CHECK-NEXT:         load_const t3, None
# CHECK-NEXT:         load_const t4, None
# CHECK-NEXT:         load_const t5, None
# CHECK-NEXT:         make_function t2, [t2..t5], <code 3 Ts>
# CHECK-NEXT:         intrinsic2 t1, t1, t2, set_type_param_default
# CHECK-NEXT:         dup t2, t1
# CHECK-NEXT:         move Ts, t2
# CHECK-NEXT:         build_tuple t0, [t0..t1]
# CHECK-NEXT:         move t1, .defaults
# CHECK-NEXT:         load_const t2, None
# CHECK-NEXT:         load_const t3, None
# CHECK-NEXT:         load_const t4, None
# CHECK-NEXT:         load_const t5, None
# CHECK-NEXT:         move t6, T
# CHECK-NEXT:         build_tuple t6, [t6]
# CHECK-NEXT:         make_function t3, [t3..t6], <code 4 __annotate__>
# CHECK-NEXT:         load_const t4, None
# CHECK-NEXT:         make_function t1, [t1..t4], <code 5 f>
# CHECK-NEXT:         swap t0, t1
# CHECK-NEXT:         intrinsic2 t0, t0, t1, set_function_type_params
# CHECK-NEXT:         return_value t0
# CHECK-LABEL: function T (code 2, line 3)
# CHECK-NEXT:   parameters: .format
# CHECK-NEXT:      3  load_const t0, 2
# CHECK-NEXT:         jump_unless_gt .format, t0, L1
# CHECK-NEXT:         load_common t0, not_implemented_error
# CHECK-NEXT:         raise t0
# CHECK-NEXT:  L1:
# CHECK-NEXT:         load_global t0, int
# CHECK-NEXT:         return_value t0
# CHECK-LABEL: function Ts (code 3, line 3)
# CHECK-NEXT:   parameters: .format
# CHECK-NEXT:      3  load_const t0, 2
# CHECK-NEXT:         jump_unless_gt .format, t0, L1
# CHECK-NEXT:         load_common t0, not_implemented_error
# CHECK-NEXT:         raise t0
# CHECK-NEXT:  L1:
# CHECK-NEXT:         load_global t0, tuple
# CHECK-NEXT:         load_global t1, int
# CHECK-NEXT:         load_item t0, t0, t1
# CHECK-NEXT:         unpack_sequence [t0], t0
# CHECK-NEXT:         return_value t0
# CHECK-LABEL: function __annotate__ (code 4, line 3)
# CHECK-NEXT:   parameters: format
# CHECK-NEXT:   locals: T (free)
# CHECK-NEXT:      3  load_const t0, 2
# CHECK-NEXT:         jump_unless_gt format, t0, L1
# CHECK-NEXT:         load_common t0, not_implemented_error
# CHECK-NEXT:         raise t0
# CHECK-NEXT:  L1:
# CHECK-NEXT:         load_const t0, 'a'
# CHECK-NEXT:         load_deref t1, T
# CHECK-NEXT:         build_map t0, [t0..t1]
# CHECK-NEXT:         return_value t0
# CHECK-LABEL: function f (code 5, line 3)
# CHECK-NEXT:   parameters: a
# CHECK-NEXT:         load_const t0, None
# CHECK-NEXT:         return_value t0
# CHECK-LABEL: function <generic parameters of A> (code 6, line 4)
# CHECK-NEXT:   locals: T, .generic_base, .type_params (cell)
# CHECK-NEXT:         make_cell .type_params
# CHECK-NEXT:      4  load_const t0, 'T'
# CHECK-NEXT:         intrinsic1 t0, t0, type_var
# CHECK-NEXT:         dup t1, t0
# CHECK-NEXT:         move T, t1
# CHECK-NEXT:         build_tuple t0, [t0]
# CHECK-NEXT:         store_deref .type_params, t0
# CHECK-NEXT:         load_build_class t0
# CHECK-NEXT:         load_const t1, None
# CHECK-NEXT:         load_const t2, None
# CHECK-NEXT:         load_const t3, None
# CHECK-NEXT:         move t4, .type_params
# CHECK-NEXT:         build_tuple t4, [t4]
# CHECK-NEXT:         make_function t1, [t1..t4], <code 7 A>
# CHECK-NEXT:         load_const t2, 'A'
# CHECK-NEXT:         load_deref t3, .type_params
# CHECK-NEXT:         intrinsic1 t3, t3, subscript_generic
# CHECK-NEXT:         move .generic_base, t3
# CHECK-NEXT:         load_global t3, B
# CHECK-NEXT:         move t4, .generic_base
# CHECK-NEXT:         call t0, [t0..t4]
# CHECK-NEXT:         return_value t0
# CHECK-LABEL: class A (code 7, line 4)
# CHECK-NEXT:   locals: .type_params (free)
# CHECK-NEXT:      4  load_name t0, __name__
# CHECK-NEXT:         store_name t0, __module__
# CHECK-NEXT:         load_const t0, 'A'
# CHECK-NEXT:         store_name t0, __qualname__
# CHECK-NEXT:         load_const t0, 4
# CHECK-NEXT:         store_name t0, __firstlineno__
# CHECK-NEXT:         load_locals t0
# CHECK-NEXT:         load_from_dict_or_deref t0, t0, .type_params, .type_params
# CHECK-NEXT:         store_name t0, __type_params__
# CHECK-NEXT:         load_const t0, ()
# CHECK-NEXT:         store_name t0, __static_attributes__
# CHECK-NEXT:         load_const t0, None
# CHECK-NEXT:         return_value t0
# CHECK-LABEL: function <generic parameters of X> (code 8, line 5)
# CHECK-NEXT:   locals: P (cell)
# CHECK-NEXT:         make_cell P
# CHECK-NEXT:      5  load_const t0, 'X'
# CHECK-NEXT:         load_const t1, 'P'
# CHECK-NEXT:         intrinsic1 t1, t1, param_spec
# CHECK-NEXT:         dup t2, t1
# CHECK-NEXT:         store_deref P, t2
# CHECK-NEXT:         build_tuple t1, [t1]
# CHECK-NEXT:         load_const t2, (1,)
# CHECK-NEXT:         load_const t3, None
# CHECK-NEXT:         load_const t4, None
# CHECK-NEXT:         move t5, P
# CHECK-NEXT:         build_tuple t5, [t5]
# CHECK-NEXT:         make_function t2, [t2..t5], <code 9 X>
# CHECK-NEXT:         build_tuple t0, [t0..t2]
# CHECK-NEXT:         intrinsic1 t0, t0, type_alias
# CHECK-NEXT:         return_value t0
# CHECK-LABEL: function X (code 9, line 5)
# CHECK-NEXT:   parameters: .format
# CHECK-NEXT:   locals: P (free)
# CHECK-NEXT:      5  load_const t0, 2
# CHECK-NEXT:         jump_unless_gt .format, t0, L1
# CHECK-NEXT:         load_common t0, not_implemented_error
# CHECK-NEXT:         raise t0
# CHECK-NEXT:  L1:
# CHECK-NEXT:         load_global t0, list
# CHECK-NEXT:         load_deref t1, P
# CHECK-NEXT:         load_item t0, t0, t1
# CHECK-NEXT:         return_value t0
