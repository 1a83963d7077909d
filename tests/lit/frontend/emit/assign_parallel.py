# Tuples that only carry values from right to left are not made.
# RUN: frontend_tool uops %s | FileCheck %s
# ONLY: f
def f(a, b, i, j):
    a, b = b, a + b
    a[i], a[j] = a[j], a[i]
    a, b = 1, a
    return b

# CHECK-LABEL: function f (code 1, line 4)
# CHECK-NEXT:   parameters: a, b, i, j
# CHECK-NEXT:      5  move t0, b
# CHECK-NEXT:         add b, a, b
# CHECK-NEXT:         move a, t0
# CHECK-NEXT:      6  load_item t0, a, j
# CHECK-NEXT:         load_item t1, a, i
# CHECK-NEXT:         swap t0, t1
# CHECK-NEXT:         store_item a, i, t1
# CHECK-NEXT:         store_item a, j, t0
# CHECK-NEXT:      7  move b, a
# CHECK-NEXT:         load_const a, 1
# CHECK-NEXT:      8  return_value b
