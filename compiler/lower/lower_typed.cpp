// Typed entries: functions that take and return numbers in registers
// (passes/uop/typed_entries.cpp).

#include "compiler/lower/function_lowering.h"
#include "compiler/passes/uop/state.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"

using namespace mlir;

namespace pyc {

/// Calls the typed entry if the callee is the function that has it, else in the general way. Behind
/// it `boxed` says what the result is.
void FunctionLowering::lowerCallTyped(Operation* op) {
  auto typed = cast<ir::CallTypedOp>(op);
  auto symbol = typed.getSymbol();
  auto target = module_.lookupSymbol<func::FuncOp>(symbol);
  bool returnsPair = target.getNumResults() == 2;
  bool isMethod = typed.getIsMethod();
  SmallVector<Value> operands{typed.getCallee()};
  llvm::append_range(operands, typed.getArgs());

  Block* before = b_.getInsertionBlock();
  Block* after = before->splitBlock(b_.getInsertionPoint());
  Value value = after->addArgument(i64_, loc_);
  Value boxed = after->addArgument(i1_, loc_);
  Block* direct = before;
  if (typed.getCallee() != function_.getArgument(0) && !op->hasAttr("numbers_only")) {
    direct = new Block();
    Block* general = coldBlock();
    function_.getBody().getBlocks().insert(after->getIterator(), direct);
    b_.setInsertionPointToEnd(before);
    LLVM::CondBrOp::create(b_, loc_, isExpectedCallee(op, symbol.drop_back(6)), direct,
                           ValueRange(), general, ValueRange(),
                           std::pair<int32_t, int32_t>(1000000, 1));
    b_.setInsertionPointToEnd(general);
    SmallVector<Value> window{operands[0]}, boxes;
    for (Value operand : llvm::drop_begin(operands)) {
      window.push_back(isBoxed(operand) ? operand : boxMachineValue(operand));
      if (operand.getType() == i64_ && !isBoxed(operand))
        boxes.push_back(window.back());
    }
    if (op->hasAttr("callee_borrowed"))
      incref(window[0]);
    Value result = generalCall(op, window, isMethod);
    if (op->hasAttr("callee_borrowed"))
      decref(window[0]);
    for (Value box : boxes)
      call("pyc_release", {}, box);
    LLVM::BrOp::create(b_, loc_, ValueRange{result, constant(i1_, 1)}, after);
  }
  b_.setInsertionPointToEnd(direct);
  SmallVector<Type> results{i64_};
  if (returnsPair)
    results.push_back(i1_);
  auto entered = func::CallOp::create(b_, loc_, symbol, results, operands);
  Value isValue = returnsPair ? entered.getResult(1) : constant(i1_, 1);
  LLVM::BrOp::create(b_, loc_, ValueRange{entered.getResult(0), isValue}, after);

  b_.setInsertionPointToStart(after);
  raiseIfNull(op, boxed, value);
  boxed_.insert(value);
  replace(op, {value, boxed});
}

/// A null value that is boxed is an exception; numbers are looked at no further.
void FunctionLowering::raiseIfNull(Operation* op, Value boxed, Value value) {
  Block* test = coldBlock();
  branchCold(boxed, test);
  Block* rest = b_.getInsertionBlock();
  Block* raise = coldBlock();
  OpBuilder::InsertionGuard guard(b_);
  b_.setInsertionPointToEnd(test);
  LLVM::CondBrOp::create(b_, loc_, isNull(value), raise, rest);
  b_.setInsertionPointToEnd(raise);
  emitRaisePath(op);
}

/// Whether the callee is the function of this symbol, called with an object if it is a method.
Value FunctionLowering::isExpectedCallee(Operation* op, StringRef symbol) {
  auto typed = cast<ir::CallTypedOp>(op);
  auto general = module_.lookupSymbol<func::FuncOp>(symbol);
  Value entry = nativeEntryOf(typed.getCallee());
  Value address = nativeAddress({symbol.str(), general.getNumArguments() - 1});
  Value isExpected = LLVM::ICmpOp::create(b_, loc_, LLVM::ICmpPredicate::eq, entry, address);
  if (!typed.getIsMethod() || functions_.contains(typed.getCallee()))
    return isExpected;
  Value hasSelf = compare(LLVM::ICmpPredicate::ne, typed.getArgs()[0], 0);
  return LLVM::AndOp::create(b_, loc_, isExpected, hasSelf);
}

void FunctionLowering::lowerEnterTyped(Operation* op) {
  auto enter = cast<ir::EnterTypedOp>(op);
  auto target = module_.lookupSymbol<func::FuncOp>(enter.getSymbol());
  SmallVector<Value> operands{enter.getSelf()};
  llvm::append_range(operands, enter.getArgs());
  SmallVector<Type> results{i64_};
  if (target.getNumResults() == 2)
    results.push_back(i1_);
  auto entered = func::CallOp::create(b_, loc_, enter.getSymbol(), results, operands);
  Value boxed = results.size() == 2 ? entered.getResult(1) : constant(i1_, 1);
  replace(op, {entered.getResult(0), boxed});
}

/// The number of a typed entry's result; a boxed one of the type is decoded, another leaves.
void FunctionLowering::lowerTypedResult(Operation* op) {
  bool isInt = isa<ir::TypedResultIntOp>(op);
  Value value = op->getOperand(0), boxed = op->getOperand(1);
  Block* before = b_.getInsertionBlock();
  Block* rest = before->splitBlock(b_.getInsertionPoint());
  Type type = op->getResult(0).getType();
  Value result = rest->addArgument(type, loc_);
  Block* decode = coldBlock();
  b_.setInsertionPointToEnd(before);
  Value raw = isInt ? value : LLVM::BitcastOp::create(b_, loc_, f64_, value).getResult();
  LLVM::CondBrOp::create(b_, loc_, boxed, decode, ValueRange(), rest, raw,
                         std::pair<int32_t, int32_t>(1, 1000000));
  b_.setInsertionPointToEnd(decode);
  Block* matches = coldBlock();
  Block* exit = coldBlock();
  LLVM::CondBrOp::create(b_, loc_, isInt ? isNoInt(value) : isNoFloat(value), exit, matches);
  b_.setInsertionPointToEnd(matches);
  LLVM::BrOp::create(b_, loc_, isInt ? decodeInt(value) : decodeFloat(value), rest);
  b_.setInsertionPointToEnd(exit);
  emitExit(op);
  replace(op, result);
}

void FunctionLowering::lowerBoxResult(Operation* op) {
  Value value = op->getOperand(0), boxed = op->getOperand(1);
  Block* before = b_.getInsertionBlock();
  Block* rest = before->splitBlock(b_.getInsertionPoint());
  Value result = rest->addArgument(i64_, loc_);
  Block* box = new Block();
  function_.getBody().getBlocks().insert(rest->getIterator(), box);
  b_.setInsertionPointToEnd(before);
  LLVM::CondBrOp::create(b_, loc_, boxed, rest, ValueRange{value}, box, ValueRange());
  b_.setInsertionPointToEnd(box);
  Value number = value;
  if (isa<ir::BoxResultFloatOp>(op))
    number = LLVM::BitcastOp::create(b_, loc_, f64_, value);
  LLVM::BrOp::create(b_, loc_, boxMachineValue(number), rest);
  replace(op, result);
}

/// Leaves unless the global's slot holds the running function. A slot that is not known yet is
/// looked for, which may change anything; where the function's entry has done so (`found`), LLVM
/// sees that guards in a row are one.
void FunctionLowering::lowerGuardSelfGlobal(Operation* op) {
  unsigned index = op->getAttrOfType<IntegerAttr>("nameIndex").getInt();
  Value running = op->getOperand(0);
  Value slot = LLVM::LoadOp::create(b_, loc_, ptr_, tableAddress("globals", index, 8));
  Value null = LLVM::ZeroOp::create(b_, loc_, ptr_);
  Block* find = coldBlock();
  Block* test = b_.getInsertionBlock();
  Block* rest = test->splitBlock(b_.getInsertionPoint());
  Block* check = new Block();
  Block* exit = coldBlock();
  function_.getBody().getBlocks().insert(rest->getIterator(), check);
  auto rarely = std::pair<int32_t, int32_t>(1, 1000000);
  b_.setInsertionPointToEnd(test);
  Value isUnknown = LLVM::ICmpOp::create(b_, loc_, LLVM::ICmpPredicate::eq, slot, null);
  LLVM::CondBrOp::create(b_, loc_, isUnknown, find, ValueRange(), check, ValueRange(), rarely);
  b_.setInsertionPointToEnd(check);
  Value current = LLVM::LoadOp::create(b_, loc_, i64_, slot);
  Value differs = LLVM::ICmpOp::create(b_, loc_, LLVM::ICmpPredicate::ne, current, running);
  LLVM::CondBrOp::create(b_, loc_, differs, exit, ValueRange(), rest, ValueRange(), rarely);
  b_.setInsertionPointToEnd(find);
  if (op->hasAttr("found")) {
    LLVM::BrOp::create(b_, loc_, exit);
  } else {
    Value isSelf = call("pyc_is_self_global", i1_, {running, constant(i32_, index)});
    LLVM::CondBrOp::create(b_, loc_, isSelf, rest, exit);
  }
  b_.setInsertionPointToEnd(exit);
  emitExit(op);
  dead_.push_back(op);
}

} // namespace pyc
