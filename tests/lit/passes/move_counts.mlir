// RUN: %pyc opt --move-counts --split-input-file %s | FileCheck %s
// REQUIRES: compiler

// Both values end behind the additions, which leave nothing and run nothing.
// CHECK-LABEL: func.func @made
// CHECK: uop.add_slot %arg1 %arg2 {{.*}}moved{{.*}}step = 0
// CHECK: uop.add_slot %arg1 %arg3 {{.*}}moved{{.*}}step = 1
// CHECK-NEXT: uop.decref %arg4
// CHECK-NEXT: return
func.func @made(%self: !uop.value, %o: !uop.value, %a: !uop.value, %b: !uop.value, %class: !uop.value) {
  uop.add_slot %o %a {layout = "C{}@24+a+b", name = "a", nameIndex = 0 : i32, offset = 24 : i32, step = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.add_slot %o %b {layout = "C{}@24+a+b", name = "b", nameIndex = 1 : i32, offset = 32 : i32, step = 1 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.decref %class
  uop.decref %a
  uop.decref %b
  return
}

// -----

// Of two counts that are taken only one ends.
// CHECK-LABEL: func.func @twice
// CHECK: uop.add_slot
// CHECK-NOT: moved
// CHECK: uop.store_slot {{.*}}moved
// CHECK-NEXT: return
func.func @twice(%self: !uop.value, %o: !uop.value, %v: !uop.value) {
  uop.add_slot %o %v {layout = "C{}@24+a", name = "a", nameIndex = 0 : i32, offset = 24 : i32, step = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.store_slot %o %v {layout = "C{a,b}@24", name = "b", nameIndex = 1 : i32, offset = 32 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.decref %v
  return
}

// -----

// An exit in between owns the value.
// CHECK-LABEL: func.func @guarded
// CHECK-NOT: moved
// CHECK: uop.decref
func.func @guarded(%self: !uop.value, %o: !uop.value, %v: !uop.value) {
  uop.store_slot %o %v {layout = "C{a}@24", name = "a", nameIndex = 0 : i32, offset = 24 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.guard_shape %o state(%v : !uop.value) {layout = "C{a}@24", pc = 2 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  uop.decref %v
  return
}

// -----

// CHECK-LABEL: func.func @used
// CHECK-NOT: moved
// CHECK: uop.decref
func.func @used(%self: !uop.value, %o: !uop.value, %v: !uop.value) -> i1 {
  uop.store_slot %o %v {layout = "C{a}@24", name = "a", nameIndex = 0 : i32, offset = 24 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %none = uop.none
  %same = uop.same %v %none
  uop.decref %v
  return %same : i1
}
