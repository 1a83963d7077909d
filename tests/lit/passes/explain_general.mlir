// RUN: %pyc opt --explain-general --remark-format=emitRemark --remarks-filter=pyc --split-input-file %s 2>&1 >/dev/null | grep -o 'remark: .*' | FileCheck %s
// REQUIRES: compiler

// Guards that are left.
// CHECK: [Passed] guarded-parameter | Category:pyc | Function=guards | 0=int, 1=1, code=-1, word=0
// CHECK: [Passed] guarded-number | {{.*}} | 0=float, code=-1, word=4
func.func @guards(%self: !uop.value, %x: !uop.value) -> !uop.value {
  %n = uop.guard_int %x {pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %c = uop.none
  %m = uop.guard_float %c {pc = 4 : i32, registers = array<i16>, owned = array<i1>}
  return %c : !uop.value
}

// -----

// Why operators stayed general.
// CHECK: [Missed] unknown-types | {{.*}} | 0=add
// CHECK: [Missed] unknown-operand | {{.*}} | 0=mul, 1=int
// CHECK: [Missed] several-types | {{.*}} | 0=sub, 1="int|float,int"
// CHECK: [Missed] big-ints | {{.*}} | 0=mul, 1="bigint,int"
// CHECK: [Missed] object-operands | {{.*}} | 0=lt, 1="str,str"
// CHECK: [Missed] uncomputed | {{.*}} | 0=eq, 1="int,float"
func.func @operators(%self: !uop.value, %x: !uop.value, %i: i64) -> !uop.value {
  %n = uop.box_int %i
  %a = uop.add %x %x {pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %b = uop.mul %n %a {pc = 1 : i32, registers = array<i16>, owned = array<i1>}
  %c = uop.sub %x %n {pc = 2 : i32, registers = array<i16>, owned = array<i1>, seen = [["float"], ["int", "float"], ["int"]]}
  %d = uop.mul %x %n {pc = 2 : i32, registers = array<i16>, owned = array<i1>, seen = [["bigint"], ["bigint"], ["int"]]}
  %e = uop.compare_truth "lt" %x %x {pc = 3 : i32, registers = array<i16>, owned = array<i1>, seen = [["str"], ["str"]]}
  %f = uop.compare_truth "eq" %n %x {pc = 4 : i32, registers = array<i16>, owned = array<i1>, seen = [["int"], ["float"]]}
  return %c : !uop.value
}

// -----

// In a function that the profile knows, what was not seen never ran: nothing to explain.
// CHECK-NOT: unknown
// CHECK: [Missed] item-of-object | {{.*}} | 0=dict
// CHECK: [Missed] item-several | {{.*}} | 0=list[int]|list[float]
// CHECK: [Missed] index-unknown | {{.*}} | 0=bool
// CHECK: [Missed] several-layouts | {{.*}} | 0=x, 1="instance m:A{x}@24|instance m:B{y,x}@24"
// CHECK: [Missed] iteration | {{.*}} | 0=dict_keyiterator
func.func @profiled(%self: !uop.value, %x: !uop.value, %i: i64) -> !uop.value attributes {uop.profiled} {
  %a = uop.add %x %x {pc = 0 : i32, registers = array<i16>, owned = array<i1>}
  %b = uop.load_item %x %x {pc = 1 : i32, registers = array<i16>, owned = array<i1>, seen = [["int"], ["dict"], ["str"]]}
  %c = uop.load_item %x %x {pc = 2 : i32, registers = array<i16>, owned = array<i1>, seen = [["int"], ["list[int]", "list[float]"], ["int"]]}
  %d = uop.load_item %x %x {pc = 3 : i32, registers = array<i16>, owned = array<i1>, seen = [["int"], ["list[int]"], ["bool"]]}
  %e = uop.load_attr %x {attrCache = 0 : i32, name = "x", nameIndex = 0 : i32, pc = 4 : i32, registers = array<i16>, owned = array<i1>, seen = [["int"], ["instance m:A{x}@24", "instance m:B{y,x}@24"]]}
  %f = uop.next %x {pc = 5 : i32, registers = array<i16>, owned = array<i1>, seen = [["int"], ["dict_keyiterator"]]}
  return %c : !uop.value
}
