// A function that calls itself by its global name: where a profile saw nothing else under the name,
// a guard says that the global still is the running function. The callee is then `self`, which the
// caller keeps alive, so nothing is counted.

#include "compiler/passes/passes.h"
#include "compiler/passes/uop/seen.h"
#include "compiler/passes/uop/state.h"
#include "compiler/remarks/remark.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

using namespace mlir;
using namespace pyc;

namespace {

class SelfCalls : public PassWrapper<SelfCalls, OperationPass<func::FuncOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(SelfCalls)
  StringRef getArgument() const override { return "self-calls"; }
  StringRef getDescription() const override {
    return "Take a global that names the running function for the function itself";
  }
  void getDependentDialects(DialectRegistry& registry) const override {
    registry.insert<cf::ControlFlowDialect>();
  }

  void runOnOperation() override {
    auto name = getOperation()->getAttrOfType<StringAttr>("uop.name");
    if (!name)
      return;
    std::string self = "function " + name.str();
    SmallVector<ir::LoadGlobalOp> loads;
    getOperation().walk([&](ir::LoadGlobalOp load) {
      if (ir::onlyType(ir::seenAt(load, 0)) == self && isOnlyCalled(load.getDst()))
        loads.push_back(load);
    });
    for (ir::LoadGlobalOp load : loads)
      replace(load);
  }

private:
  /// Called, released, named by frame states: nothing that hands a reference on.
  static bool isOnlyCalled(Value value) {
    return llvm::all_of(value.getUses(), [](OpOperand& use) {
      Operation* op = use.getOwner();
      return isa<ir::DecrefOp, ir::ObserveOp>(op) ||
             (ir::isStateUse(use) && !isa<ir::ReductionOp>(op)) ||
             (isa<ir::CallOp>(op) && use.getOperandNumber() == 0);
    });
  }

  void replace(ir::LoadGlobalOp load) {
    explain(load, RemarkKind::SelfCall);
    OpBuilder b(load);
    Value self = getOperation().getArgument(0);
    ir::createWithState<ir::GuardSelfGlobalOp>(
        b, load, {}, self,
        {b.getNamedAttr("name", load.getNameAttr()),
         b.getNamedAttr("nameIndex", load->getAttr("nameIndex"))});
    for (OpOperand& use : llvm::make_early_inc_range(load.getDst().getUses())) {
      Operation* op = use.getOwner();
      if (isa<ir::DecrefOp>(op) || (isa<ir::ObserveOp>(op) && !ir::isStateUse(use))) {
        op->erase();
        continue;
      }
      if (ir::isStateUse(use))
        ir::disown(use);
      use.set(self);
    }
    ir::dropEdge(load);
    load.erase();
  }
};

} // namespace

std::unique_ptr<Pass> pyc::createSelfCalls() {
  return std::make_unique<SelfCalls>();
}
