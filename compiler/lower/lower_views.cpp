// Views of lists (passes/uop/list_views.cpp): where the items of a list lie, known for the length
// of a loop.

#include "compiler/lower/function_lowering.h"
#include "compiler/passes/uop/state.h"
#include "runtime/abi/native.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace pyc {

/// The address of an item, behind a test that leaves. `op` starts with data, count and index.
Value FunctionLowering::viewItemAddress(Operation* op, Type item) {
  return itemAddress(op, op->getOperand(0), op->getOperand(1), op->getOperand(2), item);
}

void FunctionLowering::lowerView(Operation* op) {
  bool isItemOfArray = !isa<ir::ViewListOp>(op) && op->hasAttr("storage");
  if (isItemOfArray)
    return lowerArrayViewItem(op);
  auto loadItem = [&](Type type, StringRef what) {
    return loadField(type, viewItemAddress(op, type), what);
  };
  auto storeItem = [&](Value value, StringRef what) {
    storeField(value, viewItemAddress(op, value.getType()), what);
    dead_.push_back(op);
  };
  llvm::TypeSwitch<Operation*>(op)
      .Case([&](ir::ViewListOp view) {
        auto [data, count] = itemsOf(view.getList(), view.getStorage());
        replace(op, {data, count});
      })
      .Case([&](ir::ViewItemOp) { replace(op, call("pyc_view_item", i64_, op->getOperands())); })
      .Case([&](ir::ViewSlotOp) { lowerViewSlot(op); })
      .Case([&](ir::ViewGlobalOp view) {
        unsigned index = view.getNameIndex();
        replace(op, call("pyc_view_global", i64_,
                         {self(), constant(i32_, index), tableAddress("globals", index, 8)}));
      })
      .Case([&](ir::ViewDerefOp) { replace(op, call("pyc_view_deref", i64_, op->getOperands())); })
      .Case([&](ir::LoadViewIntOp) {
        Value number = loadItem(i64_, "int item");
        smallInts_.insert(number);
        replace(op, number);
      })
      .Case([&](ir::LoadViewFloatOp) { replace(op, loadItem(f64_, "float item")); })
      .Case([&](ir::LoadViewBoolOp) {
        Value byte = loadItem(b_.getI8Type(), "bool item");
        replace(op, LLVM::TruncOp::create(b_, loc_, i1_, byte).getResult());
      })
      .Case([&](ir::LoadViewValueOp) {
        Value value = loadItem(i64_, "value item");
        if (!op->hasAttr("borrowed"))
          call("pyc_incref", {}, value);
        replace(op, value);
      })
      .Case([&](ir::StoreViewIntOp store) {
        exitIf(op, isNoSmallInt(store.getValue()));
        storeItem(store.getValue(), "int item");
      })
      .Case([&](ir::StoreViewFloatOp store) { storeItem(store.getValue(), "float item"); })
      .Case([&](ir::StoreViewBoolOp store) {
        storeItem(LLVM::ZExtOp::create(b_, loc_, b_.getI8Type(), store.getValue()), "bool item");
      });
}

/// What guards expect, of a value that may be null.
void FunctionLowering::lowerCheck(Operation* op) {
  Value value = op->getOperand(0);
  auto orNone = [&]() -> Value {
    return LLVM::SelectOp::create(b_, loc_, isNull(value), symbolAddress("pycNone"), value);
  };
  llvm::TypeSwitch<Operation*>(op)
      .Case([&](ir::HasLayoutOp check) {
        replace(op, ifLayout(value, check.getLayoutAttr(), i1_, [&] { return constant(i1_, 1); }));
      })
      .Case([&](ir::IsFunctionOp check) {
        Value entry = nativeEntryOf(orNone());
        replace(op, LLVM::ICmpOp::create(b_, loc_, LLVM::ICmpPredicate::eq, entry,
                                         functionAddress(check.getSymbol()))
                        .getResult());
      })
      .Case([&](ir::IsBuiltinOp check) {
        replace(op, call(("pyc_is_" + check.getFunction()).str(), i1_, orNone()));
      })
      .Case([&](ir::IsObjectOp check) {
        replace(op, LLVM::ICmpOp::create(b_, loc_, LLVM::ICmpPredicate::eq, value,
                                         symbolAddress(check.getSymbol()))
                        .getResult());
      });
}

/// As poll; the result says that it was needed, after which nothing that was known counts.
void FunctionLowering::lowerPollRan(Operation* op) {
  // `last`: objects whose release would end them say the same as a poll that ran.
  Value otherwise = constant(i1_, 0);
  if (auto last = op->getAttrOfType<DenseI32ArrayAttr>("last"))
    for (int32_t place : last.asArrayRef())
      otherwise =
          LLVM::OrOp::create(b_, loc_, otherwise, call("pyc_is_last", i1_, ir::stateOf(op)[place]));
  Value needed = call("pyc_poll_needed", i1_, {});
  Block* before = b_.getInsertionBlock();
  Block* rest = before->splitBlock(b_.getInsertionPoint());
  Value ran = rest->addArgument(i1_, loc_);
  Block* poll = coldBlock();
  Block* failed = coldBlock();
  Block* polled = coldBlock();
  b_.setInsertionPointToEnd(before);
  LLVM::CondBrOp::create(b_, loc_, needed, poll, ValueRange(), rest, ValueRange(otherwise),
                         std::pair<int32_t, int32_t>(1, 1000000));
  b_.setInsertionPointToEnd(poll);
  if (auto held = op->getAttrOfType<DenseI32ArrayAttr>("held"))
    for (int32_t place : held.asArrayRef())
      call("pyc_incref", {}, ir::stateOf(op)[place]);
  LLVM::CondBrOp::create(b_, loc_, call("pyc_poll", i1_, {}), polled, failed);
  b_.setInsertionPointToEnd(polled);
  LLVM::BrOp::create(b_, loc_, constant(i1_, 1), rest);
  b_.setInsertionPointToEnd(failed);
  emitRaisePath(op);
  b_.setInsertionPointToStart(rest);
  replace(op, ran);
}

} // namespace pyc
