// What an inliner needs to know of a function's code, in the form that the importer gives it.
#pragma once

#include "dialects/uop/uop_dialect.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

#include <optional>

namespace pyc {

class FunctionBody {
public:
  /// Nothing when the code can't stand elsewhere (a generator, code that holds inlined code), has
  /// loops, or is large.
  static std::optional<FunctionBody> describe(mlir::func::FuncOp function);

  mlir::func::FuncOp function() const { return function_; }
  llvm::StringRef symbol() const { return function().getName(); }
  int64_t code() const;
  unsigned parameterCount() const { return function().getNumArguments() - 1; }
  /// Whether the last parameter is a tuple of all further arguments.
  bool collects() const { return function()->hasAttr("uop.collects"); }
  bool takes(unsigned arguments) const {
    return collects() ? arguments + 1 >= parameterCount() : arguments == parameterCount();
  }
  unsigned size() const { return size_; }
  /// Whether it is short and calls nothing, but for what it does before it raises.
  bool isLeaf() const { return isLeaf_; }

  /// The values that it returns, without exceptional returns.
  llvm::SmallVector<mlir::Value> results() const;
  /// Whether it returns nothing but None, as __init__ has to.
  bool returnsNone() const;

  /// Whether a block ends with an exception that leaves the function.
  static bool raises(mlir::Block* block);

private:
  FunctionBody(mlir::func::FuncOp function, unsigned size, bool isLeaf)
      : function_(function), size_(size), isLeaf_(isLeaf) {}
  mlir::func::FuncOp function_;
  unsigned size_;
  bool isLeaf_;
};

} // namespace pyc
