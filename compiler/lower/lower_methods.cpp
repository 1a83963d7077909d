// Methods of known classes.

#include "compiler/lower/function_lowering.h"

#include "runtime/abi/native_cells.h"

using namespace mlir;

namespace pyc {

/// The object's shape is compared with those in the cells, which hold the method; one that was not
/// seen yet may be adopted (runtime/objects/layout_cell.h).
void FunctionLowering::lowerLoadKnownMethod(Operation* op) {
  auto load = cast<ir::LoadKnownMethodOp>(op);
  Value object = load.getObject();
  unsigned count = load.getWays() == 1 ? 1 : rt::kHashedCells;
  Value cells = cacheMemory(count);

  Block* test = b_.getInsertionBlock();
  Block* rest = test->splitBlock(b_.getInsertionPoint());
  Value method = rest->addArgument(i64_, loc_);
  Block* adopt = coldBlock();
  Block* exit = coldBlock();
  auto rarely = std::pair<int32_t, int32_t>(1, 1000000);
  auto blockBeforeRest = [&] {
    Block* block = new Block();
    function_.getBody().getBlocks().insert(rest->getIterator(), block);
    return block;
  };
  Block* next = blockBeforeRest();
  b_.setInsertionPointToEnd(test);
  LLVM::CondBrOp::create(b_, loc_, isNoObject(object), exit, ValueRange(), next, ValueRange(),
                         rarely);
  b_.setInsertionPointToEnd(next);
  Value shape = loadField(i32_, fieldAddress(object, 0), "shape");
  auto takeFrom = [&](Value cell, Block* otherwise) {
    Block* hit = blockBeforeRest();
    Value differs = LLVM::ICmpOp::create(b_, loc_, LLVM::ICmpPredicate::ne, shape,
                                         loadField(i32_, cell, "cell"));
    LLVM::CondBrOp::create(b_, loc_, differs, otherwise, ValueRange(), hit, ValueRange(), rarely);
    b_.setInsertionPointToEnd(hit);
    Value value = LLVM::GEPOp::create(b_, loc_, ptr_, b_.getI8Type(), cell,
                                      ArrayRef<LLVM::GEPArg>{int32_t(rt::kCacheValue)});
    LLVM::BrOp::create(b_, loc_, loadField(i64_, value, "cell value"), rest);
    b_.setInsertionPointToEnd(otherwise);
  };
  if (count == 1) {
    takeFrom(cells, adopt);
  } else {
    auto [first, second] = hashedCells(cells, shape);
    takeFrom(first, coldBlock());
    takeFrom(second, adopt);
  }
  auto accessor = op->getAttrOfType<StringAttr>("accessor"); // of a property
  std::string search = ("pyc_adopt_" + (accessor ? accessor.getValue() : "method")).str();
  Value adopted =
      call(search, i64_, {object, nameAddress(op), cells, constant(i32_, int64_t(count))});
  LLVM::CondBrOp::create(b_, loc_, isNull(adopted), exit, ValueRange(), rest, ValueRange{adopted});
  b_.setInsertionPointToEnd(exit);
  emitExit(op);
  b_.setInsertionPointToStart(rest);
  functions_.insert(method);
  if (!op->hasAttr("borrowed"))
    incref(method);
  replace(op, method);
}

/// The native code of a callee that was made with it; null for others.
Value FunctionLowering::nativeEntryOf(Value callee) {
  bool isFunction = functions_.contains(callee);
  return call(isFunction ? "pyc_function_entry" : "pyc_native_entry", ptr_, callee);
}

} // namespace pyc
