// Operators.

foreach op = ["add", "sub", "mul", "matmul", "truediv", "floordiv", "mod", "pow",
              "lshift", "rshift", "and", "or", "xor"] in {
  def Binary_#op : Uop<op, [Out<"dst">, In<"lhs">, In<"rhs">]> {
    let description = "dst = lhs `" # op # "` rhs, with reflected methods.";
  }
  def Inplace_#op : Uop<"inplace_" # op, [Out<"dst">, In<"lhs">, In<"rhs">]> {
    let description = "dst = the result of the augmented assignment's operator.";
  }
}
foreach op = ["lt", "le", "eq", "ne", "gt", "ge"] in {
  def Compare_#op : Uop<op, [Out<"dst">, In<"lhs">, In<"rhs">]> {
    let description = "dst = rich comparison (any object).";
  }
}
foreach op = ["neg", "pos", "invert"] in {
  def Unary_#op : Uop<op, [Out<"dst">, In<"operand">]> {
    let description = "dst = unary operator.";
  }
}
def Not : Uop<"not", [Out<"dst">, In<"operand">]> {
  let description = "dst = not operand, a bool.";
}
def ToBool : Uop<"to_bool", [Out<"dst">, In<"operand">]> {
  let description = "dst = bool(operand).";
}
def Is : Pure<"is", [Out<"dst">, In<"lhs">, In<"rhs">]> {
  let description = "dst = lhs is rhs; numbers compare by value and type.";
}
def IsNot : Pure<"is_not", [Out<"dst">, In<"lhs">, In<"rhs">]> {
  let description = "dst = lhs is not rhs.";
}
def Contains : Uop<"contains", [Out<"dst">, In<"item">, In<"container">]> {
  let description = "dst = item in container.";
}
def NotContains : Uop<"not_contains", [Out<"dst">, In<"item">, In<"container">]> {
  let description = "dst = item not in container.";
}
