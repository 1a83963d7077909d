// Methods of known classes and built-in types.

#include "compiler/lower/function_lowering.h"

#include "compiler/passes/uop/seen.h"
#include "compiler/passes/uop/state.h"
#include "compiler/remarks/remark.h"
#include "runtime/abi/native.h"
#include "runtime/abi/native_cells.h"

#include "llvm/ADT/StringSwitch.h"

using namespace mlir;

namespace pyc {

/// A search in the object's class: for a method, or what an attribute or item calls.
Value FunctionLowering::adoptMethod(Operation* op, Value object, Value cells, unsigned count) {
  auto accessor = op->getAttrOfType<StringAttr>("accessor");
  StringRef kind = accessor ? accessor.getValue() : "method";
  auto special = llvm::StringSwitch<std::optional<rt::SpecialMethod>>(kind)
                     .Case("get_item", rt::SpecialMethod::GetItem)
                     .Case("set_item", rt::SpecialMethod::SetItem)
                     .Case("delete_item", rt::SpecialMethod::DeleteItem)
                     .Case("call", rt::SpecialMethod::Call)
                     .Case("neg", rt::SpecialMethod::Neg)
                     .Case("pos", rt::SpecialMethod::Pos)
                     .Case("invert", rt::SpecialMethod::Invert)
                     .Default(std::nullopt);
  Value cellCount = constant(i32_, static_cast<int64_t>(count));
  if (special)
    return call("pyc_adopt_special", i64_,
                {object, constant(i32_, static_cast<int64_t>(*special)), cells, cellCount});
  if (auto which = op->getAttrOfType<IntegerAttr>("which"))
    return call("pyc_adopt_manager", i64_,
                {object, constant(i32_, which.getInt()), cells, cellCount});
  return call(("pyc_adopt_" + kind).str(), i64_, {object, nameAddress(op), cells, cellCount});
}

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
  Value adopted = adoptMethod(op, object, cells, count);
  LLVM::CondBrOp::create(b_, loc_, isNull(adopted), exit, ValueRange(), rest, ValueRange{adopted});
  b_.setInsertionPointToEnd(exit);
  emitExit(op);
  b_.setInsertionPointToStart(rest);
  functions_.insert(method);
  if (!op->hasAttr("borrowed"))
    incref(method);
  replace(op, method);
}

/// One cell keeps the method, whatever object was asked.
void FunctionLowering::lowerLoadBuiltinMethod(Operation* op) {
  auto load = cast<ir::LoadBuiltinMethodOp>(op);
  auto shape = llvm::StringSwitch<uint32_t>(load.getOwner())
                   .Case("str", rt::kStrShape)
                   .Case("bytes", rt::kBytesShape)
                   .Case("list", rt::kListShape)
                   .Case("dict", rt::kDictShape)
                   .Default(rt::kSetShape);
  Value method = call("pyc_builtin_method", i64_,
                      {load.getObject(), constant(i32_, shape), nameAddress(op), cacheMemory()});
  exitIf(op, isNull(method));
  builtinMethods_.insert(method);
  replace(op, method);
}

/// A call of a method that lowerLoadBuiltinMethod gave; false for others.
bool FunctionLowering::lowerBuiltinMethodCall(Operation* op, ValueRange window) {
  if (!builtinMethods_.contains(window[0]))
    return false;
  Block* before = b_.getInsertionBlock();
  Block* rest = before->splitBlock(b_.getInsertionPoint());
  Value result = rest->addArgument(i64_, loc_);
  b_.setInsertionPointToEnd(before);
  if (Value answer = tryBuiltin(op, window, true, rest)) {
    explain(op, RemarkKind::BuiltinInLine);
    Block* other = new Block();
    function_.getBody().getBlocks().insert(rest->getIterator(), other);
    LLVM::CondBrOp::create(b_, loc_, isNull(answer), other, ValueRange(), rest, answer,
                           std::pair<int32_t, int32_t>(1, 1000));
    b_.setInsertionPointToEnd(other);
  } else {
    explain(op, RemarkKind::DirectCall, ir::onlyType(ir::seenAt(op, 1)));
  }
  Value argc = constant(i32_, static_cast<int64_t>(window.size()) - 2);
  Value made = call("pyc_call_builtin_method", i64_,
                    {self(), constant(i32_, ir::wordOf(op)), spill(window), argc, cacheMemory()});
  LLVM::BrOp::create(b_, loc_, made, rest);
  b_.setInsertionPointToStart(rest);
  raiseIf(op, isNull(result));
  replace(op, result);
  return true;
}

/// The native code of a callee that was made with it; null for others.
Value FunctionLowering::nativeEntryOf(Value callee) {
  bool isFunction = functions_.contains(callee);
  return call(isFunction ? "pyc_function_entry" : "pyc_native_entry", ptr_, callee);
}

} // namespace pyc
