// RUN: %pyc opt --specialize-attributes --split-input-file %s | FileCheck %s
// REQUIRES: compiler

// One class: a guard, then a load at the attribute's offset; numbers that are computed with come
// out of their box at once.
// CHECK-LABEL: func.func @one_class
// CHECK: uop.guard_shape %arg1 {layout = "instance m:P{x,y}@24"
// CHECK: %[[N:.*]] = uop.load_slot_float %arg1 {layout = "instance m:P{x,y}@24", name = "y", {{.*}}offset = 32
// CHECK: uop.box_float %[[N]]
func.func @one_class(%self: !uop.value, %p: !uop.value) -> !uop.value {
  %y = uop.load_attr %p {name = "y", nameIndex = 0 : i32, attrCache = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>, seen = [["float"], ["instance m:P{x,y}@24"]]}
  %r = uop.mul %y %y {pc = 1 : i32, registers = array<i16>, owned = array<i1>}
  return %r : !uop.value
}

// -----

// Several classes that have the attribute at the same place: one guard for all of them.
// CHECK-LABEL: func.func @same_place
// CHECK: uop.guard_shape %arg1 {layout = "instance m:A{link}@24|instance m:B{link,z}@24"
// CHECK: uop.load_slot %arg1 {{.*}}offset = 24
func.func @same_place(%self: !uop.value, %p: !uop.value) -> !uop.value {
  %y = uop.load_attr %p {name = "link", nameIndex = 0 : i32, attrCache = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>, seen = [["None"], ["instance m:B{link,z}@24", "instance m:A{link}@24"]]}
  return %y : !uop.value
}

// -----

// At different places, or where more than the profile kept was seen: as it was.
// CHECK-LABEL: func.func @other_places
// CHECK-NOT: uop.guard_shape
// CHECK: uop.load_attr
// CHECK: uop.load_attr
func.func @other_places(%self: !uop.value, %p: !uop.value) -> !uop.value {
  %a = uop.load_attr %p {name = "b", nameIndex = 0 : i32, attrCache = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>, seen = [["int"], ["instance m:A{b}@24", "instance m:B{a,b}@24"]]}
  %b = uop.load_attr %p {name = "b", nameIndex = 0 : i32, attrCache = 1 : i32, pc = 1 : i32, registers = array<i16>, owned = array<i1>, seen = [["int"], ["instance m:A{b}@24", "..."]]}
  uop.decref %a
  return %b : !uop.value
}

// -----

// Stores: of numbers, and of anything.
// CHECK-LABEL: func.func @stores
// CHECK: uop.guard_shape %arg1
// CHECK: uop.store_slot_number %arg1 %arg2
// CHECK: uop.guard_shape %arg1
// CHECK: uop.store_slot %arg1 %arg2
func.func @stores(%self: !uop.value, %p: !uop.value, %v: !uop.value) {
  uop.store_attr %p %v {name = "x", nameIndex = 0 : i32, attrCache = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>, seen = [["instance m:P{x,y}@24"], ["float"]]}
  uop.store_attr %p %v {name = "x", nameIndex = 0 : i32, attrCache = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>, seen = [["instance m:P{x,y}@24"], ["str"]]}
  return
}
