// RUN: %pyc opt --number-functions --split-input-file %s | FileCheck %s
// REQUIRES: compiler

// A call in a loop expects a function that only computes with numbers; one outside of loops does
// not.
// CHECK-LABEL: func.func @caller
// CHECK: uop.guard_function %arg1 state(%{{.*}} : i64) {owned = array<i1: true>, pc = 5 : i32, registers = array<i16: -1>, symbol = "scale"}
// CHECK: uop.call_typed "scale$typed" %arg1({{.*}}numbers_only
// CHECK: uop.call_typed "scale$typed"
// CHECK-NOT: numbers_only
func.func @scale$typed(%self: !uop.value, %x: i64) -> (i64, i1) {
  %two = arith.constant 2 : i64
  %r = uop.int_mul %x %two {pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %no = arith.constant false
  return %r, %no : i64, i1
}
func.func @caller(%self: !uop.value, %f: !uop.value, %n: i64, %c: i1) -> !uop.value {
  cf.br ^loop(%n : i64)
^loop(%i: i64):
  %value, %boxed = uop.call_typed "scale$typed" %f(%i : i64) state(%i : i64) {pc = 5 : i32, registers = array<i16: -1>, owned = array<i1: true>}
  %next = uop.typed_result_int %value %boxed {pc = 6 : i32, registers = array<i16>, owned = array<i1>}
  cf.cond_br %c, ^loop(%next : i64), ^end
^end:
  %last, %is_boxed = uop.call_typed "scale$typed" %f(%n : i64) {pc = 7 : i32, registers = array<i16>, owned = array<i1>}
  %result = uop.box_result_int %last %is_boxed
  return %result : !uop.value
}

// -----

// Guards of objects, loops and globals may run code of the program where they leave.
// CHECK-NOT: numbers_only
func.func @guards$typed(%self: !uop.value, %v: !uop.value) -> (i64, i1) {
  %r = uop.guard_int %v {pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %no = arith.constant false
  return %r, %no : i64, i1
}
func.func @loops$typed(%self: !uop.value, %x: i64, %c: i1) -> (i64, i1) {
  cf.br ^loop
^loop:
  cf.cond_br %c, ^loop, ^end
^end:
  %no = arith.constant false
  return %x, %no : i64, i1
}
func.func @caller(%self: !uop.value, %f: !uop.value, %n: i64, %c: i1) {
  cf.br ^loop
^loop:
  %a, %b = uop.call_typed "guards$typed" %f(%f : !uop.value) {pc = 5 : i32, registers = array<i16>, owned = array<i1>}
  %d, %e = uop.call_typed "loops$typed" %f(%n, %c : i64, i1) {pc = 6 : i32, registers = array<i16>, owned = array<i1>}
  cf.cond_br %c, ^loop, ^end
^end:
  return
}
