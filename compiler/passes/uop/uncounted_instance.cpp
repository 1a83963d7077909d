#include "compiler/passes/uop/uncounted_instance.h"

#include "compiler/passes/uop/quiet_region.h"
#include "compiler/passes/uop/state.h"

using namespace mlir;

namespace pyc {

namespace {

/// An instance in the states that it goes through while it is constructed and changed.
struct Life {
  SmallVector<ir::IncrefOp> counts;
  SmallVector<ir::VirtualInstanceOp> states;

  bool has(Operation* op) const {
    auto state = dyn_cast_if_present<ir::VirtualInstanceOp>(op);
    return state && llvm::is_contained(states, state);
  }
};

/// They are marked with the frame of the instance's __init__. Another instance of the same code may
/// follow in the block, which begins with a count of its class.
Life follow(ir::IncrefOp first) {
  Life life;
  Attribute frame = first->getAttr("frame");
  for (Operation* op = first; op; op = op->getNextNode()) {
    if (op->getAttr("frame") != frame)
      continue;
    if (op != first && countsClass(op))
      break;
    if (auto count = dyn_cast<ir::IncrefOp>(op))
      life.counts.push_back(count);
    else if (auto state = dyn_cast<ir::VirtualInstanceOp>(op))
      life.states.push_back(state);
  }
  return life;
}

/// Whether only frame states in the region, and its releases, see the instance.
bool isUnseen(const Life& life, const QuietRegion& region) {
  for (ir::VirtualInstanceOp state : life.states)
    for (OpOperand& use : state->getUses()) {
      Operation* user = use.getOwner();
      bool isRelease = llvm::is_contained(region.releases(), user);
      bool isState = ir::isStateUse(use) && ir::hasState(user);
      if (!region.contains(user) || (!isRelease && !isState))
        return false;
    }
  return true;
}

/// Whether nothing else ends the life of an attribute in the region: a large int that is released
/// behind its store would be gone.
bool areHeld(const Life& life, const QuietRegion& region) {
  return llvm::all_of(llvm::drop_begin(life.counts), [&](ir::IncrefOp count) {
    return llvm::none_of(count.getValue().getUsers(), [&](Operation* user) {
      return isa<ir::DecrefOp>(user) && region.contains(user);
    });
  });
}

} // namespace

bool countsClass(Operation* op) {
  if (!isa<ir::IncrefOp>(op) || !op->hasAttr("frame"))
    return false;
  auto instance = dyn_cast_if_present<ir::VirtualInstanceOp>(op->getNextNode());
  return instance && instance->getAttr("frame") == op->getAttr("frame") &&
         instance.getValues().size() == 1;
}

bool uncountInstance(Operation* first) {
  Life life = follow(cast<ir::IncrefOp>(first));
  auto region = QuietRegion::behind(first, [&](Operation* op) {
    return isa<ir::DecrefOp>(op) && life.has(op->getOperand(0).getDefiningOp());
  });
  if (!region || region->releases().empty() || !region->exits().empty() || life.states.empty() ||
      !isUnseen(life, *region) || !areHeld(life, *region))
    return false;
  for (Operation* release : region->releases())
    release->erase();
  for (ir::VirtualInstanceOp state : life.states) {
    SmallVector<bool> counted(state.getValues().size(), false);
    state.setCounted(counted);
  }
  for (ir::IncrefOp count : life.counts)
    count.erase();
  return true;
}

} // namespace pyc
