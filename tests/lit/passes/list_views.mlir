// RUN: %pyc opt --list-views --split-input-file %s | FileCheck %s
// REQUIRES: compiler

// The list's view is made before the loop, and again behind a poll that did something.
// CHECK-LABEL: func.func @sum
// CHECK: cf.br ^[[OUTER:bb[0-9]+]](%{{.*}})
// CHECK: ^[[OUTER]](%{{.*}}: i64, %{{.*}}: f64):
// CHECK: %[[DATA:.*]], %[[COUNT:.*]] = uop.view_list %arg1 {storage = 2 : i32}
// CHECK: cf.br ^[[HEADER:bb[0-9]+]](%{{.*}})
// CHECK: ^[[HEADER]](%[[I:.*]]: i64, %{{.*}}: f64):
// CHECK: uop.load_view_float %[[DATA]] %[[COUNT]] %[[I]] state(%[[I]] : i64)
// CHECK: %[[RAN:.*]] = uop.poll_ran
// CHECK: cf.cond_br %[[RAN]], ^[[OUTER]](%{{.*}}), ^[[HEADER]](
func.func @sum(%self: !uop.value, %xs: !uop.value, %n: i64) -> f64 {
  %zero = arith.constant 0.0 : f64
  %start = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  cf.br ^header(%start, %zero : i64, f64)
^header(%i: i64, %s: f64):
  %more = arith.cmpi slt, %i, %n : i64
  cf.cond_br %more, ^body, ^done
^body:
  %x = uop.load_list_float %xs %i state(%i : i64) {pc = 1 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  %t = arith.addf %s, %x : f64
  %next = arith.addi %i, %one : i64
  uop.poll {pc = 2 : i32, registers = array<i16>, owned = array<i1>}
  cf.br ^header(%next, %t : i64, f64)
^done:
  return %s : f64
}

// -----

// A row that stays the same is loaded before the loop; in it, the loop leaves if there was none.
// CHECK-LABEL: func.func @row
// CHECK: %[[DATA:.*]], %[[COUNT:.*]] = uop.view_list %arg1 {storage = 0 : i32}
// CHECK: %[[ROW:.*]] = uop.view_item %[[DATA]] %[[COUNT]] %arg2
// CHECK: %[[ITEMS:.*]], %[[LENGTH:.*]] = uop.view_list %[[ROW]] {storage = 1 : i32}
// CHECK: %[[NULL:.*]] = uop.is_null %[[ROW]]
// CHECK: uop.guard_true %{{.*}} {owned = array<i1>, pc = 1 : i32
// CHECK: uop.store_view_int %[[ITEMS]] %[[LENGTH]]
func.func @row(%self: !uop.value, %rows: !uop.value, %r: i64, %n: i64) {
  %start = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  cf.br ^header(%start : i64)
^header(%i: i64):
  %more = arith.cmpi slt, %i, %n : i64
  cf.cond_br %more, ^body, ^done
^body:
  %row = uop.load_list_value %rows %r {borrowed, pc = 1 : i32, registers = array<i16>, owned = array<i1>}
  uop.store_list_int %row %i %i state(%row : !uop.value) {pc = 2 : i32, registers = array<i16: 0>, owned = array<i1: false>}
  %next = arith.addi %i, %one : i64
  uop.poll {pc = 2 : i32, registers = array<i16>, owned = array<i1>}
  cf.br ^header(%next : i64)
^done:
  return
}

// -----

// A list in an attribute: that it is found says what layout the object has.
// CHECK-LABEL: func.func @attribute
// CHECK: %[[LIST:.*]] = uop.view_slot %arg1 {layout = "L"
// CHECK: uop.view_list %[[LIST]]
// CHECK-NOT: uop.guard_shape
// CHECK-NOT: uop.load_slot
// CHECK: uop.load_view_bool
func.func @attribute(%self: !uop.value, %o: !uop.value, %n: i64) {
  %start = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  cf.br ^header(%start : i64)
^header(%i: i64):
  uop.guard_shape %o {layout = "L", pc = 1 : i32, registers = array<i16>, owned = array<i1>}
  %list = uop.load_slot %o {borrowed, layout = "L", name = "x", nameIndex = 0 : i32, offset = 24 : i32, pc = 1 : i32, registers = array<i16>, owned = array<i1>}
  %more = uop.load_list_bool %list %i {pc = 2 : i32, registers = array<i16>, owned = array<i1>}
  cf.cond_br %more, ^body, ^done
^body:
  %next = arith.addi %i, %one : i64
  uop.poll {pc = 2 : i32, registers = array<i16>, owned = array<i1>}
  cf.br ^header(%next : i64)
^done:
  return
}

// -----

// What runs code may change any list.
// CHECK-LABEL: func.func @called
// CHECK-NOT: view
func.func @called(%self: !uop.value, %xs: !uop.value, %n: i64) {
  %start = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  cf.br ^header(%start : i64)
^header(%i: i64):
  %x = uop.load_list_value %xs %i {pc = 1 : i32, registers = array<i16>, owned = array<i1>}
  %r = uop.neg %x {pc = 1 : i32, registers = array<i16>, owned = array<i1>}
  %more = arith.cmpi slt, %i, %n : i64
  cf.cond_br %more, ^body, ^done
^body:
  %next = arith.addi %i, %one : i64
  uop.poll {pc = 2 : i32, registers = array<i16>, owned = array<i1>}
  cf.br ^header(%next : i64)
^done:
  return
}

// -----

// A list in a cell.
// CHECK-LABEL: func.func @captured
// CHECK: %[[LIST:.*]] = uop.view_deref %arg1
// CHECK: uop.view_list %[[LIST]]
// CHECK-NOT: uop.load_deref
// CHECK: uop.load_view_int
func.func @captured(%self: !uop.value, %cell: !uop.value, %n: i64) {
  %start = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  cf.br ^header(%start : i64)
^header(%i: i64):
  %more = arith.cmpi slt, %i, %n : i64
  cf.cond_br %more, ^body, ^done
^body:
  %list = uop.load_deref %cell {borrowed, pc = 1 : i32, registers = array<i16>, owned = array<i1>}
  %x = uop.load_list_int %list %i state(%list : !uop.value) {pc = 2 : i32, registers = array<i16: 0>, owned = array<i1: false>}
  uop.poll {pc = 3 : i32, registers = array<i16>, owned = array<i1>}
  cf.br ^header(%x : i64)
^done:
  return
}

// -----

// Arrays have views too, which say what their items are.
// CHECK-LABEL: func.func @array
// CHECK: %[[DATA:.*]], %[[COUNT:.*]] = uop.view_list %arg1 {storage = 5 : i32}
// CHECK: %[[X:.*]] = uop.load_view_int %[[DATA]] %[[COUNT]] %[[I:[^ ]*]] {{.*}}storage = 5 : i32
// CHECK: uop.store_view_int %[[DATA]] %[[COUNT]] %[[I]] %[[X]] {{.*}}storage = 5 : i32
func.func @array(%self: !uop.value, %a: !uop.value, %n: i64) {
  %start = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  cf.br ^header(%start : i64)
^header(%i: i64):
  %more = arith.cmpi slt, %i, %n : i64
  cf.cond_br %more, ^body, ^done
^body:
  %x = uop.load_array_int %a %i {storage = 5 : i32, pc = 1 : i32, registers = array<i16>, owned = array<i1>}
  uop.store_array_int %a %i %x {storage = 5 : i32, pc = 2 : i32, registers = array<i16>, owned = array<i1>}
  %next = arith.addi %i, %one : i64
  uop.poll {pc = 2 : i32, registers = array<i16>, owned = array<i1>}
  cf.br ^header(%next : i64)
^done:
  return
}

// -----

// An attribute that inlined code asks for: its name is one of that code's.
// CHECK-LABEL: func.func @inlined_attribute
// CHECK: %[[ARRAY:.*]] = uop.view_slot %arg1 {inlined = 3 : i32
// CHECK: uop.view_list %[[ARRAY]] {storage = 15 : i32}
// CHECK: uop.guard_true
// CHECK: uop.load_view_float
func.func @inlined_attribute(%self: !uop.value, %o: !uop.value, %n: i64) {
  %start = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  cf.br ^header(%start : i64)
^header(%i: i64):
  %array = uop.load_slot %o {borrowed, inlined = 3 : i32, layout = "L", name = "x", nameIndex = 0 : i32, offset = 24 : i32, pc = 1 : i32, registers = array<i16>, owned = array<i1>}
  %x = uop.load_array_float %array %i {storage = 15 : i32, pc = 2 : i32, registers = array<i16>, owned = array<i1>}
  %more = arith.cmpi slt, %i, %n : i64
  cf.cond_br %more, ^body, ^done
^body:
  %next = arith.addi %i, %one : i64
  uop.poll {pc = 2 : i32, registers = array<i16>, owned = array<i1>}
  cf.br ^header(%next : i64)
^done:
  return
}
