// Calls of built-in functions that take numbers and make numbers, as a profile saw them.
#pragma once

#include "mlir/IR/Operation.h"
#include "llvm/ADT/StringRef.h"

namespace pyc {

enum class NumberCall : uint8_t {
  None,
  Abs,
  Min,
  Max,
  Float,
  Int,
  Complex,
  Sqrt,
  Len,
  IsInstance, // of a number, with a built-in class
  Floor,
  Ceil,
  OfFloat // a function of math that takes and makes a float
};

/// The built-in function that a call's callee was every time, with as many arguments as it is known
/// for. Len: of what items are loaded from as well, so that its type is known.
NumberCall numberCallOf(mlir::Operation* op);

/// The built-in class of that a profile saw a global every time ("tuple"); empty for others.
llvm::StringRef builtinClassOf(mlir::Value value);

/// As guard_builtin and float_function name the callee of a call that numberCallOf knows.
llvm::StringRef functionName(mlir::Operation* call);

/// The arguments of a call, without callee and object.
mlir::OperandRange argumentsOf(mlir::Operation* call);

} // namespace pyc
