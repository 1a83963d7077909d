// RUN: %pyc opt --list-views --split-input-file %s | FileCheck %s
// REQUIRES: compiler

// Where what the local held before the loop may end an iteration counts, and the same is asked
// again; else its count is given back, and the list holds the items. It is asked behind a poll that
// ran something too, with a count; where the loop ends the local gets its count back.
// CHECK-LABEL: func.func @items
// CHECK: cf.br ^[[ENTRY:bb[0-9]+]](%arg2
// CHECK: ^[[ENTRY]](%[[LEFT:.*]]: !uop.value, %{{.*}}: i64):
// CHECK-NEXT: %[[ENDS:.*]] = uop.may_end %[[LEFT]] : !uop.value
// CHECK-NEXT: cf.cond_br %[[ENDS]], ^[[FIRST:bb[0-9]+]], ^[[ENTER:bb[0-9]+]]
// CHECK: ^[[FIRST]]:
// CHECK: %[[OWN:[0-9]+]] = uop.load_list_value %arg1 {{.*}}owned = array<i1: true>
// CHECK: uop.decref %[[LEFT]]
// CHECK: uop.poll state(%[[OWN]] : !uop.value)
// CHECK-NOT: held
// CHECK: cf.br ^[[ENTRY]](%[[OWN]], %{{.*}})
// CHECK: ^[[ENTER]]:
// CHECK-NEXT: uop.decref %[[LEFT]]
// CHECK: %[[DATA:.*]], %[[COUNT:.*]] = uop.view_list %arg1 {storage = 0 : i32}
// CHECK: cf.br ^[[HEADER:bb[0-9]+]](%[[LEFT]], %{{.*}})
// CHECK: ^[[HEADER]](%[[HELD:.*]]: !uop.value, %{{.*}}: i64):
// CHECK: cf.cond_br %{{.*}}, ^{{bb[0-9]+}}, ^[[EDGE:bb[0-9]+]]
// CHECK: %[[NEXT:.*]] = uop.load_view_value %[[DATA]] %[[COUNT]] {{.*}} state(%[[HELD]] : !uop.value) {borrowed, owned = array<i1: false>
// CHECK-NEXT: %{{.*}} = uop.load_slot_float %[[NEXT]] state(%[[NEXT]] : !uop.value) {{.*}}owned = array<i1: false>
// CHECK: uop.poll_ran state(%[[NEXT]] : !uop.value) {held = array<i32: 0>, owned = array<i1: true>
// CHECK: cf.cond_br %{{.*}}, ^[[ENTRY]](%[[NEXT]], %{{.*}}), ^[[HEADER]](%[[NEXT]], %{{.*}})
// CHECK: ^[[EDGE]]:
// CHECK-NEXT: uop.incref %[[HELD]]
func.func @items(%self: !uop.value, %xs: !uop.value, %before: !uop.value, %n: i64) -> !uop.value {
  %zero = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  cf.br ^header(%before, %zero : !uop.value, i64)
^header(%old: !uop.value, %i: i64):
  %more = arith.cmpi slt, %i, %n : i64
  cf.cond_br %more, ^body, ^done
^body:
  %new = uop.load_list_value %xs %i state(%old : !uop.value) {pc = 1 : i32, registers = array<i16: -1>, owned = array<i1: true>}
  uop.decref %old
  %x = uop.load_slot_float %new state(%new : !uop.value) {layout = "L", name = "x", nameIndex = 0 : i32, offset = 24 : i32, pc = 2 : i32, registers = array<i16: -1>, owned = array<i1: true>}
  %next = arith.addi %i, %one : i64
  uop.poll state(%new : !uop.value) {pc = 3 : i32, registers = array<i16: -1>, owned = array<i1: true>}
  cf.br ^header(%new, %next : !uop.value, i64)
^done:
  return %old : !uop.value
}

// -----

// Not where the loop changes lists of objects, or counts the item itself.
// CHECK-LABEL: func.func @stored
// CHECK-NOT: view_list
// CHECK-LABEL: func.func @counted
// CHECK-NOT: view_list
func.func @stored(%self: !uop.value, %xs: !uop.value, %before: !uop.value, %zero: i64, %c: i1) -> !uop.value {
  cf.br ^header(%before : !uop.value)
^header(%old: !uop.value):
  %new = uop.load_list_value %xs %zero state(%old : !uop.value) {pc = 1 : i32, registers = array<i16: -1>, owned = array<i1: true>}
  uop.decref %old
  uop.store_list_value %xs %zero %new state(%new : !uop.value) {pc = 2 : i32, registers = array<i16: -1>, owned = array<i1: true>}
  uop.poll state(%new : !uop.value) {pc = 3 : i32, registers = array<i16: -1>, owned = array<i1: true>}
  cf.cond_br %c, ^latch, ^done
^latch:
  cf.br ^header(%new : !uop.value)
^done:
  return %new : !uop.value
}
func.func @counted(%self: !uop.value, %xs: !uop.value, %before: !uop.value, %zero: i64, %c: i1) -> !uop.value {
  cf.br ^header(%before : !uop.value)
^header(%old: !uop.value):
  %new = uop.load_list_value %xs %zero state(%old : !uop.value) {pc = 1 : i32, registers = array<i16: -1>, owned = array<i1: true>}
  uop.decref %old
  uop.incref %new
  cf.cond_br %c, ^latch, ^done
^latch:
  uop.poll state(%new : !uop.value) {pc = 3 : i32, registers = array<i16: -1>, owned = array<i1: true>}
  cf.br ^header(%new : !uop.value)
^done:
  return %new : !uop.value
}

// -----

// A step over a list that a profile saw to hold objects.
// CHECK-LABEL: func.func @steps
// CHECK: uop.next %[[IT:.*]] state(%[[IT]], %{{.*}} : !uop.value, !uop.value) {owned = array<i1: true, true>
// CHECK: uop.next %[[IT]] state(%[[IT]], %{{.*}} : !uop.value, !uop.value) {borrowed, items = "object", owned = array<i1: true, false>
func.func @steps(%self: !uop.value, %xs: !uop.value, %before: !uop.value) -> !uop.value {
  %it = uop.get_iter %xs {seen = [[], ["list[object]"]], pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  cf.br ^header(%before : !uop.value)
^header(%old: !uop.value):
  %new = uop.next %it state(%it, %old : !uop.value, !uop.value) {pc = 1 : i32, registers = array<i16: 0, -1>, owned = array<i1: true, true>}
  %end = uop.is_null %new
  cf.cond_br %end, ^done, ^body
^body:
  uop.decref %old
  %x = uop.load_slot_float %new state(%it, %new : !uop.value, !uop.value) {layout = "L", name = "x", nameIndex = 0 : i32, offset = 24 : i32, pc = 2 : i32, registers = array<i16: 0, -1>, owned = array<i1: true, true>}
  uop.poll state(%it, %new : !uop.value, !uop.value) {pc = 3 : i32, registers = array<i16: 0, -1>, owned = array<i1: true, true>}
  cf.br ^header(%new : !uop.value)
^done:
  uop.decref %it
  return %old : !uop.value
}
