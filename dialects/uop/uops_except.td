// Exceptions and context managers. A handler starts with the exception in the
// temporary at the handler's depth.

def RaiseAgain : Uop<"raise_again", []> {
  let terminator = 1;
  let description = "`raise`: the exception being handled; RuntimeError when there is none.";
}
def Raise : Uop<"raise", [In<"exception">]> {
  let terminator = 1;
  let description = "`raise exception` (a class is instantiated).";
}
def RaiseFrom : Uop<"raise_from", [In<"exception">, In<"cause">]> {
  let terminator = 1;
  let description = "`raise exception from cause`.";
}
def Reraise : Uop<"reraise", [In<"exception">]> {
  let terminator = 1;
  let description = "Goes on unwinding with the exception, its traceback unchanged.";
}
def EnterHandler : Pure<"enter_handler", [Out<"previous">, Keep<"exception">]> {
  let description = "previous = the exception being handled so far, or None; exception is the one now.";
}
def LeaveHandler : Pure<"leave_handler", [In<"previous">]> {
  let description = "Restores what enter_handler saved.";
}
def MatchException : Uop<"match_exception", [Out<"dst">, Keep<"exception">, In<"type">]> {
  let description = "dst = whether `except type` takes the exception; TypeError for a bad type.";
}
def MatchExceptionGroup : Uop<"match_exception_group", [OutWindow<"dst", "", 2>, In<"exception">, In<"type">]> {
  let description = "`except*`: dst[0] = the rest or None, dst[1] = the matching part or None.";
}
def PrepReraiseStar : Uop<"prep_reraise_star", [Out<"dst">, In<"original">, In<"exceptions">]> {
  let description = "dst = what is left to raise after the `except*` clauses, or None; exceptions is a list.";
}
def LoadSpecial : Uop<"load_special", [OutWindow<"dst", "", 2>, In<"object">, Imm<"which", "SpecialMethod">]> {
  let description = "As load_method, looked up on the type; TypeError names the missing protocol.";
}
def SpecialMethod : UopEnum<["enter", "exit", "aenter", "aexit"]>;
def WithExceptStart : Uop<"with_except_start", [Out<"dst">, KeepWindow<"exit", "", 2>, Keep<"exception">]> {
  let description = "dst = exit(type, exception, traceback).";
}
