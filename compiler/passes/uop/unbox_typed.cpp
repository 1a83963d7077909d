// Operations on typed values, as operations on machine numbers.
#include "compiler/passes/uop/number_ops.h"
#include "compiler/passes/uop/seen.h"
#include "compiler/passes/uop/state.h"
#include "compiler/passes/uop/unboxer.h"
#include "compiler/remarks/remark.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;

namespace pyc {

void Unboxer::rewrite(Operation* op) {
  b_.setInsertionPoint(op);
  loc_ = op->getLoc();
  if (auto box = dyn_cast<ir::BoxIntOp>(op))
    return setUnboxed(op, box.getValue());
  if (auto box = dyn_cast<ir::BoxFloatOp>(op))
    return setUnboxed(op, box.getValue());
  if (auto box = dyn_cast<ir::BoxBoolOp>(op))
    return setUnboxed(op, box.getValue());
  if (auto box = dyn_cast<ir::BoxComplexOp>(op))
    return setParts(op, {box.getReal(), box.getImag()});
  if (isComplexConstant(op)) {
    auto numbers = op->getAttrOfType<DenseF64ArrayAttr>("complex").asArrayRef();
    unboxed_[op->getResult(0)] = constantFloat(numbers[0]);
    imag_[op->getResult(0)] = constantFloat(numbers[1]);
    return;
  }
  if (auto constant = wideConstant(op)) { // the object stays for uses that want a box
    unboxed_[op->getResult(0)] = arith::ConstantIntOp::create(b_, loc_, *constant, 64);
    return;
  }
  if (isa<ir::GuardIntOp, ir::GuardWideIntOp, ir::GuardFloatOp, ir::GuardBoolOp, ir::UnboxIntOp,
          ir::GuardComplexOp, ir::UnboxFloatOp>(op) &&
      types_.isTyped(op->getOperand(0)))
    return rewriteGuard(op);
  if (isa<ir::TruthOp>(op))
    return rewriteTruth(op);
  if (auto compare = dyn_cast<ir::CompareTruthOp>(op))
    return rewriteCompareTruth(compare);
  if (auto load = dyn_cast<ir::LoadItemOp>(op); load && types_.of(load.getKey()) == NumberType::Int)
    return rewriteLoadItem(load);
  if (auto store = dyn_cast<ir::StoreItemOp>(op);
      store && types_.of(store.getKey()) == NumberType::Int)
    return rewriteStoreItem(store);
  if (op->getNumResults() != 1 || !isa<ir::ValueType>(op->getResult(0).getType()) ||
      !types_.isTyped(op->getResult(0)))
    return;
  if (calls_.contains(op))
    explain(op, RemarkKind::BuiltinInLine);
  else if (partOfComplex(op).empty())
    explain(op, RemarkKind::MachineNumber, {op->getName().stripDialect(), computedType(op)});
  if (types_.isComplex(op->getResult(0))) {
    setParts(op, complexResult(op));
    return ir::dropEdge(op);
  }
  Value result = typedResult(op);
  setUnboxed(op, result);
  settleEdge(op, result.getDefiningOp());
}

/// What a profile saw to raise, for an index or a divisor, raises where it stands: a handler in a
/// loop then does not end its native code. Everything else leaves. `raises` says whether there is
/// a handler.
void Unboxer::settleEdge(Operation* op, Operation* typed) {
  bool isKnown = !typed; // a part, or the operand itself
  if (!op->hasAttr("raised") || isKnown || !mayRaise(typed))
    return ir::dropEdge(op);
  explain(op, RemarkKind::RaisesHere);
  typed->setAttr("raises", b_.getBoolAttr(static_cast<bool>(ir::unwindOf(op))));
}

bool Unboxer::mayRaise(Operation* typed) {
  return isa<ir::LoadListIntOp, ir::LoadListFloatOp, ir::LoadListBoolOp, ir::LoadListValueOp,
             ir::StoreListIntOp, ir::StoreListFloatOp, ir::StoreListBoolOp, ir::StoreListValueOp,
             ir::IntFloordivOp, ir::IntModOp, ir::FloatTruedivOp>(typed);
}

/// A guard of what is known.
void Unboxer::rewriteGuard(Operation* op) {
  Value number = unboxed(op->getOperand(0));
  bool isComplex = types_.isComplex(op->getOperand(0));
  if (number.getType() != op->getResult(0).getType() || isComplex != isa<ir::GuardComplexOp>(op))
    return;
  op->getResult(0).replaceAllUsesWith(number);
  if (isComplex)
    op->getResult(1).replaceAllUsesWith(imag_.lookup(op->getOperand(0)));
  op->erase();
}

/// What an operator computes with, in a remark.
StringRef Unboxer::computedType(Operation* op) const {
  NumberType type = types_.of(op->getResult(0));
  return nameOf(type == NumberType::Bool ? types_.of(op->getOperand(0)) : type);
}

void Unboxer::setUnboxed(Operation* op, Value number) {
  unboxed_[op->getResult(0)] = number;
  dead_.push_back(op);
}

void Unboxer::setParts(Operation* op, ComplexParts parts) {
  imag_[op->getResult(0)] = parts.imag;
  setUnboxed(op, parts.real);
}

Value Unboxer::constantFloat(double number) {
  return arith::ConstantOp::create(b_, loc_, b_.getF64FloatAttr(number));
}

ComplexParts Unboxer::complexResult(Operation* op) {
  if (calls_.contains(op)) {
    guardCallee(op);
    auto arguments = argumentsOf(op);
    Value imag = arguments.size() > 1 ? asFloat(arguments[1]) : Value();
    return makeComplex(b_, op, {asFloat(arguments[0]), imag});
  }
  ComplexParts lhs = parts(op->getOperand(0));
  switch (arithOf(op)) {
  case Arith::Add:
    return addComplex(b_, op, lhs, parts(op->getOperand(1)));
  case Arith::Sub:
    return subtractComplex(b_, op, lhs, parts(op->getOperand(1)));
  case Arith::Mul:
    return multiplyComplex(b_, op, lhs, parts(op->getOperand(1)));
  case Arith::TrueDiv:
    return divideComplex(b_, op, lhs, parts(op->getOperand(1)));
  case Arith::Pow:
    return squareComplex(b_, op, lhs);
  default:
    return isa<ir::PosOp>(op) ? lhs : negateComplex(b_, op, lhs);
  }
}

Value Unboxer::typedResult(Operation* op) {
  if (Arith arith = arithOf(op); arith != Arith::None)
    return types_.of(op->getResult(0)) == NumberType::Float ? floatArith(op, arith)
                                                            : intArith(op, arith);
  if (auto call = calls_.find(op); call != calls_.end())
    return numberCall(op, call->second);
  if (StringRef part = partOfComplex(op); !part.empty())
    return part == "real" ? unboxed(op->getOperand(0)) : imag_.lookup(op->getOperand(0));
  Value number = unboxed(op->getOperand(0));
  if (isa<ir::PosOp>(op))
    return number;
  if (isa<ir::NegOp>(op)) {
    if (types_.of(op->getOperand(0)) == NumberType::Float)
      return arith::NegFOp::create(b_, loc_, number);
    return ir::createWithState<ir::IntNegOp>(b_, op, b_.getI64Type(), number).getResult();
  }
  if (isa<ir::InvertOp>(op))
    return arith::XOrIOp::create(b_, loc_, number, arith::ConstantIntOp::create(b_, loc_, -1, 64));
  if (isa<ir::NotOp>(op))
    return negated(truthOf(op->getOperand(0)));
  return compare(op, op->getName().stripDialect());
}

Value Unboxer::intArith(Operation* op, Arith arith) {
  bool bools = types_.of(op->getResult(0)) == NumberType::Bool;
  Value lhs = bools ? unboxed(op->getOperand(0)) : asInt(op->getOperand(0));
  Value rhs = bools ? unboxed(op->getOperand(1)) : asInt(op->getOperand(1));
  Value operands[] = {lhs, rhs};
  Type i64 = b_.getI64Type();
  switch (arith) {
  case Arith::And:
    return arith::AndIOp::create(b_, loc_, lhs, rhs);
  case Arith::Or:
    return arith::OrIOp::create(b_, loc_, lhs, rhs);
  case Arith::Xor:
    return arith::XOrIOp::create(b_, loc_, lhs, rhs);
  case Arith::Add:
    return ir::createWithState<ir::IntAddOp>(b_, op, i64, operands).getResult();
  case Arith::Sub:
    return ir::createWithState<ir::IntSubOp>(b_, op, i64, operands).getResult();
  case Arith::Mul:
    return ir::createWithState<ir::IntMulOp>(b_, op, i64, operands).getResult();
  case Arith::FloorDiv:
    return ir::createWithState<ir::IntFloordivOp>(b_, op, i64, operands).getResult();
  case Arith::Mod:
    return ir::createWithState<ir::IntModOp>(b_, op, i64, operands).getResult();
  case Arith::Pow:
    return ir::createWithState<ir::IntPowOp>(b_, op, i64, operands).getResult();
  case Arith::LShift:
    return ir::createWithState<ir::IntLshiftOp>(b_, op, i64, operands).getResult();
  case Arith::RShift:
    return ir::createWithState<ir::IntRshiftOp>(b_, op, i64, operands).getResult();
  default:
    llvm_unreachable("no int operator");
  }
}

Value Unboxer::floatArith(Operation* op, Arith arith) {
  Type f64 = b_.getF64Type();
  if (arith == Arith::TrueDiv && types_.of(op->getOperand(0)) != NumberType::Float &&
      types_.of(op->getOperand(1)) != NumberType::Float) {
    Value ints[] = {asInt(op->getOperand(0)), asInt(op->getOperand(1))};
    return ir::createWithState<ir::IntTruedivOp>(b_, op, f64, ints).getResult();
  }
  Value operands[] = {asFloat(op->getOperand(0)), asFloat(op->getOperand(1))};
  switch (arith) {
  case Arith::Add:
    return arith::AddFOp::create(b_, loc_, operands[0], operands[1]);
  case Arith::Sub:
    return arith::SubFOp::create(b_, loc_, operands[0], operands[1]);
  case Arith::Mul:
    return arith::MulFOp::create(b_, loc_, operands[0], operands[1]);
  case Arith::TrueDiv:
    return ir::createWithState<ir::FloatTruedivOp>(b_, op, f64, operands).getResult();
  case Arith::FloorDiv:
    return ir::createWithState<ir::FloatFloordivOp>(b_, op, f64, operands).getResult();
  case Arith::Mod:
    return ir::createWithState<ir::FloatModOp>(b_, op, f64, operands).getResult();
  case Arith::Pow:
    return ir::createWithState<ir::FloatPowOp>(b_, op, f64, operands).getResult();
  default:
    llvm_unreachable("no float operator");
  }
}

void Unboxer::guardCallee(Operation* op) {
  ir::createWithState<ir::GuardBuiltinOp>(
      b_, op, {}, op->getOperand(0),
      b_.getNamedAttr("function", b_.getStringAttr(functionName(op))));
  if (isa<ir::CallMethodOp>(op)) // a module's function has no object
    ir::createWithState<ir::GuardTrueOp>(
        b_, op, {}, ir::IsNullOp::create(b_, loc_, b_.getI1Type(), op->getOperand(1)).getResult());
}

/// Behind a guard of the callee.
Value Unboxer::numberCall(Operation* op, NumberCall call) {
  guardCallee(op);
  SmallVector<Value> numbers;
  for (Value argument : argumentsOf(op))
    numbers.push_back(unboxed(argument));
  Value first = argumentsOf(op)[0];
  bool isFloat = types_.of(first) == NumberType::Float;
  switch (call) {
  case NumberCall::Abs:
    if (types_.isComplex(first))
      return ir::createWithState<ir::ComplexAbsOp>(b_, op, b_.getF64Type(),
                                                   {numbers[0], imag_.lookup(first)})
          .getResult();
    return isFloat ? absoluteFloat(b_, op, numbers[0]) : absoluteInt(b_, op, numbers[0]);
  case NumberCall::Min:
  case NumberCall::Max:
    return extremeOf(b_, op, numbers, call == NumberCall::Min);
  case NumberCall::Float:
    return asFloat(first);
  case NumberCall::Int:
    return isFloat ? truncatedFloat(b_, op, numbers[0]) : numbers[0];
  case NumberCall::Sqrt:
    return ir::createWithState<ir::FloatSqrtOp>(b_, op, b_.getF64Type(), asFloat(first))
        .getResult();
  case NumberCall::Floor:
  case NumberCall::Ceil:
    return isFloat ? truncatedFloat(b_, op, wholePart(op, numbers[0], call)) : numbers[0];
  case NumberCall::OfFloat:
    return ir::createWithState<ir::FloatFunctionOp>(
               b_, op, b_.getF64Type(), asFloat(first),
               b_.getNamedAttr("function", b_.getStringAttr(functionName(op))))
        .getResult();
  case NumberCall::Len:
    return ir::createWithState<ir::LengthOp>(b_, op, b_.getI64Type(), first).getResult();
  case NumberCall::IsInstance:
    return isInstance(op, types_.of(first), argumentsOf(op)[1]);
  case NumberCall::Complex:
  case NumberCall::None:
    break;
  }
  llvm_unreachable("no function that makes one number");
}

/// Of a number, behind a guard of the class.
Value Unboxer::isInstance(Operation* op, NumberType type, Value wanted) {
  knowsInstances_ = true;
  StringRef name = builtinClassOf(wanted);
  ir::createWithState<ir::GuardSameOp>(b_, op, {}, wanted,
                                       b_.getNamedAttr("symbol", b_.getStringAttr(name + "Type")));
  // A class of the runtime, which never ends, is released first: nothing stands between its load
  // and that, and nothing then between the function's (borrow-loads).
  for (Operation* next = op->getNextNode(); isa_and_present<ir::DecrefOp>(next);
       next = next->getNextNode())
    if (next->getOperand(0) == wanted) {
      next->moveAfter(op);
      break;
    }
  bool holds = name == nameOf(type) || (type == NumberType::Bool && name == "int");
  return arith::ConstantIntOp::create(b_, loc_, holds, 1);
}

Value Unboxer::wholePart(Operation* op, Value number, NumberCall call) {
  if (call == NumberCall::Floor)
    return ir::FloatFloorOp::create(b_, loc_, b_.getF64Type(), number);
  return ir::FloatCeilOp::create(b_, loc_, b_.getF64Type(), number);
}

Value Unboxer::compare(Operation* op, StringRef predicate) {
  Value lhs = op->getOperand(0), rhs = op->getOperand(1);
  if (types_.isComplex(lhs) || types_.isComplex(rhs)) {
    Value areEqual = equalsComplex(b_, loc_, parts(lhs), parts(rhs));
    return predicate == "eq" ? areEqual : negated(areEqual);
  }
  if (types_.of(lhs) != NumberType::Float && types_.of(rhs) != NumberType::Float) {
    auto kind = llvm::StringSwitch<arith::CmpIPredicate>(predicate)
                    .Case("lt", arith::CmpIPredicate::slt)
                    .Case("le", arith::CmpIPredicate::sle)
                    .Case("eq", arith::CmpIPredicate::eq)
                    .Case("ne", arith::CmpIPredicate::ne)
                    .Case("gt", arith::CmpIPredicate::sgt)
                    .Default(arith::CmpIPredicate::sge);
    return arith::CmpIOp::create(b_, loc_, kind, asInt(lhs), asInt(rhs));
  }
  auto kind = llvm::StringSwitch<arith::CmpFPredicate>(predicate)
                  .Case("lt", arith::CmpFPredicate::OLT)
                  .Case("le", arith::CmpFPredicate::OLE)
                  .Case("eq", arith::CmpFPredicate::OEQ)
                  .Case("ne", arith::CmpFPredicate::UNE)
                  .Case("gt", arith::CmpFPredicate::OGT)
                  .Default(arith::CmpFPredicate::OGE);
  auto asComparable = [&](Value value) {
    return types_.of(value) == NumberType::Float ? unboxed(value)
                                                 : comparableInt(b_, op, asInt(value));
  };
  Value number = asComparable(lhs);
  return arith::CmpFOp::create(b_, loc_, kind, number, asComparable(rhs));
}

Value Unboxer::negated(Value bit) {
  return arith::XOrIOp::create(b_, loc_, bit, arith::ConstantIntOp::create(b_, loc_, 1, 1));
}

void Unboxer::rewriteCompareTruth(ir::CompareTruthOp op) {
  if (!types_.isTyped(op.getLhs()) || !types_.isTyped(op.getRhs()))
    return;
  NumberType lhs = types_.of(op.getLhs()), rhs = types_.of(op.getRhs());
  bool isComplex = lhs == NumberType::Complex || rhs == NumberType::Complex;
  bool isEquality = op.getPredicate() == "eq" || op.getPredicate() == "ne";
  if (isComplex && !(isEquality && comparesAsComplex(lhs, rhs)))
    return;
  bool isFloat = lhs == NumberType::Float || rhs == NumberType::Float;
  explain(op, RemarkKind::MachineNumber,
          {op.getPredicate(), nameOf(isComplex ? NumberType::Complex
                                     : isFloat ? NumberType::Float
                                               : NumberType::Int)});
  op.getResult().replaceAllUsesWith(compare(op, op.getPredicate()));
  ir::dropEdge(op);
  dead_.push_back(op);
}

Value Unboxer::truthOf(Value operand) {
  Value number = unboxed(operand);
  if (types_.isComplex(operand))
    return negated(equalsComplex(b_, loc_, parts(operand), {constantFloat(0), {}}));
  if (types_.of(operand) == NumberType::Int)
    return arith::CmpIOp::create(b_, loc_, arith::CmpIPredicate::ne, number,
                                 arith::ConstantIntOp::create(b_, loc_, 0, 64));
  if (types_.of(operand) == NumberType::Float)
    return arith::CmpFOp::create(b_, loc_, arith::CmpFPredicate::UNE, number,
                                 arith::ConstantOp::create(b_, loc_, b_.getF64FloatAttr(0.0)));
  return number;
}

void Unboxer::rewriteTruth(Operation* op) {
  if (!types_.isTyped(op->getOperand(0)))
    return;
  op->getResult(0).replaceAllUsesWith(truthOf(op->getOperand(0)));
  ir::dropEdge(op);
  dead_.push_back(op);
}

} // namespace pyc
