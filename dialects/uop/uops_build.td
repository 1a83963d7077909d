// Building containers and strings.

def BuildTuple : Pure<"build_tuple", [Out<"dst">, InWindow<"items", "count">, Imm<"count">]> {
  let description = "dst = tuple of the window.";
}
def BuildList : Pure<"build_list", [Out<"dst">, InWindow<"items", "count">, Imm<"count">]> {
  let description = "dst = list of the window.";
}
def BuildSet : Uop<"build_set", [Out<"dst">, InWindow<"items", "count">, Imm<"count">]> {
  let description = "dst = set of the window.";
}
def BuildMap : Uop<"build_map", [Out<"dst">, InWindow<"items", "count", 0, 2>, Imm<"count">]> {
  let description = "dst = dict of count key/value pairs.";
}
def BuildSlice : Pure<"build_slice", [Out<"dst">, InWindow<"parts", "", 3>]> {
  let description = "dst = slice(start, stop, step).";
}
def BuildString : Pure<"build_string", [Out<"dst">, InWindow<"parts", "count">, Imm<"count">]> {
  let description = "dst = concatenation of strings and of the texts of small ints (f-strings).";
}
def BuildInterpolation : Uop<"build_interpolation", [Out<"dst">, InWindow<"parts", "", 3>, Imm<"conversion", "Conversion">]> {
  let description = "dst = Interpolation of the window (value, expression text, format spec) and the conversion.";
}
def BuildTemplate : Uop<"build_template", [Out<"dst">, In<"strings">, In<"interpolations">]> {
  let description = "dst = Template of two tuples (PEP 750).";
}
def ConvertValue : Uop<"convert_value", [Out<"dst">, In<"src">, Imm<"conversion", "Conversion">]> {
  let description = "dst = str, repr or ascii of src (!s, !r, !a).";
}
def Conversion : UopEnum<["none", "str", "repr", "ascii"]>;
def FormatValue : Uop<"format_value", [Out<"dst">, In<"src">, In<"spec">]> {
  let description = "dst = format(src, spec).";
}
def FormatSimple : Uop<"format_simple", [Out<"dst">, In<"src">]> {
  let description = "dst = format(src, '').";
}
def FormatPart : Uop<"format_part", [Out<"dst">, In<"src">]> {
  let description = "dst = src for build_string to make a text of, if that is a str or a small int; otherwise format(src, '').";
}
def ListAppend : Pure<"list_append", [Keep<"list">, In<"item">]> {
  let description = "Appends to a list that the code itself built.";
}
def ListExtend : Uop<"list_extend", [Keep<"list">, In<"iterable">]> {
  let description = "Extends by an iterable; its error speaks of unpacking.";
}
def ListToTuple : Pure<"list_to_tuple", [Out<"dst">, In<"list">]> {
  let description = "dst = tuple(list).";
}
def SetAdd : Uop<"set_add", [Keep<"set">, In<"item">]> {
  let description = "Adds to a set that the code itself built.";
}
def SetUpdate : Uop<"set_update", [Keep<"set">, In<"iterable">]> {
  let description = "Adds every item of an iterable.";
}
def MapAdd : Uop<"map_add", [Keep<"map">, In<"key">, In<"value">]> {
  let description = "map[key] = value in a dict that the code itself built.";
}
def DictUpdate : Uop<"dict_update", [Keep<"map">, In<"mapping">]> {
  let description = "{**mapping}: later keys win.";
}
def DictMerge : Uop<"dict_merge", [Keep<"map">, In<"mapping">, Keep<"callee">]> {
  let description = "f(**mapping): a repeated key is a TypeError that names callee.";
}
def UnpackSequence : Uop<"unpack_sequence", [OutWindow<"dst", "count">, In<"src">, Imm<"count">]> {
  let description = "Unpacks exactly count items, the first one into the window's last register (the top of the stack, which is stored first).";
}
def UnpackEx : Uop<"unpack_ex", [OutWindow<"dst", "total">, In<"src">, Imm<"before">, Imm<"total">]> {
  let description = "Unpacks `before` items, a list of the middle ones, and total-before-1 last items; the first one into the window's last register.";
}
