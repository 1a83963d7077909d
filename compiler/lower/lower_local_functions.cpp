// The function of a generator expression whose code was inlined is made in the function's frame,
// not on the heap:
//
//   %f = make_function(...)          %f = pyc_get_local_function(%self, %closure, code, memory)
//   guard_generator %f          =>   guard_generator %f
//   decref %f                        pyc_end_local_function(%f, memory)
//
// Side exits move it to the heap, for the interpreter.

#include "compiler/lower/function_lowering.h"
#include "compiler/passes/uop/state.h"
#include "runtime/abi/native_iterators.h"

using namespace mlir;

namespace pyc {

/// Whether it is only the function of inlined code and frame states, which exits can move.
static bool isOnlyInlined(ir::MakeFunctionOp made) {
  bool isGenerator = false;
  for (OpOperand& use : made.getDst().getUses()) {
    Operation* op = use.getOwner();
    isGenerator |= isa<ir::GuardGeneratorOp>(op) && use.getOperandNumber() == 0;
    bool isHolder =
        isa<ir::SuspendOp, ir::ReductionOp, ir::VirtualTupleOp, ir::VirtualInstanceOp>(op);
    bool fits = isa<ir::GuardGeneratorOp, ir::InlinedFrameOp, ir::GeneratorFrameOp,
                    ir::FreeVariableOp, ir::IncrefOp, ir::DecrefOp>(op);
    if (isHolder || (!fits && !ir::isStateUse(use)))
      return false;
  }
  return isGenerator && llvm::all_of(made.getParts().take_front(3), [](Value part) {
           return part.getDefiningOp<ir::NoneOp>() != nullptr;
         });
}

/// Not in generators, whose frame ends at each `yield`.
void FunctionLowering::findLocalFunctions() {
  if (isGenerator())
    return;
  SmallVector<Value> found;
  function_.walk([&](ir::MakeFunctionOp made) {
    if (isOnlyInlined(made))
      found.push_back(made.getDst());
  });
  for (Value made : found)
    localFunctions_[made] = stackArray(rt::kLocalFunctionSize / 8);
}

void FunctionLowering::lowerLocalFunction(ir::MakeFunctionOp made) {
  Value memory = localFunctions_.lookup(made.getDst());
  Value code = LLVM::LoadOp::create(b_, loc_, i64_, tableAddress("constants", made.getCode(), 8));
  Value function =
      call("pyc_get_local_function", i64_, {self(), made.getParts().back(), code, memory});
  raiseIf(made, isNull(function));
  localFunctions_[function] = memory;
  replace(made, function);
}

void FunctionLowering::endLocalFunction(Value function) {
  call("pyc_end_local_function", {}, {function, localFunctions_.lookup(function)});
}

} // namespace pyc
