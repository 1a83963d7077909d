#include "compiler/passes/uop/computed_with.h"

#include "compiler/passes/uop/number_calls.h"
#include "compiler/passes/uop/number_types.h"
#include "compiler/passes/uop/state.h"

using namespace mlir;

namespace pyc {

/// Whether a number in a register would help this use.
static bool computesWith(OpOperand& use) {
  Operation* op = use.getOwner();
  if (ir::isStateUse(use))
    return false;
  if (arithOf(op) != Arith::None)
    return true;
  if (isa<ir::LoadItemOp, ir::StoreItemOp>(op) && use.getOperandNumber() == 1) // the key
    return true;
  if (isa<ir::StoreItemOp>(op))
    return use.getOperandNumber() == 2 && arrayStorage(op);
  if (NumberCall call = numberCallOf(op); call != NumberCall::None)
    return call != NumberCall::Len && llvm::is_contained(argumentsOf(op), use.get());
  return isa<ir::NegOp, ir::PosOp, ir::InvertOp, ir::LtOp, ir::LeOp, ir::EqOp, ir::NeOp, ir::GtOp,
             ir::GeOp, ir::CompareTruthOp, ir::TruthOp, ir::NotOp>(op);
}

bool isComputedWith(Value start) {
  SmallVector<Value> queue{start};
  llvm::DenseSet<Value> visited{start};
  while (!queue.empty()) {
    Value value = queue.pop_back_val();
    for (OpOperand& use : value.getUses()) {
      if (computesWith(use))
        return true;
      auto branch = dyn_cast<BranchOpInterface>(use.getOwner());
      auto argument =
          branch ? branch.getSuccessorBlockArgument(use.getOperandNumber()) : std::nullopt;
      if (argument && visited.insert(*argument).second)
        queue.push_back(*argument);
    }
  }
  return false;
}

} // namespace pyc
