# f-strings and t-strings.
# RUN: frontend_tool uops %s | FileCheck %s
# ONLY: f
def f(a, b):
    x = f"{a}"
    return f"{a!r:>{b}} and {b=}", t"{a + 1!s:x}-{b}", x

# CHECK-LABEL: function f (code 1, line 4)
# CHECK-NEXT:   parameters: a, b
# CHECK-NEXT:   locals: x
# CHECK-NEXT:      5  format_simple x, a
# CHECK-NEXT:      6  convert_value t0, a, repr
# CHECK-NEXT:         load_const t1, '>'
# CHECK-NEXT:         format_part t2, b
# CHECK-NEXT:         build_string t1, [t1..t2]
# CHECK-NEXT:         format_value t0, t0, t1
# CHECK-NEXT:         load_const t1, ' and b='
# CHECK-NEXT:         convert_value t2, b, repr
# CHECK-NEXT:         format_part t2, t2
# CHECK-NEXT:         build_string t0, [t0..t2]
# CHECK-NEXT:         load_const t1, ('', '-', '')
# CHECK-NEXT:         load_const t2, 1
# CHECK-NEXT:         add t2, a, t2
# CHECK-NEXT:         load_const t3, 'a + 1'
# CHECK-NEXT:         load_const t4, 'x'
# CHECK-NEXT:         build_interpolation t2, [t2..t4], str
# CHECK-NEXT:         move t3, b
# CHECK-NEXT:         load_const t4, 'b'
# CHECK-NEXT:         load_const t5, ''
# CHECK-NEXT:         build_interpolation t3, [t3..t5], none
# CHECK-NEXT:         build_tuple t2, [t2..t3]
# CHECK-NEXT:         build_template t1, t1, t2
# CHECK-NEXT:         move t2, x
# CHECK-NEXT:         build_tuple t0, [t0..t2]
# CHECK-NEXT:         return_value t0
