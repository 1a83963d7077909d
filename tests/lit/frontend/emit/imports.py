# Imports, lazy ones, and where laziness is never asked for.
# RUN: frontend_tool uops %s | FileCheck %s
import a.b, c.d as e
from ..p import q as r, s
from t import *
lazy import u
lazy from v import w
try:
    import x
except ImportError:
    pass
def f():
    import y.z as k
    from l import m

# CHECK-LABEL: module <module> (code 0, line 1)
# CHECK-NEXT:      3  load_const t0, None
# CHECK-NEXT:         import_name t0, t0, 0, maybe_lazy, a.b
# CHECK-NEXT:         store_name t0, a
# CHECK-NEXT:         load_const t0, None
# CHECK-NEXT:         import_name t0, t0, 0, maybe_lazy, c.d
# CHECK-NEXT:         import_from t1, t0, d
# CHECK-NEXT:         swap t0, t1
# CHECK-NEXT:         drop t1
# CHECK-NEXT:         store_name t0, e
# CHECK-NEXT:      4  load_const t0, ('q', 's')
# CHECK-NEXT:         import_name t0, t0, 2, maybe_lazy, p
# CHECK-NEXT:         import_from t1, t0, q
# CHECK-NEXT:         store_name t1, r
# CHECK-NEXT:         import_from t1, t0, s
# CHECK-NEXT:         store_name t1, s
# CHECK-NEXT:         drop t0
# CHECK-NEXT:      5  load_const t0, ('*',)
# CHECK-NEXT:         import_name t0, t0, 0, eager, t
# CHECK-NEXT:         import_star t0
# CHECK-NEXT:      6  load_const t0, None
# CHECK-NEXT:         lazy_import_name t0, t0, 0, u
# CHECK-NEXT:         store_name t0, u
# CHECK-NEXT:      7  load_const t0, ('w',)
# CHECK-NEXT:         lazy_import_name t0, t0, 0, v
# CHECK-NEXT:         import_from t1, t0, w
# CHECK-NEXT:         store_name t1, w
# CHECK-NEXT:         drop t0
# CHECK-NEXT:      9  load_const t0, None
# CHECK-NEXT:  L1:
# CHECK-NEXT:         import_name t0, t0, 0, eager, x
# CHECK-NEXT:         store_name t0, x
# CHECK-NEXT:  L2:
# CHECK-NEXT:         jump L8
# CHECK-NEXT:  L3:
# CHECK-NEXT:         enter_handler t1, t0
# CHECK-NEXT:  L4:
# CHECK-NEXT:     10  load_name t2, ImportError
# CHECK-NEXT:         match_exception t2, t0, t2
# CHECK-NEXT:         jump_if_false t2, L6
# CHECK-NEXT:  L5:
# CHECK-NEXT:         leave_handler t1
# CHECK-NEXT:         drop t0
# CHECK-NEXT:         jump L8
# CHECK-NEXT:  L6:
# CHECK-NEXT:         leave_handler t1
# CHECK-NEXT:         reraise t0
# CHECK-NEXT:  L7:
# CHECK-NEXT:         swap t1, t2
# CHECK-NEXT:         leave_handler t2
# CHECK-NEXT:         reraise t1
# CHECK-NEXT:  L8:
# CHECK-NEXT:     12  load_const t0, None
# CHECK-NEXT:         load_const t1, None
# CHECK-NEXT:         load_const t2, None
# CHECK-NEXT:         load_const t3, None
# CHECK-NEXT:         make_function t0, [t0..t3], <code 1 f>
# CHECK-NEXT:         store_name t0, f
# CHECK-NEXT:         load_const t0, None
# CHECK-NEXT:         return_value t0
# CHECK-NEXT:   handlers:
# CHECK-NEXT:     L1 to L2 -> L3, keeps 0
# CHECK-NEXT:     L4 to L5 -> L7, keeps 2
# CHECK-LABEL: function f (code 1, line 12)
# CHECK-NEXT:   locals: k, m
# CHECK-NEXT:     13  load_const t0, None
# CHECK-NEXT:         import_name t0, t0, 0, eager, y.z
# CHECK-NEXT:         import_from t1, t0, z
# CHECK-NEXT:         swap t0, t1
# CHECK-NEXT:         drop t1
# CHECK-NEXT:         move k, t0
# CHECK-NEXT:     14  load_const t0, ('m',)
# CHECK-NEXT:         import_name t0, t0, 0, eager, l
# CHECK-NEXT:         import_from m, t0, m
# CHECK-NEXT:         drop t0
# CHECK-NEXT:         load_const t0, None
# CHECK-NEXT:         return_value t0
