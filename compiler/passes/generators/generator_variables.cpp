#include "compiler/passes/generators/generator_variables.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

namespace pyc {

GeneratorVariables::GeneratorVariables(GeneratorLoop& loop, Value function, int64_t frame,
                                       Value null)
    : call_(loop.call), b_(loop.call), loc_(loop.call->getLoc()), null_(null), function_(function),
      start_(loop.call->getBlock()), frame_(frame), resumption_(b_.getI64Type(), loc_),
      functions_(null.getType(), loc_) {
  b_.setInsertionPointAfterValue(null);
  undefined_ = ir::NullOp::create(b_, loc_, null.getType());
  undefined_.getDefiningOp()->setAttr("undefined", b_.getUnitAttr());
  b_.setInsertionPoint(call_);
  atStart_ = arith::ConstantIntOp::create(b_, loc_, kAtStart, 64);
  resumption_.defineAtEnd(start_, atStart_);
  functions_.defineAtEnd(start_, function);
}

void GeneratorVariables::addRegister(int16_t index) {
  auto [at, isNew] = registers_.insert({index, SsaVariable(null_.getType(), loc_)});
  if (!isNew)
    return;
  at->second.defineAtEnd(start_, null_);
  auto& resumed = resumed_.insert({index, SsaVariable(null_.getType(), loc_)}).first->second;
  resumed.defineAtEnd(start_, undefined_);
}

void GeneratorVariables::startWith(int16_t index, Value value) {
  addRegister(index);
  registers_.find(index)->second.defineAtEnd(start_, value);
  arguments_[index] = value;
}

void GeneratorVariables::suspendAtEnd(Block* block, Value resumption, ArrayRef<int16_t> slots,
                                      ValueRange values) {
  resumption_.defineAtEnd(block, resumption);
  functions_.defineAtEnd(block, function_);
  defineAll(block);
  for (auto [index, value] : llvm::zip(slots, values)) {
    registers_.find(index)->second.defineAtEnd(block, value);
    resumed_.find(index)->second.defineAtEnd(block, value);
  }
}

void GeneratorVariables::defineAll(Block* block) {
  for (auto& [index, variable] : registers_)
    variable.defineAtEnd(block, null_);
  for (auto& [index, variable] : resumed_)
    variable.defineAtEnd(block, undefined_);
}

void GeneratorVariables::finishAtEnd(Block* block, Value resumption) {
  resumption_.defineAtEnd(block, resumption);
  functions_.defineAtEnd(block, null_);
  defineAll(block);
}

Value GeneratorVariables::object(Block* block) {
  Value& object = objects_[block];
  if (object)
    return object;
  bool isStart = block == start_;
  SmallVector<int16_t> slots;
  SmallVector<Value> values;
  for (auto& [index, variable] : registers_) {
    Value value = isStart ? arguments_.lookup(index) : variable.read(block);
    if (value && value != null_) {
      slots.push_back(static_cast<int16_t>(index));
      values.push_back(value);
    }
  }
  Value function = isStart ? function_ : functions_.read(block);
  Value resumption = isStart ? atStart_ : resumption_.read(block);
  if (isStart)
    b_.setInsertionPoint(call_);
  else
    b_.setInsertionPointToStart(block);
  object = ir::GeneratorFrameOp::create(b_, loc_, null_.getType(), function, resumption, values,
                                        static_cast<uint32_t>(frame_), slots,
                                        SmallVector<bool>(slots.size(), true));
  return object;
}

void GeneratorVariables::release(Operation* op) {
  Block* block = op->getBlock();
  bool isStart = block == start_;
  // As a frame is cleared: temporaries, then locals, the last of each first.
  SmallVector<int> order;
  for (auto& [index, variable] : registers_)
    order.push_back(index);
  llvm::sort(order,
             [](int a, int b) { return (a < 0) == (b < 0) ? (a < 0 ? a < b : a > b) : b < 0; });
  SmallVector<Value> values;
  for (int index : order)
    values.push_back(isStart ? arguments_.lookup(index)
                             : registers_.find(index)->second.read(block));
  values.push_back(isStart ? function_ : functions_.read(block));
  b_.setInsertionPoint(op);
  for (Value value : values)
    if (value && value != null_)
      ir::DecrefOp::create(b_, loc_, value);
}

} // namespace pyc
