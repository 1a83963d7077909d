# RUN: %pyc build --emit=mlir-import --profile-use=off %s | FileCheck %s
# RUN: %pyc build --emit=mlir --profile-use=off %s | FileCheck %s --check-prefix=PASSES
# RUN: %pyc build -O0 --emit=mlir-import %s | FileCheck %s --check-prefix=NONE
# RUN: %pyc profile run -o %t.pycprof %s
# RUN: %pyc build --emit=mlir --profile-use=%t.pycprof %s | FileCheck %s --check-prefix=PROFILE
# NONE-NOT: uop.observe

# Annotations suppose types, where they are one of these names; the compiler tests what it supposes.
# CHECK-LABEL: func.func @__main__.square
# CHECK: uop.observe %arg1 {{.*}}types = ["int"]
# PASSES-LABEL: func.func @__main__.square$typed(%arg0: !uop.value, %arg1: i64) -> (i64, i1)
# PASSES: uop.int_mul %arg1 %arg1
# PASSES-LABEL: func.func @__main__.square(
# PASSES: uop.guard_int %arg1
# With a profile it alone counts.
# PROFILE-LABEL: func.func @__main__.square$typed(%arg0: !uop.value, %arg1: f64)
def square(n: int) -> int:
    return n * n


# CHECK-LABEL: func.func @__main__.unknown
# CHECK-NOT: uop.observe
def unknown(n: Integer, text: str, both: int | float, literal: "int"):
    return n * n


# A call of a function of the module, its result, and an annotated variable.
# CHECK-LABEL: func.func @__main__.calls
# CHECK: %[[V:.*]] = uop.load_item
# CHECK: uop.observe %[[V]] {{.*}}types = ["float"]
# CHECK: %[[R:.*]] = uop.call({{.*}}seen = {{\[\[\], \["function __main__:square"\]\]}}
# CHECK: uop.observe %[[R]] {{.*}}types = ["int"]
def calls(values):
    value: float = values[0]
    return square(2) + value


# CHECK-LABEL: func.func @__main__.items
# CHECK: uop.load_item %arg1 {{.*}}seen = {{\[\[\], \["list\[float\]"\], \[\]\]}}
# CHECK: uop.store_item %arg1 {{.*}}seen = {{\[\["list\[float\]"\], \[\], \[\]\]}}
# PASSES-LABEL: func.func @__main__.items
# PASSES: uop.load_view_float
# PASSES: uop.store_view_float
def items(values: list[float]):
    for i in range(len(values)):
        values[i] = values[i] * 0.5


square(1.5)
