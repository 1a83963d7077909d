# await, async for, async with.
# RUN: frontend_tool uops %s | FileCheck %s
# ONLY: f
async def f(a):
    x = await a
    async for i in a:
        print(i)
    async with a as b:
        return [y async for y in b]

# CHECK-LABEL: function coroutine f (code 1, line 4)
# CHECK-NEXT:   parameters: a
# CHECK-NEXT:   locals: x, i, b, y
# CHECK-NEXT:      5  load_const t0, None
# CHECK-NEXT:         move t1, a
# CHECK-NEXT:  L1:
# CHECK-NEXT:         get_awaitable t1, t1, plain
# CHECK-NEXT:         yield_from t0, t1
# CHECK-NEXT:         drop t1
# CHECK-NEXT:         move x, t0
# CHECK-NEXT:      6  get_aiter t0, a
# CHECK-NEXT:  L2:
# CHECK-NEXT:         load_const t1, None
# CHECK-NEXT:  L3:
# CHECK-NEXT:         get_anext t2, t0
# CHECK-NEXT:         yield_from t1, t2
# CHECK-NEXT:  L4:
# CHECK-NEXT:         drop t2
# CHECK-NEXT:         move i, t1
# CHECK-NEXT:  L5:
# CHECK-NEXT:      7  load_global t1, print
# CHECK-NEXT:         move t2, i
# CHECK-NEXT:         call t1, [t1..t2]
# CHECK-NEXT:         drop t1
# CHECK-NEXT:         jump_back L2
# CHECK-NEXT:  L6:
# CHECK-NEXT:      6  end_async_for t1, L7
# CHECK-NEXT:  L7:
# CHECK-NEXT:         drop t0
# CHECK-NEXT:      8  load_special [t0..t1], a, aexit
# CHECK-NEXT:         load_const t2, None
# CHECK-NEXT:         load_special [t3..t4], a, aenter
# CHECK-NEXT:         call_method t3, [t3..t4]
# CHECK-NEXT:         get_awaitable t3, t3, aenter
# CHECK-NEXT:         yield_from t2, t3
# CHECK-NEXT:  L8:
# CHECK-NEXT:         drop t3
# CHECK-NEXT:         move b, t2
# CHECK-NEXT:      9  build_list t2, []
# CHECK-NEXT:  L9:
# CHECK-NEXT:         get_aiter t3, b
# CHECK-NEXT:  L10:
# CHECK-NEXT:         load_const t4, None
# CHECK-NEXT:  L11:
# CHECK-NEXT:         get_anext t5, t3
# CHECK-NEXT:         yield_from t4, t5
# CHECK-NEXT:  L12:
# CHECK-NEXT:         drop t5
# CHECK-NEXT:         move y, t4
# CHECK-NEXT:         list_append t2, y
# CHECK-NEXT:  L13:
# CHECK-NEXT:         jump_back L10
# CHECK-NEXT:  L14:
# CHECK-NEXT:         end_async_for t4, L15
# CHECK-NEXT:  L15:
# CHECK-NEXT:         drop t3
# CHECK-NEXT:         clear_local y
# CHECK-NEXT:         jump L18
# CHECK-NEXT:  L16:
# CHECK-NEXT:         clear_local y
# CHECK-NEXT:  L17:
# CHECK-NEXT:         reraise t2
# CHECK-NEXT:  L18:
# CHECK-NEXT:      8  swap t0, t2
# CHECK-NEXT:         swap t1, t2
# CHECK-NEXT:         load_const t3, None
# CHECK-NEXT:         load_const t4, None
# CHECK-NEXT:         load_const t5, None
# CHECK-NEXT:  L19:
# CHECK-NEXT:         call_method t1, [t1..t5]
# CHECK-NEXT:         load_const t2, None
# CHECK-NEXT:         swap t1, t2
# CHECK-NEXT:         get_awaitable t2, t2, aexit
# CHECK-NEXT:         yield_from t1, t2
# CHECK-NEXT:  L20:
# CHECK-NEXT:         drop t2
# CHECK-NEXT:         drop t1
# CHECK-NEXT:      9  return_value t0
# CHECK-NEXT:  L21:
# CHECK-NEXT:         enter_handler t3, t2
# CHECK-NEXT:      8  load_const t4, None
# CHECK-NEXT:  L22:
# CHECK-NEXT:         with_except_start t5, [t0..t1], t2
# CHECK-NEXT:         get_awaitable t5, t5, aexit
# CHECK-NEXT:         yield_from t4, t5
# CHECK-NEXT:         drop t5
# CHECK-NEXT:         jump_if_true t4, L25
# CHECK-NEXT:  L23:
# CHECK-NEXT:         leave_handler t3
# CHECK-NEXT:  L24:
# CHECK-NEXT:         reraise t2
# CHECK-NEXT:  L25:
# CHECK-NEXT:         leave_handler t3
# CHECK-NEXT:         drop t2
# CHECK-NEXT:         drop t1
# CHECK-NEXT:         drop t0
# CHECK-NEXT:         jump L27
# CHECK-NEXT:  L26:
# CHECK-NEXT:         swap t3, t4
# CHECK-NEXT:         leave_handler t4
# CHECK-NEXT:         reraise t3
# CHECK-NEXT:  L27:
# CHECK-NEXT:         load_const t0, None
# CHECK-NEXT:         return_value t0
# CHECK-NEXT:  L28:
# CHECK-NEXT:         intrinsic1 t0, t0, stopiteration_error
# CHECK-NEXT:         reraise t0
# CHECK-NEXT:   handlers:
# CHECK-NEXT:     L1 to L2 -> L28, keeps 0
# CHECK-NEXT:     L3 to L4 -> L6, keeps 1
# CHECK-NEXT:     L5 to L8 -> L28, keeps 0
# CHECK-NEXT:     L9 to L10 -> L21, keeps 2
# CHECK-NEXT:     L11 to L12 -> L14, keeps 4
# CHECK-NEXT:     L13 to L15 -> L16, keeps 2
# CHECK-NEXT:     L17 to L18 -> L21, keeps 2
# CHECK-NEXT:     L19 to L20 -> L28, keeps 0
# CHECK-NEXT:     L22 to L23 -> L26, keeps 4
# CHECK-NEXT:     L24 to L27 -> L28, keeps 0
