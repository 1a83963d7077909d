// Truth, `in`, iter() and the steps of loops, where a profile saw an instance whose class defines
// __bool__, __len__, __contains__, __iter__ or __next__: that function is called directly, and what
// it answers is made the operation's result as the runtime does it.

#include "compiler/lower/function_lowering.h"

#include "compiler/passes/uop/seen.h"
#include "compiler/remarks/remark.h"
#include "runtime/abi/native.h"

using namespace mlir;

namespace pyc {

/// How an operation calls a special method.
struct FunctionLowering::Special {
  StringRef method;
  rt::SpecialMethod number;
  unsigned seenSlot; // of the object's type
  unsigned object;   // operand; the other one, if there is one, is the argument
  StringRef general; // entry point of the operation, for any object
  StringRef finish;  // entry point that makes its result of the method's answer
  bool wantsObject;  // as the first argument of `finish`
  bool isTruth;      // what that gives: -1, 0, 1, else a value or null
  bool isNegated = false;
};

/// The methods that an operation may ask, in the order in which it asks them.
SmallVector<FunctionLowering::Special, 2> FunctionLowering::specialsOf(Operation* op) {
  using enum rt::SpecialMethod;
  if (isa<ir::TruthOp, ir::NotOp, ir::ToBoolOp>(op)) {
    unsigned slot = isa<ir::TruthOp>(op) ? 0 : 1;
    bool isNegated = isa<ir::NotOp>(op);
    return {{"__bool__", Bool, slot, 0, "pyc_truth", "pyc_finish_bool", true, true, isNegated},
            {"__len__", TruthLength, slot, 0, "pyc_truth", "pyc_finish_truth_length", false, true,
             isNegated}};
  }
  if (isa<ir::ContainsOp, ir::NotContainsOp>(op))
    return {{"__contains__", Contains, 2, 1, "pyc_truth_contains", "pyc_finish_truth", false, true,
             isa<ir::NotContainsOp>(op)}};
  if (isa<ir::GetIterOp>(op))
    return {{"__iter__", Iter, 1, 0, "pyc_get_iter", "pyc_finish_iter", true, false}};
  if (isa<ir::NextOp>(op) && !op->hasAttr("items"))
    return {{"__next__", Next, 1, 0, "pyc_next", "pyc_finish_next", false, false}};
  return {};
}

/// Calls the method that was found for the object, or does what the operation does in general.
/// -1, 0 or 1 where a truth value is asked for.
Value FunctionLowering::callSpecialMethod(Operation* op, const Special& special,
                                          const NativeFunctions::Entry& known) {
  Value object = op->getOperand(special.object);
  SmallVector<Value> arguments{object};
  if (special.object == 1)
    arguments.push_back(op->getOperand(0));
  Value method = call("pyc_find_special", i64_,
                      {object, constant(i32_, static_cast<int64_t>(special.number)), cacheMemory(),
                       nativeAddress(known)});
  Type type = special.isTruth ? i32_ : i64_;
  auto finish = [&](Value answer) {
    SmallVector<Value> operands{answer};
    if (special.wantsObject)
      operands.insert(operands.begin(), object);
    return call(special.finish, type, operands);
  };
  auto general = [&] {
    return call(special.general, type, op->getOperands().take_front(1 + special.object));
  };
  return callIfFound(method, known, arguments, type, finish, general);
}

bool FunctionLowering::lowerSpecialMethod(Operation* op) {
  const NativeFunctions::Entry* known = nullptr;
  Special special;
  for (const Special& asked : specialsOf(op)) {
    special = asked;
    known = methodOf(ir::onlyType(ir::seenAt(op, asked.seenSlot)), asked.method, 1 + asked.object);
    if (known)
      break;
  }
  if (!known || pairLoops_.contains(op))
    return false;

  explain(op, RemarkKind::KnownSpecial, special.method);
  Value result = callSpecialMethod(op, special, *known);
  if (isa<ir::NextOp>(op)) {
    finishNext(op, result);
  } else if (isa<ir::TruthOp>(op)) {
    answerTruth(op, result);
  } else if (special.isTruth) {
    raiseIf(op, compare(LLVM::ICmpPredicate::slt, result, 0));
    auto predicate = special.isNegated ? LLVM::ICmpPredicate::eq : LLVM::ICmpPredicate::ne;
    replace(op, boxMachineValue(compare(predicate, result, 0)));
  } else {
    raiseIf(op, isNull(result));
    replace(op, result);
  }
  return true;
}

} // namespace pyc
