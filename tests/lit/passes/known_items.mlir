// RUN: %pyc opt --known-items --split-input-file %s | FileCheck %s
// REQUIRES: compiler

func.func @get(%self: !uop.value, %o: !uop.value, %k: !uop.value) -> !uop.value attributes {uop.direct, uop.name = "m:C.__getitem__"} {
  return %o : !uop.value
}
func.func @set(%self: !uop.value, %o: !uop.value, %k: !uop.value, %v: !uop.value) -> !uop.value attributes {uop.direct, uop.name = "m:C.__setitem__"} {
  return %v : !uop.value
}
func.func @call(%self: !uop.value, %o: !uop.value) -> !uop.value attributes {uop.direct, uop.name = "m:C.__call__"} {
  return %o : !uop.value
}

// CHECK-LABEL: func.func @reads
// CHECK: %[[F:.*]] = uop.load_known_method %arg1 {accessor = "get_item", name = "__getitem__"{{.*}}ways = 1
// CHECK: %[[V:.*]] = uop.call_method(%[[F]], %arg1, %arg2) state(%[[F]]{{.*}}accessor = "get_item", argc = 1{{.*}}["function m:C.__getitem__"]
// CHECK: uop.decref %[[F]]
// CHECK: return %[[V]]
func.func @reads(%self: !uop.value, %o: !uop.value, %k: !uop.value) -> !uop.value {
  %v = uop.load_item %o %k {pc = 0 : i32, registers = array<i16>, owned = array<i1>, seen = [["int"], ["instance m:C{x}@24"], ["int"]]}
  return %v : !uop.value
}

// CHECK-LABEL: func.func @writes
// CHECK: %[[F:.*]] = uop.load_known_method %arg1 {accessor = "set_item"
// CHECK: %[[V:.*]] = uop.call_method(%[[F]], %arg1, %arg2, %arg3)
// CHECK: uop.decref %[[F]]
// CHECK: uop.decref %[[V]]
func.func @writes(%self: !uop.value, %o: !uop.value, %k: !uop.value, %v: !uop.value) {
  uop.store_item %o %k %v {pc = 0 : i32, registers = array<i16>, owned = array<i1>, seen = [["instance m:C{x}@24"], ["int"], ["int"]]}
  return
}

// CHECK-LABEL: func.func @calls
// CHECK: %[[F:.*]] = uop.load_known_method %arg1 {accessor = "call"
// CHECK: uop.call_method(%[[F]], %arg1) state(%[[F]]
func.func @calls(%self: !uop.value, %o: !uop.value) -> !uop.value {
  %v = uop.call(%o) {argc = 0 : i32, callCache = 0 : i32, operandSegmentSizes = array<i32: 1, 0>, pc = 0 : i32, registers = array<i16>, owned = array<i1>, seen = [["int"], ["instance m:C{x}@24"]]}
  return %v : !uop.value
}

func.func @neg(%self: !uop.value, %o: !uop.value) -> !uop.value attributes {uop.direct, uop.name = "m:C.__neg__"} {
  return %o : !uop.value
}
// CHECK-LABEL: func.func @negates
// CHECK: %[[F:.*]] = uop.load_known_method %arg1 {accessor = "neg", name = "__neg__"
// CHECK: uop.call_method(%[[F]], %arg1) state(%[[F]]{{.*}}["function m:C.__neg__"]
// CHECK: uop.invert
func.func @negates(%self: !uop.value, %o: !uop.value) -> !uop.value {
  %v = uop.neg %o {pc = 0 : i32, registers = array<i16>, owned = array<i1>, seen = [["int"], ["instance m:C{x}@24"]]}
  %w = uop.invert %o {pc = 2 : i32, registers = array<i16>, owned = array<i1>, seen = [["int"], ["instance m:C{x}@24"]]}
  return %v : !uop.value
}

// A class without a function of its own, and a list, are left alone.
// CHECK-LABEL: func.func @others
// CHECK-COUNT-2: uop.load_item
func.func @others(%self: !uop.value, %o: !uop.value, %k: !uop.value) -> !uop.value {
  %v = uop.load_item %o %k {pc = 0 : i32, registers = array<i16>, owned = array<i1>, seen = [["int"], ["instance m:D{x}@24"], ["int"]]}
  %w = uop.load_item %o %k {pc = 2 : i32, registers = array<i16>, owned = array<i1>, seen = [["int"], ["list[int]"], ["int"]]}
  return %v : !uop.value
}
