# An asynchronous generator marks what it yields.
# RUN: frontend_tool uops %s | FileCheck %s
# ONLY: f
async def f(a):
    yield await a
    return

# CHECK-LABEL: function async generator f (code 1, line 4)
# CHECK-NEXT:   parameters: a
# CHECK-NEXT:      5  load_const t0, None
# CHECK-NEXT:         move t1, a
# CHECK-NEXT:  L1:
# CHECK-NEXT:         get_awaitable t1, t1, plain
# CHECK-NEXT:         yield_from t0, t1
# CHECK-NEXT:         drop t1
# CHECK-NEXT:         async_gen_wrap t0, t0
# CHECK-NEXT:         yield_value t0, t0
# CHECK-NEXT:  L2:
# CHECK-NEXT:         drop t0
# CHECK-NEXT:      6  load_const t0, None
# CHECK-NEXT:         return_value t0
# CHECK-NEXT:  L3:
# CHECK-NEXT:         intrinsic1 t0, t0, stopiteration_error
# CHECK-NEXT:         reraise t0
# CHECK-NEXT:   handlers:
# CHECK-NEXT:     L1 to L2 -> L3, keeps 0
