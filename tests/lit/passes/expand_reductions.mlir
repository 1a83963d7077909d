// RUN: %pyc opt --expand-reductions %s | FileCheck %s
// REQUIRES: compiler

// What is called again after a side exit has what was added so far, and an item that was taken.
// CHECK-LABEL: func.func @total
// CHECK: uop.guard_builtin %[[SUM:.*]] state(%[[SUM]], %[[G:.*]] : !uop.value, !uop.value) {function = "sum"
// CHECK: cf.br ^[[HEADER:.*]](%{{.*}} : i64)
// CHECK: ^[[HEADER]](%[[TOTAL:.*]]: i64):
// CHECK: %[[SO_FAR:.*]] = uop.reduction %[[SUM]](%[[TOTAL]] : i64)
// CHECK: %[[ITEM:.*]] = uop.next %[[G]] state(%[[SO_FAR]], %[[G]]
// CHECK: uop.is_null %[[ITEM]]
// CHECK: uop.reduction %[[SUM]](%[[TOTAL]], %[[ITEM]] : i64, !uop.value)
// CHECK: %[[N:.*]] = uop.guard_int %[[ITEM]]
// CHECK: %[[MORE:.*]] = uop.int_add %[[TOTAL]] %[[N]]
// CHECK: cf.br ^[[HEADER]](%[[MORE]] : i64)
// CHECK: uop.box_int %[[TOTAL]]
module {
func.func @total(%self: !uop.value, %it0: !uop.value) -> !uop.value attributes {uop.code = 1 : i32, uop.name = "m:total"} {
  %sum = uop.load_global {name = "sum", nameIndex = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %none = uop.none
  %f = uop.make_function(%none, %none, %none, %none) state(%sum : !uop.value) {code = 1 : i32, function = "function m:total.<locals>.<genexpr>", pc = 2 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  %it = uop.get_iter %it0 state(%sum, %f : !uop.value, !uop.value) {pc = 4 : i32, registers = array<i16: 0, 1>, owned = array<i1: true, true>}
  %g = uop.call(%f, %it) state(%sum, %f, %it : !uop.value, !uop.value, !uop.value) {argc = 1 : i32, callCache = 0 : i32, pc = 6 : i32, registers = array<i16: 0, 1, 2>, owned = array<i1: true, true, true>}
  uop.decref %f
  uop.decref %it
  %result = uop.call(%sum, %g) state(%sum, %g : !uop.value, !uop.value) {argc = 1 : i32, callCache = 1 : i32, pc = 8 : i32, registers = array<i16: 0, 1>, owned = array<i1: true, true>}
  uop.decref %sum
  uop.decref %g
  return %result : !uop.value
}
func.func @"m.total.<locals>.<genexpr>"(%self: !uop.value, %registers: i64, %resumption: i64, %sent: !uop.value) -> !uop.value attributes {uop.code = 2 : i32, uop.name = "m:total.<locals>.<genexpr>", uop.parameters = 1 : i32} {
  cf.switch %resumption : i64, [
    default: ^other,
    0: ^start,
    7: ^behind
  ]
^start:
  %it = uop.load_register %registers -1
  %one = arith.constant 1 : i64
  %boxed = uop.box_int %one
  uop.suspend state(%it : !uop.value) {pc = 6 : i32, registers = array<i16: -1>, owned = array<i1: true>}
  return %boxed : !uop.value
^behind:
  %again = uop.load_register %registers -1
  uop.decref %sent
  uop.decref %again
  %none = uop.none
  return %none : !uop.value
^other:
  %result = uop.resume_interpreted %self %registers %sent
  return %result : !uop.value
}

// Bools are added up as ints.
// CHECK-LABEL: func.func @count
// CHECK: ^{{.*}}(%[[TOTAL:.*]]: i64):
// CHECK: %[[ITEM:.*]] = uop.next
// CHECK: %[[BIT:.*]] = uop.guard_bool %[[ITEM]]
// CHECK: %[[N:.*]] = arith.extui %[[BIT]] : i1 to i64
// CHECK: uop.int_add %[[TOTAL]] %[[N]]
func.func @count(%self: !uop.value, %it0: !uop.value) -> !uop.value attributes {uop.code = 1 : i32, uop.name = "m:count"} {
  %sum = uop.load_global {name = "sum", nameIndex = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %none = uop.none
  %f = uop.make_function(%none, %none, %none, %none) state(%sum : !uop.value) {code = 1 : i32, function = "function m:count.<locals>.<genexpr>", pc = 2 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  %it = uop.get_iter %it0 state(%sum, %f : !uop.value, !uop.value) {pc = 4 : i32, registers = array<i16: 0, 1>, owned = array<i1: true, true>}
  %g = uop.call(%f, %it) state(%sum, %f, %it : !uop.value, !uop.value, !uop.value) {argc = 1 : i32, callCache = 0 : i32, pc = 6 : i32, registers = array<i16: 0, 1, 2>, owned = array<i1: true, true, true>}
  uop.decref %f
  uop.decref %it
  %result = uop.call(%sum, %g) state(%sum, %g : !uop.value, !uop.value) {argc = 1 : i32, callCache = 1 : i32, pc = 8 : i32, registers = array<i16: 0, 1>, owned = array<i1: true, true>}
  uop.decref %sum
  uop.decref %g
  return %result : !uop.value
}
func.func @"m.count.<locals>.<genexpr>"(%self: !uop.value, %registers: i64, %resumption: i64, %sent: !uop.value) -> !uop.value attributes {uop.code = 2 : i32, uop.name = "m:count.<locals>.<genexpr>", uop.parameters = 1 : i32} {
  cf.switch %resumption : i64, [
    default: ^other,
    0: ^start,
    7: ^behind
  ]
^start:
  %it = uop.load_register %registers -1
  %yes = arith.constant true
  %boxed = uop.box_bool %yes
  uop.suspend state(%it : !uop.value) {pc = 6 : i32, registers = array<i16: -1>, owned = array<i1: true>}
  return %boxed : !uop.value
^behind:
  %again = uop.load_register %registers -1
  uop.decref %sent
  uop.decref %again
  %none = uop.none
  return %none : !uop.value
^other:
  %result = uop.resume_interpreted %self %registers %sent
  return %result : !uop.value
}
}
