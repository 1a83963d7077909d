// Attributes and methods that no guard finds: caches by the object's shape, one for each of several
// classes.

#include "compiler/lower/function_lowering.h"
#include "compiler/passes/uop/seen.h"
#include "compiler/passes/uop/state.h"

using namespace mlir;

namespace pyc {

/// The caches of a site: where several classes were seen each gets one of its own.
static size_t waysOf(Operation* op, unsigned slot) {
  constexpr size_t kMaxWays = 4;
  return std::min(ir::typesOf(ir::seenAt(op, slot)).size(), kMaxWays);
}

/// Loads and stores of attributes at different places.
void FunctionLowering::lowerAttribute(Operation* op) {
  bool isLoad = isa<ir::LoadAttrOp>(op);
  size_t ways = waysOf(op, isLoad ? 1 : 0);
  if (ways < 2)
    return lowerGeneric(op);
  SmallVector<Value> arguments{op->getOperand(0)};
  if (!isLoad)
    arguments.push_back(op->getOperand(1));
  arguments.append(
      {nameAddress(op), cacheMemory(ways), constant(i32_, static_cast<int64_t>(ways))});
  Value result = isLoad ? call("pyc_load_attr_ways", i64_, arguments)
                        : call("pyc_store_attr_ways", i1_, arguments);
  raiseIf(op, isLoad ? isNull(result) : isZero(result));
  if (isLoad)
    replace(op, result);
  else
    dead_.push_back(op);
}

/// Where several classes were seen each gets a cache of its own.
void FunctionLowering::lowerLoadMethod(Operation* op) {
  auto load = cast<ir::LoadMethodOp>(op);
  size_t ways = waysOf(op, 2);
  if (ways < 2)
    return lowerGeneric(op);
  Value caches = cacheMemory(ways);
  Value out = stackArray(2);
  Value ok = call(
      "pyc_load_method_ways", i1_,
      {load.getObject(), nameAddress(op), caches, constant(i32_, static_cast<int64_t>(ways)), out});
  raiseIf(op, isZero(ok));
  Value second = LLVM::GEPOp::create(b_, loc_, ptr_, i64_, out, ArrayRef<LLVM::GEPArg>{1});
  Value method = LLVM::LoadOp::create(b_, loc_, i64_, out);
  Value self = LLVM::LoadOp::create(b_, loc_, i64_, second);
  replace(op, {method, self});
}

} // namespace pyc
