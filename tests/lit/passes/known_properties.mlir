// RUN: %pyc opt --known-properties --split-input-file %s | FileCheck %s
// REQUIRES: compiler

func.func @get(%self: !uop.value, %o: !uop.value) -> !uop.value attributes {uop.direct, uop.name = "m:C.x"} {
  return %o : !uop.value
}
func.func @set(%self: !uop.value, %o: !uop.value, %v: !uop.value) -> !uop.value attributes {uop.direct, uop.name = "m:C.x#1"} {
  return %v : !uop.value
}

// The class has a function of the name, and its instances have no such attribute.
// CHECK-LABEL: func.func @reads
// CHECK: %[[F:.*]] = uop.load_known_method %arg1 {accessor = "getter", name = "x"{{.*}}ways = 1
// CHECK: %[[V:.*]] = uop.call_method(%[[F]], %arg1) state(%[[F]]{{.*}}accessor = "getter", argc = 0{{.*}}owned = array<i1: true>{{.*}}seen = {{.*}}["function m:C.x"]
// CHECK: uop.decref %[[F]]
// CHECK: return %[[V]]
func.func @reads(%self: !uop.value, %p: !uop.value) -> !uop.value {
  %v = uop.load_attr %p {name = "x", nameIndex = 0 : i32, attrCache = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>, seen = [["int"], ["instance m:C{_x}@24"]]}
  return %v : !uop.value
}

// CHECK-LABEL: func.func @writes
// CHECK: %[[F:.*]] = uop.load_known_method %arg1 {accessor = "setter", name = "x"
// CHECK: %[[V:.*]] = uop.call_method(%[[F]], %arg1, %arg2) state(%[[F]]{{.*}}argc = 1{{.*}}["function m:C.x#1"]
// CHECK: uop.decref %[[F]]
// CHECK: uop.decref %[[V]]
func.func @writes(%self: !uop.value, %p: !uop.value, %v: !uop.value) {
  uop.store_attr %p %v {name = "x", nameIndex = 0 : i32, attrCache = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>, seen = [["instance m:C{_x}@24"], ["int"]]}
  return
}

// A method that is not called, an attribute of the object's own, a name that no function has.
// CHECK-LABEL: func.func @others
// CHECK-NOT: load_known_method
func.func @others(%self: !uop.value, %p: !uop.value) {
  %a = uop.load_attr %p {name = "x", nameIndex = 0 : i32, attrCache = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>, seen = [["method m:C.x"], ["instance m:C{_x}@24"]]}
  %b = uop.load_attr %p {name = "x", nameIndex = 0 : i32, attrCache = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>, seen = [["int"], ["instance m:C{x}@24"]]}
  %c = uop.load_attr %p {name = "y", nameIndex = 1 : i32, attrCache = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>, seen = [["int"], ["instance m:C{_x}@24"]]}
  return
}
