// What an inliner needs to know of a generator's native function, in the form that the importer
// gives it.
#pragma once

#include "dialects/uop/uop_dialect.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

#include <optional>

namespace pyc {

/// How a block of a generator leaves its function.
enum class GeneratorExit { None, Yield, Return, Raise };

class GeneratorBody {
public:
  /// Nothing when the function is no generator, or one whose code can't stand elsewhere: it handles
  /// exceptions, so that closing or throwing would run its code; it delegates; it is large.
  static std::optional<GeneratorBody> describe(mlir::func::FuncOp function);

  mlir::func::FuncOp function() const { return function_; }
  int64_t code() const;
  /// As profiles call it: MODULE:QUALIFIED_NAME.
  std::string name() const;
  unsigned parameterCount() const;
  /// A generator expression, whose argument has to be an iterator already.
  bool isExpression() const { return function().getName().contains("<genexpr>"); }
  /// The entry block's way to the start (0) and to where each yield (its word + 1) goes on.
  mlir::cf::SwitchOp resumptions() const;

  static GeneratorExit exitOf(mlir::Block* block);

private:
  explicit GeneratorBody(mlir::func::FuncOp function) : function_(function) {}
  mlir::func::FuncOp function_;
};

} // namespace pyc
