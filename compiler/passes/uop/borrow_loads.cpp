// An attribute, item or global that is only looked at and then released is not counted: nothing
// between the load and the release can take it out of its place.
//
//   %v = uop.load_slot %o            %v = uop.load_slot %o {borrowed}
//   %b = uop.same %v, %none     =>   %b = uop.same %v, %none
//   uop.decref %v
//
// It stays in one block. Where an operation between the two leaves, the interpreter's frame takes a
// count of its own.

#include "compiler/passes/passes.h"
#include "compiler/passes/uop/effects.h"
#include "compiler/passes/uop/state.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

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
    getOperation().walk([](Operation* op) {
      if (isa<ir::LoadSlotOp, ir::LoadListValueOp, ir::LoadGlobalOp, ir::LoadNameOp>(op))
        if (Operation* release = releaseOf(op))
          borrow(op, release);
    });
  }

private:
  /// The release that ends the value's life, if it is in the block and everything on the way to it
  /// leaves the value where it was loaded from. The last use may be a store, which counts for
  /// itself.
  static Operation* releaseOf(Operation* load) {
    Value value = load->getResult(0);
    SmallPtrSet<Operation*, 8> users(value.user_begin(), value.user_end());
    if (llvm::any_of(users, [](Operation* user) { return isa<ir::ReductionOp>(user); }))
      return nullptr; // it holds a count of its own
    bool isSafe = true;
    for (Operation* op = load->getNextNode(); op; op = op->getNextNode()) {
      bool isUse = users.erase(op);
      if (isUse && isa<ir::DecrefOp>(op))
        return users.empty() ? op : nullptr;
      if (!isSafe || op->hasTrait<OpTrait::IsTerminator>())
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

  static void borrow(Operation* load, Operation* release) {
    load->setAttr("borrowed", UnitAttr::get(load->getContext()));
    release->erase();
    for (OpOperand& use : load->getResult(0).getUses())
      if (ir::isStateUse(use))
        ir::disown(use);
  }
};

} // namespace

std::unique_ptr<Pass> pyc::createBorrowLoads() {
  return std::make_unique<BorrowLoads>();
}
