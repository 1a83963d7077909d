// RUN: %pyc opt --prune-block-arguments --inline-generators --prune-block-arguments --split-input-file %s | FileCheck %s
// REQUIRES: compiler

// The loop's body follows the yield; the next turn goes on behind it. Frame states rebuild the
// generator: in its code at the loop's `next`, in the body behind the yield, where it is released.
// CHECK-LABEL: func.func @consume
// CHECK: uop.guard_generator %[[F:.*]] state
// CHECK: uop.incref %[[F]]
// CHECK: uop.incref %arg1
// CHECK: uop.inlined_frame %[[F]] {code = 1 : i32, frame = 0 : i32}
// CHECK-NOT: uop.call
// CHECK-NOT: uop.next
// Nothing catches what the inlined code raises: it is raised once more at the loop.
// CHECK: uop.throw "propagate" {depth = -1 : i32{{.*}}pc = 8
// CHECK: %[[AT:.*]] = arith.constant -6 : i64
// CHECK: %[[OBJECT:.*]] = uop.generator_frame %[[F]] %[[AT]](%arg1 : !uop.value)
// CHECK: uop.add %arg1 %arg1 state(%[[OBJECT]] : !uop.value) {inlined = 0 : i32, {{.*}}pc = 8 : i32{{.*}}word = 4
// CHECK-NOT: uop.suspend
// CHECK: uop.poll state(%{{.*}} : !uop.value) {{.*}}pc = 12
module {
func.func @consume(%self: !uop.value, %n: !uop.value) -> !uop.value attributes {uop.code = 2 : i32, uop.name = "m:consume"} {
  %f = uop.load_global {name = "twice", nameIndex = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %object = uop.call(%f, %n) state(%f, %n : !uop.value, !uop.value) {argc = 1 : i32, callCache = 0 : i32, pc = 4 : i32, registers = array<i16: 0, 1>, owned = array<i1: true, false>, seen = [[], ["function m:twice"]]}
  uop.decref %f
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
func.func @twice(%self: !uop.value, %registers: i64, %resumption: i64, %sent: !uop.value) -> !uop.value attributes {uop.code = 1 : i32, uop.name = "m:twice", uop.parameters = 1 : i32} {
  cf.switch %resumption : i64, [
    default: ^other,
    0: ^start,
    7: ^behind
  ]
^start:
  %n = uop.load_register %registers -1
  %sum = uop.add %n %n state(%n : !uop.value) {pc = 4 : i32, registers = array<i16: -1>, owned = array<i1: true>}
  cf.br ^yield
^yield:
  uop.suspend state(%n : !uop.value) {pc = 6 : i32, registers = array<i16: -1>, owned = array<i1: true>}
  return %sum : !uop.value
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

// -----

// Of several yields each gets a copy of the loop's body, which goes on behind that yield.
module {
// CHECK-LABEL: func.func @consume_both
// CHECK-NOT: cf.switch
// CHECK-COUNT-2: uop.neg
// CHECK-NOT: uop.neg
func.func @consume_both(%self: !uop.value, %n: !uop.value) -> !uop.value attributes {uop.code = 2 : i32, uop.name = "m:consume_both"} {
  %f = uop.load_global {name = "both", nameIndex = 0 : i32, pc = 1 : i32, registers = array<i16>, owned = array<i1>}
  %g = uop.call(%f, %n) state(%f : !uop.value) {argc = 1 : i32, callCache = 0 : i32, pc = 4 : i32, registers = array<i16: 0>, owned = array<i1: true>, seen = [["generator"], ["function m:both"]]}
  uop.decref %f
  %it = uop.get_iter %g state(%g : !uop.value) {pc = 6 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  uop.decref %g
  cf.br ^header
^header:
  %x = uop.next %it state(%it : !uop.value) {pc = 8 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  %end = uop.is_null %x
  cf.cond_br %end, ^exit, ^body
^body:
  %y = uop.neg %x state(%it, %x : !uop.value, !uop.value) {pc = 10 : i32, registers = array<i16: 0, -2>, owned = array<i1: true, true>}
  uop.decref %x
  uop.decref %y
  uop.poll state(%it : !uop.value) {pc = 12 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  cf.br ^header
^exit:
  uop.decref %it
  %none = uop.none
  return %none : !uop.value
}
func.func @both(%self: !uop.value, %registers: i64, %resumption: i64, %sent: !uop.value) -> !uop.value attributes {uop.code = 1 : i32, uop.name = "m:both", uop.parameters = 1 : i32} {
  cf.switch %resumption : i64, [
    default: ^other,
    0: ^start,
    7: ^second,
    9: ^last
  ]
^start:
  %n = uop.load_register %registers -1
  uop.incref %n
  uop.suspend state(%n : !uop.value) {pc = 6 : i32, registers = array<i16: -1>, owned = array<i1: true>}
  return %n : !uop.value
^second:
  %again = uop.load_register %registers -1
  uop.decref %sent
  uop.incref %again
  uop.suspend state(%again : !uop.value) {pc = 8 : i32, registers = array<i16: -1>, owned = array<i1: true>}
  return %again : !uop.value
^last:
  %rest = uop.load_register %registers -1
  uop.decref %sent
  uop.decref %rest
  %none = uop.none
  return %none : !uop.value
^other:
  %result = uop.resume_interpreted %self %registers %sent
  return %result : !uop.value
}
}
