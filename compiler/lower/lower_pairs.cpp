// `for a, b in ...`: the item is unpacked at once and nobody else sees it. Where the iterator can
// give out both items, no tuple is made:
//
//   %t = next %it                    %t = pyc_next_pair(%it, slots)
//   %a, %b = unpack_sequence %t  =>  %t == pycPair ? the slots : unpack_sequence %t, decref %t
//   decref %t

#include "compiler/lower/function_lowering.h"
#include "compiler/passes/uop/state.h"

using namespace mlir;

namespace pyc {

/// The unpacking and the release that are all that is done with an item.
static bool matchPair(ir::NextOp next, Operation*& unpack, Operation*& release) {
  unpack = release = nullptr;
  for (OpOperand& use : next.getResult().getUses()) {
    Operation* user = use.getOwner();
    if (user == unpack || isa<ir::IsNullOp>(user))
      continue;
    Operation*& place = isa<ir::DecrefOp>(user) ? release : unpack;
    if (place || (&place == &unpack && !isa<ir::UnpackSequenceOp>(user)))
      return false;
    place = user;
  }
  return unpack && release && unpack->getNumResults() == 2 &&
         unpack->getOperand(0) == next.getResult();
}

/// Whether the release follows the unpacking with nothing between that could see the item.
static bool isReleasedNext(Operation* unpack, Operation* release) {
  Block* behind = unpack->getBlock();
  if (auto unwind = ir::unwindOf(unpack))
    behind = unwind.getNormal();
  return release->getBlock() == behind;
}

void FunctionLowering::findPairLoops() {
  SmallVector<ir::NextOp> steps;
  function_.walk([&](ir::NextOp next) { steps.push_back(next); });
  for (ir::NextOp next : steps) {
    PairLoop loop{next, nullptr, nullptr, {}};
    if (!matchPair(next, loop.unpack, loop.release) || !isReleasedNext(loop.unpack, loop.release))
      continue;
    loop.slots = stackArray(2);
    loop.release->setAttr("taken", b_.getUnitAttr());
    pairLoops_[next] = loop;
    pairLoops_[loop.unpack] = loop;
  }
}

void FunctionLowering::lowerPairUnpack(PairLoop& loop) {
  Operation* op = loop.unpack;
  Value item = op->getOperand(0);
  Block* before = b_.getInsertionBlock();
  Block* rest = before->splitBlock(b_.getInsertionPoint());
  Block* general = coldBlock();
  b_.setInsertionPointToEnd(before);
  Value isTuple =
      LLVM::ICmpOp::create(b_, loc_, LLVM::ICmpPredicate::ne, item, symbolAddress("pycPair"));
  LLVM::CondBrOp::create(b_, loc_, isTuple, general, rest);
  b_.setInsertionPointToEnd(general);
  Value ok = call("pyc_unpack_sequence", i1_, {item, constant(i32_, 2), loop.slots});
  raiseIf(op, isZero(ok));
  call("pyc_release", {}, item);
  LLVM::BrOp::create(b_, loc_, ValueRange(), rest);
  b_.setInsertionPointToStart(rest);
  SmallVector<Value> items;
  for (int32_t i = 0; i < 2; ++i) {
    Value at = LLVM::GEPOp::create(b_, loc_, ptr_, i64_, loop.slots, ArrayRef<LLVM::GEPArg>{i});
    items.push_back(LLVM::LoadOp::create(b_, loc_, i64_, at));
  }
  replace(op, items);
}

} // namespace pyc
