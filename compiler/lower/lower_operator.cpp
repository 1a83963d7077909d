// Operators of classes: where a profile saw an instance on the left, the class's method is called
// directly.

#include "compiler/lower/function_lowering.h"

#include "compiler/passes/uop/operators.h"
#include "compiler/passes/uop/seen.h"
#include "compiler/passes/uop/state.h"
#include "compiler/remarks/remark.h"

using namespace mlir;

namespace pyc {

namespace {

/// `M.Q` of a type "instance M.Q{...}"; empty for other types.
StringRef classOf(StringRef type) {
  return type.consume_front("instance ") ? type.split('{').first : StringRef();
}

} // namespace

/// Calls a method that was found directly; `finish` makes the result of its answer, `general` makes
/// it where none was found (null).
Value FunctionLowering::callIfFound(Value method, const NativeFunctions::Entry& known,
                                    ValueRange arguments, Type type,
                                    llvm::function_ref<Value(Value)> finish,
                                    llvm::function_ref<Value()> general) {
  functions_.insert(method);
  Block* before = b_.getInsertionBlock();
  Block* after = before->splitBlock(b_.getInsertionPoint());
  Value result = after->addArgument(type, loc_);
  Block* found = new Block();
  Block* other = new Block();
  for (Block* block : {found, other})
    function_.getBody().getBlocks().insert(after->getIterator(), block);
  b_.setInsertionPointToEnd(before);
  LLVM::CondBrOp::create(b_, loc_, isNull(method), other, ValueRange(), found, ValueRange(),
                         std::pair<int32_t, int32_t>(1, 1000000));

  b_.setInsertionPointToEnd(found);
  incref(method);
  SmallVector<Value> operands{method};
  llvm::append_range(operands, arguments);
  Value answer = func::CallOp::create(b_, loc_, known.symbol, i64_, operands).getResult(0);
  decref(method);
  LLVM::BrOp::create(b_, loc_, finish(answer), after);
  b_.setInsertionPointToEnd(other);
  LLVM::BrOp::create(b_, loc_, general(), after);
  b_.setInsertionPointToStart(after);
  return result;
}

/// The method's answer, or what `finish` makes of NotImplemented.
Value FunctionLowering::unlessRefused(Value answer, llvm::function_ref<Value()> finish) {
  Block* before = b_.getInsertionBlock();
  Block* after = before->splitBlock(b_.getInsertionPoint());
  Value result = after->addArgument(i64_, loc_);
  Block* refused = coldBlock();
  b_.setInsertionPointToEnd(before);
  Value isRefused = LLVM::ICmpOp::create(b_, loc_, LLVM::ICmpPredicate::eq, answer,
                                         symbolAddress("pycNotImplemented"));
  LLVM::CondBrOp::create(b_, loc_, isRefused, refused, ValueRange(), after, ValueRange{answer},
                         std::pair<int32_t, int32_t>(1, 1000000));
  b_.setInsertionPointToEnd(refused);
  LLVM::BrOp::create(b_, loc_, finish(), after);
  b_.setInsertionPointToStart(after);
  return result;
}

/// The class's native function of the name, with so many parameters; null: there is none.
const NativeFunctions::Entry* FunctionLowering::methodOf(StringRef type, StringRef method,
                                                         unsigned parameters) const {
  StringRef cls = classOf(type);
  const NativeFunctions::Entry* known =
      cls.empty() ? nullptr : natives_.find(("function " + cls + "." + method).str());
  return known && known->parameters == parameters ? known : nullptr;
}

bool FunctionLowering::lowerOperator(Operation* op) {
  auto test = dyn_cast<ir::CompareTruthOp>(op);
  StringRef mnemonic = op->getName().stripDialect();
  if (mnemonic.starts_with("inplace_"))
    return lowerInplaceOperator(op);
  Operator asked = operatorOf(test ? test.getPredicate() : mnemonic);
  StringRef type = ir::onlyType(ir::seenAt(op, test ? 0 : 1));
  const NativeFunctions::Entry* known =
      asked.number < 0 ? nullptr : methodOf(type, asked.method, 2);
  if (!known)
    return false;

  explain(op, RemarkKind::DirectOperator, type);
  Value lhs = op->getOperand(0), rhs = op->getOperand(1);
  Value number = constant(i32_, asked.number);
  Value method =
      call("pyc_find_operator", i64_, {lhs, rhs, number, cacheMemory(), nativeAddress(*known)});
  auto finish = [&](Value answer) -> Value {
    answer = unlessRefused(
        answer, [&] { return call("pyc_finish_operator", i64_, {answer, lhs, rhs, number}); });
    return test ? call("pyc_finish_truth", i32_, answer) : answer;
  };
  auto general = [&]() -> Value {
    return test ? call(("pyc_truth_" + test.getPredicate()).str(), i32_, {lhs, rhs})
                : call(("pyc_" + mnemonic).str(), i64_, {lhs, rhs});
  };
  Value result = callIfFound(method, *known, {lhs, rhs}, test ? i32_ : i64_, finish, general);
  if (test)
    return answerTruth(op, result);
  raiseIf(op, isNull(result));
  replace(op, result);
  return true;
}

/// lhs op= rhs: the class's method for that, or for lhs op rhs where it has none.
bool FunctionLowering::lowerInplaceOperator(Operation* op) {
  StringRef mnemonic = op->getName().stripDialect();
  Operator asked = operatorOf(mnemonic.drop_front(StringRef("inplace_").size()));
  if (asked.number < 0)
    return false;
  StringRef type = ir::onlyType(ir::seenAt(op, 1));
  std::string inplace = ("__i" + asked.method.drop_front(2)).str();
  const NativeFunctions::Entry* known = methodOf(type, inplace, 2);
  bool isOwn = known != nullptr;
  if (!isOwn)
    known = methodOf(type, asked.method, 2);
  if (!known)
    return false;

  explain(op, RemarkKind::DirectOperator, type);
  Value lhs = op->getOperand(0), rhs = op->getOperand(1);
  Value number = constant(i32_, asked.number);
  Value method =
      call("pyc_find_inplace", i64_,
           {lhs, rhs, number, cacheMemory(), nativeAddress(*known), constant(i1_, isOwn)});
  auto finish = [&](Value answer) {
    return unlessRefused(answer, [&] {
      return call("pyc_finish_inplace", i64_, {answer, lhs, rhs, number, constant(i1_, !isOwn)});
    });
  };
  auto general = [&] { return call(("pyc_" + mnemonic).str(), i64_, {lhs, rhs}); };
  Value result = callIfFound(method, *known, {lhs, rhs}, i64_, finish, general);
  raiseIf(op, isNull(result));
  replace(op, result);
  return true;
}

/// The operation's result is a bit, from -1 (raised), 0 or 1.
bool FunctionLowering::answerTruth(Operation* op, Value outcome) {
  raiseIf(op, compare(LLVM::ICmpPredicate::slt, outcome, 0));
  replace(op, compare(LLVM::ICmpPredicate::ne, outcome, 0));
  return true;
}

/// Zeroed memory for an inline cache of this place.
Value FunctionLowering::cacheMemory(unsigned count) {
  std::string name = newSymbol("cache");
  defineZeroed(name, count * kCacheSize);
  return LLVM::AddressOfOp::create(b_, loc_, ptr_, name);
}

void FunctionLowering::defineZeroed(StringRef name, unsigned bytes) {
  OpBuilder::InsertionGuard guard(b_);
  b_.setInsertionPointToEnd(module_.getBody());
  Location loc = module_.getLoc();
  auto type = LLVM::LLVMArrayType::get(b_.getI8Type(), bytes);
  auto memory =
      LLVM::GlobalOp::create(b_, loc, type, false, LLVM::Linkage::Internal, name, Attribute(), 8);
  b_.createBlock(&memory.getInitializerRegion());
  LLVM::ReturnOp::create(b_, loc, LLVM::ZeroOp::create(b_, loc, type).getResult());
}

} // namespace pyc
