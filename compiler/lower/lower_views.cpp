// Views of lists (passes/uop/list_views.cpp): where the items of a list lie, known for the length
// of a loop.

#include "compiler/lower/function_lowering.h"
#include "compiler/passes/uop/state.h"
#include "runtime/abi/native.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace pyc {

//===----------------------------------------------------------------------===//
// Objects with a layout
//===----------------------------------------------------------------------===//

/// Whether the operation finds something out before a loop, and changes nothing by that.
static bool isLook(Operation* op) {
  return isMemoryEffectFree(op) ||
         isa<ir::ViewListOp, ir::ViewItemOp, ir::ViewSlotOp, ir::ViewGlobalOp, ir::ViewDerefOp,
             ir::HasLayoutOp, ir::IsFunctionOp, ir::IsBuiltinOp, ir::IsObjectOp>(op);
}

/// This look at an object with a layout and those behind it, of the same, which share its test.
static SmallVector<Operation*> looksAtOne(Operation* first) {
  SmallVector<Operation*> looks;
  for (Operation* op = first; op && isLook(op); op = op->getNextNode())
    if (isa<ir::ViewSlotOp, ir::HasLayoutOp>(op) && op->getOperand(0) == first->getOperand(0) &&
        op->getAttr("layout") == first->getAttr("layout"))
      looks.push_back(op);
  return looks;
}

/// What a look finds in an object with the layout.
Value FunctionLowering::findByLayout(Operation* look) {
  auto view = dyn_cast<ir::ViewSlotOp>(look);
  if (!view)
    return constant(i1_, 1);
  int64_t offset = view.getOffset();
  return loadField(i64_, fieldAddress(view.getObject(), offset), slotTag(offset));
}

/// Attributes of an object with the layout, and that it has it; null, and false, otherwise.
void FunctionLowering::lowerLayoutLook(Operation* op) {
  if (!looks_.insert(op).second)
    return; // with one before
  SmallVector<Operation*> looks = looksAtOne(op);
  LayoutCells& cells = layoutCells(op->getAttrOfType<StringAttr>("layout"));
  Value object = op->getOperand(0);
  Block* before = b_.getInsertionBlock();
  Block* rest = before->splitBlock(b_.getInsertionPoint());
  auto blockBeforeRest = [&] {
    Block* block = new Block();
    function_.getBody().getBlocks().insert(rest->getIterator(), block);
    return block;
  };
  Block* test = blockBeforeRest();
  Block* fits = blockBeforeRest();
  b_.setInsertionPointToEnd(before);
  SmallVector<Value> none, found;
  for (Operation* look : looks)
    none.push_back(constant(look->getResult(0).getType(), 0));
  Value isOther = LLVM::OrOp::create(b_, loc_, isNull(object), isNoObject(object));
  LLVM::CondBrOp::create(b_, loc_, isOther, rest, none, test, ValueRange(),
                         std::pair<int32_t, int32_t>(1, 1000000));
  b_.setInsertionPointToEnd(test);
  testLayout(object, cells, fits, [&] { LLVM::BrOp::create(b_, loc_, none, rest); });
  b_.setInsertionPointToEnd(fits);
  for (Operation* look : looks)
    found.push_back(findByLayout(look));
  LLVM::BrOp::create(b_, loc_, found, rest);
  b_.setInsertionPointToStart(rest);
  for (Operation* look : looks) {
    looks_.insert(look);
    replace(look, rest->addArgument(look->getResult(0).getType(), loc_));
  }
}

//===----------------------------------------------------------------------===//
// Views and checks
//===----------------------------------------------------------------------===//

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
      .Case([&](ir::ViewSlotOp) { lowerLayoutLook(op); })
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
      .Case([&](ir::HasLayoutOp) { lowerLayoutLook(op); })
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

/// An object that is there twice may end with its last two counts.
void FunctionLowering::lowerMayEnd(Operation* op) {
  OperandRange values = op->getOperands();
  Value result = constant(i1_, 0);
  auto orElse = [&](Value other) { result = LLVM::OrOp::create(b_, loc_, result, other); };
  for (auto [i, value] : llvm::enumerate(values)) {
    orElse(call("pyc_is_last", i1_, value));
    for (Value before : values.take_front(i))
      orElse(LLVM::ICmpOp::create(b_, loc_, LLVM::ICmpPredicate::eq, before, value));
  }
  replace(op, result);
}

/// As poll; the result says that it was needed, after which nothing that was known counts.
void FunctionLowering::lowerPollRan(Operation* op) {
  Value needed = call("pyc_poll_needed", i1_, {});
  Block* before = b_.getInsertionBlock();
  Block* rest = before->splitBlock(b_.getInsertionPoint());
  Value ran = rest->addArgument(i1_, loc_);
  Block* poll = coldBlock();
  Block* failed = coldBlock();
  Block* polled = coldBlock();
  b_.setInsertionPointToEnd(before);
  LLVM::CondBrOp::create(b_, loc_, needed, poll, ValueRange(), rest, ValueRange(constant(i1_, 0)),
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
