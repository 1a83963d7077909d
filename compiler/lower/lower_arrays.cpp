// Items of bytes, bytearrays and arrays (runtime/base/item_storage.h). Objects that store something
// else have no items here, so that the test of the index leaves for them too.

#include "compiler/lower/function_lowering.h"
#include "runtime/abi/native.h"
#include "runtime/base/item_storage.h"

using namespace mlir;

namespace pyc {

static const rt::ItemFormat& formatOf(Operation* op) {
  auto storage = op->getAttrOfType<IntegerAttr>("storage").getInt();
  return rt::formatOf(static_cast<rt::ItemStorage>(storage));
}

Type FunctionLowering::itemType(const rt::ItemFormat& format) {
  if (format.isFloat)
    return format.bytes == 8 ? Type(f64_) : b_.getF32Type();
  return b_.getIntegerType(8 * format.bytes);
}

/// Items of one storage are in other memory than those of another, but for bytes and bytearrays,
/// which hand theirs on.
static std::string itemTag(const rt::ItemFormat& format) {
  bool isByte = format.storage == rt::ItemStorage::ByteArray;
  return std::string(isByte ? rt::formatOf(rt::ItemStorage::Bytes).type : format.type) + " item";
}

/// Where the items of an object lie and how many there are; none of anything else.
std::pair<Value, Value> FunctionLowering::itemsOf(Value object, int64_t storage) {
  Value count = stackArray(1);
  bool isList = storage < static_cast<int64_t>(rt::ItemStorage::BeforeFirst) + 1;
  Value data = call(isList ? "pyc_view_list" : "pyc_view_array", i64_,
                    {object, constant(i32_, storage), count});
  return {data, LLVM::LoadOp::create(b_, loc_, i64_, count)};
}

/// The address of items[index], behind a test that leaves.
Value FunctionLowering::itemAddress(Operation* op, Value data, Value count, Value index,
                                    Type item) {
  Value place = placeInList(op, index, count);
  Value items = LLVM::IntToPtrOp::create(b_, loc_, ptr_, data);
  return LLVM::GEPOp::create(b_, loc_, ptr_, item, items, ArrayRef<LLVM::GEPArg>{place});
}

/// Leaves for a NaN that no value holds, which becomes another one in the interpreter.
void FunctionLowering::exitIfForeign(Operation* op, Value number) {
  Block* check = coldBlock();
  branchCold(LLVM::FCmpOp::create(b_, loc_, LLVM::FCmpPredicate::uno, number, number), check);
  Block* rest = b_.getInsertionBlock();
  OpBuilder::InsertionGuard guard(b_);
  Block* exit = coldBlock();
  b_.setInsertionPointToEnd(check);
  constexpr uint64_t kLeastForeign = rt::Value::kIntTag - rt::Value::kDoubleOffset;
  Value bits = LLVM::BitcastOp::create(b_, loc_, i64_, number);
  Value isForeign = compare(LLVM::ICmpPredicate::uge, bits, static_cast<int64_t>(kLeastForeign));
  LLVM::CondBrOp::create(b_, loc_, isForeign, exit, rest);
  b_.setInsertionPointToEnd(exit);
  emitExit(op);
}

void FunctionLowering::loadArrayItem(Operation* op, Value data, Value count, Value index) {
  const rt::ItemFormat& format = formatOf(op);
  Type type = itemType(format);
  Value item = loadField(type, itemAddress(op, data, count, index, type), itemTag(format));
  if (format.isFloat) {
    if (format.bytes < 8)
      item = LLVM::FPExtOp::create(b_, loc_, f64_, item);
    exitIfForeign(op, item);
    return replace(op, item);
  }
  if (format.bytes == 8) {
    if (!format.isSigned)
      exitIf(op, compare(LLVM::ICmpPredicate::slt, item, 0));
    return replace(op, item);
  }
  Value number = format.isSigned ? Value(LLVM::SExtOp::create(b_, loc_, i64_, item))
                                 : LLVM::ZExtOp::create(b_, loc_, i64_, item);
  smallInts_.insert(number);
  replace(op, number);
}

/// Whether an item can't hold a number.
Value FunctionLowering::isOutOfRange(Value number, const rt::ItemFormat& format) {
  if (format.bytes == 8)
    return format.isSigned ? constant(i1_, 0) : compare(LLVM::ICmpPredicate::slt, number, 0);
  int64_t end = int64_t{1} << 8 * format.bytes;
  if (format.isSigned)
    number = LLVM::AddOp::create(b_, loc_, number, constant(i64_, end / 2));
  return compare(LLVM::ICmpPredicate::uge, number, end);
}

void FunctionLowering::storeArrayItem(Operation* op, Value data, Value count, Value index,
                                      Value value) {
  const rt::ItemFormat& format = formatOf(op);
  Type type = itemType(format);
  if (!format.isFloat)
    exitIf(op, isOutOfRange(value, format));
  Value place = itemAddress(op, data, count, index, type);
  if (format.isFloat && format.bytes < 8)
    value = LLVM::FPTruncOp::create(b_, loc_, type, value);
  else if (format.bytes < 8)
    value = LLVM::TruncOp::create(b_, loc_, type, value);
  storeField(value, place, itemTag(format));
  dead_.push_back(op);
}

void FunctionLowering::lowerArrayItem(Operation* op) {
  int64_t storage = op->getAttrOfType<IntegerAttr>("storage").getInt();
  auto [data, count] = itemsOf(op->getOperand(0), storage);
  if (op->getNumResults() != 0)
    loadArrayItem(op, data, count, op->getOperand(1));
  else
    storeArrayItem(op, data, count, op->getOperand(1), op->getOperand(2));
}

/// The same of a view: data, count and index.
void FunctionLowering::lowerArrayViewItem(Operation* op) {
  if (op->getNumResults() != 0)
    loadArrayItem(op, op->getOperand(0), op->getOperand(1), op->getOperand(2));
  else
    storeArrayItem(op, op->getOperand(0), op->getOperand(1), op->getOperand(2), op->getOperand(3));
}

} // namespace pyc
