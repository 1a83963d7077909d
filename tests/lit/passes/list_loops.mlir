// RUN: %pyc opt --list-loops --split-input-file %s | FileCheck %s
// REQUIRES: compiler

// CHECK-LABEL: func.func @floats
// CHECK: uop.next %{{.*}} {items = "float"
func.func @floats(%self: !uop.value, %xs: !uop.value) {
  %it = uop.get_iter %xs {seen = [[], ["list[float]"]], pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  cf.br ^header
^header:
  %x = uop.next %it state(%it : !uop.value) {pc = 1 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  %done = uop.is_null %x
  cf.cond_br %done, ^end, ^header
^end:
  return
}

// -----

// Objects have to be counted in any case.
// CHECK-LABEL: func.func @objects
// CHECK-NOT: items
func.func @objects(%self: !uop.value, %xs: !uop.value) {
  %it = uop.get_iter %xs {seen = [[], ["list[object]"]], pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  cf.br ^header
^header:
  %x = uop.next %it state(%it : !uop.value) {pc = 1 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  %done = uop.is_null %x
  cf.cond_br %done, ^end, ^header
^end:
  return
}
