// Structural pattern matching (PEP 634).

def MatchSequence : Pure<"match_sequence", [Out<"dst">, Keep<"subject">]> {
  let description = "dst = whether the subject matches sequence patterns.";
}
def MatchMapping : Pure<"match_mapping", [Out<"dst">, Keep<"subject">]> {
  let description = "dst = whether the subject matches mapping patterns.";
}
def MatchKeys : Uop<"match_keys", [Out<"dst">, Keep<"subject">, Keep<"keys">]> {
  let description = "dst = tuple of the values for a tuple of keys, or None.";
}
def MatchClass : Uop<"match_class", [Out<"dst">, Keep<"subject">, In<"cls">, In<"names">, Imm<"count">]> {
  let description = "dst = tuple of count positional, then the named attributes, or None.";
}
def GetLen : Uop<"get_len", [Out<"dst">, Keep<"object">]> {
  let description = "dst = len(object).";
}
def CopyDictWithoutKeys : Uop<"copy_dict_without_keys", [Out<"dst">, Keep<"subject">, Keep<"keys">]> {
  let description = "dst = dict of the subject without the keys (`**rest`).";
}
