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

// -----

// A step that takes numbers does not raise: what only its way to the handler led to goes as well.
// CHECK-LABEL: func.func @caught
// CHECK: uop.next %{{.*}} {items = "int"
// CHECK-NOT: no predecessors
// CHECK-NOT: uop.box_int
func.func @caught(%self: !uop.value, %xs: !uop.value, %n: i64) {
  %it = uop.get_iter %xs {seen = [[], ["list[int]"]], pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  cf.br ^header
^header:
  %x = uop.next %it state(%it : !uop.value) {pc = 1 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  uop.unwind ^test, ^edge {depth = 0 : i32}
^edge:
  %boxed = uop.box_int %n
  cf.br ^handler(%boxed : !uop.value)
^test:
  %done = uop.is_null %x
  cf.cond_br %done, ^end, ^header
^handler(%argument: !uop.value):
  %e = uop.take_exception
  uop.decref %e
  uop.decref %argument
  return
^end:
  return
}

// -----

// Bytes, bytearrays and arrays have numbers as well.
// CHECK-LABEL: func.func @bytes
// CHECK: uop.next %{{.*}} {items = "bytes"
func.func @bytes(%self: !uop.value, %xs: !uop.value) {
  %it = uop.get_iter %xs {seen = [[], ["bytes"]], pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  cf.br ^header
^header:
  %x = uop.next %it state(%it : !uop.value) {pc = 1 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  %done = uop.is_null %x
  cf.cond_br %done, ^end, ^header
^end:
  return
}

// -----

// Not where numbers were seen that values do not hold.
// CHECK-LABEL: func.func @large
// CHECK-NOT: items
func.func @large(%self: !uop.value, %xs: !uop.value) {
  %it = uop.get_iter %xs {seen = [[], ["array[q]"]], pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  cf.br ^header
^header:
  %x = uop.next %it state(%it : !uop.value) {seen = [["int64", "int"], []], pc = 1 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  %done = uop.is_null %x
  cf.cond_br %done, ^end, ^header
^end:
  return
}
