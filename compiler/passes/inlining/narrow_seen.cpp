#include "compiler/passes/inlining/narrow_seen.h"

#include "compiler/passes/uop/seen.h"
#include "compiler/passes/uop/state.h"
#include "dialects/uop/uop_dialect.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using llvm::ArrayRef;
using llvm::SmallVector;
using llvm::StringRef;

namespace pyc {

namespace {

/// The operands of which a profile has slots, which follow those of the results. Windows have none.
unsigned observedOperands(Operation* op) {
  bool isPlain = ir::hasState(op) && !op->hasAttr("operandSegmentSizes");
  return isPlain ? ir::stateBegin(op) : 0;
}

SmallVector<StringRef> allTypes(ArrayAttr types) {
  SmallVector<StringRef> texts = ir::typesOf(types);
  return types && texts.size() == types.size() ? texts : SmallVector<StringRef>();
}

ArrayAttr narrowed(ArrayAttr seen, ArrayRef<StringRef> types) {
  SmallVector<Attribute> kept;
  for (Attribute type : seen)
    if (llvm::is_contained(types, cast<StringAttr>(type).getValue()))
      kept.push_back(type);
  return kept.empty() ? seen : ArrayAttr::get(seen.getContext(), kept);
}

} // namespace

SmallVector<StringRef> typesAtCall(Value value, Operation* call) {
  if (auto load = value.getDefiningOp<ir::LoadMethodOp>(); load && value == load->getResult(1))
    return allTypes(ir::seenAt(load, 2));
  // What is done in the same block happens as often as the call.
  for (OpOperand& use : value.getUses()) {
    Operation* user = use.getOwner();
    if (user->getBlock() != call->getBlock())
      continue;
    unsigned operand = use.getOperandNumber();
    if (operand < observedOperands(user))
      if (auto types = allTypes(ir::seenAt(user, user->getNumResults() + operand)); !types.empty())
        return types;
  }
  for (Operation* user : value.getUsers())
    if (auto observe = dyn_cast<ir::ObserveOp>(user); observe && observe.getValue() == value)
      return allTypes(observe.getTypes());
  return {};
}

void narrowSeen(Operation* op, Value value, ArrayRef<StringRef> types) {
  if (auto observe = dyn_cast<ir::ObserveOp>(op); observe && observe.getValue() == value)
    return op->setAttr("types", narrowed(observe.getTypes(), types));
  auto seen = op->getAttrOfType<ArrayAttr>("seen");
  if (!seen)
    return;
  SmallVector<Attribute> slots(seen.begin(), seen.end());
  for (unsigned i = 0, count = observedOperands(op); i < count; ++i)
    if (unsigned slot = op->getNumResults() + i; op->getOperand(i) == value && slot < slots.size())
      slots[slot] = narrowed(cast<ArrayAttr>(slots[slot]), types);
  op->setAttr("seen", ArrayAttr::get(op->getContext(), slots));
}

} // namespace pyc
