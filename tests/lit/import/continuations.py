# RUN: %pyc profile run -o %t.pycprof %s
# RUN: %pyc build --emit=mlir-import --profile-use=%t.pycprof %s | FileCheck %s
# RUN: %pyc build --emit=mlir-import --profile-use=off %s | FileCheck %s --check-prefix=NONE
# NONE-NOT: uop.continues

# General code beside a hot function: for its beginning, and for the loops that no other contains. It
# takes the registers of a frame, and supposes nothing.
# CHECK-LABEL: func.func @__main__.loops(
# CHECK-SAME: uop.profiled
# CHECK-LABEL: func.func @__main__.loops$general(%arg0: !uop.value, %arg1: i64, %arg2: i64)
# CHECK-SAME: uop.continues
# CHECK-NEXT: uop.load_register %arg1
# CHECK-NOT: uop.observe
# CHECK-LABEL: func.func @__main__.loops$loops(
# CHECK: cf.switch %arg2
# CHECK-NEXT: default: ^bb{{[0-9]+}}
# CHECK-NEXT: {{[0-9]+}}: ^bb1
# CHECK-NEXT: ]
# CHECK: uop.load_register %arg1
def loops(n):
    total = 0
    for i in range(n):
        for j in range(i):
            total += j
    while total > n:
        total -= n
    return total


# Generators go on natively at their next resumption.
# CHECK-LABEL: func.func @__main__.numbers(
# CHECK-NOT: uop.continues
def numbers(n):
    for i in range(n):
        yield i


print(loops(20), sum(numbers(5000)))
