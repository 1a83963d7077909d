// RUN: %pyc opt --merge-guards --split-input-file %s | FileCheck %s
// REQUIRES: compiler

// The second guard of the same object and layout goes; another object's stays.
// CHECK-LABEL: func.func @twice
// CHECK-COUNT-2: uop.guard_shape
// CHECK-NOT: uop.guard_shape
func.func @twice(%self: !uop.value, %p: !uop.value, %q: !uop.value) {
  uop.guard_shape %p {layout = "L", pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.guard_shape %p {layout = "L", pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.guard_shape %q {layout = "L", pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  return
}

// -----

// What may run any code may change any object.
// CHECK-LABEL: func.func @call_between
// CHECK-COUNT-2: uop.guard_shape
func.func @call_between(%self: !uop.value, %p: !uop.value) -> !uop.value {
  uop.guard_shape %p {layout = "L", pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %r = uop.neg %p {pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.guard_shape %p {layout = "L", pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  return %r : !uop.value
}

// -----

// Behind a join it counts what both paths have tested.
// CHECK-LABEL: func.func @join
// CHECK: ^bb3:
// CHECK-NEXT: uop.guard_shape %arg2
// CHECK-NEXT: return
func.func @join(%self: !uop.value, %p: !uop.value, %q: !uop.value, %c: i1) {
  cf.cond_br %c, ^left, ^right
^left:
  uop.guard_shape %p {layout = "L", pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.guard_shape %q {layout = "L", pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  cf.br ^end
^right:
  uop.guard_shape %p {layout = "L", pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  cf.br ^end
^end:
  uop.guard_shape %p {layout = "L", pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.guard_shape %q {layout = "L", pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  return
}

// -----

// A guard before a loop holds in it while the loop runs no code.
// CHECK-LABEL: func.func @loop
// CHECK-COUNT-1: uop.guard_shape
// CHECK-NOT: uop.guard_shape
func.func @loop(%self: !uop.value, %p: !uop.value, %c: i1) {
  uop.guard_shape %p {layout = "L", pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  cf.br ^header
^header:
  uop.guard_shape %p {layout = "L", pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  cf.cond_br %c, ^header, ^exit
^exit:
  return
}
