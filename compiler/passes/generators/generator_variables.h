// What a generator object would hold, as SSA variables: where it is resumed, its function and its
// registers. Each place that still names the object (a state, a release) reads them.
#pragma once

#include "compiler/passes/generators/generator_loop.h"
#include "compiler/passes/uop/ssa_repair.h"

#include "llvm/ADT/MapVector.h"

namespace pyc {

/// Where a generator goes on (uop.generator_frame): at its start, nowhere, or at a word of its code
/// that is no yield. Behind a yield it is the word + 1.
inline constexpr int64_t kAtStart = 0, kFinished = -1;
inline int64_t inTheMiddle(int64_t word) {
  return -2 - word;
}

class GeneratorVariables {
public:
  /// The object is made at the loop's call, of this function.
  GeneratorVariables(GeneratorLoop& loop, mlir::Value function, int64_t frame, mlir::Value null);

  /// A register that some place may set.
  void addRegister(int16_t index);
  /// One that an argument sets.
  void startWith(int16_t index, mlir::Value value);
  /// At the block's end the generator is suspended there, with these registers.
  void suspendAtEnd(mlir::Block* block, mlir::Value resumption, llvm::ArrayRef<int16_t> slots,
                    mlir::ValueRange values);
  /// At the block's end it is finished and holds nothing; `resumption` is kFinished.
  void finishAtEnd(mlir::Block* block, mlir::Value resumption);

  mlir::Value resumption(mlir::Block* block) { return resumption_.read(block); }
  /// What the code behind a yield finds in the register. Where that code goes on, no other yield
  /// was the last one: their registers do not matter.
  mlir::Value reg(mlir::Block* block, int16_t index) {
    return resumed_.find(index)->second.read(block);
  }
  /// The object for the frame states of this block.
  mlir::Value object(mlir::Block* block);
  /// Gives back all that the object holds, in front of `op`.
  void release(mlir::Operation* op);

private:
  /// At the block's end all registers are empty.
  void defineAll(mlir::Block* block);

  mlir::Operation* call_;
  mlir::OpBuilder b_;
  mlir::Location loc_;
  mlir::Value null_, undefined_, function_, atStart_;
  mlir::Block* start_; // the call's
  int64_t frame_;
  SsaVariable resumption_, functions_;
  llvm::MapVector<int, SsaVariable> registers_, resumed_;
  llvm::DenseMap<int, mlir::Value> arguments_;
  llvm::DenseMap<mlir::Block*, mlir::Value> objects_;
};

} // namespace pyc
