#include "compiler/passes/uop/effects.h"

#include "dialects/uop/uop_dialect.h"

#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/DenseSet.h"

using namespace mlir;
using namespace pyc;

/// Whether one of the operations makes the value, whichever way it comes.
static bool isMadeBy(Value start, llvm::function_ref<bool(Operation*)> isOne) {
  constexpr size_t kMaxLooked = 32;
  SmallVector<Value> queue{start};
  llvm::SmallDenseSet<Value> seen{start};
  for (size_t i = 0; i < queue.size(); ++i) {
    if (Operation* op = queue[i].getDefiningOp()) {
      if (!isOne(op))
        return false;
      continue;
    }
    auto argument = cast<BlockArgument>(queue[i]);
    Block* block = argument.getOwner();
    if (block->isEntryBlock() || queue.size() > kMaxLooked)
      return false;
    for (auto it = block->pred_begin(); it != block->pred_end(); ++it) {
      auto branch = cast<BranchOpInterface>((*it)->getTerminator());
      Value value = branch.getSuccessorOperands(it.getSuccessorIndex())[argument.getArgNumber()];
      if (!value)
        return false;
      if (seen.insert(value).second)
        queue.push_back(value);
    }
  }
  return true;
}

bool pyc::isNeverCounted(Value value) {
  return isMadeBy(value, [](Operation* op) {
    return isa<ir::BoxFloatOp, ir::BoxBoolOp, ir::NoneOp, ir::NullOp>(op);
  });
}

/// Whether the value is a number, None or null.
static bool isPlain(Value value) {
  return isMadeBy(value, [](Operation* op) {
    return isa<ir::BoxIntOp, ir::BoxFloatOp, ir::BoxBoolOp, ir::NoneOp, ir::NullOp>(op);
  });
}

/// Whether the value is a function that its class holds. While a `with` statement's body runs the
/// class may get another __exit__.
static bool isHeldByClass(Value value) {
  Operation* op = value.getDefiningOp();
  if (isa_and_present<ir::LoadKnownMethodOp>(op))
    return !op->hasAttr("which");
  return isa_and_present<ir::GuardConstructionOp, ir::ClassMethodOp, ir::FindOperatorOp>(op);
}

bool pyc::leavesObjectsAlone(Operation* op) {
  if (isMemoryEffectFree(op) || op->hasTrait<OpTrait::IsTerminator>())
    return true;
  if (isa<ir::DecrefOp>(op))
    return isPlain(op->getOperand(0)) || isHeldByClass(op->getOperand(0));
  if (isa<ir::LoadGlobalOp, ir::LoadNameOp>(op))
    return op->hasAttr("borrowed");
  if (isa<ir::NextOp>(op))
    return op->hasAttr("items");
  if (isa<ir::StoreSlotOp>(op))
    return op->hasAttr("flag"); // leaves before something would die
  if (isa<ir::CallTypedOp>(op))
    return op->hasAttr("numbers_only");
  if (isa<ir::InlinedFrameOp, ir::ClassMethodOp, ir::FindOperatorOp, ir::BeginConstructionOp,
          ir::IncrefOp, ir::IsOp, ir::IsNotOp, ir::LoadDerefOp, ir::BoxResultIntOp,
          ir::BoxResultFloatOp, ir::TypedResultIntOp, ir::TypedResultFloatOp, ir::LoadSlotOp,
          ir::LoadSlotIntOp, ir::LoadSlotFloatOp, ir::LoadSlotBoolOp, ir::LoadKnownMethodOp,
          ir::StoreSlotNumberOp, ir::LoadListIntOp, ir::LoadListFloatOp, ir::LoadListBoolOp,
          ir::LoadArrayIntOp, ir::LoadArrayFloatOp, ir::StoreArrayIntOp, ir::StoreArrayFloatOp,
          ir::LoadListValueOp, ir::StoreListIntOp, ir::StoreListFloatOp, ir::StoreListBoolOp,
          ir::LengthOp, ir::ViewListOp, ir::ViewItemOp, ir::ViewSlotOp, ir::ViewGlobalOp,
          ir::ViewDerefOp, ir::HasLayoutOp, ir::IsFunctionOp, ir::IsBuiltinOp, ir::IsObjectOp,
          ir::LoadViewIntOp, ir::LoadViewFloatOp, ir::LoadViewBoolOp, ir::LoadViewValueOp,
          ir::StoreViewIntOp, ir::StoreViewFloatOp, ir::StoreViewBoolOp, ir::UnpackItemsOp>(op))
    return true;
  StringRef name = op->getName().stripDialect();
  return name.starts_with("guard_") || name.starts_with("int_") || name.starts_with("float_");
}
