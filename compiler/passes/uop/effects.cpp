#include "compiler/passes/uop/effects.h"

#include "dialects/uop/uop_dialect.h"

#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;

bool pyc::leavesObjectsAlone(Operation* op) {
  if (isMemoryEffectFree(op) || op->hasTrait<OpTrait::IsTerminator>())
    return true;
  if (isa<ir::DecrefOp>(op))
    return isa_and_present<ir::BoxIntOp, ir::BoxFloatOp, ir::BoxBoolOp, ir::NoneOp>(
        op->getOperand(0).getDefiningOp());
  if (isa<ir::IncrefOp, ir::LoadSlotOp, ir::LoadSlotIntOp, ir::LoadSlotFloatOp, ir::LoadSlotBoolOp,
          ir::LoadKnownMethodOp, ir::StoreSlotNumberOp, ir::LoadListIntOp, ir::LoadListFloatOp,
          ir::LoadListBoolOp, ir::LoadListValueOp, ir::StoreListIntOp, ir::StoreListFloatOp,
          ir::StoreListBoolOp>(op))
    return true;
  StringRef name = op->getName().stripDialect();
  return name.starts_with("guard_") || name.starts_with("int_") || name.starts_with("float_");
}
