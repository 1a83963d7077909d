#include "compiler/passes/uop/peel_loop.h"

#include "compiler/passes/uop/ssa_repair.h"
#include "dialects/uop/uop_dialect.h"

#include "mlir/IR/IRMapping.h"

using namespace mlir;

namespace pyc {

namespace {

class Peeler {
public:
  explicit Peeler(const InnerLoop& loop) : loop_(loop) {
    blocks_.insert(loop.blocks.begin(), loop.blocks.end());
  }

  Block* run(Block*& latch) {
    findUsedBehind();
    if (llvm::any_of(usedBehind_, isForStatesOnly))
      return nullptr;
    clone();
    latch = map_.lookup(loop_.latch);
    Block* header = map_.lookup(loop_.header);
    redirect(header, latch);
    for (Value value : usedBehind_)
      join(value);
    return header;
  }

private:
  /// What lowering has no value for.
  static bool isForStatesOnly(Value value) {
    return isa_and_present<ir::RangeIteratorOp, ir::NumberOrNullOp, ir::VirtualComplexOp,
                           ir::GeneratorFrameOp, ir::ReductionOp, ir::InlinedFrameOp,
                           ir::CallerFrameOp, ir::VirtualTupleOp, ir::VirtualInstanceOp>(
        value.getDefiningOp());
  }

  bool isUsedBehind(Value value) const {
    return llvm::any_of(value.getUsers(),
                        [&](Operation* user) { return !blocks_.contains(user->getBlock()); });
  }

  void findUsedBehind() {
    auto look = [&](Value value) {
      if (isUsedBehind(value))
        usedBehind_.push_back(value);
    };
    for (Block* block : loop_.blocks) {
      llvm::for_each(block->getArguments(), look);
      for (Operation& op : *block)
        llvm::for_each(op.getResults(), look);
    }
  }

  void clone() {
    Region* region = loop_.header->getParent();
    for (Block* block : loop_.blocks) {
      Block* copy = new Block();
      region->getBlocks().insert(loop_.header->getIterator(), copy);
      map_.map(block, copy);
      for (BlockArgument argument : block->getArguments())
        map_.map(argument, copy->addArgument(argument.getType(), argument.getLoc()));
    }
    // Uses that come before their definitions in this order are mapped at the end.
    for (Block* block : loop_.blocks)
      for (Operation& op : *block)
        map_.lookup(block)->push_back(op.clone(map_));
    for (Block* block : loop_.blocks)
      for (Operation& op : *map_.lookup(block))
        for (OpOperand& use : op.getOpOperands())
          use.set(map_.lookupOrDefault(use.get()));
  }

  /// The loop is entered from the copy's latch alone.
  void redirect(Block* header, Block* latch) {
    SmallVector<std::pair<Block*, unsigned>> entries;
    for (auto it = loop_.header->pred_begin(); it != loop_.header->pred_end(); ++it)
      if (!blocks_.contains(*it))
        entries.push_back({*it, it.getSuccessorIndex()});
    for (auto [block, index] : entries)
      block->getTerminator()->setSuccessor(header, index);
    Operation* back = latch->getTerminator();
    for (unsigned i = 0; i < back->getNumSuccessors(); ++i)
      if (back->getSuccessor(i) == header)
        back->setSuccessor(loop_.header, i);
  }

  /// Behind the loop the value is that of the loop or of the copy.
  void join(Value value) {
    SsaVariable variable(value.getType(), value.getLoc());
    Value copy = map_.lookup(value);
    variable.defineAtEnd(value.getParentBlock(), value);
    variable.defineAtEnd(copy.getParentBlock(), copy);
    variable.replaceUses(value, [&](Block* block) { return !isInside(block); });
  }
  bool isInside(Block* block) {
    if (copies_.empty())
      for (Block* each : loop_.blocks)
        copies_.insert(map_.lookup(each));
    return blocks_.contains(block) || copies_.contains(block);
  }

  const InnerLoop& loop_;
  llvm::SmallPtrSet<Block*, 8> blocks_, copies_;
  SmallVector<Value> usedBehind_;
  IRMapping map_;
};

} // namespace

Block* peelLoop(const InnerLoop& loop, Block*& latch) {
  return Peeler(loop).run(latch);
}

} // namespace pyc
