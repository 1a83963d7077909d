# yield, yield from and what wraps a generator.
# RUN: frontend_tool uops %s | FileCheck %s
# ONLY: f
def f(it):
    x = yield
    y = yield x
    z = yield from it
    return z

# CHECK-LABEL: function generator f (code 1, line 4)
# CHECK-NEXT:   parameters: it
# CHECK-NEXT:   locals: x, y, z
# CHECK-NEXT:      5  load_const t0, None
# CHECK-NEXT:  L1:
# CHECK-NEXT:         yield_value x, t0
# CHECK-NEXT:      6  yield_value y, x
# CHECK-NEXT:      7  load_const t0, None
# CHECK-NEXT:         get_yield_from_iter t1, it
# CHECK-NEXT:         yield_from t0, t1
# CHECK-NEXT:  L2:
# CHECK-NEXT:         drop t1
# CHECK-NEXT:         move z, t0
# CHECK-NEXT:      8  return_value z
# CHECK-NEXT:  L3:
# CHECK-NEXT:         intrinsic1 t0, t0, stopiteration_error
# CHECK-NEXT:         reraise t0
# CHECK-NEXT:   handlers:
# CHECK-NEXT:     L1 to L2 -> L3, keeps 0
