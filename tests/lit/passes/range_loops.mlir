// RUN: %pyc opt --range-loops --split-input-file %s | FileCheck %s
// REQUIRES: compiler

// The iterator goes; guards stand where the call was; frame states rebuild the iterator from the counter.
// CHECK-LABEL: func.func @counted
// CHECK: uop.guard_same %[[RANGE:.*]] "rangeType"
// CHECK: %[[STOP:.*]] = uop.guard_int %arg1
// CHECK-NOT: uop.get_iter
// CHECK: ^bb1(%[[I:.*]]: i64):
// CHECK: %[[MORE:.*]] = arith.cmpi slt, %[[I]], %[[STOP]]
// CHECK: %[[NEXT:.*]] = arith.addi %[[I]]
// CHECK: %[[IT:.*]] = uop.range_iterator %[[NEXT]]
// CHECK-NOT: uop.next
// CHECK: uop.poll state(%[[IT]]
func.func @counted(%self: !uop.value, %n: !uop.value) -> !uop.value {
  %range = uop.load_global {name = "range", nameIndex = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %object = uop.call(%range, %n) state(%range, %n : !uop.value, !uop.value) {argc = 1 : i32, callCache = 0 : i32, pc = 4 : i32, registers = array<i16: 0, 1>, owned = array<i1: true, false>}
  uop.decref %range
  %it = uop.get_iter %object state(%object : !uop.value) {pc = 6 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  uop.decref %object
  cf.br ^header
^header:
  %item = uop.next %it state(%it : !uop.value) {pc = 8 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  %done = uop.is_null %item
  cf.cond_br %done, ^exit, ^body
^body:
  uop.decref %item
  uop.poll state(%it : !uop.value) {pc = 12 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  cf.br ^header
^exit:
  uop.decref %it
  %none = uop.none
  return %none : !uop.value
}

// -----

// An iterator that somebody else sees stays.
// CHECK-LABEL: func.func @escapes
// CHECK: uop.next
func.func @escapes(%self: !uop.value, %n: !uop.value) -> !uop.value {
  %range = uop.load_global {name = "range", nameIndex = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %object = uop.call(%range, %n) {argc = 1 : i32, callCache = 0 : i32, pc = 4 : i32, registers = array<i16>, owned = array<i1>}
  %it = uop.get_iter %object {pc = 6 : i32, registers = array<i16>, owned = array<i1>}
  cf.br ^header
^header:
  %item = uop.next %it {pc = 8 : i32, registers = array<i16>, owned = array<i1>}
  %done = uop.is_null %item
  cf.cond_br %done, ^exit, ^header
^exit:
  return %it : !uop.value
}
