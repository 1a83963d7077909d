// Removes block arguments that always carry the same value (trivial phis; Braun et al., "Simple and
// Efficient Construction of SSA Form", CC 2013, section 3.1). The importer gives every block an
// argument for every register, so most of them are. An undefined value (a uop.null that nobody
// looks at) is as good as any.
//
// Of numbers that are always equal to each other, as the bits which say that variables of a loop
// are bound, one stays. They are found as congruence classes: all of a block and a type are taken
// for equal until an edge passes different things for them (Alpern, Wegman, Zadeck, POPL 1988).

#include "compiler/passes/uop/prune_block_arguments.h"

#include "compiler/passes/passes.h"
#include "dialects/uop/uop_dialect.h"

#include "mlir/IR/Dominance.h"
#include "mlir/IR/Matchers.h"

#include <map>

using namespace mlir;

namespace {

/// The operand that a predecessor's terminator passes for the argument.
Value incoming(Block* block, unsigned argument, Block::pred_iterator predecessor) {
  auto branch = cast<BranchOpInterface>((*predecessor)->getTerminator());
  return branch.getSuccessorOperands(predecessor.getSuccessorIndex())[argument];
}

bool isUndefined(Value value) {
  auto null = value.getDefiningOp<pyc::ir::NullOp>();
  return null && null->hasAttr("undefined");
}

/// The only value besides the argument itself that reaches it, or null when there are several.
/// Two nulls (unbound locals) count as one value.
Value soleIncoming(BlockArgument argument, DominanceInfo& dominance) {
  Value sole, undefined;
  Block* block = argument.getOwner();
  for (auto it = block->pred_begin(); it != block->pred_end(); ++it) {
    Value value = incoming(block, argument.getArgNumber(), it);
    if (value == argument || value == sole)
      continue;
    if (isUndefined(value)) {
      undefined = value;
      continue;
    }
    if (sole)
      return {};
    sole = value;
  }
  if (!sole || !undefined)
    return sole ? sole : undefined;
  return dominance.dominates(sole.getParentBlock(), block) ? sole : Value();
}

void eraseArgument(BlockArgument argument) {
  pyc::eraseIncoming(argument);
  argument.getOwner()->eraseArgument(argument.getArgNumber());
}

class PruneBlockArguments : public PassWrapper<PruneBlockArguments, OperationPass<func::FuncOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(PruneBlockArguments)
  StringRef getArgument() const override { return "prune-block-arguments"; }
  StringRef getDescription() const override {
    return "Remove block arguments with one incoming value";
  }

  void runOnOperation() override { pyc::pruneBlockArguments(getOperation()); }
};

/// One null for the whole function, and one undefined value, so that equal nulls are one value.
void hoistNulls(func::FuncOp function) {
  Value firsts[2];
  SmallVector<pyc::ir::NullOp> nulls;
  function.walk([&](pyc::ir::NullOp op) { nulls.push_back(op); });
  for (pyc::ir::NullOp op : nulls) {
    Value& first = firsts[isUndefined(op)];
    if (!first) {
      op->moveBefore(&function.getBody().front(), function.getBody().front().begin());
      first = op;
      continue;
    }
    op.replaceAllUsesWith(first);
    op.erase();
  }
}

bool pruneBlock(Block& block, DominanceInfo& dominance) {
  bool changed = false;
  for (unsigned i = block.getNumArguments(); i-- > 0;) {
    BlockArgument argument = block.getArgument(i);
    if (Value value = soleIncoming(argument, dominance)) {
      argument.replaceAllUsesWith(value);
      eraseArgument(argument);
      changed = true;
    }
  }
  return changed;
}

class EqualNumbers {
public:
  explicit EqualNumbers(Region& body) : body_(body) {
    for (Block& block : llvm::drop_begin(body))
      for (BlockArgument argument : block.getArguments())
        if (argument.getType().isIntOrFloat())
          first_[argument] = *llvm::find_if(block.getArguments(), [&](BlockArgument other) {
            return other.getType() == argument.getType();
          });
  }

  void run() {
    for (bool changed = true; changed;) {
      changed = false;
      for (Block& block : llvm::drop_begin(body_))
        changed |= split(block);
    }
    for (Block& block : llvm::drop_begin(body_))
      for (BlockArgument argument : llvm::to_vector(llvm::reverse(block.getArguments())))
        if (Value first = first_.lookup(argument); first && first != argument) {
          argument.replaceAllUsesWith(first);
          eraseArgument(argument);
        }
  }

private:
  /// What a value is known by: its class, a constant's number, or itself.
  void* keyOf(Value value) const {
    if (Value first = first_.lookup(value))
      return first.getAsOpaquePointer();
    Attribute constant;
    if (matchPattern(value, m_Constant(&constant)))
      return const_cast<void*>(constant.getAsOpaquePointer());
    return value.getAsOpaquePointer();
  }

  /// Makes a class of those whose class has been the same and for which all edges pass the same.
  bool split(Block& block) {
    bool changed = false;
    std::map<SmallVector<void*>, Value> firsts;
    for (BlockArgument argument : block.getArguments()) {
      auto known = first_.find(argument);
      if (known == first_.end())
        continue;
      SmallVector<void*> keys{known->second.getAsOpaquePointer()};
      for (auto it = block.pred_begin(); it != block.pred_end(); ++it)
        keys.push_back(keyOf(incoming(&block, argument.getArgNumber(), it)));
      Value first = firsts.try_emplace(std::move(keys), argument).first->second;
      changed |= known->second != first;
      known->second = first;
    }
    return changed;
  }

  Region& body_;
  llvm::DenseMap<Value, Value> first_;
};

} // namespace

void pyc::eraseIncoming(BlockArgument argument) {
  Block* block = argument.getOwner();
  for (auto it = block->pred_begin(); it != block->pred_end(); ++it)
    cast<BranchOpInterface>((*it)->getTerminator())
        .getSuccessorOperands(it.getSuccessorIndex())
        .erase(argument.getArgNumber());
}

void pyc::pruneBlockArguments(func::FuncOp function) {
  hoistNulls(function);
  DominanceInfo dominance(function);
  for (bool changed = true; changed;) {
    changed = false;
    for (Block& block : llvm::drop_begin(function.getBody()))
      changed |= pruneBlock(block, dominance);
  }
  EqualNumbers(function.getBody()).run();
}

std::unique_ptr<Pass> pyc::createPruneBlockArguments() {
  return std::make_unique<PruneBlockArguments>();
}
