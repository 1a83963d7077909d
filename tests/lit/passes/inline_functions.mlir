// RUN: %pyc opt --inline-functions --split-input-file %s | FileCheck %s
// REQUIRES: compiler

// A tuple is made in one function and taken apart in the other. The code keeps its own states, with
// the caller's frame in them.
// CHECK-LABEL: func.func @caller
// CHECK: uop.guard_function %arg1 state(%arg1{{.*}}symbol = "callee"
// CHECK: uop.inlined_frame %arg1 {code = 1 : i32, frame = 0 : i32}
// CHECK: %[[C:.*]] = uop.caller_frame state(%arg1, %arg2{{.*}}kind = 0 : i32{{.*}}pc = 4 : i32
// CHECK: %[[N:.*]] = uop.neg %arg2 state(%arg2, %[[C]]{{.*}}inlined = 0 : i32{{.*}}registers = array<i16: -1, -32768>, word = 0 : i32
// CHECK: %[[T:.*]] = uop.build_tuple(%[[N]], %arg2)
// CHECK: uop.decref %arg1
// CHECK: uop.unpack_sequence %[[T]]
func.func @callee(%self: !uop.value, %a: !uop.value) -> !uop.value attributes {uop.code = 1 : i32, uop.direct, uop.name = "m:callee", uop.tracked = array<i1: false>} {
  %n = uop.neg %a {pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %t = uop.build_tuple(%n, %a) {count = 2 : i32, pc = 1 : i32}
  uop.decref %n
  return %t : !uop.value
}
func.func @caller(%self: !uop.value, %f: !uop.value, %a: !uop.value) -> !uop.value attributes {uop.code = 2 : i32, uop.direct, uop.name = "m:caller", uop.tracked = array<i1: false, false>} {
  %t = uop.call(%f, %a) state(%f, %a : !uop.value, !uop.value) {argc = 1 : i32, callCache = 0 : i32, pc = 4 : i32, registers = array<i16: 0, 1>, owned = array<i1: true, false>, seen = [["tuple"], ["function m:callee"]]}
  uop.decref %f
  %x:2 = uop.unpack_sequence %t state(%t : !uop.value) {count = 2 : i32, pc = 6 : i32, registers = array<i16: 0>, owned = array<i1: true>} : !uop.value, !uop.value
  uop.decref %t
  uop.decref %x#1
  return %x#0 : !uop.value
}

// -----

// The caller hands the tuple on: nothing would be gained.
// CHECK-LABEL: func.func @returned
// CHECK: uop.call(
func.func @callee(%self: !uop.value, %a: !uop.value) -> !uop.value attributes {uop.code = 1 : i32, uop.direct, uop.name = "m:callee", uop.tracked = array<i1: false>} {
  %t = uop.build_tuple(%a, %a) {count = 2 : i32, pc = 1 : i32}
  return %t : !uop.value
}
func.func @returned(%self: !uop.value, %f: !uop.value, %a: !uop.value) -> !uop.value attributes {uop.code = 2 : i32, uop.direct, uop.name = "m:returned", uop.tracked = array<i1: false, false>} {
  %t = uop.call(%f, %a) state(%f, %a : !uop.value, !uop.value) {argc = 1 : i32, callCache = 0 : i32, pc = 4 : i32, registers = array<i16: 0, 1>, owned = array<i1: true, false>, seen = [["tuple"], ["function m:callee"]]}
  uop.decref %f
  return %t : !uop.value
}
