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
