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

bool FunctionLowering::lowerOperator(Operation* op) {
  Operator asked = operatorOf(op->getName().stripDialect());
  StringRef cls = classOf(ir::onlyType(ir::seenAt(op, 1)));
  if (asked.number < 0 || cls.empty())
    return false;
  const NativeFunctions::Entry* known =
      natives_.find(("function " + cls + "." + asked.method).str());
  if (!known || known->parameters != 2)
    return false;

  explain(op, RemarkKind::DirectOperator, ir::onlyType(ir::seenAt(op, 1)));
  Value lhs = op->getOperand(0), rhs = op->getOperand(1);
  Block* before = b_.getInsertionBlock();
  Block* after = before->splitBlock(b_.getInsertionPoint());
  Value result = after->addArgument(i64_, loc_);
  Block* direct = new Block();
  Block* general = new Block();
  for (Block* block : {direct, general})
    function_.getBody().getBlocks().insert(after->getIterator(), block);
  b_.setInsertionPointToEnd(before);
  Value number = constant(i32_, asked.number);
  Value method =
      call("pyc_find_operator", i64_, {lhs, rhs, number, cacheMemory(), nativeAddress(*known)});
  functions_.insert(method);
  LLVM::CondBrOp::create(b_, loc_, isNull(method), general, ValueRange(), direct, ValueRange(),
                         std::pair<int32_t, int32_t>(1, 1000000));

  b_.setInsertionPointToEnd(direct);
  incref(method);
  Value answer = func::CallOp::create(b_, loc_, known->symbol, i64_, ValueRange{method, lhs, rhs})
                     .getResult(0);
  decref(method);
  Value refused = LLVM::ICmpOp::create(b_, loc_, LLVM::ICmpPredicate::eq, answer,
                                       symbolAddress("pycNotImplemented"));
  Block* finish = coldBlock();
  LLVM::CondBrOp::create(b_, loc_, refused, finish, ValueRange(), after, ValueRange{answer},
                         std::pair<int32_t, int32_t>(1, 1000000));
  b_.setInsertionPointToEnd(finish);
  LLVM::BrOp::create(b_, loc_, call("pyc_finish_operator", i64_, {answer, lhs, rhs, number}),
                     after);

  b_.setInsertionPointToEnd(general);
  std::string entry = ("pyc_" + op->getName().stripDialect()).str();
  LLVM::BrOp::create(b_, loc_, call(entry, i64_, {lhs, rhs}), after);

  b_.setInsertionPointToStart(after);
  raiseIf(op, isNull(result));
  replace(op, result);
  return true;
}

/// Zeroed memory for an inline cache of this place.
Value FunctionLowering::cacheMemory(unsigned count) {
  std::string name = "cache$" + std::to_string(code_.index) + "$" +
                     std::to_string(module_.getBody()->getOperations().size());
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
