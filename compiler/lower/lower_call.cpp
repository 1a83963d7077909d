// Calls: a Python function with native code that takes exactly these arguments is called directly,
// everything else through the runtime.

#include "compiler/lower/function_lowering.h"
#include "compiler/passes/uop/seen.h"
#include "compiler/passes/uop/state.h"
#include "runtime/abi/native.h"

using namespace mlir;

namespace pyc {

/// Calls whatever window[0] is, through the runtime.
Value FunctionLowering::generalCall(Operation* op, ValueRange window, bool isMethod) {
  Value array = spill(window);
  Value word = constant(i32_, op->getAttrOfType<IntegerAttr>("pc").getInt());
  Value argc = constant(i32_, static_cast<int64_t>(window.size()) - 1 - isMethod);
  return call(isMethod ? "pyc_call_method" : "pyc_call", i64_, {self(), word, array, argc});
}

/// Calls the function that a profile saw if it is the callee; the result goes to `after`. The block
/// for other callees.
Block* FunctionLowering::lowerKnownCall(const NativeFunctions::Entry& known, ValueRange window,
                                        bool isMethod, Block* after) {
  Block* call = new Block();
  Block* other = new Block();
  for (Block* block : {call, other})
    function_.getBody().getBlocks().insert(after->getIterator(), block);
  Value entry = this->call("pyc_native_entry", ptr_, window[0]);
  auto type = b_.getFunctionType(SmallVector<Type>(1 + known.parameters, i64_), i64_);
  Value function = func::ConstantOp::create(b_, loc_, type, known.symbol);
  Value target = UnrealizedConversionCastOp::create(b_, loc_, ptr_, function).getResult(0);
  Value isKnown = LLVM::ICmpOp::create(b_, loc_, LLVM::ICmpPredicate::eq, entry, target);
  if (isMethod) {
    Value hasSelf = compare(LLVM::ICmpPredicate::ne, window[1], 0);
    isKnown = LLVM::AndOp::create(b_, loc_, isKnown, hasSelf);
  }
  LLVM::CondBrOp::create(b_, loc_, isKnown, call, ValueRange(), other, ValueRange(),
                         std::pair<int32_t, int32_t>(1000000, 1));
  b_.setInsertionPointToEnd(call);
  auto result = func::CallOp::create(b_, loc_, known.symbol, i64_, window);
  LLVM::BrOp::create(b_, loc_, result.getResult(0), after);
  return other;
}

bool FunctionLowering::lowerCall(Operation* op) {
  bool isMethod = isa<ir::CallMethodOp>(op);
  if (!isMethod && !isa<ir::CallOp>(op))
    return false;
  auto segments = op->getAttrOfType<DenseI32ArrayAttr>("operandSegmentSizes");
  SmallVector<Value> window(op->getOperands().take_front(segments[0]));
  unsigned argc = op->getAttrOfType<IntegerAttr>("argc").getInt();
  unsigned direct = argc + isMethod;

  Block* before = b_.getInsertionBlock();
  Block* after = before->splitBlock(b_.getInsertionPoint());
  Value result = after->addArgument(i64_, loc_);
  Block* slow = new Block();
  function_.getBody().getBlocks().insert(after->getIterator(), slow);

  b_.setInsertionPointToEnd(before);
  if (const NativeFunctions::Entry* known = natives_.find(ir::onlyType(ir::seenAt(op, 1)));
      known && known->parameters == direct)
    before = lowerKnownCall(*known, window, isMethod, after);
  b_.setInsertionPointToEnd(before);
  if (direct <= rt::kMaxRegisterArguments) {
    Value entry = isMethod ? call("pyc_direct_method_entry", ptr_,
                                  {window[0], window[1], constant(i32_, direct)})
                           : call("pyc_direct_entry", ptr_, {window[0], constant(i32_, direct)});
    Value null = LLVM::ZeroOp::create(b_, loc_, ptr_);
    Value isDirect = LLVM::ICmpOp::create(b_, loc_, LLVM::ICmpPredicate::ne, entry, null);
    Block* fast = new Block();
    function_.getBody().getBlocks().insert(slow->getIterator(), fast);
    LLVM::CondBrOp::create(b_, loc_, isDirect, fast, slow);
    b_.setInsertionPointToEnd(fast);
    auto type = LLVM::LLVMFunctionType::get(i64_, SmallVector<Type>(1 + direct, i64_));
    SmallVector<Value> operands{entry, window[0]};
    operands.append(window.begin() + 1, window.end());
    Value value = LLVM::CallOp::create(b_, loc_, type, operands).getResult();
    LLVM::BrOp::create(b_, loc_, value, after);
  } else {
    LLVM::BrOp::create(b_, loc_, ValueRange(), slow);
  }
  b_.setInsertionPointToEnd(slow);
  LLVM::BrOp::create(b_, loc_, generalCall(op, window, isMethod), after);

  b_.setInsertionPointToStart(after);
  raiseIf(op, isNull(result));
  replace(op, result);
  return true;
}

} // namespace pyc
