#include "compiler/passes/uop/accessor_call.h"

#include "compiler/passes/uop/seen.h"
#include "compiler/passes/uop/state.h"

using namespace mlir;

namespace pyc {

bool dropsResult(Operation* call) {
  auto kind = call->getAttrOfType<StringAttr>("accessor");
  return kind && (kind == "setter" || kind == "set_item" || kind == "delete_item");
}

static Value makeCall(OpBuilder& b, Operation* op, Value function, const AccessorCall& call) {
  SmallVector<int16_t> registers(ir::stateRegisters(op).asArrayRef());
  SmallVector<bool> owned(ir::stateOwned(op));
  OperationState state(op->getLoc(), ir::CallMethodOp::getOperationName());
  state.addOperands(function);
  state.addOperands(call.arguments);
  state.addOperands(ir::stateOf(op));
  state.addOperands(function);
  registers.push_back(kAccessorRegister);
  owned.push_back(true);
  state.addTypes(function.getType());
  ir::copyStateAttributes(op, state);
  state.attributes.set("registers", b.getDenseI16ArrayAttr(registers));
  state.attributes.set("owned", b.getDenseBoolArrayAttr(owned));
  auto window = static_cast<int32_t>(1 + call.arguments.size());
  state.addAttribute("operandSegmentSizes",
                     b.getDenseI32ArrayAttr({window, static_cast<int32_t>(registers.size())}));
  state.addAttribute("argc", b.getI32IntegerAttr(window - 2));
  state.addAttribute("callCache", b.getI32IntegerAttr(0));
  ArrayAttr results = op->getNumResults() == 1 ? ir::seenAt(op, 0) : ArrayAttr();
  Attribute seen[] = {results ? results : b.getArrayAttr({}), b.getArrayAttr(call.functions)};
  state.addAttribute("seen", b.getArrayAttr(seen));
  state.addAttribute("accessor", b.getStringAttr(call.kind));
  return b.create(state)->getResult(0);
}

void replaceByCall(Operation* op, const AccessorCall& call) {
  OpBuilder b(op);
  Value object = call.arguments[0];
  SmallVector<NamedAttribute> attributes(call.lookup);
  auto ways = static_cast<int32_t>(call.functions.size());
  attributes.push_back(b.getNamedAttr("ways", b.getI32IntegerAttr(ways)));
  attributes.push_back(b.getNamedAttr("accessor", b.getStringAttr(call.kind)));
  Value function =
      ir::createWithState<ir::LoadKnownMethodOp>(b, op, object.getType(), object, attributes);
  Value result = makeCall(b, op, function, call);
  ir::DecrefOp::create(b, op->getLoc(), function);
  if (op->getNumResults() == 1)
    op->getResult(0).replaceAllUsesWith(result);
  else
    ir::DecrefOp::create(b, op->getLoc(), result);
  op->erase();
}

} // namespace pyc
