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

// -----

// In code of a generator that was inlined, the range is held by an object that only the state of
// get_iter names: it goes with the range.
// CHECK-LABEL: func.func @held_by_a_generator
// CHECK-NOT: uop.call
// CHECK: uop.range_iterator
// CHECK: arith.cmpi slt
// CHECK-NOT: uop.next
func.func @held_by_a_generator(%self: !uop.value, %f: !uop.value, %n: !uop.value) -> !uop.value {
  %at = arith.constant -7 : i64
  %range = uop.load_global {name = "range", nameIndex = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %r = uop.call(%range, %n) state(%range : !uop.value) {argc = 1 : i32, callCache = 0 : i32, pc = 2 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  uop.decref %range
  %outer = uop.generator_frame %f %at(%r, %r : !uop.value, !uop.value) {counted = array<i1: true, true>, frame = 0 : i32, slots = array<i16: 0, 1>}
  %held = uop.generator_frame %f %at(%outer, %outer : !uop.value, !uop.value) {counted = array<i1: true, true>, frame = 1 : i32, slots = array<i16: 0, 1>}
  %it = uop.get_iter %r state(%held : !uop.value) {pc = 4 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  uop.decref %r
  cf.br ^header
^header:
  %x = uop.next %it state(%it : !uop.value) {pc = 6 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  %done = uop.is_null %x
  cf.cond_br %done, ^exit, ^body
^body:
  uop.decref %x
  uop.poll state(%it : !uop.value) {pc = 8 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  cf.br ^header
^exit:
  uop.decref %it
  %none = uop.none
  return %none : !uop.value
}
