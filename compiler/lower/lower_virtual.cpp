// Objects that nobody sees: what a count of one means for the values that it holds. Frame states
// make them (lower_failure.cpp).

#include "compiler/lower/function_lowering.h"
#include "compiler/passes/uop/state.h"

using namespace mlir;

namespace pyc {

bool FunctionLowering::isVirtual(Value value) {
  return isa_and_present<ir::VirtualTupleOp, ir::VirtualInstanceOp>(value.getDefiningOp());
}

/// Whether a part is an object that counts references itself.
bool FunctionLowering::isCountedPart(Value part) const {
  return isBoxed(part) && !isVirtual(part) &&
         !isa_and_present<ir::NumberOrNullOp, ir::VirtualComplexOp>(part.getDefiningOp());
}

/// A part, which is bound, as a value.
Value FunctionLowering::boxPart(Value part) {
  if (auto number = part.getDefiningOp<ir::NumberOrNullOp>())
    return boxMachineValue(number.getValue());
  if (auto number = part.getDefiningOp<ir::VirtualComplexOp>())
    return boxComplex(number);
  return isBoxed(part) ? part : boxMachineValue(part);
}

void FunctionLowering::countParts(Operation* op) {
  auto counted = op->getAttrOfType<DenseBoolArrayAttr>("counted").asArrayRef();
  for (auto [i, part] : llvm::enumerate(op->getOperands())) {
    if (!counted[i])
      continue;
    if (isVirtual(part))
      countParts(part.getDefiningOp());
    else if (isCountedPart(part))
      call("pyc_incref", {}, part);
  }
}

/// One count of everything that it holds itself. Tuples end from the last item on.
void FunctionLowering::releaseParts(Operation* op) {
  auto counted = op->getAttrOfType<DenseBoolArrayAttr>("counted").asArrayRef();
  bool isTuple = isa<ir::VirtualTupleOp>(op);
  for (size_t k = 0; k < counted.size(); ++k) {
    unsigned i = isTuple ? counted.size() - 1 - k : k;
    if (Value part = op->getOperand(i); counted[i] && isCountedPart(part))
      call("pyc_decref", {}, part);
  }
}

/// Its last count, for all that is known. An instance whose class has got a finaliser in its life
/// is made to run it.
void FunctionLowering::releaseVirtual(Operation* op) {
  auto release = [&] {
    releaseParts(op);
    for (Value part : op->getOperands())
      if (isVirtual(part))
        releaseVirtual(part.getDefiningOp());
  };
  auto instance = dyn_cast<ir::VirtualInstanceOp>(op);
  if (!instance)
    return release();
  Value type = instance.getValues()[0];
  Value runsCode = call("pyc_has_finalizer", i1_, type);
  Block* before = b_.getInsertionBlock();
  Block* rest = before->splitBlock(b_.getInsertionPoint());
  Block* plain = new Block();
  function_.getBody().getBlocks().insert(rest->getIterator(), plain);
  Block* cold = coldBlock();
  b_.setInsertionPointToEnd(before);
  LLVM::CondBrOp::create(b_, loc_, runsCode, cold, ValueRange(), plain, ValueRange(),
                         std::pair<int32_t, int32_t>(1, 1000000));
  b_.setInsertionPointToEnd(plain);
  release();
  LLVM::BrOp::create(b_, loc_, ValueRange(), rest);
  b_.setInsertionPointToEnd(cold);
  SmallVector<Value> names, values;
  appendNames(instance, names);
  for (auto [i, value] : llvm::enumerate(instance.getValues().drop_front())) {
    values.push_back(boxPart(value));
    if (isCountedPart(value) && !instance.getCounted()[i + 1])
      call("pyc_incref", {}, value);
  }
  call("pyc_drop_instance", {},
       {type, spill(names), spill(values), constant(i32_, static_cast<int64_t>(values.size()))});
  LLVM::BrOp::create(b_, loc_, ValueRange(), rest);
  b_.setInsertionPointToStart(rest);
}

void FunctionLowering::appendNames(ir::VirtualInstanceOp op, SmallVectorImpl<Value>& words) {
  const uop::CodeRecord& code = image_.code(op.getCode());
  for (int32_t name : op.getNames())
    words.push_back(LLVM::LoadOp::create(b_, loc_, i64_, tableAddress(code, "names", name, 8)));
}

} // namespace pyc
