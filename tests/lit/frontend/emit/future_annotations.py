# Under the future import annotations are text.
# RUN: frontend_tool uops %s | FileCheck %s
from __future__ import annotations
x: list[int|None] = 1
def f(a: lambda: (yield), *b: "s") -> x.y[1:2, ::3]: pass

# CHECK-LABEL: module <module> (code 0, line 1)
# CHECK-NEXT:      3  build_set t0, []
# CHECK-NEXT:         store_name t0, __conditional_annotations__
# CHECK-NEXT:         setup_annotations
# CHECK-NEXT:         load_const t0, ('annotations',)
# CHECK-NEXT:         import_name t0, t0, 0, maybe_lazy, __future__
# CHECK-NEXT:         import_from t1, t0, annotations
# CHECK-NEXT:         store_name t1, annotations
# CHECK-NEXT:         drop t0
# CHECK-NEXT:      4  load_const t0, 1
# CHECK-NEXT:         store_name t0, x
# CHECK-NEXT:         load_const t0, 'list[int | None]'
# CHECK-NEXT:         load_name t1, __annotations__
# CHECK-NEXT:         load_const t2, 'x'
# CHECK-NEXT:         store_item t1, t2, t0
# CHECK-NEXT:      5  load_const t0, None
# CHECK-NEXT:         load_const t1, None
# CHECK-NEXT:         load_const t2, None
# CHECK-NEXT:         load_const t3, None
# CHECK-NEXT:         load_const t4, None
# CHECK-NEXT:         load_const t5, None
# CHECK-NEXT:         make_function t2, [t2..t5], <code 1 f.__annotate__>
# CHECK-NEXT:         load_const t3, None
# CHECK-NEXT:         make_function t0, [t0..t3], <code 2 f>
# CHECK-NEXT:         store_name t0, f
# CHECK-NEXT:         load_const t0, None
# CHECK-NEXT:         return_value t0
# CHECK-LABEL: function f.__annotate__ (code 1, line 5)
# CHECK-NEXT:   parameters: format
# CHECK-NEXT:      5  load_const t0, 2
# CHECK-NEXT:         jump_unless_gt format, t0, L1
# CHECK-NEXT:         load_common t0, not_implemented_error
# CHECK-NEXT:         raise t0
# CHECK-NEXT:  L1:
# CHECK-NEXT:         load_const t0, 'a'
# CHECK-NEXT:         load_const t1, 'lambda: (yield)'
# CHECK-NEXT:         load_const t2, 'b'
# CHECK-NEXT:         load_const t3, '\'s\''
# CHECK-NEXT:         load_const t4, 'return'
# CHECK-NEXT:         load_const t5, 'x.y[1:2, ::3]'
# CHECK-NEXT:         build_map t0, [t0..t5]
# CHECK-NEXT:         return_value t0
# CHECK-LABEL: function f (code 2, line 5)
# CHECK-NEXT:   parameters: a, b
# CHECK-NEXT:         load_const t0, None
# CHECK-NEXT:         return_value t0
