// An attribute, item or global that is only looked at and then released is not counted: nothing
// between the load and the release can take it out of its place.
//
//   %v = uop.load_slot %o            %v = uop.load_slot %o {borrowed}
//   %b = uop.same %v, %none     =>   %b = uop.same %v, %none
//   uop.decref %v
//
// The same goes for methods, operators and __init__ of known classes whose code was inlined. Where
// an operation between the two leaves, the interpreter's frame takes a count of its own. What is a
// float or null anyway is not released either.
//
// A load that is not counted runs nothing, which may be what a load around it waits for: the
// innermost come first, and all are looked at again while there is something new.

#include "compiler/passes/passes.h"
#include "compiler/passes/uop/effects.h"
#include "compiler/passes/uop/state.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace pyc;

namespace {

class BorrowLoads : public PassWrapper<BorrowLoads, OperationPass<func::FuncOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(BorrowLoads)
  StringRef getArgument() const override { return "borrow-loads"; }
  StringRef getDescription() const override {
    return "Do not count attributes and items that are only looked at";
  }

  void runOnOperation() override {
    SmallVector<ir::DecrefOp> idle;
    SmallVector<Operation*> loads;
    getOperation().walk([&](Operation* op) {
      if (auto release = dyn_cast<ir::DecrefOp>(op); release && isNeverCounted(release.getValue()))
        idle.push_back(release);
      if (isa<ir::LoadSlotOp, ir::LoadListValueOp, ir::LoadGlobalOp, ir::LoadNameOp,
              ir::LoadDerefOp, ir::LoadKnownMethodOp, ir::ClassMethodOp, ir::FindOperatorOp,
              ir::BeginConstructionOp, ir::GuardConstructionOp>(op))
        loads.push_back(op);
    });
    for (ir::DecrefOp op : idle)
      op.erase();
    std::reverse(loads.begin(), loads.end());
    for (size_t before = 0; before != loads.size();) {
      before = loads.size();
      llvm::erase_if(loads, [](Operation* op) { return borrow(op); });
    }
    ir::eraseDeadBlocks(getOperation().getBody());
  }

private:
  static bool borrow(Operation* load) {
    if (Operation* release = releaseOf(load)) {
      borrow(load, release);
      return true;
    }
    auto releases = releasesBehind(load);
    if (releases.empty())
      return false;
    borrow(load, releases.getArrayRef());
    return true;
  }

  /// What the operation gives a count of: of a construction, its __init__.
  static Value valueOf(Operation* load) { return load->getResults().back(); }

  /// An addition takes nothing out of its place.
  static bool isHarmless(Operation* op) { return leavesObjectsAlone(op) || isa<ir::AddSlotOp>(op); }

  /// The release that ends the value's life, if it is in the block and everything on the way to it
  /// leaves the value where it was loaded from. The last use may be a store, which counts for
  /// itself.
  static Operation* releaseOf(Operation* load) {
    Value value = valueOf(load);
    SmallPtrSet<Operation*, 8> users(value.user_begin(), value.user_end());
    if (llvm::any_of(users, [](Operation* user) { return isa<ir::ReductionOp>(user); }))
      return nullptr; // it holds a count of its own
    bool isSafe = true;
    for (Operation* op = load->getNextNode(); op; op = nextOf(op)) {
      bool isUse = users.erase(op);
      if (isUse && isa<ir::DecrefOp>(op))
        return users.empty() ? op : nullptr;
      if (!isSafe)
        return nullptr;
      if (leavesObjectsAlone(op))
        continue;
      bool isStore = isUse && isa<ir::StoreSlotOp, ir::AddSlotOp, ir::StoreListValueOp>(op);
      if (!isStore || users.size() != 1)
        return nullptr;
      isSafe = false;
    }
    return nullptr;
  }

  /// What follows where nothing raises; null where the block is left for one that others lead to.
  static Operation* nextOf(Operation* op) {
    Block* next = nullptr;
    if (auto unwind = dyn_cast<ir::UnwindOp>(op))
      next = unwind.getNormal();
    else if (auto branch = dyn_cast<cf::BranchOp>(op))
      next = branch.getDest();
    else
      return op->hasTrait<OpTrait::IsTerminator>() ? nullptr : op->getNextNode();
    return next->getSinglePredecessor() ? &next->front() : nullptr;
  }

  /// The releases that end the value's life on all ways on from the load, if nothing on them runs
  /// code; none otherwise.
  static llvm::SmallSetVector<Operation*, 4> releasesBehind(Operation* load) {
    constexpr unsigned kMostBlocks = 32;
    Value value = valueOf(load);
    llvm::SmallSetVector<Operation*, 4> releases;
    llvm::SmallSetVector<Block*, 8> blocks; // that are entered with the value alive
    bool isSafe = true;
    auto goThrough = [&](Block::iterator from, Block* block) {
      for (Operation& op : llvm::make_range(from, block->end())) {
        if (isa<ir::DecrefOp>(op) && op.getOperand(0) == value) {
          releases.insert(&op);
          return;
        }
        isSafe &= isHarmless(&op);
      }
      isSafe &= block->getNumSuccessors() != 0;
      blocks.insert(block->succ_begin(), block->succ_end());
    };
    goThrough(std::next(load->getIterator()), load->getBlock());
    for (unsigned i = 0; i < blocks.size() && isSafe && i < kMostBlocks; ++i)
      goThrough(blocks[i]->begin(), blocks[i]);
    isSafe &= blocks.size() <= kMostBlocks && !blocks.contains(load->getBlock());
    for (OpOperand& use : value.getUses()) {
      Operation* user = use.getOwner();
      isSafe &= !isa<ir::ReductionOp>(user) && !user->hasTrait<OpTrait::IsTerminator>() &&
                (!isa<ir::DecrefOp>(user) || releases.contains(user));
    }
    if (!isSafe)
      releases.clear();
    return releases;
  }

  static void borrow(Operation* load, ArrayRef<Operation*> releases) {
    load->setAttr("borrowed", UnitAttr::get(load->getContext()));
    ir::dropEdge(load); // it leaves where it would raise
    for (Operation* release : releases)
      release->erase();
    for (OpOperand& use : valueOf(load).getUses())
      if (ir::isStateUse(use))
        ir::disown(use);
  }
};

} // namespace

std::unique_ptr<Pass> pyc::createBorrowLoads() {
  return std::make_unique<BorrowLoads>();
}
