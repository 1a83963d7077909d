// RUN: %pyc opt --known-methods --split-input-file %s | FileCheck %s
// REQUIRES: compiler

// The object is held by the caller: it is not counted for the call.
// CHECK-LABEL: func.func @held
// CHECK: %[[M:.*]] = uop.load_known_method %arg1 {{.*}}ways = 1
// CHECK: uop.call_method(%[[M]], %arg1) state(%[[M]], %arg1 {{.*}}owned = array<i1: true, false>
// CHECK: uop.decref %[[M]]
// CHECK-NOT: uop.decref
func.func @held(%self: !uop.value, %p: !uop.value) -> !uop.value {
  %m, %s = uop.load_method %p {name = "f", nameIndex = 0 : i32, attrCache = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>, seen = [["function m:C.f"], ["instance m:C{}@24"], ["instance m:C{}@24"]]} : !uop.value, !uop.value
  %r = uop.call_method(%m, %s) state(%m, %s : !uop.value, !uop.value) {argc = 0 : i32, callCache = 0 : i32, pc = 2 : i32, registers = array<i16: 0, 1>, owned = array<i1: true, true>}
  uop.decref %m
  uop.decref %s
  return %r : !uop.value
}

// -----

// A temporary is released behind the call instead of before it.
// CHECK-LABEL: func.func @temporary
// CHECK: %[[M:.*]] = uop.load_known_method %arg1
// CHECK-NEXT: uop.call_method(%[[M]], %arg1) state(%[[M]], %arg1 {{.*}}owned = array<i1: true, true>
// CHECK-NEXT: uop.decref %[[M]]
// CHECK-NEXT: uop.decref %arg1
func.func @temporary(%self: !uop.value, %p: !uop.value) -> !uop.value {
  %m, %s = uop.load_method %p {name = "f", nameIndex = 0 : i32, attrCache = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>, seen = [["function m:C.f"], ["instance m:C{}@24"], ["instance m:C{}@24"]]} : !uop.value, !uop.value
  uop.decref %p
  %r = uop.call_method(%m, %s) state(%m, %s : !uop.value, !uop.value) {argc = 0 : i32, callCache = 0 : i32, pc = 2 : i32, registers = array<i16: 0, 1>, owned = array<i1: true, true>}
  uop.decref %m
  uop.decref %s
  return %r : !uop.value
}

// -----

// The name that held the object is bound anew before the call.
// CHECK-LABEL: func.func @rebound
// CHECK: uop.load_method
func.func @rebound(%self: !uop.value, %p: !uop.value) -> !uop.value {
  %m, %s = uop.load_method %p {name = "f", nameIndex = 0 : i32, attrCache = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>, seen = [["function m:C.f"], ["instance m:C{}@24"], ["instance m:C{}@24"]]} : !uop.value, !uop.value
  %n = uop.neg %m {pc = 1 : i32, registers = array<i16>, owned = array<i1>}
  uop.decref %p
  %r = uop.call_method(%m, %s) state(%m, %s : !uop.value, !uop.value) {argc = 0 : i32, callCache = 0 : i32, pc = 2 : i32, registers = array<i16: 0, 1>, owned = array<i1: true, true>}
  uop.decref %m
  uop.decref %s
  return %r : !uop.value
}

// -----

// Not always a method of an instance.
// CHECK-LABEL: func.func @others
// CHECK: uop.load_method
func.func @others(%self: !uop.value, %p: !uop.value) -> !uop.value {
  %m, %s = uop.load_method %p {name = "f", nameIndex = 0 : i32, attrCache = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>, seen = [["function m:C.f", "..."], ["instance m:C{}@24"], ["instance m:C{}@24"]]} : !uop.value, !uop.value
  %r = uop.call_method(%m, %s) state(%m, %s : !uop.value, !uop.value) {argc = 0 : i32, callCache = 0 : i32, pc = 2 : i32, registers = array<i16: 0, 1>, owned = array<i1: true, true>}
  uop.decref %m
  uop.decref %s
  return %r : !uop.value
}

// -----

// A method of a built-in type that profiles saw alone: neither it nor its object is counted.
// CHECK-LABEL: func.func @builtin
// CHECK: %[[M:.*]] = uop.load_builtin_method %arg1 {{.*}}owner = "str"
// CHECK: uop.call_method(%[[M]], %arg1) state(%[[M]], %arg1 {{.*}}owned = array<i1: false, false>
// CHECK-NOT: uop.decref
func.func @builtin(%self: !uop.value, %p: !uop.value) -> !uop.value {
  %m, %s = uop.load_method %p {name = "isdigit", nameIndex = 0 : i32, attrCache = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>, seen = [["builtin str:isdigit"], ["str"], ["str"]]} : !uop.value, !uop.value
  %r = uop.call_method(%m, %s) state(%m, %s : !uop.value, !uop.value) {argc = 0 : i32, callCache = 0 : i32, pc = 2 : i32, registers = array<i16: 0, 1>, owned = array<i1: true, true>}
  uop.decref %m
  uop.decref %s
  return %r : !uop.value
}

// -----

// Lists of any storage are lists.
// CHECK-LABEL: func.func @list
// CHECK: uop.load_builtin_method %arg1 {{.*}}owner = "list"
func.func @list(%self: !uop.value, %p: !uop.value) -> !uop.value {
  %m, %s = uop.load_method %p {name = "reverse", nameIndex = 0 : i32, attrCache = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>, seen = [["builtin list:reverse"], ["list[int]"], ["list[int]", "list[object]"]]} : !uop.value, !uop.value
  %r = uop.call_method(%m, %s) state(%m, %s : !uop.value, !uop.value) {argc = 0 : i32, callCache = 0 : i32, pc = 2 : i32, registers = array<i16: 0, 1>, owned = array<i1: true, true>}
  uop.decref %m
  uop.decref %s
  return %r : !uop.value
}

// -----

// Not where several types were seen.
// CHECK-LABEL: func.func @others
// CHECK: uop.load_method {{.*}}"lower"
// CHECK: uop.load_builtin_method {{.*}}owner = "set"
func.func @others(%self: !uop.value, %p: !uop.value, %q: !uop.value) -> !uop.value {
  %m, %s = uop.load_method %p {name = "lower", nameIndex = 0 : i32, attrCache = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>, seen = [["builtin str:lower"], ["str"], ["str", "bytes"]]} : !uop.value, !uop.value
  %r = uop.call_method(%m, %s) state(%m, %s : !uop.value, !uop.value) {argc = 0 : i32, callCache = 0 : i32, pc = 2 : i32, registers = array<i16: 0, 1>, owned = array<i1: true, true>}
  uop.decref %m
  uop.decref %s
  %n, %t = uop.load_method %q {name = "add", nameIndex = 1 : i32, attrCache = 1 : i32, pc = 4 : i32, registers = array<i16>, owned = array<i1>, seen = [["builtin set:add"], ["set"], ["set"]]} : !uop.value, !uop.value
  %u = uop.call_method(%n, %t, %r) state(%n, %t, %r : !uop.value, !uop.value, !uop.value) {argc = 1 : i32, callCache = 1 : i32, pc = 6 : i32, registers = array<i16: 0, 1, 2>, owned = array<i1: true, true, true>}
  uop.decref %n
  uop.decref %t
  uop.decref %r
  return %u : !uop.value
}

// -----

// The instance holds the function, or it is a static method.
// CHECK-LABEL: func.func @own_function
// CHECK: uop.load_method
func.func @own_function(%self: !uop.value, %p: !uop.value) -> !uop.value {
  %m, %s = uop.load_method %p {name = "f", nameIndex = 0 : i32, attrCache = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>, seen = [["function m:g"], ["unbound"], ["instance m:C{f}@24"]]} : !uop.value, !uop.value
  %r = uop.call_method(%m, %s) state(%m, %s : !uop.value, !uop.value) {argc = 0 : i32, callCache = 0 : i32, pc = 2 : i32, registers = array<i16: 0, 1>, owned = array<i1: true, true>}
  uop.decref %m
  uop.decref %s
  return %r : !uop.value
}

// -----

// A class method comes with the class.
// CHECK-LABEL: func.func @class_method
// CHECK: uop.load_method
func.func @class_method(%self: !uop.value, %p: !uop.value) -> !uop.value {
  %m, %s = uop.load_method %p {name = "c", nameIndex = 0 : i32, attrCache = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>, seen = [["function m:C.c"], ["class m:C"], ["instance m:C{f}@24"]]} : !uop.value, !uop.value
  %r = uop.call_method(%m, %s) state(%m, %s : !uop.value, !uop.value) {argc = 0 : i32, callCache = 0 : i32, pc = 2 : i32, registers = array<i16: 0, 1>, owned = array<i1: true, true>}
  uop.decref %m
  uop.decref %s
  return %r : !uop.value
}
