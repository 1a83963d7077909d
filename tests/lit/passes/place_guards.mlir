// RUN: %pyc opt --place-guards --split-input-file %s | FileCheck %s
// REQUIRES: compiler

// A value that was always a float and is computed with: one test, then a number.
// CHECK-LABEL: func.func @computed
// CHECK: %[[N:.*]] = uop.guard_float %arg1 state(%arg1 : !uop.value) {{{.*}}pc = 0
// CHECK: %[[B:.*]] = uop.box_float %[[N]]
// CHECK: uop.mul %[[B]] %[[B]]
// CHECK-NOT: uop.observe
func.func @computed(%self: !uop.value, %x: !uop.value) -> !uop.value {
  uop.observe %x state(%x : !uop.value) {types = ["float"], pc = 0 : i32, registers = array<i16: -1>, owned = array<i1: false>}
  %p = uop.mul %x %x state(%x : !uop.value) {pc = 0 : i32, registers = array<i16: -1>, owned = array<i1: false>}
  return %p : !uop.value
}

// -----

// What is only handed on gets no guard.
// CHECK-LABEL: func.func @handed_on
// CHECK-NEXT: return %arg1
func.func @handed_on(%self: !uop.value, %x: !uop.value) -> !uop.value {
  uop.observe %x {types = ["int"], pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  return %x : !uop.value
}

// -----

// Nor does what had several types, or one of no number.
// CHECK-LABEL: func.func @mixed
// CHECK-NOT: uop.guard
func.func @mixed(%self: !uop.value, %x: !uop.value, %y: !uop.value) -> !uop.value {
  uop.observe %x {types = ["int", "float"], pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.observe %y {types = ["str"], pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %p = uop.add %x %y {pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  return %p : !uop.value
}

// -----

// A value counts as computed with when a loop's variable that takes it is.
// CHECK-LABEL: func.func @loop
// CHECK: uop.guard_int %arg1
func.func @loop(%self: !uop.value, %x: !uop.value, %c: i1) -> !uop.value {
  uop.observe %x {types = ["int"], pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  cf.br ^header(%x : !uop.value)
^header(%s: !uop.value):
  %t = uop.add %s %s {pc = 3 : i32, registers = array<i16>, owned = array<i1>}
  cf.cond_br %c, ^header(%t : !uop.value), ^exit
^exit:
  return %s : !uop.value
}

// -----

// A generator's register that only takes ints is tested behind the yield; one that takes a float at
// another yield as well, or what nobody computes with, is not.
// CHECK-LABEL: func.func @resumed
// CHECK: %[[N:.*]] = uop.load_register %arg1 -1
// CHECK: %[[M:.*]] = uop.load_register %arg1 -2
// CHECK: %[[K:.*]] = uop.load_register %arg1 -3
// CHECK: %[[INT:.*]] = uop.guard_int %[[N]] state(%[[N]], %[[M]], %[[K]] {{.*}}pc = 8
// CHECK: %[[BOX:.*]] = uop.box_int %[[INT]]
// CHECK-NOT: uop.guard
// CHECK: uop.add %[[BOX]] %[[M]]
// CHECK-NOT: uop.observe
func.func @resumed(%self: !uop.value, %registers: i64, %resumption: i64, %sent: !uop.value) -> !uop.value {
  cf.switch %resumption : i64, [
    default: ^other,
    0: ^start,
    7: ^behind,
    12: ^later
  ]
^start:
  %one = arith.constant 1 : i64
  %first = uop.box_int %one
  uop.suspend state(%first, %first, %first : !uop.value, !uop.value, !uop.value) {pc = 6 : i32, registers = array<i16: -1, -2, -3>, owned = array<i1: true, true, true>}
  return %first : !uop.value
^behind:
  %n = uop.load_register %registers -1
  %m = uop.load_register %registers -2
  %k = uop.load_register %registers -3
  uop.observe %n state(%n, %m, %k : !uop.value, !uop.value, !uop.value) {types = [], resumed, pc = 8 : i32, registers = array<i16: -1, -2, -3>, owned = array<i1: true, true, true>}
  %sum = uop.add %n %m state(%n, %m, %k : !uop.value, !uop.value, !uop.value) {pc = 8 : i32, registers = array<i16: -1, -2, -3>, owned = array<i1: true, true, true>}
  uop.observe %sum state(%n, %m, %k, %sum : !uop.value, !uop.value, !uop.value, !uop.value) {types = ["int"], pc = 9 : i32, registers = array<i16: -1, -2, -3, 0>, owned = array<i1: true, true, true, true>}
  uop.suspend state(%sum, %k : !uop.value, !uop.value) {pc = 11 : i32, registers = array<i16: -1, -3>, owned = array<i1: true, true>}
  return %sum : !uop.value
^later:
  %again = uop.load_register %registers -1
  %kept = uop.load_register %registers -3
  %mixed = arith.constant 5.0e-01 : f64
  %other_type = uop.box_float %mixed
  uop.suspend state(%again, %other_type, %kept : !uop.value, !uop.value, !uop.value) {pc = 6 : i32, registers = array<i16: -1, -2, -3>, owned = array<i1: true, true, true>}
  return %again : !uop.value
^other:
  %result = uop.resume_interpreted %self %registers %sent
  return %result : !uop.value
}

// -----

// Ints of which some are objects, but of 64 bits: the object is read, and released if it is owned.
// CHECK-LABEL: func.func @wide
// CHECK: %[[N:.*]] = uop.guard_wide_int %arg1 state(%arg1 : !uop.value)
// CHECK: %[[B:.*]] = uop.box_int %[[N]]
// CHECK-NEXT: uop.decref %arg1
// CHECK: uop.add %[[B]] %[[B]]
// CHECK: uop.decref %[[B]]
// CHECK: uop.guard_wide_int %arg2
// CHECK-NOT: uop.decref %arg2
func.func @wide(%self: !uop.value, %x: !uop.value, %y: !uop.value) -> !uop.value {
  uop.observe %x state(%x : !uop.value) {types = ["int64", "int"], pc = 0 : i32, registers = array<i16: -1>, owned = array<i1: true>}
  %p = uop.add %x %x state(%x : !uop.value) {pc = 0 : i32, registers = array<i16: -1>, owned = array<i1: true>}
  uop.decref %x
  uop.decref %p
  uop.observe %y state(%y : !uop.value) {types = ["int64"], pc = 3 : i32, registers = array<i16: -2>, owned = array<i1: false>}
  %q = uop.add %y %y state(%y : !uop.value) {pc = 3 : i32, registers = array<i16: -2>, owned = array<i1: false>}
  return %q : !uop.value
}

// -----

// Not those of which some need more.
// CHECK-LABEL: func.func @too_wide
// CHECK-NOT: uop.guard
func.func @too_wide(%self: !uop.value, %x: !uop.value) -> !uop.value {
  uop.observe %x {types = ["int64", "bigint"], pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %p = uop.add %x %x {pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  return %p : !uop.value
}

// -----

// A complex number is read, and released if it is owned.
// CHECK-LABEL: func.func @complex
// CHECK: %[[RE:.*]], %[[IM:.*]] = uop.guard_complex %arg1 state(%arg1 : !uop.value)
// CHECK: %[[B:.*]] = uop.box_complex %[[RE]] %[[IM]]
// CHECK-NEXT: uop.decref %arg1
// CHECK: uop.add %[[B]] %[[B]]
// CHECK: uop.decref %[[B]]
func.func @complex(%self: !uop.value, %x: !uop.value) -> !uop.value {
  uop.observe %x state(%x : !uop.value) {types = ["complex"], pc = 0 : i32, registers = array<i16: -1>, owned = array<i1: true>}
  %p = uop.add %x %x state(%x : !uop.value) {pc = 0 : i32, registers = array<i16: -1>, owned = array<i1: true>}
  uop.decref %x
  return %p : !uop.value
}
