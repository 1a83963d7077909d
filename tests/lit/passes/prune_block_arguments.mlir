// RUN: %pyc opt --prune-block-arguments --split-input-file %s | FileCheck %s
// REQUIRES: compiler

// An argument that carries one value from every side is that value.
// CHECK-LABEL: func.func @same_from_all_sides
// CHECK: ^bb3:
// CHECK-NEXT: return %arg1
func.func @same_from_all_sides(%self: !uop.value, %a: !uop.value, %c: i1) -> !uop.value {
  cf.cond_br %c, ^left, ^right
^left:
  cf.br ^join(%a : !uop.value)
^right:
  cf.br ^join(%a : !uop.value)
^join(%x: !uop.value):
  return %x : !uop.value
}

// -----

// A loop that does not change a value carries it without an argument.
// CHECK-LABEL: func.func @unchanged_in_a_loop
// CHECK: ^bb1:
// CHECK: return %arg1
func.func @unchanged_in_a_loop(%self: !uop.value, %a: !uop.value, %c: i1) -> !uop.value {
  cf.br ^header(%a : !uop.value)
^header(%x: !uop.value):
  cf.cond_br %c, ^header(%x : !uop.value), ^exit
^exit:
  return %x : !uop.value
}

// -----

// Two values stay an argument.
// CHECK-LABEL: func.func @two_values
// CHECK: ^bb{{[0-9]}}(%[[X:.*]]: !uop.value):
// CHECK-NEXT: return %[[X]]
func.func @two_values(%self: !uop.value, %a: !uop.value, %b: !uop.value, %c: i1) -> !uop.value {
  cf.cond_br %c, ^join(%a : !uop.value), ^join(%b : !uop.value)
^join(%x: !uop.value):
  return %x : !uop.value
}

// -----

// Of numbers that are always equal one stays, over several blocks.
// CHECK-LABEL: func.func @equal_numbers
// CHECK: cf.br ^bb1(%{{.*}}, %arg1 : i1, i64)
// CHECK: ^bb1(%[[BOUND:.*]]: i1, %[[I:.*]]: i64):
// CHECK: ^bb2(%[[INNER:.*]]: i1):
// CHECK: uop.number_or_null %[[I]] %[[INNER]] : i64
// CHECK: uop.number_or_null %[[I]] %[[INNER]] : i64
func.func @equal_numbers(%self: !uop.value, %n: i64, %c: i1) -> !uop.value {
  %no = arith.constant false
  %false = arith.constant false
  cf.br ^outer(%no, %false, %n, %n : i1, i1, i64, i64)
^outer(%a: i1, %b: i1, %i: i64, %j: i64):
  cf.br ^inner(%a, %b : i1, i1)
^inner(%d: i1, %e: i1):
  %x = uop.number_or_null %i %d : i64
  %y = uop.number_or_null %j %e : i64
  %yes = arith.constant true
  %true = arith.constant true
  uop.poll state(%x, %y : !uop.value, !uop.value) {pc = 2 : i32, registers = array<i16: 0, 1>, owned = array<i1: true, true>}
  cf.cond_br %c, ^inner(%yes, %true : i1, i1), ^latch
^latch:
  %one = arith.constant 1 : i64
  %next = arith.addi %i, %one : i64
  cf.br ^outer(%d, %e, %next, %next : i1, i1, i64, i64)
}

// -----

// Numbers that begin with the same and go on differently stay.
// CHECK-LABEL: func.func @different_numbers
// CHECK: ^bb1(%{{.*}}: i64, %{{.*}}: i64):
func.func @different_numbers(%self: !uop.value, %n: i64, %m: i64, %c: i1) -> i64 {
  cf.br ^loop(%n, %n : i64, i64)
^loop(%i: i64, %j: i64):
  %k = arith.addi %i, %j : i64
  cf.cond_br %c, ^loop(%k, %m : i64, i64), ^end
^end:
  return %k : i64
}
