// SSA form for a variable that got several definitions: Braun et al., "Simple and Efficient
// Construction of SSA Form", CC 2013, section 2, over a control-flow graph that is complete.
#pragma once

#include "mlir/IR/Block.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace pyc {

/// One variable. Blocks get arguments where definitions meet; prune-block-arguments removes those
/// that are not needed. Every path to a use has to come by a definition.
class SsaVariable {
public:
  SsaVariable(mlir::Type type, mlir::Location loc) : type_(type), loc_(loc) {}

  /// The variable has this value from the block's beginning, or from its end.
  void defineAtBegin(mlir::Block* block, mlir::Value value) { begins_[block] = value; }
  void defineAtEnd(mlir::Block* block, mlir::Value value) { ends_[block] = value; }

  /// Its value in the block, before a definition at the block's end.
  mlir::Value read(mlir::Block* block);

  /// What uses `value`, one of its definitions or what they replace, in such blocks reads the
  /// variable.
  void replaceUses(mlir::Value value, llvm::function_ref<bool(mlir::Block*)> isReplacedIn);

private:
  mlir::Value readEnd(mlir::Block* block);

  mlir::Type type_;
  mlir::Location loc_;
  llvm::DenseMap<mlir::Block*, mlir::Value> begins_, ends_;
};

} // namespace pyc
