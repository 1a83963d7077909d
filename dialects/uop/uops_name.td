// Names: globals, class and module namespaces, closure cells.

def LoadGlobal : Uop<"load_global", [Out<"dst">, Name<"name">]> {
  let description = "dst = globals or builtins; a lazy import is resolved; NameError.";
}
def StoreGlobal : Uop<"store_global", [In<"src">, Name<"name">]> {
  let description = "globals[name] = src.";
}
def DeleteGlobal : Uop<"delete_global", [Name<"name">]> {
  let description = "del globals[name]; NameError.";
}
def LoadName : Uop<"load_name", [Out<"dst">, Name<"name">]> {
  let description = "dst = the frame's namespace, then globals, then builtins; NameError.";
}
def StoreName : Uop<"store_name", [In<"src">, Name<"name">]> {
  let description = "Binds in the frame's namespace (module, class body, exec).";
}
def DeleteName : Uop<"delete_name", [Name<"name">]> {
  let description = "Unbinds in the frame's namespace; NameError.";
}
def LoadLocals : Uop<"load_locals", [Out<"dst">]> {
  let description = "dst = the frame's namespace mapping.";
}
def LoadFromDictOrGlobals : Uop<"load_from_dict_or_globals", [Out<"dst">, In<"mapping">, Name<"name">]> {
  let description = "dst = mapping[name], else as load_global (annotation scopes in classes).";
}
def MakeCell : Pure<"make_cell", [InOut<"local">]> {
  let description = "Replaces a local's value, bound or not, by a new cell that holds it.";
}
def LoadDeref : Uop<"load_deref", [Out<"dst">, Keep<"cell">]> {
  let description = "dst = the cell's content; NameError or UnboundLocalError when empty.";
}
def StoreDeref : Pure<"store_deref", [Keep<"cell">, In<"src">]> {
  let description = "Sets the cell's content.";
}
def DeleteDeref : Uop<"delete_deref", [Keep<"cell">]> {
  let description = "Empties the cell; NameError when it is empty already.";
}
def LoadFromDictOrDeref : Uop<"load_from_dict_or_deref", [Out<"dst">, In<"mapping">, Keep<"cell">, Name<"name">]> {
  let description = "dst = mapping[name], else the cell's content (class bodies).";
}
def SetupAnnotations : Uop<"setup_annotations", []> {
  let description = "Makes sure that the namespace has __annotations__.";
}

def ImportName : Uop<"import_name", [Out<"dst">, In<"fromlist">, Imm<"level">, Imm<"laziness", "ImportLaziness">, Name<"name">]> {
  let description = "dst = __import__(name, globals, locals, fromlist, level), or a lazy import where `maybe_lazy` stands and __lazy_modules__ or the mode asks for it.";
}
def ImportLaziness : UopEnum<["maybe_lazy", "eager"]>;
def LazyImportName : Uop<"lazy_import_name", [Out<"dst">, In<"fromlist">, Imm<"level">, Name<"name">]> {
  let description = "dst = a lazy import (PEP 810), or the module where laziness is off.";
}
def ImportFrom : Uop<"import_from", [Out<"dst">, Keep<"module">, Name<"name">]> {
  let description = "dst = attribute of the module, or its submodule; ImportError.";
}
def ImportStar : Uop<"import_star", [In<"module">]> {
  let description = "Binds the module's public names in the namespace.";
}
