#include "compiler/passes/uop/held_items.h"

#include "compiler/passes/uop/seen.h"
#include "compiler/passes/uop/state.h"
#include "compiler/remarks/remark.h"

using namespace mlir;

namespace pyc {

/// Whether the use passes the value to a block behind the loop.
static bool isPassedOut(OpOperand& use, llvm::function_ref<bool(Block*)> isInside) {
  auto branch = dyn_cast<BranchOpInterface>(use.getOwner());
  auto target = branch ? branch.getSuccessorBlockArgument(use.getOperandNumber()) : std::nullopt;
  return target && !isInside(target->getOwner());
}

/// Nothing but the release takes the value's count in the loop, or makes another one.
bool HeldItems::isOnlyLookedAt(Value value, ir::DecrefOp release, cf::BranchOp latch) const {
  auto inside = [this](Block* block) { return isInside(block); };
  return llvm::all_of(value.getUses(), [&](OpOperand& use) {
    Operation* user = use.getOwner();
    if (!isInside(user->getBlock()) || user == release || user == latch || ir::isStateUse(use))
      return !isa<ir::GeneratorFrameOp, ir::ReductionOp, ir::VirtualTupleOp, ir::VirtualInstanceOp>(
          user);
    if (user->hasTrait<OpTrait::IsTerminator>())
      return isPassedOut(use, inside);
    return !isa<ir::IncrefOp, ir::DecrefOp>(user);
  });
}

/// Whether the list stays where it is during the loop.
bool HeldItems::isListFound(Value list) const {
  if (!isInside(list.getParentBlock()))
    return true;
  Operation* load = list.getDefiningOp();
  if (!isa_and_present<ir::LoadSlotOp, ir::LoadGlobalOp, ir::LoadNameOp, ir::LoadDerefOp>(load) ||
      !load->hasAttr("borrowed"))
    return false;
  return !isa<ir::LoadSlotOp, ir::LoadDerefOp>(load) ||
         !isInside(load->getOperand(0).getParentBlock());
}

bool HeldItems::isObjectStep(ir::NextOp next) {
  auto iterator = next.getIterator().getDefiningOp<ir::GetIterOp>();
  return iterator && ir::onlyType(ir::seenAt(iterator, 1)) == "list[object]";
}

/// Whether it loads an item of a list that is the same in all iterations.
bool HeldItems::isItemFound(Operation* load) const {
  if (auto next = dyn_cast<ir::NextOp>(load))
    return isObjectStep(next) && !isInside(next.getIterator().getParentBlock());
  return isa<ir::LoadListValueOp>(load) && !load->hasAttr("borrowed") &&
         isListFound(load->getOperand(0));
}

/// How often an operation's state owns the value.
static unsigned countOwned(Operation* op, Value value) {
  unsigned count = 0;
  for (auto [each, owned] : llvm::zip(ir::stateOf(op), ir::stateOwned(op)))
    count += owned && each == value;
  return count;
}

bool HeldItems::add(ir::DecrefOp release, ir::PollOp poll, cf::BranchOp latch) {
  auto old = dyn_cast<BlockArgument>(release.getValue());
  if (!old || old.getOwner() != loop_.header || !latch || latch->getBlock() != loop_.latch)
    return false;
  Value loaded = latch.getDestOperands()[old.getArgNumber()];
  Operation* load = loaded.getDefiningOp();
  bool isPassedOnce = llvm::count(latch.getDestOperands(), loaded) == 1;
  if (!load || !isItemFound(load) || !isInside(load->getBlock()) || !isPassedOnce ||
      llvm::is_contained(latch.getDestOperands(), old) || !isOnlyLookedAt(old, release, latch) ||
      !isOnlyLookedAt(loaded, {}, latch) || countOwned(poll, loaded) != 1)
    return false;
  items_.push_back({old, loaded, release});
  poll_ = poll;
  return true;
}

/// The items' places in the poll's state; `loaded` says what they are there.
static DenseI32ArrayAttr placesOf(ir::PollOp poll, ArrayRef<Value> loaded) {
  SmallVector<int32_t> places;
  for (auto [i, value] : llvm::enumerate(ir::stateOf(poll)))
    if (llvm::is_contained(loaded, value) && ir::stateOwned(poll)[i])
      places.push_back(static_cast<int32_t>(i));
  return DenseI32ArrayAttr::get(poll.getContext(), places);
}

/// In front of the first iteration: the loop is entered without it where nothing ends when the
/// locals give their counts back. Behind the first iteration this is asked again, for what ended in
/// it may have changed the list.
void HeldItems::makeEntry(Block* latch) {
  entry_ = new Block();
  first_->getParent()->getBlocks().insert(first_->getIterator(), entry_);
  for (BlockArgument argument : first_->getArguments())
    entry_->addArgument(argument.getType(), argument.getLoc());
  SmallVector<std::pair<Block*, unsigned>> entries{{latch, 0}};
  for (auto it = first_->pred_begin(); it != first_->pred_end(); ++it)
    entries.push_back({*it, it.getSuccessorIndex()});
  for (auto [block, index] : entries)
    block->getTerminator()->setSuccessor(entry_, index);
  OpBuilder b = OpBuilder::atBlockEnd(entry_);
  SmallVector<Value> held;
  for (Item item : items_)
    held.push_back(entry_->getArgument(item.old.getArgNumber()));
  Location loc = items_.front().release.getLoc();
  Value ends = ir::MayEndOp::create(b, loc, b.getI1Type(), held);
  cf::CondBranchOp::create(b, loc, ends, first_, entry_->getArguments(), loop_.header,
                           entry_->getArguments());
}

/// Edges that leave the loop give the locals counts.
void HeldItems::count(Block* block, DominanceInfo& dominance) const {
  auto branch = cast<BranchOpInterface>(block->getTerminator());
  for (unsigned s = 0; s < branch->getNumSuccessors(); ++s) {
    Block* successor = branch->getSuccessor(s);
    if (isInside(successor))
      continue;
    Block* edge = new Block();
    block->getParent()->getBlocks().insert(successor->getIterator(), edge);
    OpBuilder b = OpBuilder::atBlockEnd(edge);
    for (Item item : items_) {
      if (!dominance.dominates(item.release->getBlock(), block))
        ir::IncrefOp::create(b, item.release.getLoc(), item.old);
      if (dominance.dominates(item.loaded.getParentBlock(), block))
        ir::IncrefOp::create(b, item.release.getLoc(), item.loaded);
    }
    SuccessorOperands operands = branch.getSuccessorOperands(s);
    SmallVector<Value> passed;
    for (unsigned i = 0; i < operands.size(); ++i)
      passed.push_back(operands[i]);
    cf::BranchOp::create(b, branch->getLoc(), successor, passed);
    operands.erase(0, operands.size());
    branch->setSuccessor(edge, s);
  }
}

bool HeldItems::borrow(DominanceInfo& dominance) {
  // Handlers would need counts as well; frames of inlined code are known by number.
  bool isPlain = llvm::none_of(loop_.blocks, [](Block* block) {
    return isa<ir::UnwindOp>(block->getTerminator()) ||
           !block->getOps<ir::InlinedFrameOp>().empty();
  });
  Block* latch = nullptr;
  first_ = isPlain ? peelLoop(loop_, latch) : nullptr;
  if (!first_)
    return false;
  makeEntry(latch);
  SmallVector<Value> loaded;
  for (Item item : items_)
    loaded.push_back(item.loaded);
  poll_->setAttr("held", placesOf(poll_, loaded)); // counted when it is about to run something
  for (Block* block : loop_.blocks)
    count(block, dominance);
  for (Item item : items_) {
    Operation* load = item.loaded.getDefiningOp();
    explain(load, RemarkKind::HeldItem);
    if (isa<ir::NextOp>(load))
      load->setAttr("items", StringAttr::get(load->getContext(), "object"));
    item.loaded.getDefiningOp()->setAttr("borrowed", UnitAttr::get(item.release->getContext()));
    for (Value value : {Value(item.old), item.loaded})
      for (OpOperand& use : value.getUses())
        if (isInside(use.getOwner()->getBlock()) && ir::isStateUse(use) &&
            !isa<ir::PollOp>(use.getOwner()))
          ir::disown(use);
  }
  for (Item& item : items_)
    item.release.erase();
  return true;
}

void HeldItems::release(OpBuilder& b, Block* entry) const {
  for (Item item : items_)
    ir::DecrefOp::create(b, item.loaded.getLoc(), entry->getArgument(item.old.getArgNumber()));
}

} // namespace pyc
