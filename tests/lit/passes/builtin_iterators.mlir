// RUN: %pyc opt --inline-generators %s | FileCheck %s
// REQUIRES: compiler

// The loop counts; where the state needs the enumerate object, it is made of the iterator and the
// next number. The pair is unpacked without being made.
// CHECK-LABEL: func.func @numbered
// CHECK: uop.guard_builtin %[[F:.*]] state({{.*}}function = "enumerate"
// CHECK: %[[FIRST:.*]] = arith.constant 0 : i64
// CHECK: %[[IT:.*]] = uop.get_iter %arg1
// CHECK: uop.incref %[[F]]
// CHECK-NOT: uop.call
// CHECK: cf.br ^[[HEADER:.*]](%[[FIRST]] : i64)
// CHECK: ^[[HEADER]](%[[NUMBER:.*]]: i64):
// CHECK: %[[OBJECT:.*]] = uop.reduction %[[F]](%[[IT]], %[[NUMBER]] : !uop.value, i64)
// CHECK: %[[ITEM:.*]] = uop.next %[[IT]] state(%[[OBJECT]]
// CHECK: %[[BOX:.*]] = uop.box_int %[[NUMBER]]
// CHECK: %[[NEXT:.*]] = arith.addi %[[NUMBER]]
// CHECK-NOT: uop.unpack_sequence
// CHECK: uop.decref %[[BOX]]
// CHECK: uop.decref %[[ITEM]]
// CHECK: %[[LATER:.*]] = uop.reduction %[[F]](%[[IT]], %[[NEXT]]
// CHECK: uop.poll state(%[[LATER]]
// CHECK: cf.br ^[[HEADER]](%[[NEXT]] : i64)
// CHECK: uop.decref %[[IT]]
// CHECK-NEXT: uop.decref %[[F]]
module {
func.func @numbered(%self: !uop.value, %xs: !uop.value) -> !uop.value attributes {uop.code = 1 : i32, uop.name = "m:numbered"} {
  %f = uop.load_global {name = "enumerate", nameIndex = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %object = uop.call(%f, %xs) state(%f, %xs : !uop.value, !uop.value) {argc = 1 : i32, callCache = 0 : i32, pc = 4 : i32, registers = array<i16: 0, 1>, owned = array<i1: true, false>}
  uop.decref %f
  %it = uop.get_iter %object state(%object : !uop.value) {pc = 6 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  uop.decref %object
  cf.br ^header
^header:
  %item = uop.next %it state(%it : !uop.value) {pc = 8 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  %done = uop.is_null %item
  cf.cond_br %done, ^exit, ^body
^body:
  %parts:2 = uop.unpack_sequence %item state(%it, %item : !uop.value, !uop.value) {count = 2 : i32, pc = 10 : i32, registers = array<i16: 0, 1>, owned = array<i1: true, true>} : !uop.value, !uop.value
  uop.decref %item
  uop.decref %parts#1
  uop.decref %parts#0
  uop.poll state(%it : !uop.value) {pc = 12 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  cf.br ^header
^exit:
  uop.decref %it
  %none = uop.none
  return %none : !uop.value
}

// Each step asks one iterator after the other. When the second has ended, the first one's item is
// dropped; a state between the two has that item.
// CHECK-LABEL: func.func @paired
// CHECK: uop.guard_builtin %[[F:.*]] state({{.*}}function = "zip"
// CHECK: %[[COUNT:.*]] = arith.constant 2 : i64
// CHECK: %[[A:.*]] = uop.get_iter %arg1
// CHECK: %[[PART:.*]] = uop.reduction %[[F]](%[[A]] : !uop.value)
// CHECK: %[[B:.*]] = uop.get_iter %arg2 state(%[[PART]]
// CHECK: uop.reduction %[[F]](%[[COUNT]], %[[A]], %[[B]] : i64, !uop.value, !uop.value)
// CHECK: %[[X:.*]] = uop.next %[[A]]
// CHECK: %[[MIDDLE:.*]] = uop.reduction %[[F]](%[[COUNT]], %[[A]], %[[B]], %[[X]] : i64, !uop.value, !uop.value, !uop.value)
// CHECK: %[[Y:.*]] = uop.next %[[B]] state(%[[MIDDLE]]
// CHECK: uop.decref %[[X]]
// CHECK: uop.build_tuple(%[[X]], %[[Y]]) {count = 2 : i32}
func.func @paired(%self: !uop.value, %xs: !uop.value, %ys: !uop.value) -> !uop.value attributes {uop.code = 2 : i32, uop.name = "m:paired"} {
  %f = uop.load_global {name = "zip", nameIndex = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %object = uop.call(%f, %xs, %ys) state(%f, %xs, %ys : !uop.value, !uop.value, !uop.value) {argc = 2 : i32, callCache = 0 : i32, pc = 4 : i32, registers = array<i16: 0, 1, 2>, owned = array<i1: true, false, false>}
  uop.decref %f
  %it = uop.get_iter %object state(%object : !uop.value) {pc = 6 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  uop.decref %object
  cf.br ^header
^header:
  %item = uop.next %it state(%it : !uop.value) {pc = 8 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  %done = uop.is_null %item
  cf.cond_br %done, ^exit, ^body
^body:
  uop.poll state(%it, %item : !uop.value, !uop.value) {pc = 12 : i32, registers = array<i16: 0, 1>, owned = array<i1: true, true>}
  uop.decref %item
  cf.br ^header
^exit:
  uop.decref %it
  %none = uop.none
  return %none : !uop.value
}

// A generator expression's frame holds the object as its argument and as what it iterates over: it
// is made once for both.
// CHECK-LABEL: func.func @heldTwice
// CHECK: uop.guard_builtin %[[F:.*]] state({{.*}}function = "enumerate"
// CHECK: %[[IT:.*]] = uop.get_iter %arg1
// CHECK: cf.br
// CHECK: uop.generator_frame %arg0 %{{.*}}(%[[OBJECT:[0-9]*]], %[[OBJECT]] : !uop.value, !uop.value)
// CHECK: uop.next %[[IT]] state(
// CHECK: uop.decref %[[IT]]
// CHECK-NEXT: uop.decref %[[F]]
// CHECK-NOT: uop.decref
// CHECK: return
func.func @heldTwice(%self: !uop.value, %xs: !uop.value) -> !uop.value attributes {uop.code = 3 : i32, uop.name = "m:heldTwice"} {
  %f = uop.load_global {name = "enumerate", nameIndex = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %object = uop.call(%f, %xs) state(%f, %xs : !uop.value, !uop.value) {argc = 1 : i32, callCache = 0 : i32, pc = 4 : i32, registers = array<i16: 0, 1>, owned = array<i1: true, false>}
  uop.decref %f
  %it = uop.get_iter %object state(%object : !uop.value) {pc = 6 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  uop.decref %object
  uop.incref %it
  cf.br ^header
^header:
  %middle = arith.constant -3 : i64
  %frame = uop.generator_frame %self %middle(%it, %it : !uop.value, !uop.value) {counted = array<i1: true, true>, frame = 0 : i32, slots = array<i16: -1, 0>}
  %item = uop.next %it state(%frame : !uop.value) {pc = 8 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  %done = uop.is_null %item
  cf.cond_br %done, ^exit, ^body
^body:
  %parts:2 = uop.unpack_sequence %item state(%frame, %item : !uop.value, !uop.value) {count = 2 : i32, pc = 10 : i32, registers = array<i16: 0, 1>, owned = array<i1: true, true>} : !uop.value, !uop.value
  uop.decref %item
  uop.decref %parts#1
  uop.decref %parts#0
  cf.br ^header
^exit:
  uop.decref %it
  uop.decref %it
  %none = uop.none
  return %none : !uop.value
}
}
