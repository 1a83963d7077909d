// RUN: %pyc opt --known-managers --split-input-file %s | FileCheck %s
// REQUIRES: compiler

// The object, counted once more, is the method's.
// CHECK-LABEL: func.func @entered
// CHECK: %[[M:.*]] = uop.load_known_method %arg1 {accessor = "manager"{{.*}}ways = 1
// CHECK: uop.incref %arg1
// CHECK: uop.call_method(%[[M]], %arg1) state(%[[M]], %arg1 {{.*}}owned = array<i1: true, true>
func.func @entered(%self: !uop.value, %p: !uop.value) -> !uop.value {
  %m, %s = uop.load_special %p {which = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>, seen = [["function m:C.__enter__"], ["instance m:C{}@24"], ["instance m:C{}@24"]]} : !uop.value, !uop.value
  %r = uop.call_method(%m, %s) state(%m, %s : !uop.value, !uop.value) {argc = 0 : i32, callCache = 0 : i32, pc = 2 : i32, registers = array<i16: 0, 1>, owned = array<i1: true, true>}
  uop.decref %m
  uop.decref %s
  return %r : !uop.value
}

// -----

// It leaves where it would raise. Several classes are told apart.
// CHECK-LABEL: func.func @caught
// CHECK: uop.load_known_method %arg1 {{.*}}ways = 2
// CHECK-NOT: uop.take_exception
func.func @caught(%self: !uop.value, %p: !uop.value) {
  %m, %s = uop.load_special %p {which = 1 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>, seen = [["function m:C.__exit__", "function m:D.__exit__"], ["instance m:C{}@24", "instance m:D{}@24"], ["instance m:C{}@24", "instance m:D{}@24"]]} : !uop.value, !uop.value
  uop.unwind ^go, ^handler {depth = 0 : i32}
^go:
  uop.decref %m
  uop.decref %s
  return
^handler:
  %e = uop.take_exception
  uop.decref %e
  return
}

// -----

// CHECK-LABEL: func.func @others
// CHECK-NOT: load_known_method
func.func @others(%self: !uop.value, %p: !uop.value) {
  %m, %s = uop.load_special %p {which = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>, seen = [["builtin"], ["instance m:C{}@24"], ["instance m:C{}@24"]]} : !uop.value, !uop.value
  uop.decref %m
  uop.decref %s
  return
}
