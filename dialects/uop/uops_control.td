// Jumps, loops, generators.

def Jump : Pure<"jump", [Label<"target">]> {
  let terminator = 1;
  let description = "Forward jump.";
}
def JumpBack : Uop<"jump_back", [Label<"target">]> {
  let terminator = 1;
  let description = "Jump to a loop header: polls signals and thread stops, counts for the tiers.";
}
def JumpIfTrue : Uop<"jump_if_true", [In<"condition">, Label<"target">]> {
  let description = "Jumps when bool(condition).";
}
def JumpIfFalse : Uop<"jump_if_false", [In<"condition">, Label<"target">]> {
  let description = "Jumps when not bool(condition).";
}
def JumpIfTrueKeep : Uop<"jump_if_true_keep", [Keep<"condition">, Label<"target">]> {
  let description = "As jump_if_true; the condition stays (`or`).";
}
def JumpIfFalseKeep : Uop<"jump_if_false_keep", [Keep<"condition">, Label<"target">]> {
  let description = "As jump_if_false; the condition stays (`and`).";
}
def JumpIfNone : Pure<"jump_if_none", [In<"value">, Label<"target">]> {
  let description = "Jumps when value is None.";
}
def JumpIfNotNone : Pure<"jump_if_not_none", [In<"value">, Label<"target">]> {
  let description = "Jumps when value is not None.";
}
foreach op = ["lt", "le", "eq", "ne", "gt", "ge"] in {
  def JumpIf_#op : Uop<"jump_if_" # op, [In<"lhs">, In<"rhs">, Label<"target">]> {
    let description = "Jumps when bool(lhs `" # op # "` rhs).";
  }
  def JumpUnless_#op : Uop<"jump_unless_" # op, [In<"lhs">, In<"rhs">, Label<"target">]> {
    let description = "Jumps when not bool(lhs `" # op # "` rhs).";
  }
}

def GetIter : Uop<"get_iter", [Out<"dst">, In<"iterable">]> {
  let description = "dst = iter(iterable).";
}
def ForIter : Uop<"for_iter", [Out<"dst">, Keep<"iterator">, Label<"exhausted">]> {
  let description = "dst = next item, or jumps when there is none (the iterator stays for a drop, dst is not written).";
}
def GetYieldFromIter : Uop<"get_yield_from_iter", [Out<"dst">, In<"iterable">]> {
  let description = "dst = the iterator of `yield from`.";
}
def GetAwaitable : Uop<"get_awaitable", [Out<"dst">, In<"object">, Imm<"context", "AwaitContext">]> {
  let description = "dst = the iterator of `await`; errors name the context.";
}
def AwaitContext : UopEnum<["plain", "aenter", "aexit"]>;
def GetAiter : Uop<"get_aiter", [Out<"dst">, In<"iterable">]> {
  let description = "dst = aiter(iterable).";
}
def GetAnext : Uop<"get_anext", [Out<"dst">, Keep<"iterator">]> {
  let description = "dst = the awaitable's iterator for the next item.";
}
def EndAsyncFor : Uop<"end_async_for", [In<"exception">, Label<"exhausted">]> {
  let terminator = 1;
  let description = "StopAsyncIteration: jumps; anything else is raised again.";
}
def YieldValue : Uop<"yield_value", [Out<"dst">, In<"src">]> {
  let suspends = 1;
  let description = "Suspends with src; on resumption dst is the value sent.";
}
def YieldFrom : Uop<"yield_from", [InOut<"value">, Keep<"iterator">]> {
  let suspends = 1;
  let description = "Delegates (PEP 380): sends value to the iterator; what it yields is yielded and this uop runs again with the value sent; at its end value is its result.";
}
def AsyncGenWrap : Uop<"async_gen_wrap", [Out<"dst">, In<"src">]> {
  let description = "dst = marks a value yielded by an async generator.";
}
def ReturnValue : Pure<"return_value", [In<"src">]> {
  let terminator = 1;
  let description = "Leaves the frame with src.";
}
