// RUN: %pyc opt --sink-slices --split-input-file %s | FileCheck %s
// REQUIRES: compiler

// The slice is taken behind the addition, whose exit goes on at the slice's uop (pc 3), and only
// where items can't be copied.
// CHECK-LABEL: func.func @reversed_prefix
// CHECK: %[[N:.*]] = uop.int_add %{{.*}} state(%arg1, %[[I:.*]] : !uop.value, i64)
// CHECK-SAME: pc = 3 : i32, registers = array<i16: -1, 0>
// CHECK: %[[STOP:.*]] = arith.maxsi %[[N]]
// CHECK: %[[START:.*]] = arith.maxsi %[[I]]
// CHECK: %[[DONE:.*]] = uop.copy_slice %arg1 %{{.*}} %[[STOP]] %{{.*}} %arg2 %[[START]] %{{.*}} %{{.*}}
// CHECK: cf.cond_br %[[DONE]], ^[[COPIED:bb[0-9]+]], ^[[GENERAL:bb[0-9]+]]
// CHECK: ^[[COPIED]]:
// CHECK-NEXT: cf.br ^[[REST:bb[0-9]+]]
// CHECK: ^[[GENERAL]]:
// CHECK: %[[K:.*]] = uop.box_int %[[I]] {scoped}
// CHECK: %[[S:.*]] = uop.load_slice
// CHECK-NEXT: uop.decref %[[K]]
// CHECK-NEXT: uop.store_slice
// CHECK-NEXT: uop.decref %[[S]]
// CHECK-NEXT: cf.br ^[[REST]]
func.func @reversed_prefix(%self: !uop.value, %a: !uop.value, %b: !uop.value, %i: i64) -> !uop.value {
  %one = arith.constant 1 : i64
  %none = uop.none
  %minus = uop.box_int %one
  %k = uop.box_int %i {scoped}
  %s = uop.load_slice(%k, %none, %minus) %b state(%a, %i : !uop.value, i64) {pc = 3 : i32, registers = array<i16: -1, 0>, owned = array<i1: true, false>}
  uop.decref %k
  %n = uop.int_add %i %one state(%a, %s : !uop.value, !uop.value) {pc = 5 : i32, registers = array<i16: -1, 0>, owned = array<i1: true, true>}
  %stop = uop.box_int %n
  uop.store_slice(%none, %stop, %none) %a %s state(%a, %s : !uop.value, !uop.value) {pc = 7 : i32, registers = array<i16: -1, 0>, owned = array<i1: true, true>}
  uop.decref %s
  return %none : !uop.value
}

// -----

// What stands between may run Python code, so the slice is taken where it was.
// CHECK-LABEL: func.func @call_between
// CHECK: uop.load_slice
// CHECK-NOT: copy_slice
// CHECK: uop.add
// CHECK-NOT: copy_slice
func.func @call_between(%self: !uop.value, %a: !uop.value, %b: !uop.value) -> !uop.value {
  %none = uop.none
  %s = uop.load_slice(%none, %none, %none) %b state(%a : !uop.value) {pc = 3 : i32, registers = array<i16: -1>, owned = array<i1: true>}
  %n = uop.add %a %b state(%a, %s : !uop.value, !uop.value) {pc = 5 : i32, registers = array<i16: -1, 0>, owned = array<i1: true, true>}
  uop.store_slice(%none, %n, %none) %a %s state(%a, %s : !uop.value, !uop.value) {pc = 7 : i32, registers = array<i16: -1, 0>, owned = array<i1: true, true>}
  uop.decref %s
  return %none : !uop.value
}

// -----

// The slice is seen by others.
// CHECK-LABEL: func.func @kept
// CHECK-NOT: copy_slice
func.func @kept(%self: !uop.value, %a: !uop.value, %b: !uop.value) -> !uop.value {
  %none = uop.none
  %s = uop.load_slice(%none, %none, %none) %b state(%a : !uop.value) {pc = 3 : i32, registers = array<i16: -1>, owned = array<i1: true>}
  uop.store_slice(%none, %none, %none) %a %s state(%a, %s : !uop.value, !uop.value) {pc = 7 : i32, registers = array<i16: -1, 0>, owned = array<i1: true, true>}
  return %s : !uop.value
}
