// RUN: %pyc opt --merge-additions --split-input-file %s | FileCheck %s
// REQUIRES: compiler

// One guard for attributes that are added in a row.
// CHECK-LABEL: func.func @row
// CHECK: uop.guard_shape %arg1 {layout = "instance m:C{a}@24+b+c"
// CHECK-NOT: uop.guard_shape
// CHECK: uop.add_slot %arg1 %arg2 {layout = "instance m:C{a}@24+b+c"{{.*}}step = 0
// CHECK: uop.add_slot %arg1 %arg2 {layout = "instance m:C{a}@24+b+c"{{.*}}step = 1
func.func @row(%self: !uop.value, %o: !uop.value, %v: !uop.value) {
  uop.guard_shape %o {layout = "instance m:C{a}@24+b", pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.add_slot %o %v {layout = "instance m:C{a}@24+b", name = "b", nameIndex = 0 : i32, offset = 32 : i32, step = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.guard_shape %o {layout = "instance m:C{a,b}@24+c", pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.add_slot %o %v {layout = "instance m:C{a,b}@24+c", name = "c", nameIndex = 1 : i32, offset = 40 : i32, step = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  return
}

// -----

// What runs code between them may do anything to the object.
// CHECK-LABEL: func.func @call_between
// CHECK-COUNT-2: uop.guard_shape
func.func @call_between(%self: !uop.value, %o: !uop.value, %v: !uop.value) {
  uop.guard_shape %o {layout = "instance m:C{}@24+b", pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.add_slot %o %v {layout = "instance m:C{}@24+b", name = "b", nameIndex = 0 : i32, offset = 24 : i32, step = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %n = uop.neg %v {pc = 1 : i32, registers = array<i16>, owned = array<i1>}
  uop.guard_shape %o {layout = "instance m:C{b}@24+c", pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.add_slot %o %v {layout = "instance m:C{b}@24+c", name = "c", nameIndex = 1 : i32, offset = 32 : i32, step = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  return
}

// -----

// Two values may be the same object.
// CHECK-LABEL: func.func @other_object
// CHECK-COUNT-3: uop.guard_shape
func.func @other_object(%self: !uop.value, %o: !uop.value, %p: !uop.value) {
  uop.guard_shape %o {layout = "instance m:C{}@24+b", pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.add_slot %o %p {layout = "instance m:C{}@24+b", name = "b", nameIndex = 0 : i32, offset = 24 : i32, step = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.guard_shape %p {layout = "instance m:C{b}@24+c", pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.add_slot %p %o {layout = "instance m:C{b}@24+c", name = "c", nameIndex = 1 : i32, offset = 32 : i32, step = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.guard_shape %o {layout = "instance m:C{b}@24+c", pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.add_slot %o %p {layout = "instance m:C{b}@24+c", name = "c", nameIndex = 1 : i32, offset = 32 : i32, step = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  return
}
