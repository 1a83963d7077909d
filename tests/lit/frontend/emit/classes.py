# A class body runs in its namespace and hands over its cells.
# RUN: frontend_tool uops %s | FileCheck %s
class A(B, metaclass=M, *bases):
    """A
    docstring"""
    x: int = 1
    def f(self):
        self.y = super().f(self)
        return __class__

# CHECK-LABEL: module <module> (code 0, line 1)
# CHECK-NEXT:      3  load_build_class t0
# CHECK-NEXT:         load_const t1, None
# CHECK-NEXT:         load_const t2, None
# CHECK-NEXT:         load_const t3, None
# CHECK-NEXT:         load_const t4, None
# CHECK-NEXT:         make_function t1, [t1..t4], <code 1 A>
# CHECK-NEXT:         load_const t2, 'A'
# CHECK-NEXT:         build_list t1, [t1..t2]
# CHECK-NEXT:         load_name t2, B
# CHECK-NEXT:         list_append t1, t2
# CHECK-NEXT:         load_name t2, bases
# CHECK-NEXT:         list_extend t1, t2
# CHECK-NEXT:         list_to_tuple t1, t1
# CHECK-NEXT:         load_const t2, 'metaclass'
# CHECK-NEXT:         load_name t3, M
# CHECK-NEXT:         build_map t2, [t2..t3]
# CHECK-NEXT:         call_ex t0, [t0..t2]
# CHECK-NEXT:         store_name t0, A
# CHECK-NEXT:         load_const t0, None
# CHECK-NEXT:         return_value t0
# CHECK-LABEL: class A (code 1, line 3)
# CHECK-NEXT:   locals: __class__ (cell), __classdict__ (cell)
# CHECK-NEXT:         make_cell __class__
# CHECK-NEXT:         make_cell __classdict__
# CHECK-NEXT:      3  load_name t0, __name__
# CHECK-NEXT:         store_name t0, __module__
# CHECK-NEXT:         load_const t0, 'A'
# CHECK-NEXT:         store_name t0, __qualname__
# CHECK-NEXT:         load_const t0, 3
# CHECK-NEXT:         store_name t0, __firstlineno__
# CHECK-NEXT:         load_locals t0
# CHECK-NEXT:         store_deref __classdict__, t0
# CHECK-NEXT:      4  load_const t0, 'A\ndocstring'
# CHECK-NEXT:         store_name t0, __doc__
# CHECK-NEXT:      6  load_const t0, 1
# CHECK-NEXT:         store_name t0, x
# CHECK-NEXT:      7  load_const t0, None
# CHECK-NEXT:         load_const t1, None
# CHECK-NEXT:         load_const t2, None
# CHECK-NEXT:         move t3, __class__
# CHECK-NEXT:         build_tuple t3, [t3]
# CHECK-NEXT:         make_function t0, [t0..t3], <code 2 A.f>
# CHECK-NEXT:         store_name t0, f
# CHECK-NEXT:      3  load_const t0, None
# CHECK-NEXT:         load_const t1, None
# CHECK-NEXT:         load_const t2, None
# CHECK-NEXT:         move t3, __classdict__
# CHECK-NEXT:         build_tuple t3, [t3]
# CHECK-NEXT:         make_function t0, [t0..t3], <code 3 A.__annotate__>
# CHECK-NEXT:         store_name t0, __annotate_func__
# CHECK-NEXT:         load_const t0, ('y',)
# CHECK-NEXT:         store_name t0, __static_attributes__
# CHECK-NEXT:         move t0, __classdict__
# CHECK-NEXT:         store_name t0, __classdictcell__
# CHECK-NEXT:         move t0, __class__
# CHECK-NEXT:         dup t1, t0
# CHECK-NEXT:         store_name t1, __classcell__
# CHECK-NEXT:         return_value t0
# CHECK-LABEL: function A.f (code 2, line 7)
# CHECK-NEXT:   parameters: self
# CHECK-NEXT:   locals: __class__ (free)
# CHECK-NEXT:      8  load_global t0, super
# CHECK-NEXT:         load_super t0, t0, __class__, self
# CHECK-NEXT:         load_method [t0..t1], t0, f
# CHECK-NEXT:         move t2, self
# CHECK-NEXT:         call_method t0, [t0..t2]
# CHECK-NEXT:         store_attr self, t0, y
# CHECK-NEXT:      9  load_deref t0, __class__
# CHECK-NEXT:         return_value t0
# CHECK-LABEL: function A.__annotate__ (code 3, line 3)
# CHECK-NEXT:   parameters: format
# CHECK-NEXT:   locals: __classdict__ (free)
# CHECK-NEXT:      3  load_const t0, 2
# CHECK-NEXT:         jump_unless_gt format, t0, L1
# CHECK-NEXT:         load_common t0, not_implemented_error
# CHECK-NEXT:         raise t0
# CHECK-NEXT:  L1:
# CHECK-NEXT:         build_map t0, []
# CHECK-NEXT:      6  load_deref t1, __classdict__
# CHECK-NEXT:         load_from_dict_or_globals t1, t1, int
# CHECK-NEXT:         load_const t2, 'x'
# CHECK-NEXT:      3  map_add t0, t2, t1
# CHECK-NEXT:         return_value t0
