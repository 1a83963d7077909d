// Calls, functions, classes.

def Call : Uop<"call", [Out<"dst">, InWindow<"window", "argc", 1>, Imm<"argc">, Cache<"call">]> {
  let description = "dst = window[0](window[1..argc]).";
}
def CallKw : Uop<"call_kw", [Out<"dst">, InWindow<"window", "argc", 1>, Imm<"argc">, Const<"names">]> {
  let description = "As call; the last len(names) arguments are keywords; names is a tuple constant.";
}
def CallMethod : Uop<"call_method", [Out<"dst">, InWindow<"window", "argc", 2>, Imm<"argc">, Cache<"call">]> {
  let description = "dst = window[0](window[1] unless null, window[2..argc+1]); pairs with load_method.";
}
def CallMethodKw : Uop<"call_method_kw", [Out<"dst">, InWindow<"window", "argc", 2>, Imm<"argc">, Const<"names">]> {
  let description = "As call_method, with keywords.";
}
def CallEx : Uop<"call_ex", [Out<"dst">, InWindow<"window", "", 3>]> {
  let description = "dst = window[0](*window[1], **window[2]): a tuple or any iterable, a dict or None.";
}
def MakeFunction : Uop<"make_function", [Out<"dst">, InWindow<"parts", "", 4>, Const<"code">]> {
  let description = "dst = function of the code constant; parts: defaults tuple, keyword defaults dict, annotate function, closure tuple, each or None.";
}
def LoadBuildClass : Uop<"load_build_class", [Out<"dst">]> {
  let description = "dst = builtins.__build_class__.";
}
def LoadCommon : Pure<"load_common", [Out<"dst">, Imm<"which", "CommonConstant">]> {
  let description = "dst = a well-known object that user code can't rebind.";
}
def CommonConstant : UopEnum<["assertion_error", "not_implemented_error", "tuple_type", "list_type", "set_type",
                              "builtin_all", "builtin_any"]>;
def Intrinsic1 : Uop<"intrinsic1", [Out<"dst">, In<"operand">, Imm<"which", "Intrinsic1Kind">]> {
  let description = "dst = a rare operation of one operand.";
}
def Intrinsic1Kind : UopEnum<["print", "stopiteration_error", "type_var", "param_spec", "type_var_tuple",
                              "type_alias", "subscript_generic"]>;
def Intrinsic2 : Uop<"intrinsic2", [Out<"dst">, In<"lhs">, In<"rhs">, Imm<"which", "Intrinsic2Kind">]> {
  let description = "dst = a rare operation of two operands.";
}
def Intrinsic2Kind : UopEnum<["type_var_with_bound", "type_var_with_constraints", "set_type_param_default",
                              "set_function_type_params"]>;
