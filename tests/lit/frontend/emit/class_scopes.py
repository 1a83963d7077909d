# Names of a class body, a comprehension in it and a method.
# RUN: frontend_tool uops %s | FileCheck %s
def f(p):
    class A:
        p = p
        q = [p + x for x in p]
        def m(self):
            return p

# CHECK-LABEL: module <module> (code 0, line 1)
# CHECK-NEXT:      3  load_const t0, None
# CHECK-NEXT:         load_const t1, None
# CHECK-NEXT:         load_const t2, None
# CHECK-NEXT:         load_const t3, None
# CHECK-NEXT:         make_function t0, [t0..t3], <code 1 f>
# CHECK-NEXT:         store_name t0, f
# CHECK-NEXT:         load_const t0, None
# CHECK-NEXT:         return_value t0
# CHECK-LABEL: function f (code 1, line 3)
# CHECK-NEXT:   parameters: p (cell)
# CHECK-NEXT:   locals: A
# CHECK-NEXT:         make_cell p
# CHECK-NEXT:      4  load_build_class t0
# CHECK-NEXT:         load_const t1, None
# CHECK-NEXT:         load_const t2, None
# CHECK-NEXT:         load_const t3, None
# CHECK-NEXT:         move t4, p
# CHECK-NEXT:         build_tuple t4, [t4]
# CHECK-NEXT:         make_function t1, [t1..t4], <code 2 f.<locals>.A>
# CHECK-NEXT:         load_const t2, 'A'
# CHECK-NEXT:         call t0, [t0..t2]
# CHECK-NEXT:         move A, t0
# CHECK-NEXT:         load_const t0, None
# CHECK-NEXT:         return_value t0
# CHECK-LABEL: class f.<locals>.A (code 2, line 4)
# CHECK-NEXT:   locals: x (hidden), __classdict__ (cell), p (free)
# CHECK-NEXT:         make_cell __classdict__
# CHECK-NEXT:      4  load_name t0, __name__
# CHECK-NEXT:         store_name t0, __module__
# CHECK-NEXT:         load_const t0, 'f.<locals>.A'
# CHECK-NEXT:         store_name t0, __qualname__
# CHECK-NEXT:         load_const t0, 4
# CHECK-NEXT:         store_name t0, __firstlineno__
# CHECK-NEXT:         load_locals t0
# CHECK-NEXT:         store_deref __classdict__, t0
# CHECK-NEXT:      5  load_name t0, p
# CHECK-NEXT:         store_name t0, p
# CHECK-NEXT:      6  build_list t0, []
# CHECK-NEXT:         load_name t1, p
# CHECK-NEXT:         get_iter t1, t1
# CHECK-NEXT:  L1:
# CHECK-NEXT:         for_iter x, t1, L2
# CHECK-NEXT:         load_deref t2, p
# CHECK-NEXT:         add t2, t2, x
# CHECK-NEXT:         list_append t0, t2
# CHECK-NEXT:         jump_back L1
# CHECK-NEXT:  L2:
# CHECK-NEXT:         drop t1
# CHECK-NEXT:         clear_local x
# CHECK-NEXT:         jump L4
# CHECK-NEXT:  L3:
# CHECK-NEXT:         clear_local x
# CHECK-NEXT:         reraise t0
# CHECK-NEXT:  L4:
# CHECK-NEXT:         store_name t0, q
# CHECK-NEXT:      7  load_const t0, None
# CHECK-NEXT:         load_const t1, None
# CHECK-NEXT:         load_const t2, None
# CHECK-NEXT:         move t3, p
# CHECK-NEXT:         build_tuple t3, [t3]
# CHECK-NEXT:         make_function t0, [t0..t3], <code 3 f.<locals>.A.m>
# CHECK-NEXT:         store_name t0, m
# CHECK-NEXT:      4  load_const t0, ()
# CHECK-NEXT:         store_name t0, __static_attributes__
# CHECK-NEXT:         move t0, __classdict__
# CHECK-NEXT:         store_name t0, __classdictcell__
# CHECK-NEXT:         load_const t0, None
# CHECK-NEXT:         return_value t0
# CHECK-NEXT:   handlers:
# CHECK-NEXT:     L1 to L2 -> L3, keeps 0
# CHECK-LABEL: function f.<locals>.A.m (code 3, line 7)
# CHECK-NEXT:   parameters: self
# CHECK-NEXT:   locals: p (free)
# CHECK-NEXT:      8  load_deref t0, p
# CHECK-NEXT:         return_value t0
