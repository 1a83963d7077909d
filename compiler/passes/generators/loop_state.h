// The frame state of a loop's step, as the code that is inlined there carries it: with another
// object in the place of the generator, or without it.
#pragma once

#include "compiler/passes/generators/generator_loop.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/DenseMap.h"

namespace pyc {

class LoopState {
public:
  explicit LoopState(GeneratorLoop& loop) : next_(loop.next), objects_(loop.objects()) {}

  /// Gives the operation this state, with `object` for the generator. What exists only in the state
  /// is made anew in front of the operation.
  void copyTo(mlir::Operation* op, mlir::Value object);
  /// The state when the generator is gone; what exists only there is made at the builder.
  void copyWithoutObject(mlir::OpBuilder& b, llvm::SmallVectorImpl<mlir::Value>& values,
                         llvm::SmallVectorImpl<int16_t>& registers,
                         llvm::SmallVectorImpl<bool>& owned);

private:
  using Copies = llvm::DenseMap<mlir::Value, mlir::Value>;
  bool isObject(mlir::Value value) const { return llvm::is_contained(objects_, value); }
  mlir::Value copy(mlir::OpBuilder& b, mlir::Value value, mlir::Value object, Copies& copies);

  ir::NextOp next_;
  llvm::SmallVector<mlir::Value, 2> objects_;
};

} // namespace pyc
