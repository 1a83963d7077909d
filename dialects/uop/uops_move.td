// Moving values between registers and constants.

def LoadConst : Pure<"load_const", [Out<"dst">, Const<"value">]> {
  let description = "dst = constant (a new reference).";
}
def Move : Pure<"move", [Out<"dst">, In<"src">]> {
  let renames = 1;
  let description = "dst = src; a temporary source is moved, a local one copied.";
}
def Dup : Pure<"dup", [Out<"dst">, Keep<"src">]> {
  let renames = 1;
  let description = "dst = a new reference to src, which stays.";
}
def Swap : Pure<"swap", [InOut<"a">, InOut<"b">]> {
  let renames = 1;
  let description = "Exchanges two temporaries; either may be null (the empty half of a load_method).";
}
def Drop : Pure<"drop", [In<"src">]> {
  let renames = 1;
  let description = "Releases a temporary, which may be null (the empty half of a load_method).";
}
def CheckLocal : Uop<"check_local", [Keep<"local">]> {
  let description = "Raises UnboundLocalError when the local is unbound.";
}
def DeleteLocal : Uop<"delete_local", [Keep<"local">]> {
  let description = "Unbinds a local; UnboundLocalError when it is unbound already.";
}
def ClearLocal : Pure<"clear_local", [Keep<"local">]> {
  let renames = 1;
  let description = "Unbinds a local, bound or not (comprehension variables, exception names).";
}
def Nop : Pure<"nop", []> {
  let renames = 1;
  let description = "Does nothing; keeps a line for tracebacks.";
}
