// RUN: %pyc opt --hoist-checks --split-input-file %s | FileCheck %s
// REQUIRES: compiler

// A loop counts its iterations in a register and polls at each 1024th.
// CHECK-LABEL: func.func @counted
// CHECK: cf.br ^[[OUTER:bb[0-9]+]](%{{.*}} : i64)
// CHECK: ^[[OUTER]](%[[FROM:.*]]: i64):
// CHECK: %[[MOST:.*]] = arith.constant 1024 : i64
// CHECK: cf.br ^[[HEADER:bb[0-9]+]](%[[FROM]], %[[MOST]] : i64, i64)
// CHECK: ^[[HEADER]](%{{.*}}: i64, %[[LEFT:.*]]: i64):
// CHECK: %[[NEXT:.*]] = arith.addi
// CHECK: %[[LESS:.*]] = arith.subi %[[LEFT]]
// CHECK: %[[DUE:.*]] = arith.cmpi eq, %[[LESS]]
// CHECK: cf.cond_br %[[DUE]], ^[[POLLS:bb[0-9]+]], ^[[HEADER]](%[[NEXT]], %[[LESS]] : i64, i64)
// CHECK: ^[[POLLS]]:
// CHECK: uop.poll
// CHECK: cf.br ^[[OUTER]](%[[NEXT]] : i64)
func.func @counted(%self: !uop.value, %n: i64) -> i64 {
  %start = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  cf.br ^header(%start : i64)
^header(%i: i64):
  %more = arith.cmpi slt, %i, %n : i64
  cf.cond_br %more, ^body, ^done
^body:
  uop.poll {pc = 2 : i32, registers = array<i16>, owned = array<i1>}
  %next = arith.addi %i, %one : i64
  cf.br ^header(%next : i64)
^done:
  return %i : i64
}

// -----

// What stays the same is checked before the loop, which leaves where the first guard stood. What
// does not, is not.
// CHECK-LABEL: func.func @checks
// CHECK: %[[F:.*]] = uop.view_global {name = "f", nameIndex = 0 : i32}
// CHECK: %[[NULL:.*]] = uop.is_null %[[F]]
// CHECK: %[[THERE:.*]] = arith.xori %[[NULL]]
// CHECK: %[[ISF:.*]] = uop.is_function %[[F]] {symbol = "f"}
// CHECK: %[[BOTH:.*]] = arith.andi %[[THERE]], %[[ISF]]
// CHECK: %[[N:.*]] = uop.unbox_int %arg1
// CHECK: %[[ISINT:.*]] = uop.is_int %arg1
// CHECK: %[[ALL:.*]] = arith.andi %[[BOTH]], %[[ISINT]]
// CHECK: ^{{bb[0-9]+}}(%[[V:.*]]: !uop.value, %{{.*}}: i64):
// CHECK-NEXT: uop.guard_true %[[ALL]] {owned = array<i1>, pc = 1 : i32
// CHECK-NEXT: uop.guard_int %[[V]]
// CHECK-NOT: uop.guard_function
func.func @checks(%self: !uop.value, %a: !uop.value) {
  cf.br ^header(%a : !uop.value)
^header(%v: !uop.value):
  %f = uop.load_global {name = "f", nameIndex = 0 : i32, borrowed, pc = 1 : i32, registers = array<i16>, owned = array<i1>}
  uop.guard_function %f {symbol = "f", pc = 2 : i32, registers = array<i16>, owned = array<i1>}
  %x = uop.guard_int %v {pc = 2 : i32, registers = array<i16>, owned = array<i1>}
  %n = uop.guard_int %a {pc = 3 : i32, registers = array<i16>, owned = array<i1>}
  %sum = uop.int_add %x %n {pc = 3 : i32, registers = array<i16>, owned = array<i1>}
  %next = uop.box_int %sum
  uop.poll {pc = 4 : i32, registers = array<i16>, owned = array<i1>}
  cf.br ^header(%next : !uop.value)
}

// -----

// An attribute that the loop stores is loaded in it; the others are not.
// CHECK-LABEL: func.func @slots
// CHECK: %[[FITS:.*]] = uop.has_layout %arg1 {layout = "instance m:P@16 x,y"}
// CHECK: %[[Y:.*]] = uop.view_slot %arg1 {{.*}}name = "y"
// CHECK: uop.unbox_float %[[Y]]
// CHECK: uop.is_float %[[Y]]
// CHECK-NOT: name = "x"
// CHECK: uop.guard_true
// CHECK: uop.load_slot_float %arg1 {{.*}}name = "x"
// CHECK-NOT: uop.load_slot_float
// CHECK: uop.store_slot_number
func.func @slots(%self: !uop.value, %p: !uop.value) {
  cf.br ^header
^header:
  uop.guard_shape %p {layout = "instance m:P@16 x,y", pc = 1 : i32, registers = array<i16>, owned = array<i1>}
  %x = uop.load_slot_float %p {layout = "instance m:P@16 x,y", name = "x", nameIndex = 0 : i32, offset = 16 : i32, pc = 1 : i32, registers = array<i16>, owned = array<i1>}
  %y = uop.load_slot_float %p {layout = "instance m:P@16 x,y", name = "y", nameIndex = 1 : i32, offset = 24 : i32, pc = 1 : i32, registers = array<i16>, owned = array<i1>}
  %sum = arith.addf %x, %y : f64
  %boxed = uop.box_float %sum
  uop.store_slot_number %boxed %p {layout = "instance m:P@16 x,y", name = "x", nameIndex = 0 : i32, offset = 16 : i32, pc = 1 : i32, registers = array<i16>, owned = array<i1>}
  uop.poll {pc = 4 : i32, registers = array<i16>, owned = array<i1>}
  cf.br ^header
}

// -----

// A loop that calls anything keeps its guards and polls at each iteration.
// CHECK-LABEL: func.func @calls
// CHECK-NOT: uop.is_int
// CHECK: uop.guard_int
// CHECK: uop.poll
// CHECK-NEXT: cf.br ^bb1
func.func @calls(%self: !uop.value, %a: !uop.value) {
  cf.br ^header
^header:
  %n = uop.guard_int %a {pc = 3 : i32, registers = array<i16>, owned = array<i1>}
  %x = uop.call(%a) {argc = 0 : i32, callCache = 0 : i32, pc = 3 : i32, registers = array<i16>, owned = array<i1>}
  uop.poll {pc = 4 : i32, registers = array<i16>, owned = array<i1>}
  cf.br ^header
}
