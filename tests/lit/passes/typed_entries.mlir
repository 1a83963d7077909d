// RUN: %pyc opt --typed-entries --unbox --split-input-file %s | FileCheck %s
// REQUIRES: compiler

// A function of ints: the typed entry takes and returns them in registers; the general one guards,
// enters it and boxes the result. A call that knows the function uses the typed entry.
// CHECK-LABEL: func.func @twice$typed(%arg0: !uop.value, %arg1: i64) -> (i64, i1)
// CHECK: %[[S:.*]] = uop.int_add %arg1 %arg1
// CHECK: %[[NO:.*]] = arith.constant false
// CHECK: return %[[S]], %[[NO]] : i64, i1
// CHECK-LABEL: func.func @twice(%arg0: !uop.value, %arg1: !uop.value) -> !uop.value
// CHECK: %[[N:.*]] = uop.guard_int %arg1
// CHECK: %[[V:.*]], %[[BOXED:.*]] = uop.enter_typed "twice$typed" %arg0(%[[N]] : i64)
// CHECK: %[[R:.*]] = uop.box_result_int %[[V]] %[[BOXED]]
// CHECK: return %[[R]]
func.func @twice(%self: !uop.value, %x: !uop.value) -> !uop.value attributes {uop.name = "m:twice", uop.direct, uop.tracked = array<i1: false>} {
  %n = uop.guard_int %x {pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %b = uop.box_int %n
  %s = uop.add %b %b {pc = 1 : i32, registers = array<i16>, owned = array<i1>}
  return %s : !uop.value
}
// CHECK-LABEL: func.func @caller
// CHECK: %[[A:.*]] = uop.guard_int %arg2
// CHECK: %[[V:.*]], %[[BOXED:.*]] = uop.call_typed "twice$typed" %arg1(%[[A]] : i64)
// CHECK: %[[N:.*]] = uop.typed_result_int %[[V]] %[[BOXED]]
// CHECK: uop.int_add %[[N]] %[[N]]
func.func @caller(%self: !uop.value, %f: !uop.value, %x: !uop.value) -> !uop.value attributes {uop.profiled} {
  %r = uop.call(%f, %x) {argc = 1 : i32, callCache = 0 : i32, pc = 3 : i32, registers = array<i16>, owned = array<i1>, seen = [["int"], ["function m:twice"]]}
  %n = uop.guard_int %r state(%r : !uop.value) {pc = 5 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  %b = uop.box_int %n
  %s = uop.add %b %b {pc = 6 : i32, registers = array<i16>, owned = array<i1>}
  return %s : !uop.value
}
// A result that something else than its guard uses is boxed: the guard may stand far behind.
// CHECK-LABEL: func.func @kept
// CHECK: %[[V:.*]], %[[BOXED:.*]] = uop.call_typed "twice$typed"
// CHECK: %[[R:.*]] = uop.box_result_int %[[V]] %[[BOXED]]
// CHECK: uop.guard_int %[[R]]
// CHECK: uop.decref %[[R]]
func.func @kept(%self: !uop.value, %f: !uop.value, %x: !uop.value) -> !uop.value attributes {uop.profiled} {
  %r = uop.call(%f, %x) {argc = 1 : i32, callCache = 0 : i32, pc = 3 : i32, registers = array<i16>, owned = array<i1>, seen = [["int"], ["function m:twice"]]}
  %n = uop.guard_int %r state(%r : !uop.value) {pc = 5 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  %b = uop.box_int %n
  uop.decref %r
  return %b : !uop.value
}
// Without a profile the callee is supposed: numbers are passed where they are numbers for sure.
// CHECK-LABEL: func.func @supposed
// CHECK: uop.call_typed "twice$typed" %arg1(%arg3 : i64)
// CHECK-NOT: uop.guard_int
// CHECK: uop.call(%arg1, %arg2)
func.func @supposed(%self: !uop.value, %f: !uop.value, %x: !uop.value, %i: i64) -> !uop.value {
  %n = uop.box_int %i
  %a = uop.call(%f, %n) {argc = 1 : i32, callCache = 0 : i32, pc = 3 : i32, registers = array<i16>, owned = array<i1>, seen = [[], ["function m:twice"]]}
  uop.decref %a
  %b = uop.call(%f, %x) {argc = 1 : i32, callCache = 0 : i32, pc = 4 : i32, registers = array<i16>, owned = array<i1>, seen = [[], ["function m:twice"]]}
  return %b : !uop.value
}

// -----

// The general entry looks for the slot of the function's own name; the typed one relies on it. Inlined code has slots
// of its own.
// CHECK-LABEL: func.func @down$typed
// CHECK: uop.guard_self_global %arg0 {inlined = 0 : i32, name = "down", nameIndex = 5
// CHECK: uop.guard_self_global %arg0 {found,
// CHECK-LABEL: func.func @down(
// CHECK-NEXT: uop.guard_int
// CHECK-NEXT: uop.guard_self_global %arg0 {name = "down", nameIndex = 0
// CHECK-SAME: pc = 0
// CHECK: uop.enter_typed
func.func @down(%self: !uop.value, %x: !uop.value) -> !uop.value attributes {uop.name = "m:down", uop.direct, uop.tracked = array<i1: false>} {
  %n = uop.guard_int %x {pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %b = uop.box_int %n
  uop.guard_self_global %self {inlined = 0 : i32, name = "down", nameIndex = 5 : i32, pc = 2 : i32, registers = array<i16>, owned = array<i1>}
  uop.guard_self_global %self {name = "down", nameIndex = 0 : i32, pc = 3 : i32, registers = array<i16>, owned = array<i1>}
  %r = uop.call(%self, %b) {argc = 1 : i32, callCache = 0 : i32, pc = 4 : i32, registers = array<i16>, owned = array<i1>, seen = [["int"], ["function m:down"]]}
  %m = uop.guard_int %r state(%r : !uop.value) {pc = 5 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  %s = uop.box_int %m
  return %s : !uop.value
}

// -----

// The result is a number behind the call, although a frame of the guard's state holds it.
func.func @half(%self: !uop.value, %x: !uop.value) -> !uop.value attributes {uop.name = "m:half", uop.direct, uop.tracked = array<i1: false>} {
  %n = uop.guard_float %x {pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %b = uop.box_float %n
  %s = uop.add %b %b {pc = 1 : i32, registers = array<i16>, owned = array<i1>}
  return %s : !uop.value
}
// CHECK-LABEL: func.func @in_generator
// CHECK: %[[V:.*]], %[[BOXED:.*]] = uop.call_typed "half$typed"
// CHECK: uop.generator_frame
// CHECK-NOT: uop.box_result_float
// CHECK: uop.typed_result_float %[[V]] %[[BOXED]]
func.func @in_generator(%self: !uop.value, %f: !uop.value, %g: !uop.value, %x: !uop.value) -> !uop.value attributes {uop.profiled} {
  %at = arith.constant 7 : i64
  %r = uop.call(%f, %x) {argc = 1 : i32, callCache = 0 : i32, pc = 3 : i32, registers = array<i16>, owned = array<i1>, seen = [["float"], ["function m:half"]]}
  %frame = uop.generator_frame %g %at(%r : !uop.value) {counted = array<i1: true>, frame = 0 : i32, slots = array<i16: -1>}
  %n = uop.guard_float %r state(%frame : !uop.value) {pc = 5 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  %b = uop.box_float %n
  return %b : !uop.value
}
