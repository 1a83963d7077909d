// Methods of known classes.

#include "compiler/lower/function_lowering.h"

using namespace mlir;

namespace pyc {

/// The object's shape is compared with those in the cells, which hold the method; one that was not
/// seen yet may be adopted (runtime/objects/layout_cell.h).
void FunctionLowering::lowerLoadKnownMethod(Operation* op) {
  auto load = cast<ir::LoadKnownMethodOp>(op);
  Value object = load.getObject();
  auto ways = static_cast<unsigned>(load.getWays());
  Value cells = cacheMemory(ways);
  auto field = [&](unsigned way, size_t offset) -> Value {
    auto place = static_cast<int32_t>(way * kCacheSize + offset);
    return LLVM::GEPOp::create(b_, loc_, ptr_, b_.getI8Type(), cells,
                               ArrayRef<LLVM::GEPArg>{place});
  };

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
  for (unsigned way = 0; way < ways; ++way) {
    bool isLast = way + 1 == ways;
    Block* hit = blockBeforeRest();
    next = isLast ? adopt : blockBeforeRest();
    Value differs = LLVM::ICmpOp::create(b_, loc_, LLVM::ICmpPredicate::ne, shape,
                                         loadField(i32_, field(way, 0), "cell"));
    LLVM::CondBrOp::create(b_, loc_, differs, next, ValueRange(), hit, ValueRange(),
                           isLast ? rarely : std::pair<int32_t, int32_t>(1, 2));
    b_.setInsertionPointToEnd(hit);
    LLVM::BrOp::create(b_, loc_, loadField(i64_, field(way, rt::kCacheValue), "cell value"), rest);
    b_.setInsertionPointToEnd(next);
  }
  Value adopted =
      call("pyc_adopt_method", i64_,
           {object, nameAddress(op), cells, constant(i32_, static_cast<int64_t>(ways))});
  LLVM::CondBrOp::create(b_, loc_, isNull(adopted), exit, ValueRange(), rest, ValueRange{adopted});
  b_.setInsertionPointToEnd(exit);
  emitExit(op);
  b_.setInsertionPointToStart(rest);
  call("pyc_incref", {}, method);
  replace(op, method);
}

} // namespace pyc
