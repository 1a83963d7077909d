// f(*args, **kwargs) with nothing else: kwargs needs no copy, for the callee gets values and names,
// not the dict. That the code makes one first is seen by nobody but the call and its frame states:
//
//   %map = build_map(); dict_merge %map %kwargs %f; %r = call_ex(%f, %args, %map)
//     =>  %r = pyc_call_forwarding(%f, %args, %kwargs)

#include "compiler/lower/function_lowering.h"
#include "compiler/passes/uop/state.h"

using namespace mlir;

namespace pyc {

/// The only merge into an empty dict that is made for this call alone, right before it.
static ir::DictMergeOp onlyMergeOf(ir::CallExOp call) {
  auto merge = dyn_cast_if_present<ir::DictMergeOp>(call->getPrevNode());
  if (!merge || merge->getOperand(0) != call->getOperand(2))
    return {};
  auto map = merge->getOperand(0).getDefiningOp<ir::BuildMapOp>();
  if (!map || map->getAttrOfType<IntegerAttr>("count").getInt() != 0)
    return {};
  bool isAlone = llvm::all_of(map->getUsers(), [&](Operation* user) {
    return user == merge || user == call || isa<ir::DecrefOp>(user);
  });
  return isAlone ? merge : ir::DictMergeOp();
}

/// Before lowering replaces what it looks at.
void FunctionLowering::findForwardedCalls() {
  function_.walk([&](ir::CallExOp call) {
    if (ir::DictMergeOp merge = onlyMergeOf(call)) {
      forwarded_[call] = merge;
      forwarded_[merge] = merge;
      forwarded_[merge->getOperand(0).getDefiningOp()] = merge;
    }
  });
}

/// The dict becomes null, which frame states release like any value.
bool FunctionLowering::lowerForwarded(Operation* op) {
  auto found = forwarded_.find(op);
  if (found == forwarded_.end())
    return false;
  if (isa<ir::BuildMapOp>(op)) {
    replace(op, constant(i64_, 0));
  } else if (op == found->second) {
    dead_.push_back(op);
  } else {
    Value window = spill({op->getOperand(0), op->getOperand(1), found->second->getOperand(1)});
    Value result =
        call("pyc_call_forwarding", i64_, {self(), constant(i32_, ir::wordOf(op)), window});
    raiseIf(op, isNull(result));
    replace(op, result);
  }
  return true;
}

} // namespace pyc
