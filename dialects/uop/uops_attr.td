// Attributes and subscripts.

def LoadAttr : Uop<"load_attr", [Out<"dst">, In<"object">, Name<"name">, Cache<"attr">]> {
  let description = "dst = object.name.";
}
def StoreAttr : Uop<"store_attr", [In<"object">, In<"src">, Name<"name">, Cache<"attr">]> {
  let description = "object.name = src.";
}
def DeleteAttr : Uop<"delete_attr", [In<"object">, Name<"name">]> {
  let description = "del object.name.";
}
def LoadMethod : Uop<"load_method", [OutWindow<"dst", "", 2>, In<"object">, Name<"name">, Cache<"attr">]> {
  let description = "dst[0], dst[1] = unbound method and object, or attribute value and null.";
}
def LoadSuper : Uop<"load_super", [Out<"dst">, In<"callee">, Keep<"cell">, Keep<"self">]> {
  let description = "dst = zero-argument super(): callee is what `super` names, cell holds __class__.";
}
def LoadItem : Uop<"load_item", [Out<"dst">, In<"object">, In<"key">]> {
  let description = "dst = object[key].";
}
def LoadSlice : Uop<"load_slice", [Out<"dst">, InWindow<"parts", "", 3>, In<"object">]> {
  let description = "dst = object[slice(start, stop, step)].";
}
def StoreItem : Uop<"store_item", [In<"object">, In<"key">, In<"src">]> {
  let description = "object[key] = src.";
}
def StoreSlice : Uop<"store_slice", [InWindow<"parts", "", 3>, In<"object">, In<"src">]> {
  let description = "object[slice(start, stop, step)] = src.";
}
def DeleteItem : Uop<"delete_item", [In<"object">, In<"key">]> {
  let description = "del object[key].";
}
