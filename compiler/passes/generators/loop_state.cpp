#include "compiler/passes/generators/loop_state.h"

#include "compiler/passes/uop/state.h"

using namespace mlir;

namespace pyc {

void LoopState::copyTo(Operation* op, Value object) {
  OpBuilder b(op);
  SmallVector<Value> operands(op->getOperands().take_front(ir::stateBegin(op)));
  Copies copies;
  for (Value value : ir::stateOf(next_))
    operands.push_back(copy(b, value, object, copies));
  auto registers = ir::stateRegisters(next_);
  auto segments = op->getAttrOfType<DenseI32ArrayAttr>("operandSegmentSizes");
  op->setOperands(operands);
  if (segments) { // the state is always the last group
    SmallVector<int32_t> sizes(segments.asArrayRef());
    sizes.back() = static_cast<int32_t>(registers.size());
    op->setAttr("operandSegmentSizes", b.getDenseI32ArrayAttr(sizes));
  }
  op->setAttr("registers", registers);
  op->setAttr("owned", next_->getAttr("owned"));
  op->setAttr("pc", next_->getAttr("pc"));
}

void LoopState::copyWithoutObject(OpBuilder& b, SmallVectorImpl<Value>& values,
                                  SmallVectorImpl<int16_t>& registers,
                                  SmallVectorImpl<bool>& owned) {
  auto flags = next_->getAttrOfType<DenseBoolArrayAttr>("owned").asArrayRef();
  Copies copies;
  for (auto [value, index, isOwned] :
       llvm::zip(ir::stateOf(next_), ir::stateRegisters(next_).asArrayRef(), flags)) {
    if (isObject(value))
      continue;
    values.push_back(copy(b, value, Value(), copies));
    registers.push_back(index);
    owned.push_back(isOwned);
  }
}

/// A value of the state. Generators and the like that exist only there are made anew, around
/// `object` or, when it is null, without the generator.
Value LoopState::copy(OpBuilder& b, Value value, Value object, Copies& copies) {
  if (isObject(value))
    return object;
  if (auto reduction = value.getDefiningOp<ir::ReductionOp>()) {
    SmallVector<Value> values;
    for (Value held : reduction.getValues())
      if (Value inner = copy(b, held, object, copies))
        values.push_back(inner);
    return ir::ReductionOp::create(b, reduction.getLoc(), reduction.getType(),
                                   reduction.getFunction(), values);
  }
  auto frame = value.getDefiningOp<ir::GeneratorFrameOp>();
  if (!frame)
    return value;
  if (Value known = copies.lookup(value))
    return known;
  SmallVector<Value> values;
  SmallVector<int16_t> slots;
  SmallVector<bool> counted;
  for (auto [held, slot, isCounted] :
       llvm::zip(frame.getValues(), frame.getSlots(), frame.getCounted())) {
    Value inner = copy(b, held, object, copies);
    if (!inner)
      continue;
    values.push_back(inner);
    slots.push_back(slot);
    counted.push_back(isCounted);
  }
  Value made =
      ir::GeneratorFrameOp::create(b, frame.getLoc(), frame.getType(), frame.getFunction(),
                                   frame.getResumption(), values, frame.getFrame(), slots, counted);
  copies[value] = made;
  return made;
}

} // namespace pyc
