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
