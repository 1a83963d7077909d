# What the compiler can know it computes.
# RUN: frontend_tool uops %s | FileCheck %s
# ONLY: f
def f():
    a = -1, 2 ** 10, "a" "b" + "c", (1, (2, 3)), 1 + 2j, not 0, 1 / 0
    b = 0.0, -0.0, 1, True, 1.0
    return 1 << 64, -2 ** 63, "ab" * 2, (1, 2)[1], a, b

# CHECK-LABEL: function f (code 1, line 4)
# CHECK-NEXT:   locals: a, b
# CHECK-NEXT:      5  load_const t0, -1
# CHECK-NEXT:         load_const t1, 1024
# CHECK-NEXT:         load_const t2, 'abc'
# CHECK-NEXT:         load_const t3, (1, (2, 3))
# CHECK-NEXT:         load_const t4, complex(1.0, 2.0)
# CHECK-NEXT:         load_const t5, True
# CHECK-NEXT:         load_const t6, 1
# CHECK-NEXT:         load_const t7, 0
# CHECK-NEXT:         truediv t6, t6, t7
# CHECK-NEXT:         build_tuple a, [t0..t6]
# CHECK-NEXT:      6  load_const b, (0.0, -0.0, 1, True, 1.0)
# CHECK-NEXT:      7  load_const t0, 0x10000000000000000
# CHECK-NEXT:         load_const t1, -9223372036854775808
# CHECK-NEXT:         load_const t2, 'abab'
# CHECK-NEXT:         load_const t3, 2
# CHECK-NEXT:         move t4, a
# CHECK-NEXT:         move t5, b
# CHECK-NEXT:         build_tuple t0, [t0..t5]
# CHECK-NEXT:         return_value t0
