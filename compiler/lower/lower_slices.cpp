// `a[i:j] = b[k:l]`, which passes/uop/sink_slices.cpp has put side by side: the items are copied
// from list to list. Where that is not possible the slice is made and stored after all:
//
//   %s = pyc_copy_slice(a, i, j, b, k, l) ? null : load_slice
//   if %s: store_slice %s

#include "compiler/lower/function_lowering.h"

using namespace mlir;

namespace pyc {

static Operation* storeOf(Operation* load) {
  for (Operation* user : load->getUsers())
    if (isa<ir::StoreSliceOp>(user))
      return user;
  return nullptr;
}

void FunctionLowering::lowerCopiedSlice(Operation* op) {
  auto load = cast<ir::LoadSliceOp>(op);
  auto store = cast<ir::StoreSliceOp>(storeOf(op));
  Value from = spill(load.getParts()), to = spill(store.getParts());
  Value isDone = call("pyc_copy_slice", i1_, {to, store.getObject(), from, load.getObject()});
  Block* before = b_.getInsertionBlock();
  Block* rest = before->splitBlock(b_.getInsertionPoint());
  Value slice = rest->addArgument(i64_, loc_);
  Block* general = coldBlock();
  b_.setInsertionPointToEnd(before);
  Value null = constant(i64_, 0);
  LLVM::CondBrOp::create(b_, loc_, isDone, rest, null, general, ValueRange());
  b_.setInsertionPointToEnd(general);
  Value made = call("pyc_load_slice", i64_, {from, load.getObject()});
  Block* failed = coldBlock();
  LLVM::CondBrOp::create(b_, loc_, isNull(made), failed, ValueRange(), rest, made);
  b_.setInsertionPointToEnd(failed);
  emitRaisePath(op);
  b_.setInsertionPointToStart(rest);
  boxed_.insert(slice);
  replace(op, slice);
}

void FunctionLowering::lowerStoreOfCopied(Operation* op) {
  auto store = cast<ir::StoreSliceOp>(op);
  Block* before = b_.getInsertionBlock();
  Block* rest = before->splitBlock(b_.getInsertionPoint());
  Block* general = coldBlock();
  Block* failed = coldBlock();
  b_.setInsertionPointToEnd(before);
  LLVM::CondBrOp::create(b_, loc_, isNull(store.getSrc()), rest, general);
  b_.setInsertionPointToEnd(general);
  Value ok =
      call("pyc_store_slice", i1_, {spill(store.getParts()), store.getObject(), store.getSrc()});
  LLVM::CondBrOp::create(b_, loc_, ok, rest, failed);
  b_.setInsertionPointToEnd(failed);
  emitRaisePath(op);
  dead_.push_back(op);
}

} // namespace pyc
