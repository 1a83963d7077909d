// RUN: %pyc opt --unpack-items --split-input-file %s | FileCheck %s
// REQUIRES: compiler

// Items that were numbers are numbers.
// CHECK-LABEL: func.func @tuple
// CHECK: %[[ITEMS:.*]]:2 = uop.unpack_items ["tuple"] %arg1 {{.*}} : i64, !uop.value
// CHECK: %[[NUMBER:.*]] = uop.box_int %[[ITEMS]]#0
// CHECK-NOT: unpack_sequence
// CHECK: return %[[NUMBER]], %[[ITEMS]]#1
func.func @tuple(%self: !uop.value, %t: !uop.value) -> (!uop.value, !uop.value) {
  %items:2 = uop.unpack_sequence %t {count = 2 : i32, seen = [["int"], ["int", "str"], ["tuple[2]"]], pc = 0 : i32, registers = array<i16>, owned = array<i1>} : !uop.value, !uop.value
  return %items#0, %items#1 : !uop.value, !uop.value
}

// -----

// CHECK-LABEL: func.func @both
// CHECK: uop.unpack_items ["list[float]", "tuple"] %arg1 {{.*}} : f64, f64
func.func @both(%self: !uop.value, %t: !uop.value) -> (!uop.value, !uop.value) {
  %items:2 = uop.unpack_sequence %t {count = 2 : i32, seen = [["float"], ["float"], ["list[float]", "tuple[2]"]], pc = 0 : i32, registers = array<i16>, owned = array<i1>} : !uop.value, !uop.value
  return %items#0, %items#1 : !uop.value, !uop.value
}

// -----

// Of many items only some are recorded.
// CHECK-LABEL: func.func @many
// CHECK: uop.unpack_items ["tuple"] %arg1 {{.*}} : i64, i64, i64, i64, !uop.value
// CHECK: uop.unpack_items ["tuple", "list[int]"] %arg1 {{.*}} : i64, i64, i64, i64, i64
func.func @many(%self: !uop.value, %t: !uop.value) {
  %a:5 = uop.unpack_sequence %t {count = 5 : i32, seen = [["int"], ["int"], ["int"], ["int"], ["tuple[5]"]], pc = 0 : i32, registers = array<i16>, owned = array<i1>} : !uop.value, !uop.value, !uop.value, !uop.value, !uop.value
  %b:5 = uop.unpack_sequence %t {count = 5 : i32, seen = [["int"], ["int"], ["int"], ["int"], ["tuple[5]", "list[int]"]], pc = 0 : i32, registers = array<i16>, owned = array<i1>} : !uop.value, !uop.value, !uop.value, !uop.value, !uop.value
  return
}

// -----

// Not where there was another length, another type, an exception, or items that a list of that
// storage can't have had.
// CHECK-LABEL: func.func @others
// CHECK-NOT: unpack_items
func.func @others(%self: !uop.value, %t: !uop.value) {
  %a:2 = uop.unpack_sequence %t {count = 2 : i32, seen = [[], [], ["tuple[2]", "tuple[3]"]], pc = 0 : i32, registers = array<i16>, owned = array<i1>} : !uop.value, !uop.value
  %b:2 = uop.unpack_sequence %t {count = 2 : i32, seen = [[], [], ["tuple[2]", "str"]], pc = 0 : i32, registers = array<i16>, owned = array<i1>} : !uop.value, !uop.value
  %c:2 = uop.unpack_sequence %t {count = 2 : i32, raised, seen = [[], [], ["tuple[2]"]], pc = 0 : i32, registers = array<i16>, owned = array<i1>} : !uop.value, !uop.value
  %d:2 = uop.unpack_sequence %t {count = 2 : i32, seen = [["float"], ["int"], ["list[int]"]], pc = 0 : i32, registers = array<i16>, owned = array<i1>} : !uop.value, !uop.value
  %e:2 = uop.unpack_sequence %t {count = 2 : i32, seen = [["int"], ["int"], ["tuple[2]", "..."]], pc = 0 : i32, registers = array<i16>, owned = array<i1>} : !uop.value, !uop.value
  %f:2 = uop.unpack_sequence %t {count = 2 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>} : !uop.value, !uop.value
  return
}

// -----

// Pairs of a loop need not be tuples.
// CHECK-LABEL: func.func @pair
// CHECK: uop.unpack_sequence
func.func @pair(%self: !uop.value, %it: !uop.value) {
  %t = uop.next %it {pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %a:2 = uop.unpack_sequence %t {count = 2 : i32, seen = [["int"], ["int"], ["tuple[2]"]], pc = 0 : i32, registers = array<i16>, owned = array<i1>} : !uop.value, !uop.value
  uop.decref %t
  return
}

// -----

// It leaves where it would raise.
// CHECK-LABEL: func.func @caught
// CHECK: uop.unpack_items
// CHECK-NOT: uop.take_exception
func.func @caught(%self: !uop.value, %t: !uop.value) {
  %a:2 = uop.unpack_sequence %t {count = 2 : i32, seen = [["int"], ["int"], ["tuple[2]"]], pc = 0 : i32, registers = array<i16>, owned = array<i1>} : !uop.value, !uop.value
  uop.unwind ^go, ^handler {depth = 0 : i32}
^go:
  return
^handler:
  %e = uop.take_exception
  uop.decref %e
  return
}
