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

// -----

// A short method that calls nothing, but for what it raises.
// CHECK-LABEL: func.func @asks
// CHECK: uop.load_known_method
// CHECK: uop.guard_function
// CHECK: uop.load_attr %arg1
// CHECK: uop.throw
// CHECK-NOT: uop.call_method
func.func @find(%self: !uop.value, %o: !uop.value) -> !uop.value attributes {uop.code = 1 : i32, uop.direct, uop.name = "m:C.find", uop.tracked = array<i1: false>} {
  %null = uop.null
  %v = uop.load_attr %o {name = "x", nameIndex = 0 : i32, attrCache = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %none = uop.none
  %same = uop.same %v %none
  cf.cond_br %same, ^fail, ^found
^found:
  return %v : !uop.value
^fail:
  %e = uop.call(%v, %v) state(%v : !uop.value) {argc = 1 : i32, callCache = 0 : i32, pc = 2 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  uop.throw "raise"(%e) state(%v, %e : !uop.value, !uop.value) {depth = -1 : i32, pc = 4 : i32, registers = array<i16: 0, 1>, owned = array<i1: true, true>}
  return %null : !uop.value
}
func.func @asks(%self: !uop.value, %o: !uop.value) -> !uop.value attributes {uop.code = 2 : i32, uop.direct, uop.name = "m:asks", uop.tracked = array<i1: false>} {
  %m = uop.load_known_method %o {name = "find", nameIndex = 0 : i32, ways = 1 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %r = uop.call_method(%m, %o) state(%m, %o : !uop.value, !uop.value) {argc = 0 : i32, callCache = 0 : i32, pc = 2 : i32, registers = array<i16: 0, 1>, owned = array<i1: true, false>, seen = [["instance m:D{}@24"], ["function m:C.find"]]}
  uop.decref %m
  return %r : !uop.value
}

// -----

// One that calls is not put in.
// CHECK-LABEL: func.func @asks
// CHECK: uop.call_method
func.func @find(%self: !uop.value, %o: !uop.value) -> !uop.value attributes {uop.code = 1 : i32, uop.direct, uop.name = "m:C.find", uop.tracked = array<i1: false>} {
  %e = uop.call(%o, %o) state(%o : !uop.value) {argc = 1 : i32, callCache = 0 : i32, pc = 2 : i32, registers = array<i16: 0>, owned = array<i1: false>}
  return %e : !uop.value
}
func.func @asks(%self: !uop.value, %o: !uop.value) -> !uop.value attributes {uop.code = 2 : i32, uop.direct, uop.name = "m:asks", uop.tracked = array<i1: false>} {
  %m = uop.load_known_method %o {name = "find", nameIndex = 0 : i32, ways = 1 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %r = uop.call_method(%m, %o) state(%m, %o : !uop.value, !uop.value) {argc = 0 : i32, callCache = 0 : i32, pc = 2 : i32, registers = array<i16: 0, 1>, owned = array<i1: true, false>, seen = [["instance m:D{}@24"], ["function m:C.find"]]}
  uop.decref %m
  return %r : !uop.value
}

// -----

// What was seen of the parameter in all calls is narrowed to what was seen of the argument of this one.
// CHECK-LABEL: func.func @one_of_them
// CHECK: uop.load_attr %arg1{{.*}}seen = {{\[\[}}"int"], ["instance m:B{y,x}@24"]]
func.func @get(%self: !uop.value, %o: !uop.value) -> !uop.value attributes {uop.code = 1 : i32, uop.direct, uop.name = "m:Base.get", uop.tracked = array<i1: false>} {
  %v = uop.load_attr %o {name = "x", nameIndex = 0 : i32, attrCache = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>, seen = [["int"], ["instance m:A{x}@24", "instance m:B{y,x}@24"]]}
  return %v : !uop.value
}
func.func @one_of_them(%self: !uop.value, %o: !uop.value) -> !uop.value attributes {uop.code = 2 : i32, uop.direct, uop.name = "m:B.twice", uop.tracked = array<i1: false>} {
  %m = uop.load_known_method %o {name = "get", nameIndex = 0 : i32, pc = 4 : i32, registers = array<i16>, owned = array<i1>, ways = 1 : i32, seen = [["function m:Base.get"], ["instance m:B{y,x}@24"]]}
  %r = uop.call_method(%m, %o) state(%m, %o : !uop.value, !uop.value) {argc = 0 : i32, callCache = 0 : i32, pc = 5 : i32, registers = array<i16: 0, 1>, owned = array<i1: true, false>, seen = [["int"], ["function m:Base.get"]]}
  uop.decref %m
  return %r : !uop.value
}

// -----

// Arguments that the callee collects are in a tuple, which its frame owns.
// CHECK-LABEL: func.func @gives_more
// CHECK: %[[T:.*]] = uop.build_tuple(%arg2, %arg3) {count = 2 : i32}
// CHECK: uop.neg %arg2 state(%arg2, %[[T]], %{{.*}} {{.*}}owned = array<i1: false, true, false>
// CHECK: uop.decref %[[T]]
// CHECK-NOT: uop.call(
func.func @collects(%self: !uop.value, %a: !uop.value, %rest: !uop.value) -> !uop.value attributes {uop.code = 1 : i32, uop.collects, uop.name = "m:collects", uop.tracked = array<i1: false, false>} {
  %n = uop.neg %a {pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  return %n : !uop.value
}
func.func @gives_more(%self: !uop.value, %f: !uop.value, %a: !uop.value, %b: !uop.value) -> !uop.value attributes {uop.code = 2 : i32, uop.direct, uop.name = "m:gives_more", uop.tracked = array<i1: false, false, false>} {
  %r = uop.call(%f, %a, %a, %b) state(%f, %a, %a, %b : !uop.value, !uop.value, !uop.value, !uop.value) {argc = 3 : i32, callCache = 0 : i32, pc = 4 : i32, registers = array<i16: 0, 1, 2, 3>, owned = array<i1: true, false, false, false>, seen = [["int"], ["function m:collects"]]}
  uop.decref %f
  return %r : !uop.value
}

// -----

// Not where it takes another value later.
// CHECK-LABEL: func.func @rebinds
// CHECK: uop.call(
func.func @collects(%self: !uop.value, %rest: !uop.value) -> !uop.value attributes {uop.code = 1 : i32, uop.collects, uop.name = "m:collects", uop.tracked = array<i1: true>} {
  %n = uop.none
  return %n : !uop.value
}
func.func @rebinds(%self: !uop.value, %f: !uop.value, %a: !uop.value) -> !uop.value attributes {uop.code = 2 : i32, uop.direct, uop.name = "m:rebinds", uop.tracked = array<i1: false, false>} {
  %r = uop.call(%f, %a) state(%f, %a : !uop.value, !uop.value) {argc = 1 : i32, callCache = 0 : i32, pc = 4 : i32, registers = array<i16: 0, 1>, owned = array<i1: true, false>, seen = [["NoneType"], ["function m:collects"]]}
  uop.decref %f
  return %r : !uop.value
}
