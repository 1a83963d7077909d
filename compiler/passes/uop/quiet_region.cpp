#include "compiler/passes/uop/quiet_region.h"

#include "compiler/passes/uop/effects.h"
#include "compiler/passes/uop/state.h"

using namespace mlir;

namespace pyc {

/// An addition takes nothing out of its place.
static bool isQuiet(Operation* op) {
  return leavesObjectsAlone(op) || isa<ir::AddSlotOp>(op);
}

std::optional<QuietRegion> QuietRegion::behind(Operation* start,
                                               llvm::function_ref<bool(Operation*)> isRelease,
                                               llvm::function_ref<bool(Operation*)> keepsIt) {
  constexpr unsigned kMostBlocks = 32;
  enum class End { Released, Left, Exit };
  QuietRegion region;
  auto goThrough = [&](Block::iterator from, Block* block) {
    for (Operation& op : llvm::make_range(from, block->end())) {
      if (isRelease(&op)) {
        region.releases_.insert(&op);
        return End::Released;
      }
      if (keepsIt && keepsIt(&op))
        region.keepers_.insert(&op);
      else if (!isQuiet(&op))
        return End::Exit;
    }
    return block->getNumSuccessors() == 0 ? End::Exit : End::Left;
  };
  SmallVector<Block*> queue;
  llvm::SmallPtrSet<Block*, 8> seen;
  auto follow = [&](Block* block) {
    for (Block* next : region.nextOf(block))
      if (seen.insert(next).second)
        queue.push_back(next);
  };
  Block* first = start->getBlock();
  End end = goThrough(std::next(start->getIterator()), first);
  if (end == End::Exit)
    return {};
  region.blocks_.insert(first);
  if (auto unwind = ir::unwindOf(start); unwind && end == End::Left) {
    queue.push_back(unwind.getNormal()); // where it raises there is nothing to release
  } else if (end == End::Left) {
    follow(first);
  }
  for (size_t i = 0; i < queue.size(); ++i) {
    if (queue.size() > kMostBlocks || queue[i] == first)
      return {};
    end = goThrough(queue[i]->begin(), queue[i]);
    (end == End::Exit ? region.exits_ : region.blocks_).insert(queue[i]);
    if (end == End::Left)
      follow(queue[i]);
  }
  if (!region.isClosed(first))
    return {};
  region.findBlocksBehindKeepers();
  if (llvm::any_of(region.exits_,
                   [&](Block* exit) { return region.behindKeepers_.contains(exit); }))
    return {};
  return region;
}

/// The blocks that follow, without that for what a keeper raises.
SmallVector<Block*, 2> QuietRegion::nextOf(Block* block) const {
  auto unwind = dyn_cast<ir::UnwindOp>(block->getTerminator());
  if (unwind && llvm::any_of(keepers_, [&](Operation* op) { return ir::unwindOf(op) == unwind; }))
    return {unwind.getNormal()};
  return SmallVector<Block*, 2>(block->getSuccessors());
}

void QuietRegion::findBlocksBehindKeepers() {
  auto follow = [&](Block* block) {
    for (Block* next : nextOf(block))
      if (blocks_.contains(next) || exits_.contains(next))
        behindKeepers_.insert(next);
  };
  for (Operation* keeper : keepers_)
    follow(keeper->getBlock());
  for (size_t i = 0; i < behindKeepers_.size(); ++i)
    if (blocks_.contains(behindKeepers_[i]))
      follow(behindKeepers_[i]);
}

bool QuietRegion::isBehindKeeper(Operation* op) const {
  return behindKeepers_.contains(op->getBlock()) || llvm::any_of(keepers_, [&](Operation* keeper) {
           return keeper->getBlock() == op->getBlock() && keeper->isBeforeInBlock(op);
         });
}

/// Whether its blocks but the first, and the exits, are entered from the region only.
bool QuietRegion::isClosed(Block* first) const {
  auto isEnteredFromHere = [&](Block* block) {
    return block == first || llvm::all_of(block->getPredecessors(),
                                          [&](Block* from) { return blocks_.contains(from); });
  };
  return llvm::all_of(blocks_, isEnteredFromHere) && llvm::all_of(exits_, isEnteredFromHere);
}

} // namespace pyc
