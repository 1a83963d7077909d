// RUN: %pyc opt --drop-int-checks --split-input-file %s | FileCheck %s
// REQUIRES: compiler

// A range's number and its sum with another small int can't overflow; their product may.
// CHECK-LABEL: func.func @sums
// CHECK: ^{{bb[0-9]+}}(%[[I:.*]]: i64):
// CHECK: arith.addi %[[I]], %{{.*}} overflow<nsw>
// CHECK: %[[S:.*]] = arith.addi %[[I]], %{{.*}} overflow<nsw>
// CHECK: uop.box_int %[[S]]
// CHECK-NOT: small
// CHECK: uop.int_mul %[[S]] %[[S]]
// CHECK: uop.box_int %[[I]] {small}
func.func @sums(%self: !uop.value, %a: !uop.value, %stop: !uop.value) {
  %zero = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  %n = uop.guard_int %stop {pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %k = uop.guard_int %a {pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  cf.br ^header(%zero : i64)
^header(%i: i64):
  %more = arith.cmpi slt, %i, %n : i64
  %next = arith.addi %i, %one : i64
  cf.cond_br %more, ^body, ^done
^body:
  %sum = uop.int_add %i %k {pc = 1 : i32, registers = array<i16>, owned = array<i1>}
  %boxedSum = uop.box_int %sum
  %product = uop.int_mul %sum %sum {pc = 2 : i32, registers = array<i16>, owned = array<i1>}
  %boxed = uop.box_int %i
  uop.poll state(%boxedSum, %boxed, %product : !uop.value, !uop.value, i64) {pc = 3 : i32, registers = array<i16: 0, 1, 2>, owned = array<i1: false, false, false>}
  cf.br ^header(%next : i64)
^done:
  return
}

// -----

// A loop that adds to a number of any size keeps the test.
// CHECK-LABEL: func.func @total
// CHECK: uop.int_add
func.func @total(%self: !uop.value, %a: !uop.value) -> i64 {
  %one = arith.constant 1 : i64
  %k = uop.guard_int %a {pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  cf.br ^header(%one : i64)
^header(%sum: i64):
  %more = arith.cmpi slt, %sum, %k : i64
  %next = uop.int_add %sum %sum {pc = 1 : i32, registers = array<i16>, owned = array<i1>}
  uop.poll {pc = 3 : i32, registers = array<i16>, owned = array<i1>}
  cf.br ^header(%next : i64)
}

// -----

// Division of a number that is not negative; of one that may be, Python rounds down.
// CHECK-LABEL: func.func @halves
// CHECK: ^bb1:
// CHECK: arith.divui
// CHECK: arith.remui
// CHECK: ^bb2:
// CHECK: uop.int_floordiv
// CHECK: uop.int_mod
func.func @halves(%self: !uop.value, %a: !uop.value) -> i64 {
  %zero = arith.constant 0 : i64
  %two = arith.constant 2 : i64
  %k = uop.guard_int %a {pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %negative = arith.cmpi slt, %k, %zero : i64
  %true = arith.constant true
  %not = arith.xori %negative, %true : i1
  cf.cond_br %not, ^plain, ^other
^plain:
  %h = uop.int_floordiv %k %two {pc = 1 : i32, registers = array<i16>, owned = array<i1>}
  %m = uop.int_mod %h %two {pc = 1 : i32, registers = array<i16>, owned = array<i1>}
  return %m : i64
^other:
  %h2 = uop.int_floordiv %k %two {pc = 1 : i32, registers = array<i16>, owned = array<i1>}
  %m2 = uop.int_mod %h2 %two {pc = 1 : i32, registers = array<i16>, owned = array<i1>}
  return %h2 : i64
}

// -----

// Parameters of typed entries are what calls pass. The recursion counts down to 2.
// CHECK-LABEL: func.func @count$typed
// CHECK: arith.subi %arg1, %{{.*}} overflow<nsw>
func.func @count$typed(%self: !uop.value, %n: i64) -> (!uop.value, i1) {
  %one = arith.constant 1 : i64
  %two = arith.constant 2 : i64
  %false = arith.constant false
  %none = uop.none
  %ends = arith.cmpi slt, %n, %two : i64
  cf.cond_br %ends, ^done, ^again
^done:
  return %none, %false : !uop.value, i1
^again:
  %less = uop.int_sub %n %one {pc = 1 : i32, registers = array<i16>, owned = array<i1>}
  %value, %boxed = uop.call_typed "count$typed" %self(%less : i64) {operandSegmentSizes = array<i32: 1, 1, 0>, pc = 2 : i32, registers = array<i16>, owned = array<i1>}
  return %value, %boxed : !uop.value, i1
}
func.func @count(%self: !uop.value, %x: !uop.value) -> !uop.value {
  %n = uop.guard_int %x {pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %value, %boxed = uop.enter_typed "count$typed" %self(%n : i64)
  %result = uop.box_result_int %value %boxed
  return %result : !uop.value
}
