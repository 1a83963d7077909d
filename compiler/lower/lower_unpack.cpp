// Items of tuples and lists that are unpacked (passes/uop/unpack_items.cpp): tests that leave, and
// loads.

#include "compiler/lower/function_lowering.h"
#include "compiler/passes/uop/state.h"
#include "runtime/abi/native_cells.h"

#include "llvm/ADT/StringSwitch.h"

using namespace mlir;

namespace pyc {

/// A kind of source. Its items lie one behind the other from `items` on.
struct FunctionLowering::UnpackSource {
  std::optional<rt::ListStorageKind> storage; // none: a tuple
  Value items;
};

static std::optional<rt::ListStorageKind> storageOf(StringRef source) {
  return llvm::StringSwitch<std::optional<rt::ListStorageKind>>(source)
      .Case("list[int]", rt::kListInts)
      .Case("list[float]", rt::kListFloats)
      .Case("list[bool]", rt::kListBools)
      .Case("list[object]", rt::kListValues)
      .Default(std::nullopt);
}

/// The item at `index` as it is stored: a value, or a number.
Value FunctionLowering::storedItem(const UnpackSource& source, int32_t index) {
  auto load = [&](Type type, StringRef what) {
    Value at = LLVM::GEPOp::create(b_, loc_, ptr_, type, source.items, LLVM::GEPArg{index});
    return loadField(type, at, what);
  };
  if (!source.storage)
    return load(i64_, "tuple item");
  switch (*source.storage) {
  case rt::kListInts: {
    Value number = load(i64_, "int item");
    smallInts_.insert(number);
    return number;
  }
  case rt::kListFloats:
    return load(f64_, "float item");
  case rt::kListBools:
    return LLVM::TruncOp::create(b_, loc_, i1_, load(b_.getI8Type(), "bool item"));
  case rt::kListValues:
    return load(i64_, "value item");
  }
  llvm_unreachable("no storage");
}

/// The number in a value; leaves where there is another.
Value FunctionLowering::numberOrExit(Operation* op, Value value, Type type) {
  if (type == i1_)
    return boolOrExit(op, value);
  exitIf(op, type == i64_ ? isNoInt(value) : isNoFloat(value));
  return type == i64_ ? decodeInt(value) : decodeFloat(value);
}

/// The items as the operation's results have them. All tests come before the first count.
SmallVector<Value> FunctionLowering::unpackedItems(ir::UnpackItemsOp op,
                                                   const UnpackSource& source) {
  auto last = static_cast<int32_t>(op->getNumResults()) - 1;
  bool areValues = !source.storage || *source.storage == rt::kListValues;
  SmallVector<Value> items;
  for (OpResult result : op.getItems()) {
    Value item = storedItem(source, last - static_cast<int32_t>(result.getResultNumber()));
    bool isNumber = !isa<ir::ValueType>(result.getType()) && !isBoxed(result);
    if (areValues && isNumber)
      item = numberOrExit(op, item, result.getType());
    else if (!areValues && !isNumber)
      item = boxMachineValue(item, true);
    items.push_back(item);
  }
  ArrayRef<bool> borrowed = op.getBorrowed().value_or(ArrayRef<bool>());
  for (auto [i, item] : llvm::enumerate(items))
    if (areValues && isBoxed(op->getResult(i)) && (borrowed.empty() || !borrowed[i]))
      incref(item);
  return items;
}

/// Where the items of a tuple or list of the operation's length are; leaves for another length.
Value FunctionLowering::itemsToUnpack(ir::UnpackItemsOp op, bool isTuple) {
  using rt::ListFields, rt::TupleFields;
  Value object = op.getSource();
  Value place = fieldAddress(object, isTuple ? TupleFields::kCount : ListFields::kCount);
  Value count = loadField(i64_, place, isTuple ? "tuple count" : "list count");
  exitIf(op, compare(LLVM::ICmpPredicate::ne, count, op->getNumResults()));
  return isTuple ? fieldAddress(object, TupleFields::kItems)
                 : loadField(ptr_, fieldAddress(object, ListFields::kData), "list data");
}

/// One source after the other is tried, tuples first; behind the last one the code leaves.
void FunctionLowering::lowerUnpackItems(ir::UnpackItemsOp op) {
  SmallVector<StringRef> sources;
  for (StringRef source : op.getSources().getAsValueRange<StringAttr>())
    sources.insert(storageOf(source) ? sources.end() : sources.begin(), source);
  Value object = op.getSource();
  exitIf(op, isNoObject(object));
  Value shape = loadField(i32_, fieldAddress(object, 0), "shape"), stored;
  Block* rest = nullptr;
  if (sources.size() > 1)
    rest = splitForSources(op);
  SmallVector<Value> items;
  for (StringRef source : sources) {
    auto storage = storageOf(source);
    if (storage && !stored) {
      exitIf(op, compare(LLVM::ICmpPredicate::ne, shape, rt::ListFields::kShape));
      stored = loadField(i32_, fieldAddress(object, rt::ListFields::kStorage), "list storage");
    }
    Value isOther = storage ? compare(LLVM::ICmpPredicate::ne, stored, *storage)
                            : compare(LLVM::ICmpPredicate::ne, shape, rt::TupleFields::kShape);
    Block* next = nullptr;
    if (source == sources.back())
      exitIf(op, isOther);
    else
      next = branchTo(isOther, rest);
    items = unpackedItems(op, {storage, itemsToUnpack(op, !storage)});
    if (rest)
      LLVM::BrOp::create(b_, loc_, items, rest);
    if (next)
      b_.setInsertionPointToEnd(next);
  }
  if (rest) {
    b_.setInsertionPointToStart(rest);
    items.assign(rest->args_begin(), rest->args_end());
  }
  replace(op, items);
}

/// The block, from the operation on, that gets its items from the sources.
Block* FunctionLowering::splitForSources(ir::UnpackItemsOp op) {
  Block* before = b_.getInsertionBlock();
  Block* rest = before->splitBlock(b_.getInsertionPoint());
  for (OpResult result : op.getItems()) {
    Value item = rest->addArgument(result.getType(), loc_);
    if (result.getType() == i64_ && !isBoxed(result))
      smallInts_.insert(item);
  }
  b_.setInsertionPointToEnd(before);
  return rest;
}

/// Goes on in a new block where the condition does not hold; the block that is returned is where it
/// does. Both stand in front of `rest`.
Block* FunctionLowering::branchTo(Value condition, Block* rest) {
  Block *taken = new Block(), *otherwise = new Block();
  for (Block* block : {otherwise, taken})
    function_.getBody().getBlocks().insert(rest->getIterator(), block);
  LLVM::CondBrOp::create(b_, loc_, condition, taken, otherwise);
  b_.setInsertionPointToEnd(otherwise);
  return taken;
}

} // namespace pyc
