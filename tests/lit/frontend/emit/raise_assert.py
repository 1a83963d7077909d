# raise, assert, del.
# RUN: frontend_tool uops %s | FileCheck %s
# ONLY: f
def f(a, b):
    assert a, b
    assert (a)
    if a:
        raise
    if b:
        raise a from b
    del a.x, a[b], (a, b)
    raise E

# CHECK-LABEL: function f (code 1, line 4)
# CHECK-NEXT:   parameters: a, b
# CHECK-NEXT:      5  jump_if_true a, L1
# CHECK-NEXT:         load_common t0, assertion_error
# CHECK-NEXT:         move t1, b
# CHECK-NEXT:         call t0, [t0..t1]
# CHECK-NEXT:         raise t0
# CHECK-NEXT:  L1:
# CHECK-NEXT:      6  jump_if_true a, L2
# CHECK-NEXT:         load_common t0, assertion_error
# CHECK-NEXT:         raise t0
# CHECK-NEXT:  L2:
# CHECK-NEXT:      7  jump_if_false a, L3
# CHECK-NEXT:      8  raise_again
# CHECK-NEXT:  L3:
# CHECK-NEXT:      9  jump_if_false b, L4
# CHECK-NEXT:     10  raise_from a, b
# CHECK-NEXT:  L4:
# CHECK-NEXT:     11  delete_attr a, x
# CHECK-NEXT:         delete_item a, b
# CHECK-NEXT:         delete_local a
# CHECK-NEXT:         delete_local b
# CHECK-NEXT:     12  load_global t0, E
# CHECK-NEXT:         raise t0
