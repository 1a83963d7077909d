// RUN: %pyc opt --virtual-objects --split-input-file %s | FileCheck %s
// REQUIRES: compiler

// A tuple that is unpacked: its items are the results, the last one first.
// CHECK-LABEL: func.func @unpacked
// CHECK-NOT: build_tuple
// CHECK: uop.incref %arg1
// CHECK: uop.incref %arg2
// CHECK: %[[T:.*]] = uop.virtual_tuple(%arg1, %arg2
// CHECK: uop.poll state(%[[T]] : !uop.value)
// CHECK: uop.decref %[[T]]
// CHECK: return %arg2
func.func @unpacked(%self: !uop.value, %a: !uop.value, %b: !uop.value) -> !uop.value {
  %t = uop.build_tuple(%a, %b) {count = 2 : i32}
  uop.poll state(%t : !uop.value) {pc = 0 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  %x:2 = uop.unpack_sequence %t state(%t : !uop.value) {count = 2 : i32, pc = 1 : i32, registers = array<i16: 0>, owned = array<i1: true>} : !uop.value, !uop.value
  uop.decref %t
  uop.decref %x#1
  return %x#0 : !uop.value
}

// -----

// The count that ends behind the tuple is the tuple's.
// CHECK-LABEL: func.func @taken_over
// CHECK-NEXT: %[[T:.*]] = uop.virtual_tuple(%arg1
// CHECK-NEXT: uop.decref %[[T]]
func.func @taken_over(%self: !uop.value, %a: !uop.value) -> !uop.value {
  %t = uop.build_tuple(%a) {count = 1 : i32}
  uop.decref %a
  uop.decref %t
  %n = uop.none
  return %n : !uop.value
}

// -----

// Joined part by part; null when there is none.
// CHECK-LABEL: func.func @joined
// CHECK: %[[N:.*]] = uop.null
// CHECK: cf.br ^bb1(%[[N]], %[[N]] : !uop.value, !uop.value)
// CHECK: ^bb1(%[[A:.*]]: !uop.value, %[[B:.*]]: !uop.value):
// CHECK: %[[OLD:.*]] = uop.virtual_tuple(%[[A]], %[[B]]
// CHECK: uop.decref %[[OLD]]
// CHECK: cf.br ^bb1(%arg1, %arg2 : !uop.value, !uop.value)
func.func @joined(%self: !uop.value, %a: !uop.value, %b: !uop.value) -> !uop.value {
  %null = uop.null
  cf.br ^loop(%null : !uop.value)
^loop(%old: !uop.value):
  %t = uop.build_tuple(%a, %b) {count = 2 : i32}
  uop.decref %old
  uop.poll state(%t : !uop.value) {pc = 0 : i32, registers = array<i16: -2>, owned = array<i1: true>}
  cf.br ^loop(%t : !uop.value)
}

// -----

// Whether something else is true, while the tuple is there.
// CHECK-LABEL: func.func @other_truth
// CHECK: %[[T:.*]] = uop.virtual_tuple
// CHECK: %[[B:.*]] = uop.truth %arg2 state(%[[T]]
// CHECK: return %[[B]]
func.func @other_truth(%self: !uop.value, %a: !uop.value, %b: !uop.value) -> i1 {
  %t = uop.build_tuple(%a) {count = 1 : i32}
  %r = uop.truth %b state(%t : !uop.value) {pc = 0 : i32, registers = array<i16: -2>, owned = array<i1: true>}
  uop.decref %t
  return %r : i1
}

// -----

// Somebody else sees it.
// CHECK-LABEL: func.func @escapes
// CHECK: uop.build_tuple
func.func @escapes(%self: !uop.value, %a: !uop.value) -> !uop.value {
  %t = uop.build_tuple(%a) {count = 1 : i32}
  return %t : !uop.value
}

// -----

// An instance: its class is checked, its attribute is the value.
// CHECK-LABEL: func.func @instance
// CHECK: %[[INIT:.*]] = uop.guard_construction %arg1 {{.*}}symbol = "m.C.__init__"
// CHECK: uop.incref %arg1
// CHECK: uop.virtual_instance(%arg1 :
// CHECK: uop.incref %arg2
// CHECK: %[[O:.*]] = uop.virtual_instance(%arg1, %arg2
// CHECK: uop.incref %arg2
// CHECK: uop.decref %[[O]]
// CHECK: return %arg2
func.func @instance(%self: !uop.value, %c: !uop.value, %v: !uop.value) -> !uop.value {
  %o, %init = uop.begin_construction %c {symbol = "m.C.__init__", pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.inlined_frame %init {frame = 0 : i32, code = 1 : i32}
  uop.guard_shape %o {inlined = 0 : i32, layout = "instance m:C{}@24+x", pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.add_slot %o %v {inlined = 0 : i32, layout = "instance m:C{}@24+x", name = "x", nameIndex = 0 : i32, offset = 24 : i32, step = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.decref %init
  uop.guard_shape %o {layout = "instance m:C{x}@24", pc = 2 : i32, registers = array<i16>, owned = array<i1>}
  %x = uop.load_slot %o {layout = "instance m:C{x}@24", name = "x", nameIndex = 0 : i32, offset = 24 : i32, pc = 2 : i32, registers = array<i16>, owned = array<i1>}
  uop.decref %o
  return %x : !uop.value
}

// -----

// Compared with another tuple, and looked into: the runtime gets the items.
// CHECK-LABEL: func.func @compared
// CHECK: %[[T:.*]] = uop.virtual_tuple(%arg1, %arg2
// CHECK: uop.compare_truth "lt" %[[T]] %arg1 state(%[[T]] : !uop.value)
// CHECK: uop.contains %arg2 %[[T]] state(%[[T]] : !uop.value)
func.func @compared(%self: !uop.value, %a: !uop.value, %b: !uop.value) -> !uop.value {
  %t = uop.build_tuple(%a, %b) {count = 2 : i32}
  %less = uop.compare_truth "lt" %t %a state(%t : !uop.value) {pc = 0 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  %in = uop.contains %b %t state(%t : !uop.value) {pc = 1 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  uop.decref %t
  return %in : !uop.value
}

// -----

// What is looked for once is made where somebody has to see it.
// CHECK-LABEL: func.func @looked_for
// CHECK: %[[T:.*]] = uop.virtual_tuple(%arg1, %arg1
// CHECK: uop.contains %[[T]] %arg1 state(%[[T]] : !uop.value)
func.func @looked_for(%self: !uop.value, %a: !uop.value) -> !uop.value {
  %t = uop.build_tuple(%a, %a) {count = 2 : i32}
  %in = uop.contains %t %a state(%t : !uop.value) {pc = 0 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  uop.decref %t
  return %in : !uop.value
}

// -----

// Looked for twice, or in a loop, it is one object.
// CHECK-LABEL: func.func @looked_for_again
// CHECK: uop.build_tuple
// CHECK: uop.build_tuple
func.func @looked_for_again(%self: !uop.value, %a: !uop.value) -> !uop.value {
  %t = uop.build_tuple(%a, %a) {count = 2 : i32}
  %in = uop.contains %t %a state(%t : !uop.value) {pc = 0 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  uop.decref %in
  %x = uop.load_item %a %t state(%t : !uop.value) {pc = 1 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  uop.decref %x
  uop.decref %t
  %u = uop.build_tuple(%a, %a) {count = 2 : i32}
  cf.br ^loop
^loop:
  %y = uop.load_item %a %u state(%u : !uop.value) {pc = 2 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  uop.decref %y
  cf.br ^loop
}

// -----

// Nor is it taken apart where it is looked for in a tuple that is not made.
// CHECK-LABEL: func.func @looked_for_in_items
// CHECK: uop.build_tuple(%arg1, %arg1)
// CHECK: uop.virtual_tuple(%arg1, %arg2
func.func @looked_for_in_items(%self: !uop.value, %a: !uop.value, %b: !uop.value) -> !uop.value {
  %t = uop.build_tuple(%a, %a) {count = 2 : i32}
  %u = uop.build_tuple(%a, %b) {count = 2 : i32}
  %in = uop.contains %t %u state(%t, %u : !uop.value, !uop.value) {pc = 0 : i32, registers = array<i16: 0, 1>, owned = array<i1: true, true>}
  uop.decref %t
  uop.decref %u
  return %in : !uop.value
}

// -----

// And so is a tuple in one that is compared.
// CHECK-LABEL: func.func @compared_with_inner
// CHECK: %[[I:.*]] = uop.build_tuple(%arg1)
// CHECK: uop.virtual_tuple(%[[I]]
func.func @compared_with_inner(%self: !uop.value, %a: !uop.value, %b: !uop.value) -> !uop.value {
  %i = uop.build_tuple(%a) {count = 1 : i32}
  %t = uop.build_tuple(%i) {count = 1 : i32}
  uop.decref %i
  %same = uop.eq %t %b state(%t : !uop.value) {pc = 0 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  uop.decref %t
  return %same : !uop.value
}
