#include "compiler/passes/generators/generator_loop.h"

#include "compiler/passes/uop/state.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

namespace pyc {

namespace {

/// The block behind an exceptional edge that nothing else leads to, or the operation's own.
Operation* behind(Operation* op) {
  auto unwind = ir::unwindOf(op);
  if (!unwind)
    return op->getNextNode();
  Block* normal = unwind.getNormal();
  return normal->getSinglePredecessor() && unwind.getNormalArgs().empty() ? &normal->front()
                                                                          : nullptr;
}

/// Whether nothing but objects for its frame state stand in front of the step.
bool isFirst(ir::NextOp next) {
  for (Operation* op = next->getPrevNode(); op; op = op->getPrevNode())
    if (!isa<arith::ConstantOp, ir::GeneratorFrameOp, ir::ReductionOp>(op))
      return false;
  return true;
}

std::optional<GeneratorLoop> matchShape(ir::NextOp next) {
  GeneratorLoop loop{{}, next.getIterator().getDefiningOp<ir::GetIterOp>(), next, {}, {}};
  Value object = loop.getIter ? loop.getIter.getIterable() : next.getIterator();
  Operation* call = object.getDefiningOp();
  loop.call = isa_and_present<ir::CallOp, ir::CallMethodOp>(call) ? call : nullptr;
  loop.isNull = dyn_cast_or_null<ir::IsNullOp>(behind(next));
  if (!loop.call || !isFirst(next) || !loop.isNull || loop.isNull.getValue() != next.getItem() ||
      !loop.isNull.getResult().hasOneUse())
    return {};
  loop.branch = dyn_cast<cf::CondBranchOp>(loop.isNull->getNextNode());
  if (!loop.branch || loop.branch.getCondition() != loop.isNull.getResult())
    return {};
  return loop;
}

/// Whether the object is only iterated by this loop, kept and released.
bool isOnlyIterated(GeneratorLoop& loop) {
  auto fits = [&](OpOperand& use) {
    Operation* op = use.getOwner();
    return op == loop.getIter || op == loop.next || ir::isStateUse(use) ||
           isa<ir::IncrefOp, ir::DecrefOp, ir::ObserveOp>(op);
  };
  return llvm::all_of(loop.objects(),
                      [&](Value object) { return llvm::all_of(object.getUses(), fits); });
}

/// Every edge into the loop's header comes from behind the call.
bool isProperLoop(GeneratorLoop& loop, DominanceInfo& dominance) {
  Block* header = loop.next->getBlock();
  Block* entry = loop.getIter ? loop.getIter->getBlock() : loop.call->getBlock();
  return header != entry && llvm::all_of(header->getPredecessors(), [&](Block* from) {
           return dominance.dominates(entry, from);
         });
}

} // namespace

OperandRange GeneratorLoop::window() {
  auto method = dyn_cast<ir::CallMethodOp>(call);
  return method ? method.getWindow() : cast<ir::CallOp>(call).getWindow();
}

SmallVector<Value, 2> GeneratorLoop::objects() {
  SmallVector<Value, 2> values{call->getResult(0)};
  if (getIter)
    values.push_back(getIter.getDst());
  return values;
}

std::optional<GeneratorLoop> matchGeneratorLoop(ir::NextOp next, DominanceInfo& dominance) {
  auto loop = matchShape(next);
  if (!loop || !isOnlyIterated(*loop) || !isProperLoop(*loop, dominance))
    return {};
  return loop;
}

} // namespace pyc
