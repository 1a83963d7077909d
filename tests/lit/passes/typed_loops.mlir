// RUN: %pyc opt --typed-loops --split-input-file %s | FileCheck %s
// RUN: %pyc opt --typed-loops --unbox --split-input-file %s | FileCheck %s --check-prefix=UNBOXED
// REQUIRES: compiler

// A sum of floats that begins as an int: one iteration in front, and the loop has floats alone.
// CHECK-LABEL: func.func @sum
// CHECK: %[[ZERO:.*]] = uop.box_int
// CHECK: uop.add %[[ZERO]]
// CHECK: %[[FLOAT:.*]] = uop.box_float
// CHECK: cf.br ^[[LOOP:bb[0-9]+]](%[[FLOAT]] : !uop.value)
// CHECK: ^[[LOOP]](%[[SUM:.*]]: !uop.value)
// CHECK: uop.add %[[SUM]]
// UNBOXED-LABEL: func.func @sum
// UNBOXED: ^{{bb[0-9]+}}(%[[SUM:[0-9]+]]: f64):
// UNBOXED-NEXT: arith.addf %[[SUM]]
func.func @sum(%self: !uop.value, %x: f64, %more: i1) -> !uop.value {
  %zero = arith.constant 0 : i64
  %start = uop.box_int %zero
  cf.br ^loop(%start : !uop.value)
^loop(%sum: !uop.value):
  %item = uop.box_float %x
  %added = uop.add %sum %item state(%sum : !uop.value) {pc = 4 : i32, registers = array<i16: -1>, owned = array<i1: true>}
  uop.decref %sum
  %number = uop.guard_float %added state(%added : !uop.value) {pc = 6 : i32, registers = array<i16: -1>, owned = array<i1: true>}
  %next = uop.box_float %number
  cf.cond_br %more, ^back, ^end
^back:
  cf.br ^loop(%next : !uop.value)
^end:
  return %next : !uop.value
}

// -----

// Where an iteration may leave the variable as it is, the copy goes on until a test says that it is
// a number.
// CHECK-LABEL: func.func @smallest
// CHECK: ^[[COPY:bb[0-9]+]](%{{.*}}: !uop.value)
// CHECK: %[[TEST:.*]] = uop.is_int %[[BEST:.*]]
// CHECK: cf.cond_br %[[TEST]], ^[[ENTER:bb[0-9]+]], ^[[COPY]](%[[BEST]] : !uop.value)
// CHECK: ^[[ENTER]]:
// CHECK: uop.unbox_int %[[BEST]]
// UNBOXED-LABEL: func.func @smallest
// UNBOXED: ^{{bb[0-9]+}}(%{{[0-9]+}}: i64):
func.func @smallest(%self: !uop.value, %x: i64, %isSet: i1, %more: i1) -> !uop.value {
  %none = uop.none
  cf.br ^loop(%none : !uop.value)
^loop(%best: !uop.value):
  %item = uop.box_int %x
  cf.cond_br %isSet, ^compare, ^take
^compare:
  %less = uop.compare_truth "lt" %item %best state(%best : !uop.value) {pc = 2 : i32, registers = array<i16: -1>, owned = array<i1: true>}
  cf.cond_br %less, ^take, ^back(%best : !uop.value)
^take:
  cf.br ^back(%item : !uop.value)
^back(%next: !uop.value):
  cf.cond_br %more, ^again, ^end
^again:
  cf.br ^loop(%next : !uop.value)
^end:
  return %next : !uop.value
}

// -----

// A variable that stays what it is splits nothing, nor does one of several types.
// CHECK-LABEL: func.func @kept
// CHECK-COUNT-1: uop.add
// CHECK-NOT: uop.add
func.func @kept(%self: !uop.value, %sum: !uop.value, %item: !uop.value, %more: i1) -> !uop.value {
  cf.br ^loop(%sum : !uop.value)
^loop(%before: !uop.value):
  %added = uop.add %before %item state(%before : !uop.value) {pc = 4 : i32, registers = array<i16: -1>, owned = array<i1: true>}
  uop.decref %before
  cf.cond_br %more, ^back, ^end
^back:
  cf.br ^loop(%added : !uop.value)
^end:
  return %added : !uop.value
}
