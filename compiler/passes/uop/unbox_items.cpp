// Items of lists, bytes, bytearrays and arrays at typed indices.
#include "compiler/passes/uop/seen.h"
#include "compiler/passes/uop/state.h"
#include "compiler/passes/uop/unboxer.h"
#include "compiler/remarks/remark.h"

using namespace mlir;

namespace pyc {

NamedAttribute Unboxer::storageAttr(rt::ItemStorage storage) {
  return b_.getNamedAttr("storage", b_.getI32IntegerAttr(static_cast<int32_t>(storage)));
}

/// Of bytes, a bytearray or an array.
void Unboxer::rewriteArrayLoad(ir::LoadItemOp op, rt::ItemStorage storage) {
  explain(op, RemarkKind::ListItem, ir::onlyType(ir::seenAt(op, 1)));
  Value operands[] = {op.getObject(), unboxed(op.getKey())};
  NamedAttribute attribute = storageAttr(storage);
  if (rt::formatOf(storage).isFloat)
    return setItem(op, ir::createWithState<ir::LoadArrayFloatOp>(b_, op, b_.getF64Type(), operands,
                                                                 attribute));
  setItem(op,
          ir::createWithState<ir::LoadArrayIntOp>(b_, op, b_.getI64Type(), operands, attribute));
}

void Unboxer::rewriteArrayStore(ir::StoreItemOp op, rt::ItemStorage storage) {
  explain(op, RemarkKind::ListItem, ir::onlyType(ir::seenAt(op, 0)));
  bool isFloat = rt::formatOf(storage).isFloat;
  Value operands[] = {op.getObject(), unboxed(op.getKey()),
                      isFloat ? asFloat(op.getSrc()) : asInt(op.getSrc())};
  NamedAttribute attribute = storageAttr(storage);
  if (isFloat)
    ir::createWithState<ir::StoreArrayFloatOp>(b_, op, {}, operands, attribute);
  else
    ir::createWithState<ir::StoreArrayIntOp>(b_, op, {}, operands, attribute);
  ir::dropEdge(op);
  op.erase();
}

void Unboxer::rewriteLoadItem(ir::LoadItemOp op) {
  if (auto storage = arrayStorage(op))
    return rewriteArrayLoad(op, *storage);
  if (listItemType(op) != NumberType::Unknown)
    explain(op, RemarkKind::ListItem, ir::onlyType(ir::seenAt(op, 1)));
  Value operands[] = {op.getObject(), unboxed(op.getKey())};
  Type boxed = op.getDst().getType();
  switch (listItemType(op)) {
  case NumberType::Int:
    return setItem(op, ir::createWithState<ir::LoadListIntOp>(b_, op, b_.getI64Type(), operands));
  case NumberType::Float:
    return setItem(op, ir::createWithState<ir::LoadListFloatOp>(b_, op, b_.getF64Type(), operands));
  case NumberType::Bool:
    return setItem(op, ir::createWithState<ir::LoadListBoolOp>(b_, op, b_.getI1Type(), operands));
  case NumberType::Any: {
    auto load = ir::createWithState<ir::LoadListValueOp>(b_, op, boxed, operands);
    op.getDst().replaceAllUsesWith(load.getResult());
    settleEdge(op, load);
    break;
  }
  default: {
    auto load = ir::createWithState<ir::LoadItemIntOp>(b_, op, boxed, operands);
    ir::copySeen(op, load);
    op.getDst().replaceAllUsesWith(load.getResult());
    break;
  }
  }
  op.erase();
}

/// The load's result is a number in a register.
void Unboxer::setItem(ir::LoadItemOp op, Operation* load) {
  setUnboxed(op, load->getResult(0));
  settleEdge(op, load);
}

void Unboxer::rewriteStoreItem(ir::StoreItemOp op) {
  if (auto storage = arrayStorage(op); storage && canStore(itemType(op), types_.of(op.getSrc())))
    return rewriteArrayStore(op, *storage);
  NumberType item = listItemType(op);
  Operation* typed = nullptr;
  if (item == NumberType::Any) {
    Value operands[] = {op.getObject(), unboxed(op.getKey()), op.getSrc()};
    typed = ir::createWithState<ir::StoreListValueOp>(b_, op, {}, operands);
  } else if (item != NumberType::Unknown && item == types_.of(op.getSrc())) {
    Value operands[] = {op.getObject(), unboxed(op.getKey()), unboxed(op.getSrc())};
    if (item == NumberType::Int)
      typed = ir::createWithState<ir::StoreListIntOp>(b_, op, {}, operands);
    else if (item == NumberType::Bool)
      typed = ir::createWithState<ir::StoreListBoolOp>(b_, op, {}, operands);
    else
      typed = ir::createWithState<ir::StoreListFloatOp>(b_, op, {}, operands);
  } else {
    Value operands[] = {op.getObject(), unboxed(op.getKey()), op.getSrc()};
    ir::copySeen(op, ir::createWithState<ir::StoreItemIntOp>(b_, op, {}, operands));
    op.erase();
    return;
  }
  explain(op, RemarkKind::ListItem, ir::onlyType(ir::seenAt(op, 0)));
  settleEdge(op, typed);
  op.erase();
}

} // namespace pyc
