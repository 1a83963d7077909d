// RUN: %pyc opt --self-calls --split-input-file %s | FileCheck %s
// REQUIRES: compiler

// The global that a profile always saw to be this function: nothing is loaded or counted.
// CHECK-LABEL: func.func @fact
// CHECK: uop.guard_self_global %arg0 {name = "fact"
// CHECK-NOT: uop.load_global
// CHECK: uop.call(%arg0, %arg1) state(%arg0, %arg1 : {{.*}}owned = array<i1: false, false>
// CHECK-NOT: uop.decref
func.func @fact(%self: !uop.value, %n: !uop.value) -> !uop.value attributes {uop.name = "m:fact"} {
  %f = uop.load_global {name = "fact", nameIndex = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>, seen = [["function m:fact"]]}
  %r = uop.call(%f, %n) state(%f, %n : !uop.value, !uop.value) {argc = 1 : i32, callCache = 0 : i32, pc = 1 : i32, registers = array<i16: 0, -1>, owned = array<i1: true, false>}
  uop.decref %f
  return %r : !uop.value
}

// -----

// Another function, or one that is handed on, is loaded.
// CHECK-LABEL: func.func @other
// CHECK-COUNT-2: uop.load_global
func.func @other(%self: !uop.value, %n: !uop.value) -> !uop.value attributes {uop.name = "m:other"} {
  %f = uop.load_global {name = "fact", nameIndex = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>, seen = [["function m:fact"]]}
  %r = uop.call(%f, %n) {argc = 1 : i32, callCache = 0 : i32, pc = 1 : i32, registers = array<i16>, owned = array<i1>}
  uop.decref %f
  uop.decref %r
  %g = uop.load_global {name = "other", nameIndex = 1 : i32, pc = 2 : i32, registers = array<i16>, owned = array<i1>, seen = [["function m:other"]]}
  return %g : !uop.value
}
