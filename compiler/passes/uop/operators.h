// Which method of a class is behind an operation.
#pragma once

#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSwitch.h"

namespace pyc {

/// An operator's method and its number: BinaryOp of runtime/objects/type.h, and behind them
/// CompareOp (runtime/objects/slot_functions.h: kFirstComparison). -1: no such operator.
struct Operator {
  llvm::StringRef method;
  int number = -1;
};

/// By the operation's name without the dialect, such as "add".
inline Operator operatorOf(llvm::StringRef mnemonic) {
  return llvm::StringSwitch<Operator>(mnemonic)
      .Case("add", {"__add__", 0})
      .Case("sub", {"__sub__", 1})
      .Case("mul", {"__mul__", 2})
      .Case("matmul", {"__matmul__", 3})
      .Case("truediv", {"__truediv__", 4})
      .Case("floordiv", {"__floordiv__", 5})
      .Case("mod", {"__mod__", 6})
      .Case("pow", {"__pow__", 7})
      .Case("lshift", {"__lshift__", 8})
      .Case("rshift", {"__rshift__", 9})
      .Case("and", {"__and__", 10})
      .Case("or", {"__or__", 11})
      .Case("xor", {"__xor__", 12})
      .Case("lt", {"__lt__", 13})
      .Case("le", {"__le__", 14})
      .Case("eq", {"__eq__", 15})
      .Case("ne", {"__ne__", 16})
      .Case("gt", {"__gt__", 17})
      .Case("ge", {"__ge__", 18})
      .Default({});
}

} // namespace pyc
