// Removes block arguments that always carry the same value (trivial phis; Braun et al., "Simple and
// Efficient Construction of SSA Form", CC 2013, section 3.1). The importer gives every block an
// argument for every register, so most of them are.

#include "compiler/passes/passes.h"
#include "dialects/uop/uop_dialect.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Dominance.h"

using namespace mlir;

namespace {

/// The operand that a predecessor's terminator passes for the argument.
Value incoming(Block* block, unsigned argument, Block::pred_iterator predecessor) {
  auto branch = cast<BranchOpInterface>((*predecessor)->getTerminator());
  return branch.getSuccessorOperands(predecessor.getSuccessorIndex())[argument];
}

/// The only value besides the argument itself that reaches it, or null when there are several.
/// Two nulls (unbound locals) count as one value.
Value soleIncoming(BlockArgument argument) {
  Value sole;
  Block* block = argument.getOwner();
  for (auto it = block->pred_begin(); it != block->pred_end(); ++it) {
    Value value = incoming(block, argument.getArgNumber(), it);
    if (value == argument || value == sole)
      continue;
    if (sole)
      return {};
    sole = value;
  }
  return sole;
}

void eraseArgument(BlockArgument argument) {
  Block* block = argument.getOwner();
  unsigned index = argument.getArgNumber();
  for (auto it = block->pred_begin(); it != block->pred_end(); ++it)
    cast<BranchOpInterface>((*it)->getTerminator())
        .getSuccessorOperands(it.getSuccessorIndex())
        .erase(index);
  block->eraseArgument(index);
}

class PruneBlockArguments : public PassWrapper<PruneBlockArguments, OperationPass<func::FuncOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(PruneBlockArguments)
  StringRef getArgument() const override { return "prune-block-arguments"; }
  StringRef getDescription() const override {
    return "Remove block arguments with one incoming value";
  }

  void runOnOperation() override {
    hoistNulls();
    for (bool changed = true; changed;) {
      changed = false;
      for (Block& block : llvm::drop_begin(getOperation().getBody()))
        changed |= pruneBlock(block);
    }
  }

private:
  /// One null for the whole function, so that equal nulls are one value.
  void hoistNulls() {
    Value first;
    SmallVector<pyc::ir::NullOp> others;
    getOperation().walk([&](pyc::ir::NullOp op) { others.push_back(op); });
    for (pyc::ir::NullOp op : others) {
      if (!first) {
        op->moveBefore(&getOperation().getBody().front(), getOperation().getBody().front().begin());
        first = op;
        continue;
      }
      op.replaceAllUsesWith(first);
      op.erase();
    }
  }

  static bool pruneBlock(Block& block) {
    bool changed = false;
    for (unsigned i = block.getNumArguments(); i-- > 0;) {
      BlockArgument argument = block.getArgument(i);
      if (Value value = soleIncoming(argument)) {
        argument.replaceAllUsesWith(value);
        eraseArgument(argument);
        changed = true;
      }
    }
    return changed;
  }
};

} // namespace

std::unique_ptr<Pass> pyc::createPruneBlockArguments() {
  return std::make_unique<PruneBlockArguments>();
}
