// RUN: %pyc opt --borrow-loads --split-input-file %s | FileCheck %s
// REQUIRES: compiler

// An attribute that is only compared is not counted.
// CHECK-LABEL: func.func @compared
// CHECK: uop.load_slot %arg1 {borrowed
// CHECK: uop.guard_shape %0 state(%0 : !uop.value) {layout = "L", owned = array<i1: false>
// CHECK-NOT: uop.decref
func.func @compared(%self: !uop.value, %p: !uop.value) -> i1 {
  %v = uop.load_slot %p {layout = "L", name = "x", nameIndex = 0 : i32, offset = 24 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %none = uop.none
  %same = uop.same %v %none
  uop.guard_shape %v state(%v : !uop.value) {layout = "L", pc = 0 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  uop.decref %v
  return %same : i1
}

// -----

// What runs code may take it out of its place.
// CHECK-LABEL: func.func @called
// CHECK-NOT: borrowed
// CHECK: uop.decref
func.func @called(%self: !uop.value, %p: !uop.value) -> !uop.value {
  %v = uop.load_slot %p {layout = "L", name = "x", nameIndex = 0 : i32, offset = 24 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %r = uop.neg %v {pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.decref %v
  return %r : !uop.value
}

// -----

// So may the end of another object.
// CHECK-LABEL: func.func @other_released
// CHECK-NOT: borrowed
func.func @other_released(%self: !uop.value, %p: !uop.value) -> i1 {
  %v = uop.load_slot %p {layout = "L", name = "x", nameIndex = 0 : i32, offset = 24 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.decref %p
  %none = uop.none
  %same = uop.same %v %none
  uop.decref %v
  return %same : i1
}

// -----

// A store counts for itself; behind it only the release may follow.
// CHECK-LABEL: func.func @stored
// CHECK: borrowed
// CHECK: borrowed
// CHECK-NOT: uop.decref
func.func @stored(%self: !uop.value, %p: !uop.value) {
  %o = uop.load_slot %p {layout = "L", name = "y", nameIndex = 1 : i32, offset = 32 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %v = uop.load_slot %o {layout = "L", name = "x", nameIndex = 0 : i32, offset = 24 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.decref %o
  uop.store_slot %p %v {layout = "L", name = "x", nameIndex = 0 : i32, offset = 24 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.decref %v
  return
}

// -----

// CHECK-LABEL: func.func @used_behind_store
// CHECK-NOT: borrowed
func.func @used_behind_store(%self: !uop.value, %p: !uop.value) -> i1 {
  %v = uop.load_slot %p {layout = "L", name = "x", nameIndex = 0 : i32, offset = 24 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %none = uop.none
  uop.store_slot %p %none {layout = "L", name = "x", nameIndex = 0 : i32, offset = 24 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %same = uop.same %v %none
  uop.decref %v
  return %same : i1
}

// -----

// CHECK-LABEL: func.func @leaves_block
// CHECK-NOT: borrowed
func.func @leaves_block(%self: !uop.value, %p: !uop.value) -> !uop.value {
  %v = uop.load_slot %p {layout = "L", name = "x", nameIndex = 0 : i32, offset = 24 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  cf.br ^next
^next:
  return %v : !uop.value
}

// -----

// The value ends on both ways.
// CHECK-LABEL: func.func @two_ways
// CHECK: uop.load_slot %arg1 {borrowed
// CHECK-NOT: uop.decref
func.func @two_ways(%self: !uop.value, %p: !uop.value, %c: i1) -> i1 {
  %v = uop.load_slot %p {layout = "L", name = "x", nameIndex = 0 : i32, offset = 24 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %none = uop.none
  cf.cond_br %c, ^left, ^right
^left:
  uop.decref %v
  return %c : i1
^right:
  %same = uop.same %v %none
  uop.decref %v
  return %same : i1
}

// -----

// On one way something runs first, on another it does not end: it is counted there.
// CHECK-LABEL: func.func @one_way_runs
// CHECK: uop.load_slot %arg1 {borrowed
// CHECK: ^bb1:
// CHECK-NEXT: return
// CHECK: ^bb2:
// CHECK-NEXT: uop.incref %0
// CHECK-NEXT: uop.decref %arg1
// CHECK-NEXT: uop.decref %0
func.func @one_way_runs(%self: !uop.value, %p: !uop.value, %c: i1) -> i1 {
  %v = uop.load_slot %p {layout = "L", name = "x", nameIndex = 0 : i32, offset = 24 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  cf.cond_br %c, ^left, ^right
^left:
  uop.decref %v
  return %c : i1
^right:
  uop.decref %p
  uop.decref %v
  return %c : i1
}

// -----

// CHECK-LABEL: func.func @lives_on
// CHECK: uop.load_slot %arg1 {borrowed
// CHECK: ^bb1:
// CHECK-NEXT: return %1
// CHECK: ^bb2:
// CHECK-NEXT: uop.incref %0
// CHECK-NEXT: return %0
func.func @lives_on(%self: !uop.value, %p: !uop.value, %c: i1) -> !uop.value {
  %v = uop.load_slot %p {layout = "L", name = "x", nameIndex = 0 : i32, offset = 24 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %none = uop.none
  cf.cond_br %c, ^left, ^right
^left:
  uop.decref %v
  return %none : !uop.value
^right:
  return %v : !uop.value
}

// -----

// A method whose code was inlined.
// CHECK-LABEL: func.func @method
// CHECK: uop.load_known_method %arg1 {borrowed
// CHECK: uop.guard_function %0 state(%0 : !uop.value) {owned = array<i1: false>
// CHECK-NOT: uop.decref
func.func @method(%self: !uop.value, %p: !uop.value) -> i1 {
  %m = uop.load_known_method %p {name = "f", nameIndex = 0 : i32, ways = 1 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.guard_function %m state(%m : !uop.value) {symbol = "f", pc = 2 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  uop.guard_shape %p state(%m : !uop.value) {layout = "L", pc = 2 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  %v = uop.load_slot_bool %p state(%m : !uop.value) {layout = "L", name = "x", nameIndex = 0 : i32, offset = 24 : i32, pc = 2 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  cf.br ^next
^next:
  uop.decref %m
  return %v : i1
}

// -----

// A cell's content, over blocks that always follow each other.
// CHECK-LABEL: func.func @captured
// CHECK: uop.load_deref %arg1 {borrowed
// CHECK: uop.load_list_int %0 %arg2 state(%0 : !uop.value) {owned = array<i1: false>
// CHECK-NOT: uop.decref
func.func @captured(%self: !uop.value, %cell: !uop.value, %i: i64) -> i64 {
  %v = uop.load_deref %cell {pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  cf.br ^next
^next:
  %x = uop.load_list_int %v %i state(%v : !uop.value) {pc = 1 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  cf.br ^last
^last:
  uop.decref %v
  return %x : i64
}

// -----

// Not where a store to the cell comes in between.
// CHECK-LABEL: func.func @replaced
// CHECK-NOT: borrowed
func.func @replaced(%self: !uop.value, %cell: !uop.value, %c: i1) {
  %v = uop.load_deref %cell {pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.store_deref %cell %cell
  uop.decref %v
  return
}

// -----

// What is a float or null on every path needs no release.
// CHECK-LABEL: func.func @float_or_null
// CHECK-NOT: uop.decref
func.func @float_or_null(%self: !uop.value, %x: f64, %c: i1) {
  %null = uop.null
  cf.br ^loop(%null : !uop.value)
^loop(%v: !uop.value):
  uop.decref %v
  %b = uop.box_float %x
  cf.cond_br %c, ^loop(%b : !uop.value), ^end
^end:
  return
}

// -----

// An attribute around a global, and the operator's function: the global is borrowed first.
// CHECK-LABEL: func.func @nested
// CHECK: uop.load_slot %arg1 {borrowed
// CHECK: uop.find_operator %0 %arg2 {{.*}}{borrowed
// CHECK: uop.load_global {{.*}}{borrowed
// CHECK: uop.guard_construction {{.*}}{borrowed
// CHECK-NOT: uop.decref
func.func @nested(%self: !uop.value, %p: !uop.value, %q: !uop.value) -> f64 {
  %v = uop.load_slot %p {layout = "L", name = "v", nameIndex = 0 : i32, offset = 24 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %f = uop.find_operator %v %q state(%v : !uop.value) {number = 1 : i32, symbol = "m.V.__sub__", pc = 2 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  %c = uop.load_global state(%v, %f : !uop.value, !uop.value) {name = "V", nameIndex = 0 : i32, pc = 3 : i32, registers = array<i16: 0, 1>, owned = array<i1: true, true>}
  %i = uop.guard_construction %c state(%v, %f, %c : !uop.value, !uop.value, !uop.value) {symbol = "m.V.__init__", names = array<i32: 0>, code = 2 : i32, pc = 4 : i32, registers = array<i16: 0, 1, 2>, owned = array<i1: true, true, true>}
  %x = uop.load_slot_float %v state(%v, %f, %c : !uop.value, !uop.value, !uop.value) {layout = "L", name = "x", nameIndex = 0 : i32, offset = 24 : i32, pc = 5 : i32, registers = array<i16: 0, 1, 2>, owned = array<i1: true, true, true>}
  uop.decref %i
  uop.decref %c
  uop.decref %f
  uop.decref %v
  return %x : f64
}

// -----

// The function of an operator is held where code may run before its end.
// CHECK-LABEL: func.func @held_operator
// CHECK-NOT: borrowed
// CHECK: uop.decref %0
func.func @held_operator(%self: !uop.value, %p: !uop.value, %q: !uop.value) -> !uop.value {
  %f = uop.find_operator %p %q {number = 1 : i32, symbol = "m.V.__sub__", pc = 2 : i32, registers = array<i16>, owned = array<i1>}
  %r = uop.neg %p state(%f : !uop.value) {pc = 3 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  uop.decref %f
  return %r : !uop.value
}

// -----

// An exception's way counts at its begin, and so do the frames of its calls from there on.
// CHECK-LABEL: func.func @raising
// CHECK: %[[F:.*]] = uop.load_known_method %arg1 {borrowed
// CHECK: %[[FRAME:.*]] = uop.caller_frame state(%[[F]] {{.*}}owned = array<i1: false>
// CHECK: uop.load_slot %arg1 state(%[[FRAME]]
// CHECK: ^bb1:
// CHECK-NEXT: return
// CHECK: ^bb2:
// CHECK-NEXT: uop.incref %[[F]]
// CHECK-NEXT: %[[OWNING:.*]] = uop.caller_frame state(%[[F]] {{.*}}owned = array<i1: true>
// CHECK-NEXT: uop.neg %arg1 state(%[[OWNING]]
// CHECK-NEXT: uop.decref %[[F]]
func.func @raising(%self: !uop.value, %p: !uop.value, %c: i1) -> !uop.value {
  %f = uop.load_known_method %p {name = "f", nameIndex = 0 : i32, ways = 1 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.inlined_frame %f {code = 2 : i32, frame = 0 : i32}
  %frame = uop.caller_frame state(%f : !uop.value) {kind = 0 : i32, pc = 1 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  %v = uop.load_slot %p state(%frame : !uop.value) {inlined = 0 : i32, word = 0 : i32, layout = "L", name = "x", nameIndex = 0 : i32, offset = 24 : i32, pc = 0 : i32, registers = array<i16: -2>, owned = array<i1: false>}
  cf.cond_br %c, ^short, ^long
^short:
  uop.decref %f
  return %v : !uop.value
^long:
  %n = uop.neg %p state(%frame : !uop.value) {inlined = 0 : i32, word = 1 : i32, pc = 1 : i32, registers = array<i16: -2>, owned = array<i1: false>}
  uop.decref %f
  return %n : !uop.value
}

// -----

// An instance that nobody sees, from its begin to its release: neither its class nor its attribute
// is counted for it.
// CHECK-LABEL: func.func @instance
// CHECK-NOT: uop.incref
// CHECK: uop.virtual_instance(%arg1 : !uop.value) {{.*}}counted = array<i1: false>
// CHECK-NOT: uop.incref
// CHECK: %[[O:.*]] = uop.virtual_instance(%arg1, %arg2 {{.*}}counted = array<i1: false, false>
// CHECK: uop.guard_int %arg2 state(%[[O]]
// CHECK-NOT: uop.decref
func.func @instance(%self: !uop.value, %c: !uop.value, %v: !uop.value) -> i64 {
  uop.incref %c {frame = 0 : i32}
  %o = uop.virtual_instance(%c : !uop.value) {code = 2 : i32, counted = array<i1: true>, names = array<i32>, frame = 0 : i32}
  uop.incref %v {frame = 0 : i32}
  %p = uop.virtual_instance(%c, %v : !uop.value, !uop.value) {code = 2 : i32, counted = array<i1: true, true>, names = array<i32: 0>, frame = 0 : i32}
  %x = uop.guard_int %v state(%p : !uop.value) {pc = 3 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  uop.decref %p
  return %x : i64
}

// -----

// Code that runs before its release may take away its class.
// CHECK-LABEL: func.func @instance_while_code_runs
// CHECK-COUNT-2: uop.incref
// CHECK: uop.decref
func.func @instance_while_code_runs(%self: !uop.value, %c: !uop.value, %v: !uop.value) -> !uop.value {
  uop.incref %c {frame = 0 : i32}
  %o = uop.virtual_instance(%c : !uop.value) {code = 2 : i32, counted = array<i1: true>, names = array<i32>, frame = 0 : i32}
  uop.incref %v {frame = 0 : i32}
  %p = uop.virtual_instance(%c, %v : !uop.value, !uop.value) {code = 2 : i32, counted = array<i1: true, true>, names = array<i32: 0>, frame = 0 : i32}
  %x = uop.neg %v state(%p : !uop.value) {pc = 3 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  uop.decref %p
  return %x : !uop.value
}

// -----

// Of two lives of the same code in a block, the first counts nothing; the second, whose class is
// replaced meanwhile, still does.
// CHECK-LABEL: func.func @two_instances
// CHECK-NOT: uop.incref
// CHECK: uop.virtual_instance(%arg1 : !uop.value) {{.*}}counted = array<i1: false>
// CHECK: uop.incref %arg1
// CHECK: uop.virtual_instance(%arg1 : !uop.value) {{.*}}counted = array<i1: true>
// CHECK: uop.neg
// CHECK: uop.decref
func.func @two_instances(%self: !uop.value, %c: !uop.value, %v: !uop.value) -> !uop.value {
  uop.incref %c {frame = 0 : i32}
  %o = uop.virtual_instance(%c : !uop.value) {code = 2 : i32, counted = array<i1: true>, names = array<i32>, frame = 0 : i32}
  %x = uop.guard_int %v state(%o : !uop.value) {pc = 3 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  uop.decref %o
  uop.incref %c {frame = 0 : i32}
  %p = uop.virtual_instance(%c : !uop.value) {code = 2 : i32, counted = array<i1: true>, names = array<i32>, frame = 0 : i32}
  %y = uop.neg %v state(%p : !uop.value) {pc = 3 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  uop.decref %p
  return %y : !uop.value
}

// -----

// An attribute that may end behind its store is counted.
// CHECK-LABEL: func.func @released_attribute
// CHECK-COUNT-2: uop.incref
func.func @released_attribute(%self: !uop.value, %c: !uop.value, %v: !uop.value, %n: i64) -> i64 {
  %b = uop.box_int %n
  uop.incref %c {frame = 0 : i32}
  %o = uop.virtual_instance(%c : !uop.value) {code = 2 : i32, counted = array<i1: true>, names = array<i32>, frame = 0 : i32}
  uop.incref %b {frame = 0 : i32}
  %p = uop.virtual_instance(%c, %b : !uop.value, !uop.value) {code = 2 : i32, counted = array<i1: true, true>, names = array<i32: 0>, frame = 0 : i32}
  uop.decref %b
  %x = uop.guard_int %v state(%p : !uop.value) {pc = 3 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  uop.decref %p
  return %x : i64
}

// -----

// A method stays as long as it runs. The call counts it where it is something else.
// CHECK-LABEL: func.func @called_method
// CHECK: uop.load_known_method %arg1 {borrowed
// CHECK: uop.call_method(%0, %arg1) state(%0 : !uop.value) {argc = 0 : i32, callCache = 0 : i32, callee_borrowed, owned = array<i1: false>
// CHECK-NOT: uop.decref
func.func @called_method(%self: !uop.value, %p: !uop.value) -> !uop.value {
  %f = uop.load_known_method %p {name = "m", nameIndex = 0 : i32, ways = 1 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %r = uop.call_method(%f, %p) state(%f : !uop.value) {argc = 0 : i32, callCache = 0 : i32, pc = 1 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  uop.decref %f
  return %r : !uop.value
}

// -----

// Not where code runs before the call,
// CHECK-LABEL: func.func @code_before_call
// CHECK-NOT: callee_borrowed
func.func @code_before_call(%self: !uop.value, %p: !uop.value) -> !uop.value {
  %f = uop.load_known_method %p {name = "m", nameIndex = 0 : i32, ways = 1 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %a = uop.neg %p state(%f : !uop.value) {pc = 1 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  %r = uop.call_method(%f, %p, %a) state(%f : !uop.value) {argc = 1 : i32, callCache = 0 : i32, pc = 2 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  uop.decref %f
  return %r : !uop.value
}

// -----

// nor where it is used again behind the call,
// CHECK-LABEL: func.func @called_twice
// CHECK-NOT: callee_borrowed
func.func @called_twice(%self: !uop.value, %p: !uop.value) -> !uop.value {
  %f = uop.load_known_method %p {name = "m", nameIndex = 0 : i32, ways = 1 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %r = uop.call_method(%f, %p) state(%f : !uop.value) {argc = 0 : i32, callCache = 0 : i32, pc = 1 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  %s = uop.call_method(%f, %p) state(%f : !uop.value) {argc = 0 : i32, callCache = 0 : i32, pc = 2 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  uop.decref %f
  return %s : !uop.value
}

// -----

// nor for an argument.
// CHECK-LABEL: func.func @argument
// CHECK-NOT: callee_borrowed
func.func @argument(%self: !uop.value, %p: !uop.value) -> !uop.value {
  %f = uop.load_known_method %p {name = "m", nameIndex = 0 : i32, ways = 1 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %r = uop.call_method(%f, %p, %f) state(%f : !uop.value) {argc = 1 : i32, callCache = 0 : i32, pc = 1 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  uop.decref %f
  return %r : !uop.value
}

// -----

// Functions of modules stay too. Where the call raises, the handler finds no count of it.
// CHECK-LABEL: func.func @called_function
// CHECK: uop.load_global {borrowed
// CHECK: uop.call(%0) {{.*}}callee_borrowed
// CHECK-NOT: uop.decref
// CHECK: uop.take_exception
func.func @called_function(%self: !uop.value) -> !uop.value {
  %f = uop.load_global {name = "f", nameIndex = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %r = uop.call(%f) state(%f : !uop.value) {argc = 0 : i32, callCache = 0 : i32, seen = [[], ["function m:f"]], pc = 1 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  uop.unwind ^after, ^handler {depth = 0 : i32}
^after:
  uop.decref %f
  return %r : !uop.value
^handler:
  %e = uop.take_exception
  return %e : !uop.value
}

// -----

// A function that another one makes may be let go of by all.
// CHECK-LABEL: func.func @local_function
// CHECK-NOT: callee_borrowed
func.func @local_function(%self: !uop.value) -> !uop.value {
  %f = uop.load_global {name = "f", nameIndex = 0 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %r = uop.call(%f) state(%f : !uop.value) {argc = 0 : i32, callCache = 0 : i32, seen = [[], ["function m:g.<locals>.f"]], pc = 1 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  uop.decref %f
  return %r : !uop.value
}

// -----

// Items of what is unpacked, each for itself.
// CHECK-LABEL: func.func @unpacked
// CHECK: uop.unpack_items ["tuple"] %arg1 {borrowed = array<i1: true, false>
// CHECK: uop.decref
// CHECK-NOT: uop.decref
func.func @unpacked(%self: !uop.value, %t: !uop.value) -> (i1, !uop.value) {
  %items:2 = uop.unpack_items ["tuple"] %t {pc = 0 : i32, registers = array<i16>, owned = array<i1>} : !uop.value, !uop.value
  %same = uop.same %items#0 %items#1
  uop.decref %items#0
  %r = uop.neg %items#1 {pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.decref %items#1
  return %same, %r : i1, !uop.value
}

// -----

// What is counted twice for a while needs one count, and here none: the first load is borrowed.
// CHECK-LABEL: func.func @twice
// CHECK: %[[V:.*]] = uop.load_slot %arg1 {borrowed
// CHECK-NEXT: uop.load_list_float %[[V]] %arg2 state(%[[V]], %[[V]] : !uop.value, !uop.value) {owned = array<i1: false, false>
// CHECK-NEXT: uop.store_list_float
// CHECK-NEXT: return
func.func @twice(%self: !uop.value, %p: !uop.value, %i: i64) {
  %v = uop.load_slot %p {layout = "L", name = "x", nameIndex = 0 : i32, offset = 24 : i32, pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  uop.incref %v
  %x = uop.load_list_float %v %i state(%v, %v : !uop.value, !uop.value) {pc = 1 : i32, registers = array<i16: 0, 1>, owned = array<i1: true, true>}
  uop.decref %v
  uop.store_list_float %v %i %x state(%v : !uop.value) {pc = 2 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  uop.decref %v
  return
}

// -----

// Where code runs, one count stays; where only one is there, both operations do.
// CHECK-LABEL: func.func @counted_twice
// CHECK-NOT: uop.incref
// CHECK: uop.neg %arg1 state(%arg2, %arg2 : !uop.value, !uop.value) {owned = array<i1: true, false>
// CHECK-NEXT: uop.decref
// CHECK-NEXT: return
// CHECK-LABEL: func.func @kept_by_count
// CHECK: uop.incref
// CHECK: uop.neg
// CHECK-NEXT: uop.decref
func.func @counted_twice(%self: !uop.value, %p: !uop.value, %v: !uop.value) -> !uop.value {
  uop.incref %v
  %r = uop.neg %p state(%v, %v : !uop.value, !uop.value) {pc = 1 : i32, registers = array<i16: 0, 1>, owned = array<i1: true, true>}
  uop.decref %v
  uop.decref %v
  return %r : !uop.value
}
func.func @kept_by_count(%self: !uop.value, %p: !uop.value, %v: !uop.value) -> !uop.value {
  uop.incref %v
  %r = uop.neg %p state(%v : !uop.value) {pc = 1 : i32, registers = array<i16: 0>, owned = array<i1: true>}
  uop.decref %v
  return %r : !uop.value
}
