// A value whose count ends right behind its store into an attribute hands that count over: nothing
// is counted.
//
//   uop.add_slot %o %v             uop.add_slot %o %v {moved}
//   uop.decref %v             =>
//
// Between the two nothing may use the value, or leave with a frame that owns it.

#include "compiler/passes/passes.h"
#include "compiler/passes/uop/state.h"
#include "compiler/remarks/remark.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace pyc;

namespace {

class MoveCounts : public PassWrapper<MoveCounts, OperationPass<func::FuncOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(MoveCounts)
  StringRef getArgument() const override { return "move-counts"; }
  StringRef getDescription() const override {
    return "Hand the counts of values over to the attributes that get them";
  }

  void runOnOperation() override {
    SmallVector<Operation*> stores;
    getOperation().walk([&](Operation* op) {
      if (isa<ir::AddSlotOp, ir::StoreSlotOp>(op))
        stores.push_back(op);
    });
    for (Operation* store : stores)
      if (Operation* release = releaseBehind(store)) {
        explain(store, RemarkKind::MovedCount);
        store->setAttr("moved", UnitAttr::get(store->getContext()));
        release->erase();
      }
  }

private:
  static Operation* releaseBehind(Operation* store) {
    Value value = store->getOperand(1);
    for (Operation* op = store->getNextNode(); op; op = op->getNextNode()) {
      bool isRelease = isa<ir::DecrefOp>(op);
      if (isRelease && op->getOperand(0) == value)
        return op;
      // An addition never leaves: its guard stood before.
      bool isAddition =
          isa<ir::AddSlotOp>(op) && op->getOperand(0) != value && op->getOperand(1) != value;
      if (!isAddition && !isRelease && !isMemoryEffectFree(op))
        return nullptr;
      if (!isAddition && llvm::is_contained(op->getOperands(), value))
        return nullptr;
    }
    return nullptr;
  }
};

} // namespace

std::unique_ptr<Pass> pyc::createMoveCounts() {
  return std::make_unique<MoveCounts>();
}
