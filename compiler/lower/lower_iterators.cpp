// Iterators that only a loop sees are made in the function's frame, not on the heap:
//
//   %it = get_iter %xs        %it = pyc_get_local_iter(%xs, memory)
//   %x = next %it        =>   %x = next %it
//   decref %it                pyc_end_local_iter(%it, memory)
//
// Objects that have other iterators give those, on the heap. Side exits move the iterator there,
// for the interpreter.

#include "compiler/lower/function_lowering.h"
#include "compiler/passes/uop/state.h"
#include "runtime/abi/native_iterators.h"

using namespace mlir;

namespace pyc {

/// Whether nothing but steps and frame states use the iterator, which exits can move.
static bool isOnlyIterated(Value iterator) {
  return llvm::all_of(iterator.getUses(), [](OpOperand& use) {
    Operation* op = use.getOwner();
    if (isa<ir::NextOp>(op) && use.getOperandNumber() == 0)
      return true;
    if (isa<ir::SuspendOp, ir::VirtualTupleOp, ir::VirtualInstanceOp>(op))
      return false;
    return isa<ir::IncrefOp, ir::DecrefOp>(op) || ir::isStateUse(use);
  });
}

/// Not in generators, whose frame ends at each `yield`.
void FunctionLowering::findLocalIterators() {
  if (isGenerator())
    return;
  SmallVector<Value> found;
  function_.walk([&](ir::GetIterOp get) {
    if (isOnlyIterated(get.getDst()))
      found.push_back(get.getDst());
  });
  for (Value iterator : found)
    localIterators_[iterator] = stackArray(rt::kLocalIteratorSize / 8);
}

void FunctionLowering::lowerLocalIterator(Operation* op) {
  Value memory = localIterators_.lookup(op->getResult(0));
  Value iterator = call("pyc_get_local_iter", i64_, {op->getOperand(0), memory});
  raiseIf(op, isNull(iterator));
  localIterators_[iterator] = memory;
  replace(op, iterator);
}

void FunctionLowering::endLocalIterator(Value iterator) {
  call("pyc_end_local_iter", {}, {iterator, localIterators_.lookup(iterator)});
}

} // namespace pyc
