// Puts the code of a function into the place of a call.
#pragma once

#include "compiler/passes/inlining/function_body.h"

namespace pyc {

/// What a call is likely to run.
struct InlinedCallee {
  enum class Kind { Function, Method, Construction, Operator } kind;
  const FunctionBody* body;
  int64_t number = 0; // Operator: BinaryOp
};

/// Replaces the call (call, call_method, a binary operator) by a check that it runs this function,
/// and a copy of its code. `frame` is a number that no other uop.inlined_frame of the function has.
/// Where a check in the code fails, the interpreter finishes the callee and then the caller. The
/// call must not have a handler.
void inlineCall(mlir::Operation* call, const InlinedCallee& callee, int64_t frame);

} // namespace pyc
