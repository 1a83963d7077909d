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

// -----

// A profile saw fewer classes at the second place: all guards of the object expect all of them.
// CHECK-LABEL: func.func @united
// CHECK: uop.guard_shape %arg1 {layout = "instance m:A{x,y}@24|instance m:B{x,y,z}@24"
// CHECK: uop.load_slot {{.*}}layout = "instance m:A{x,y}@24|instance m:B{x,y,z}@24", name = "x"
// CHECK-NOT: uop.guard_shape
// CHECK: uop.load_slot {{.*}}layout = "instance m:A{x,y}@24|instance m:B{x,y,z}@24", name = "y"
func.func @united(%self: !uop.value, %p: !uop.value) -> i1 {
  uop.guard_shape %p {layout = "instance m:A{x,y}@24|instance m:B{x,y,z}@24", pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %v = uop.load_slot %p {borrowed, layout = "instance m:A{x,y}@24|instance m:B{x,y,z}@24", name = "x", nameIndex = 0 : i32, offset = 24 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.guard_shape %p {layout = "instance m:B{x,y,z}@24", pc = 2 : i32, registers = array<i16>, owned = array<i1>}
  %w = uop.load_slot %p {borrowed, layout = "instance m:B{x,y,z}@24", name = "y", nameIndex = 1 : i32, offset = 32 : i32, pc = 2 : i32, registers = array<i16>, owned = array<i1>}
  %same = uop.same %v %w
  return %same : i1
}

// -----

// Not where one of them does not have the attribute.
// CHECK-LABEL: func.func @not_united
// CHECK: uop.guard_shape %arg1 {layout = "instance m:A{x,y}@24|instance m:B{x,y,z}@24"
// CHECK: uop.guard_shape %arg1 {layout = "instance m:B{x,y,z}@24"
func.func @not_united(%self: !uop.value, %p: !uop.value) -> i1 {
  uop.guard_shape %p {layout = "instance m:A{x,y}@24|instance m:B{x,y,z}@24", pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %v = uop.load_slot %p {borrowed, layout = "instance m:A{x,y}@24|instance m:B{x,y,z}@24", name = "x", nameIndex = 0 : i32, offset = 24 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.guard_shape %p {layout = "instance m:B{x,y,z}@24", pc = 2 : i32, registers = array<i16>, owned = array<i1>}
  %w = uop.load_slot %p {borrowed, layout = "instance m:B{x,y,z}@24", name = "z", nameIndex = 1 : i32, offset = 40 : i32, pc = 2 : i32, registers = array<i16>, owned = array<i1>}
  %same = uop.same %v %w
  return %same : i1
}

// -----

// What was found before is not tested for more.
// CHECK-LABEL: func.func @narrowed
// CHECK: uop.guard_shape %arg1 {layout = "instance m:B{x,y,z}@24"
// CHECK-NOT: uop.guard_shape
// CHECK: uop.load_slot {{.*}}layout = "instance m:B{x,y,z}@24", name = "y"
func.func @narrowed(%self: !uop.value, %p: !uop.value) -> i1 {
  uop.guard_shape %p {layout = "instance m:B{x,y,z}@24", pc = 2 : i32, registers = array<i16>, owned = array<i1>}
  %w = uop.load_slot %p {borrowed, layout = "instance m:B{x,y,z}@24", name = "z", nameIndex = 1 : i32, offset = 40 : i32, pc = 2 : i32, registers = array<i16>, owned = array<i1>}
  uop.guard_shape %p {layout = "instance m:A{x,y}@24|instance m:B{x,y,z}@24", pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %v = uop.load_slot %p {borrowed, layout = "instance m:A{x,y}@24|instance m:B{x,y,z}@24", name = "y", nameIndex = 0 : i32, offset = 32 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %same = uop.same %v %w
  return %same : i1
}

// -----

// Storing a bool leaves the object as it is, for it ends nothing.
// CHECK-LABEL: func.func @flags
// CHECK-COUNT-1: uop.guard_shape
// CHECK-NOT: uop.guard_shape
func.func @flags(%self: !uop.value, %p: !uop.value, %c: i1) {
  uop.guard_shape %p {layout = "L", pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %b = uop.box_bool %c
  uop.store_slot %p %b {flag, layout = "L", name = "x", nameIndex = 1 : i32, offset = 40 : i32, pc = 2 : i32, registers = array<i16>, owned = array<i1>}
  uop.guard_shape %p {layout = "L", pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.store_slot %p %b {layout = "L", name = "x", nameIndex = 1 : i32, offset = 40 : i32, pc = 2 : i32, registers = array<i16>, owned = array<i1>}
  return
}

// -----

// A store to where a number was loaded from replaces a number, until code may have run.
// CHECK-LABEL: func.func @numbers
// CHECK: uop.store_slot_number %arg1 %arg2 {{.*}}offset = 24 : i32{{.*}}replaces_number
// CHECK: uop.store_slot_number %arg1 %arg2 {{.*}}offset = 32 : i32
// CHECK-NOT: replaces_number
func.func @numbers(%self: !uop.value, %p: !uop.value, %v: !uop.value) {
  uop.guard_shape %p {layout = "L", pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %x = uop.load_slot_float %p {layout = "L", name = "x", nameIndex = 0 : i32, offset = 24 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.store_slot_number %p %v {layout = "L", name = "x", nameIndex = 0 : i32, offset = 24 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.store_slot_number %p %v {layout = "L", name = "y", nameIndex = 1 : i32, offset = 32 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %r = uop.neg %p {pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.store_slot_number %p %v {layout = "L", name = "x", nameIndex = 0 : i32, offset = 24 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  return
}

// -----

// A class that was seen to construct in the known way still does, until code runs.
// CHECK-LABEL: func.func @constructions
// CHECK-COUNT-2: uop.guard_construction
// CHECK-NOT: uop.guard_construction
func.func @constructions(%self: !uop.value, %c: !uop.value) -> !uop.value {
  %a = uop.guard_construction %c {borrowed, symbol = "m.V.__init__", names = array<i32: 0, 1>, code = 2 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %b = uop.guard_construction %c {borrowed, symbol = "m.V.__init__", names = array<i32: 0, 1>, code = 2 : i32, pc = 1 : i32, registers = array<i16>, owned = array<i1>}
  %r = uop.neg %c {pc = 2 : i32, registers = array<i16>, owned = array<i1>}
  %d = uop.guard_construction %c {borrowed, symbol = "m.V.__init__", names = array<i32: 0, 1>, code = 2 : i32, pc = 3 : i32, registers = array<i16>, owned = array<i1>}
  return %r : !uop.value
}

// -----

// Another set of attributes is another question; a function that is used stays.
// CHECK-LABEL: func.func @other_constructions
// CHECK-COUNT-3: uop.guard_construction
func.func @other_constructions(%self: !uop.value, %c: !uop.value) -> !uop.value {
  %a = uop.guard_construction %c {borrowed, symbol = "m.V.__init__", names = array<i32: 0>, code = 2 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %b = uop.guard_construction %c {borrowed, symbol = "m.V.__init__", names = array<i32: 0, 1>, code = 2 : i32, pc = 1 : i32, registers = array<i16>, owned = array<i1>}
  %d = uop.guard_construction %c {borrowed, symbol = "m.V.__init__", names = array<i32: 0, 1>, code = 2 : i32, pc = 3 : i32, registers = array<i16>, owned = array<i1>}
  return %d : !uop.value
}
