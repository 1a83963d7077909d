// RUN: %pyc opt --unbox --split-input-file %s | FileCheck %s
// REQUIRES: compiler

// An int that a loop keeps an int lives in a register; overflow leaves; it is boxed where it is returned.
// CHECK-LABEL: func.func @sum
// CHECK: ^bb1(%[[S:.*]]: i64):
// CHECK: %[[T:.*]] = uop.int_add %[[S]]
// CHECK-SAME: state(%[[S]] : i64)
// CHECK: ^bb2:
// CHECK-NEXT: %[[R:.*]] = uop.box_int %[[S]]
// CHECK-NEXT: return %[[R]]
func.func @sum(%self: !uop.value, %c: i1) -> !uop.value {
  %one = arith.constant 1 : i64
  %start = uop.box_int %one
  cf.br ^header(%start : !uop.value)
^header(%s: !uop.value):
  %t = uop.add %s %s state(%s : !uop.value) {pc = 3 : i32, registers = array<i16: -1>, owned = array<i1: true>}
  uop.decref %s
  cf.cond_br %c, ^header(%t : !uop.value), ^exit
^exit:
  return %s : !uop.value
}

// -----

// int and float together give a float.
// CHECK-LABEL: func.func @mixed
// CHECK: %[[F:.*]] = arith.sitofp
// CHECK: arith.mulf %[[F]]
func.func @mixed(%self: !uop.value) -> !uop.value {
  %two = arith.constant 2 : i64
  %half = arith.constant 5.000000e-01 : f64
  %a = uop.box_int %two
  %b = uop.box_float %half
  %p = uop.mul %a %b {pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  return %p : !uop.value
}

// -----

// A value of unknown type stays boxed, and so does what it is added to.
// CHECK-LABEL: func.func @unknown
// CHECK: uop.add %arg1
func.func @unknown(%self: !uop.value, %a: !uop.value) -> !uop.value {
  %two = arith.constant 2 : i64
  %b = uop.box_int %two
  %p = uop.add %a %b {pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  return %p : !uop.value
}

// -----

// A number that only the exceptional edge wants boxed is boxed on that edge, in a block of its own.
// CHECK-LABEL: func.func @edges
// CHECK: uop.load_attr
// CHECK-NOT: uop.box_int
// CHECK: uop.unwind ^[[NORMAL:bb[0-9]+]], ^[[EDGE:bb[0-9]+]] {depth
// CHECK: ^[[EDGE]]:
// CHECK-NEXT: %[[BOXED:.*]] = uop.box_int
// CHECK-NEXT: cf.br ^[[HANDLER:bb[0-9]+]](%[[BOXED]]
func.func @edges(%self: !uop.value, %a: !uop.value) -> !uop.value {
  %seven = arith.constant 7 : i64
  %n = uop.box_int %seven
  %x = uop.load_attr %a {name = "x", nameIndex = 0 : i32, attrCache = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.unwind ^next, ^handler(%n : !uop.value) {depth = 0 : i32}
^next:
  uop.decref %x
  %y = uop.load_attr %a {name = "y", nameIndex = 1 : i32, attrCache = 1 : i32, pc = 2 : i32, registers = array<i16>, owned = array<i1>}
  uop.unwind ^end, ^handler(%a : !uop.value) {depth = 0 : i32}
^end:
  return %y : !uop.value
^handler(%v: !uop.value):
  %e = uop.take_exception
  uop.decref %e
  return %v : !uop.value
}

// -----

// Items of a list that was seen to store bools are bits; what stores something else goes the general way.
// CHECK-LABEL: func.func @bools
// CHECK: %[[B:.*]] = uop.load_list_bool %{{.*}} %[[I:[^ ]*]] {
// CHECK: %[[N:.*]] = arith.xori %[[B]]
// CHECK: uop.store_list_bool %{{.*}} %[[I]] %[[N]] {
// CHECK: uop.store_item_int
func.func @bools(%self: !uop.value, %list: !uop.value, %other: !uop.value) -> !uop.value {
  %i = arith.constant 3 : i64
  %key = uop.box_int %i
  %item = uop.load_item %list %key {pc = 0 : i32, registers = array<i16>, owned = array<i1>, seen = [["bool"], ["list[bool]"], ["int"]]}
  %negated = uop.not %item {pc = 1 : i32, registers = array<i16>, owned = array<i1>}
  uop.store_item %list %key %negated {pc = 2 : i32, registers = array<i16>, owned = array<i1>, seen = [["list[bool]"], ["int"], ["bool"]]}
  uop.store_item %list %key %other {pc = 3 : i32, registers = array<i16>, owned = array<i1>, seen = [["list[bool]"], ["int"], ["bool"]]}
  return %other : !uop.value
}

// -----

// A loop's variable that only frame states see behind the loop: an int, and whether there is one yet.
// CHECK-LABEL: func.func @unbound
// CHECK: cf.br ^bb1(%{{.*}}, %{{false.*}}, %{{.*}} : i64, i1, i64)
// CHECK: ^bb1(%[[V:.*]]: i64, %[[B:.*]]: i1, %{{.*}}: i64):
// CHECK: %[[S:.*]] = uop.number_or_null %[[V]] %[[B]]
// CHECK: uop.int_add {{.*}} state(%[[S]]
// CHECK-NOT: uop.decref
func.func @unbound(%self: !uop.value, %start: i64) -> !uop.value {
  %null = uop.null
  %first = uop.box_int %start
  cf.br ^header(%null, %first : !uop.value, !uop.value)
^header(%v: !uop.value, %i: !uop.value):
  %n = uop.add %i %i state(%v : !uop.value) {pc = 3 : i32, registers = array<i16: -1>, owned = array<i1: true>}
  %c = uop.compare_truth "lt" %n %i state(%v : !uop.value) {pc = 4 : i32, registers = array<i16: -1>, owned = array<i1: true>}
  cf.cond_br %c, ^body, ^exit
^body:
  uop.decref %v
  cf.br ^header(%i, %n : !uop.value, !uop.value)
^exit:
  uop.decref %v
  return %n : !uop.value
}

// -----

// The same for a float: null goes in as any number, with a bit that says that there is none.
// CHECK-LABEL: func.func @unbound_float
// CHECK: ^bb1(%[[V:.*]]: f64, %[[B:.*]]: i1, %{{.*}}: f64):
// CHECK: %[[S:.*]] = uop.number_or_null %[[V]] %[[B]] : f64
// CHECK: uop.poll state(%[[S]]
// CHECK-NOT: uop.decref
// CHECK-NOT: uop.box_float
func.func @unbound_float(%self: !uop.value, %start: f64, %c: i1) {
  %null = uop.null
  %first = uop.box_float %start
  cf.br ^header(%null, %first : !uop.value, !uop.value)
^header(%v: !uop.value, %x: !uop.value):
  %n = uop.mul %x %x state(%v : !uop.value) {pc = 3 : i32, registers = array<i16: -1>, owned = array<i1: true>}
  uop.poll state(%v : !uop.value) {pc = 4 : i32, registers = array<i16: -1>, owned = array<i1: true>}
  uop.decref %v
  cf.cond_br %c, ^header(%x, %n : !uop.value, !uop.value), ^exit
^exit:
  return
}

// -----

// The length of a str whose items were loaded before, which makes it one with a known length.
// CHECK-LABEL: func.func @length_behind_item
// CHECK: uop.load_item_int %arg1
// CHECK: %[[N:.*]] = uop.length %arg1
// CHECK: uop.box_int %[[N]]
func.func @length_behind_item(%self: !uop.value, %s: !uop.value, %len: !uop.value) -> !uop.value {
  %zero = arith.constant 0 : i64
  %key = uop.box_int %zero
  %c = uop.load_item %s %key {seen = [["str"], ["str"], ["int"]], pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.decref %c
  %n = uop.call(%len, %s) {argc = 1 : i32, callCache = 0 : i32, seen = [["int"], ["builtin builtins:len"]], pc = 2 : i32, registers = array<i16>, owned = array<i1>}
  return %n : !uop.value
}

// -----

// Items of arrays are numbers of the array's kind. An int is stored among floats as one; what is no
// number, and bytes, which can't be stored to, go the general way.
// CHECK-LABEL: func.func @arrays
// CHECK: %[[X:.*]] = uop.load_array_float %arg1 %[[I:[^ ]*]] {{.*}}storage = 15 : i32
// CHECK: uop.store_array_float %arg1 %[[I]] %[[X]] {{.*}}storage = 15 : i32
// CHECK: %[[F:.*]] = arith.sitofp %[[I]]
// CHECK: uop.store_array_float %arg1 %[[I]] %[[F]]
// CHECK: uop.load_array_int %arg2 %[[I]] {{.*}}storage = 4 : i32
// CHECK: uop.store_item_int %arg2
// CHECK: uop.store_item_int %arg1 %[[I]] %arg3
func.func @arrays(%self: !uop.value, %a: !uop.value, %bytes: !uop.value, %other: !uop.value) -> !uop.value {
  %i = arith.constant 3 : i64
  %key = uop.box_int %i
  %x = uop.load_item %a %key {pc = 0 : i32, registers = array<i16>, owned = array<i1>, seen = [["float"], ["array[d]"], ["int"]]}
  uop.store_item %a %key %x {pc = 1 : i32, registers = array<i16>, owned = array<i1>, seen = [["array[d]"], ["int"], ["float"]]}
  uop.store_item %a %key %key {pc = 2 : i32, registers = array<i16>, owned = array<i1>, seen = [["array[d]"], ["int"], ["int"]]}
  %b = uop.load_item %bytes %key {pc = 3 : i32, registers = array<i16>, owned = array<i1>, seen = [["int"], ["bytes"], ["int"]]}
  uop.store_item %bytes %key %b {pc = 4 : i32, registers = array<i16>, owned = array<i1>, seen = [["bytes"], ["int"], ["int"]]}
  uop.store_item %a %key %other {pc = 5 : i32, registers = array<i16>, owned = array<i1>, seen = [["array[d]"], ["int"], ["str"]]}
  return %other : !uop.value
}

// -----

// Numbers that 64 bits can't hold were among the items.
// CHECK-LABEL: func.func @large_items
// CHECK-NOT: uop.load_array_int
// CHECK: uop.load_item_int
func.func @large_items(%self: !uop.value, %a: !uop.value) -> !uop.value {
  %i = arith.constant 3 : i64
  %key = uop.box_int %i
  %x = uop.load_item %a %key {pc = 0 : i32, registers = array<i16>, owned = array<i1>, seen = [["bigint", "int64"], ["array[Q]"], ["int"]]}
  return %x : !uop.value
}

// -----

// An index that was seen to be outside of the bytes, for which a register would leave each time.
// CHECK-LABEL: func.func @outside
// CHECK-NOT: uop.load_array_int
// CHECK: uop.load_item_int
func.func @outside(%self: !uop.value, %bytes: !uop.value) -> !uop.value {
  %i = arith.constant 3 : i64
  %key = uop.box_int %i
  %x = uop.load_item %bytes %key {pc = 0 : i32, raised, registers = array<i16>, owned = array<i1>, seen = [["int"], ["bytes"], ["int"]]}
  return %x : !uop.value
}

// -----

// Functions of math are computed in registers, behind a guard of the callee.
// CHECK-LABEL: func.func @sine
// CHECK: uop.guard_builtin %arg1 {{.*}}function = "sin"
// CHECK: uop.float_function %arg2 {{.*}}function = "sin"
// CHECK-NOT: uop.call
func.func @sine(%self: !uop.value, %f: !uop.value, %x: f64) -> !uop.value {
  %b = uop.box_float %x
  %r = uop.call(%f, %b) {argc = 1 : i32, callCache = 0 : i32, seen = [["float"], ["builtin math:sin"], ["float"]], pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.decref %b
  return %r : !uop.value
}

// -----

// The next whole number is an int where 64 bits hold it.
// CHECK-LABEL: func.func @floor
// CHECK: uop.guard_builtin %arg1 {{.*}}function = "floor"
// CHECK: %[[WHOLE:.*]] = uop.float_floor %arg2
// CHECK: uop.guard_true
// CHECK: arith.fptosi %[[WHOLE]]
func.func @floor(%self: !uop.value, %f: !uop.value, %x: f64) -> !uop.value {
  %b = uop.box_float %x
  %r = uop.call(%f, %b) {argc = 1 : i32, callCache = 0 : i32, seen = [["int"], ["builtin math:floor"], ["float"]], pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.decref %b
  return %r : !uop.value
}

// -----

// isinstance() of a number and a built-in class is known, behind guards of both. The class never
// ends, and is released first; what other values would get to goes.
// CHECK-LABEL: func.func @classes
// CHECK: uop.guard_builtin %[[F:.*]] state({{.*}}) {function = "isinstance"
// CHECK: uop.guard_same %[[CLASS:.*]] state({{.*}}) {{.*}}symbol = "tupleType"
// CHECK-NOT: uop.call
// CHECK: uop.decref %[[CLASS]]
// CHECK-NEXT: uop.decref %[[F]]
// CHECK-NEXT: cf.br ^[[NO:bb[0-9]+]]
// CHECK-NEXT: ^[[NO]]:
// CHECK-NEXT: uop.none
// A class that is none of these, and what is no number.
// CHECK-LABEL: func.func @others
// CHECK: uop.call
// CHECK: uop.call
func.func @classes(%self: !uop.value, %n: i64) -> !uop.value {
  %x = uop.box_int %n
  %f = uop.load_global {name = "isinstance", nameIndex = 0 : i32, pc = 1 : i32, registers = array<i16>, owned = array<i1>, seen = [["builtin builtins:isinstance"]]}
  %c = uop.load_global state(%f : !uop.value) {name = "tuple", nameIndex = 1 : i32, pc = 2 : i32, registers = array<i16: 0>, owned = array<i1: true>, seen = [["class tuple"]]}
  %r = uop.call(%f, %x, %c) state(%f, %c : !uop.value, !uop.value) {argc = 2 : i32, callCache = 0 : i32, owned = array<i1: true, true>, pc = 3 : i32, registers = array<i16: 0, 1>, seen = [["bool"], ["builtin builtins:isinstance"]]}
  uop.decref %f
  uop.decref %c
  uop.decref %x
  %t = uop.truth %r state(%r : !uop.value) {owned = array<i1: true>, pc = 4 : i32, registers = array<i16: 0>}
  uop.decref %r
  cf.cond_br %t, ^yes, ^no
^yes:
  return %self : !uop.value
^no:
  %none = uop.none
  return %none : !uop.value
}
func.func @others(%self: !uop.value, %n: i64, %y: !uop.value) -> !uop.value {
  %x = uop.box_int %n
  %f = uop.load_global {name = "isinstance", nameIndex = 0 : i32, pc = 1 : i32, registers = array<i16>, owned = array<i1>, seen = [["builtin builtins:isinstance"]]}
  %c = uop.load_global {name = "C", nameIndex = 1 : i32, pc = 2 : i32, registers = array<i16>, owned = array<i1>, seen = [["class __main__:C"]]}
  %d = uop.load_global {name = "tuple", nameIndex = 2 : i32, pc = 2 : i32, registers = array<i16>, owned = array<i1>, seen = [["class tuple"]]}
  %r = uop.call(%f, %x, %c) {argc = 2 : i32, callCache = 0 : i32, owned = array<i1>, pc = 3 : i32, registers = array<i16>, seen = [["bool"], ["builtin builtins:isinstance"]]}
  uop.decref %r
  uop.decref %x
  %q = uop.call(%f, %y, %d) {argc = 2 : i32, callCache = 1 : i32, owned = array<i1>, pc = 4 : i32, registers = array<i16>, seen = [["bool"], ["builtin builtins:isinstance"]]}
  return %q : !uop.value
}

// -----

// A constant object that fits 64 bits is computed with as a number; where a value is wanted it stays the object.
// CHECK-LABEL: func.func @wide_constant
// CHECK: %[[W:.*]] = arith.constant 2305843009213693951 : i64
// CHECK: %[[C:.*]] = uop.load_const
// CHECK: uop.int_mod %{{.*}} %[[W]]
// CHECK-NOT: uop.decref %[[C]]
// CHECK: uop.call(%arg0, %[[C]])
func.func @wide_constant(%self: !uop.value) -> !uop.value {
  %seven = arith.constant 7 : i64
  %a = uop.box_int %seven
  %m = uop.load_const {int = 2305843009213693951 : i64, value = 0 : i32}
  %r = uop.mod %a %m {pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.decref %r
  %q = uop.call(%self, %m) {argc = 1 : i32, callCache = 0 : i32, pc = 1 : i32, registers = array<i16>, owned = array<i1>}
  return %q : !uop.value
}

// -----

// What gave more than 64 bits in the profiled run computes with objects.
// CHECK-LABEL: func.func @too_wide
// CHECK: uop.mul
// CHECK-NOT: uop.int_mul
func.func @too_wide(%self: !uop.value) -> !uop.value {
  %seven = arith.constant 7 : i64
  %a = uop.box_int %seven
  %r = uop.mul %a %a {pc = 0 : i32, registers = array<i16>, owned = array<i1>, seen = [["bigint"], ["int"], ["int"]]}
  return %r : !uop.value
}

// -----

// A complex number is two floats, in a loop's arguments as well; frame states have it as one value.
// CHECK-LABEL: func.func @complex
// CHECK: %[[TWO:.*]] = arith.constant 2.0{{.*}} : f64
// CHECK: cf.br ^[[LOOP:.*]](%arg1, %arg2 : f64, f64)
// CHECK: ^[[LOOP]](%[[RE:.*]]: f64, %[[IM:.*]]: f64):
// CHECK: arith.mulf %[[RE]], %[[RE]]
// CHECK: %[[ORD:.*]] = arith.cmpf ord
// CHECK: %[[Z:.*]] = uop.virtual_complex %[[RE]] %[[IM]]
// CHECK: uop.guard_true %[[ORD]] state(%[[Z]] : !uop.value)
// CHECK: %[[ABS:.*]] = uop.complex_abs
// CHECK: arith.cmpf ogt, %[[ABS]]
// CHECK: ^{{.*}}(%[[ORE:.*]]: f64, %[[OIM:.*]]: f64)
// CHECK: %[[B:.*]] = uop.box_complex %[[ORE]] %[[OIM]]
// CHECK: return %[[B]]
func.func @complex(%self: !uop.value, %re: f64, %im: f64, %abs: !uop.value) -> !uop.value {
  %start = uop.box_complex %re %im
  %two = arith.constant 2.0 : f64
  %limit = uop.box_float %two
  %null = uop.null
  cf.br ^loop(%start : !uop.value)
^loop(%z: !uop.value):
  %next = uop.mul %z %z state(%z : !uop.value) {pc = 0 : i32, registers = array<i16: -1>, owned = array<i1: true>}
  uop.decref %z
  %size = uop.call(%abs, %next) {argc = 1 : i32, callCache = 0 : i32, pc = 1 : i32, registers = array<i16>, owned = array<i1>, seen = [["float"], ["builtin builtins:abs"]]}
  %ends = uop.compare_truth "gt" %size %limit {pc = 2 : i32, registers = array<i16>, owned = array<i1>}
  cf.cond_br %ends, ^out(%next : !uop.value), ^loop(%next : !uop.value)
^out(%result: !uop.value):
  return %result : !uop.value
}

// -----

// A real operand stays real; parts are floats; what has no such operation gets an object, released behind it.
// CHECK-LABEL: func.func @parts
// CHECK: %[[C:.*]] = uop.load_const
// CHECK: %[[R:.*]] = arith.mulf %{{.*}}, %arg1
// CHECK: %[[I:.*]] = arith.mulf %{{.*}}, %arg1
// CHECK: %[[S:.*]] = arith.addf %[[R]], %[[I]]
// CHECK: %[[B:.*]] = uop.box_complex %[[R]] %[[I]] {scoped}
// CHECK: uop.call(%arg0, %[[B]])
// CHECK: uop.decref %[[B]]
func.func @parts(%self: !uop.value, %x: f64) -> !uop.value {
  %factor = uop.box_float %x
  %c = uop.load_const {complex = array<f64: 1.5, 2.5>, value = 0 : i32}
  %z = uop.mul %c %factor {pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %re = uop.load_attr %z {name = "real", nameIndex = 0 : i32, attrCache = 0 : i32, pc = 1 : i32, registers = array<i16>, owned = array<i1>}
  %im = uop.load_attr %z {name = "imag", nameIndex = 1 : i32, attrCache = 1 : i32, pc = 2 : i32, registers = array<i16>, owned = array<i1>}
  %sum = uop.add %re %im {pc = 3 : i32, registers = array<i16>, owned = array<i1>}
  %done = uop.call(%self, %z) {argc = 1 : i32, callCache = 0 : i32, pc = 4 : i32, registers = array<i16>, owned = array<i1>}
  uop.decref %done
  uop.decref %z
  return %sum : !uop.value
}

// -----

// What is known already raises nothing, whatever a profile saw.
// CHECK-LABEL: func.func @known_part
// CHECK: ^bb1(%[[RE:.*]]: f64, %{{.*}}: f64):
// CHECK: uop.box_float %[[RE]]
func.func @known_part(%self: !uop.value, %re: f64, %im: f64) -> !uop.value {
  %start = uop.box_complex %re %im
  cf.br ^next(%start : !uop.value)
^next(%z: !uop.value):
  %part = uop.load_attr %z {name = "real", nameIndex = 0 : i32, attrCache = 0 : i32, pc = 1 : i32, raised, registers = array<i16>, owned = array<i1>}
  uop.decref %z
  return %part : !uop.value
}
