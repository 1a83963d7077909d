// Keeps ints, floats, bools and complex numbers (two floats) in machine registers where NumberTypes
// knows them on every path.
//
// A typed value owns nothing: its counts go away. Where a boxed value is still needed it is made at
// the use: handed over (returns, edges into untyped block arguments), or for the length of one
// operation ("scoped": released behind the operation, and by lowering when the operation raises).
// Frame states take the unboxed value; the side exit boxes it.

#include "compiler/passes/passes.h"
#include "compiler/passes/uop/complex_ops.h"
#include "compiler/passes/uop/fold_branches.h"
#include "compiler/passes/uop/number_calls.h"
#include "compiler/passes/uop/number_ops.h"
#include "compiler/passes/uop/number_types.h"
#include "compiler/passes/uop/seen.h"
#include "compiler/passes/uop/state.h"
#include "compiler/remarks/remark.h"
#include "runtime/base/value.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/IR/RegionGraphTraits.h"
#include "llvm/ADT/PostOrderIterator.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;
using namespace pyc;

namespace {

class Unboxer {
public:
  explicit Unboxer(func::FuncOp function)
      : function_(function), types_(function), b_(function.getContext()) {}

  void run() {
    findCalls();
    addArguments();
    llvm::ReversePostOrderTraversal<Block*> order(&function_.getBody().front());
    for (Block* block : order)
      for (Operation* op : operationsOf(block))
        rewrite(op);
    for (Block* block : order)
      extendEdges(block->getTerminator());
    for (Block* block : order)
      for (Operation& op : llvm::make_early_inc_range(*block))
        replaceUses(&op);
    removeOld();
    if (knowsInstances_)
      foldBranches(function_.getBody());
  }

private:
  /// Before rewriting: what a call is depends on other uses of its arguments.
  void findCalls() {
    function_.walk([&](Operation* op) {
      if (NumberCall call = numberCallOf(op); call != NumberCall::None)
        calls_[op] = call;
    });
  }

  /// A copy of the list, for a rewrite may replace the block's terminator.
  static SmallVector<Operation*> operationsOf(Block* block) {
    SmallVector<Operation*> operations;
    for (Operation& op : block->without_terminator())
      operations.push_back(&op);
    return operations;
  }

  Type typeFor(NumberType type) {
    switch (type) {
    case NumberType::Int:
      return b_.getI64Type();
    case NumberType::Float:
    case NumberType::Complex: // each part
      return b_.getF64Type();
    default:
      return b_.getI1Type();
    }
  }

  /// The machine value of a typed value.
  Value unboxed(Value value) const { return unboxed_.lookup(value); }
  /// A complex number has two of them. Any other number counts as a float.
  ComplexParts parts(Value value) {
    if (types_.isComplex(value))
      return {unboxed(value), imag_.lookup(value)};
    return {asFloat(value), {}};
  }
  /// The same of an int or a bool, which counts as one.
  Value asInt(Value value) {
    Value number = unboxed(value);
    if (types_.of(value) == NumberType::Int)
      return number;
    return arith::ExtUIOp::create(b_, loc_, b_.getI64Type(), number);
  }
  Value asFloat(Value value) {
    if (types_.of(value) == NumberType::Float)
      return unboxed(value);
    return arith::SIToFPOp::create(b_, loc_, b_.getF64Type(), asInt(value));
  }

  /// A typed block argument gets a machine twin; the old one stays until the end.
  void addArguments() {
    for (Block& block : llvm::drop_begin(function_.getBody())) {
      unsigned count = block.getNumArguments();
      for (unsigned i = 0; i < count; ++i) {
        BlockArgument argument = block.getArgument(i);
        if (!isa<ir::ValueType>(argument.getType()) || !types_.isTyped(argument))
          continue;
        unboxed_[argument] = block.addArgument(typeFor(types_.of(argument)), argument.getLoc());
        if (types_.isComplex(argument))
          imag_[argument] = block.addArgument(b_.getF64Type(), argument.getLoc());
        if (types_.isNumberOrNull(argument))
          bound_[argument] = block.addArgument(b_.getI1Type(), argument.getLoc());
        typedArguments_.push_back(argument);
      }
    }
  }

  void extendEdges(Operation* terminator) {
    auto branch = dyn_cast<BranchOpInterface>(terminator);
    if (!branch)
      return;
    for (unsigned s = 0; s < terminator->getNumSuccessors(); ++s) {
      SuccessorOperands operands = branch.getSuccessorOperands(s);
      Block* successor = terminator->getSuccessor(s);
      unsigned passed = operands.size();
      for (unsigned i = 0; i < passed; ++i)
        if (BlockArgument target = successor->getArgument(i);
            unboxed_.count(target) && isa<ir::ValueType>(target.getType())) {
          NumberType type = types_.of(target);
          operands.append(machineValue(unboxed_, operands[i], terminator, type));
          if (type == NumberType::Complex)
            operands.append(machineValue(imag_, operands[i], terminator, type));
          if (bound_.count(target))
            operands.append(boundFlag(operands[i], terminator));
        }
    }
  }

  /// Whether the number that an edge passes is there.
  Value boundFlag(Value value, Operation* terminator) {
    if (Value flag = bound_.lookup(value))
      return flag;
    b_.setInsertionPoint(terminator);
    return arith::ConstantIntOp::create(b_, terminator->getLoc(),
                                        !value.getDefiningOp<ir::NullOp>(), 1);
  }

  /// What a frame state takes for a typed value.
  Value stateValue(Operation* op, Value value) {
    Value flag = bound_.lookup(value);
    bool isComplex = types_.isComplex(value);
    if (!flag && !isComplex)
      return unboxed(value);
    b_.setInsertionPoint(op);
    if (isComplex)
      return ir::VirtualComplexOp::create(b_, loc_, b_.getType<ir::ValueType>(), unboxed(value),
                                          imag_.lookup(value));
    return ir::NumberOrNullOp::create(b_, loc_, b_.getType<ir::ValueType>(), unboxed(value), flag);
  }

  /// What an edge passes for a typed argument; any number where the value is null, for then it is
  /// only released.
  Value machineValue(const DenseMap<Value, Value>& numbers, Value value, Operation* terminator,
                     NumberType type) {
    if (Value number = numbers.lookup(value))
      return number;
    b_.setInsertionPoint(terminator);
    return arith::ConstantOp::create(b_, terminator->getLoc(), b_.getZeroAttr(typeFor(type)));
  }

  //===--------------------------------------------------------------------===//
  // Typed operations
  //===--------------------------------------------------------------------===//

  void rewrite(Operation* op) {
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
    if (auto load = dyn_cast<ir::LoadItemOp>(op);
        load && types_.of(load.getKey()) == NumberType::Int)
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
  void settleEdge(Operation* op, Operation* typed) {
    if (!op->hasAttr("raised") || !mayRaise(typed))
      return ir::dropEdge(op);
    explain(op, RemarkKind::RaisesHere);
    typed->setAttr("raises", b_.getBoolAttr(static_cast<bool>(ir::unwindOf(op))));
  }

  static bool mayRaise(Operation* typed) {
    return isa<ir::LoadListIntOp, ir::LoadListFloatOp, ir::LoadListBoolOp, ir::LoadListValueOp,
               ir::StoreListIntOp, ir::StoreListFloatOp, ir::StoreListBoolOp, ir::StoreListValueOp,
               ir::IntFloordivOp, ir::IntModOp, ir::FloatTruedivOp>(typed);
  }

  /// A guard of what is known.
  void rewriteGuard(Operation* op) {
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
  StringRef computedType(Operation* op) const {
    NumberType type = types_.of(op->getResult(0));
    return nameOf(type == NumberType::Bool ? types_.of(op->getOperand(0)) : type);
  }

  void setUnboxed(Operation* op, Value number) {
    unboxed_[op->getResult(0)] = number;
    dead_.push_back(op);
  }

  void setParts(Operation* op, ComplexParts parts) {
    imag_[op->getResult(0)] = parts.imag;
    setUnboxed(op, parts.real);
  }

  Value constantFloat(double number) {
    return arith::ConstantOp::create(b_, loc_, b_.getF64FloatAttr(number));
  }

  ComplexParts complexResult(Operation* op) {
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

  Value typedResult(Operation* op) {
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
      return arith::XOrIOp::create(b_, loc_, number,
                                   arith::ConstantIntOp::create(b_, loc_, -1, 64));
    if (isa<ir::NotOp>(op))
      return negated(truthOf(op->getOperand(0)));
    return compare(op, op->getName().stripDialect());
  }

  Value intArith(Operation* op, Arith arith) {
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

  Value floatArith(Operation* op, Arith arith) {
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

  void guardCallee(Operation* op) {
    ir::createWithState<ir::GuardBuiltinOp>(
        b_, op, {}, op->getOperand(0),
        b_.getNamedAttr("function", b_.getStringAttr(functionName(op))));
    if (isa<ir::CallMethodOp>(op)) // a module's function has no object
      ir::createWithState<ir::GuardTrueOp>(
          b_, op, {},
          ir::IsNullOp::create(b_, loc_, b_.getI1Type(), op->getOperand(1)).getResult());
  }

  /// Behind a guard of the callee.
  Value numberCall(Operation* op, NumberCall call) {
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
  Value isInstance(Operation* op, NumberType type, Value wanted) {
    knowsInstances_ = true;
    StringRef name = builtinClassOf(wanted);
    ir::createWithState<ir::GuardSameOp>(
        b_, op, {}, wanted, b_.getNamedAttr("symbol", b_.getStringAttr(name + "Type")));
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

  Value wholePart(Operation* op, Value number, NumberCall call) {
    if (call == NumberCall::Floor)
      return ir::FloatFloorOp::create(b_, loc_, b_.getF64Type(), number);
    return ir::FloatCeilOp::create(b_, loc_, b_.getF64Type(), number);
  }

  Value compare(Operation* op, StringRef predicate) {
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

  Value negated(Value bit) {
    return arith::XOrIOp::create(b_, loc_, bit, arith::ConstantIntOp::create(b_, loc_, 1, 1));
  }

  void rewriteCompareTruth(ir::CompareTruthOp op) {
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

  Value truthOf(Value operand) {
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

  void rewriteTruth(Operation* op) {
    if (!types_.isTyped(op->getOperand(0)))
      return;
    op->getResult(0).replaceAllUsesWith(truthOf(op->getOperand(0)));
    ir::dropEdge(op);
    dead_.push_back(op);
  }

  NamedAttribute storageAttr(rt::ItemStorage storage) {
    return b_.getNamedAttr("storage", b_.getI32IntegerAttr(static_cast<int32_t>(storage)));
  }

  /// Of bytes, a bytearray or an array.
  void rewriteArrayLoad(ir::LoadItemOp op, rt::ItemStorage storage) {
    explain(op, RemarkKind::ListItem, ir::onlyType(ir::seenAt(op, 1)));
    Value operands[] = {op.getObject(), unboxed(op.getKey())};
    NamedAttribute attribute = storageAttr(storage);
    if (rt::formatOf(storage).isFloat)
      return setItem(op, ir::createWithState<ir::LoadArrayFloatOp>(b_, op, b_.getF64Type(),
                                                                   operands, attribute));
    setItem(op,
            ir::createWithState<ir::LoadArrayIntOp>(b_, op, b_.getI64Type(), operands, attribute));
  }

  void rewriteArrayStore(ir::StoreItemOp op, rt::ItemStorage storage) {
    explain(op, RemarkKind::ListItem, ir::onlyType(ir::seenAt(op, 0)));
    bool isFloat = rt::formatOf(storage).isFloat;
    Value operands[] = {op.getObject(), unboxed(op.getKey()),
                        isFloat ? asFloat(op.getSrc()) : asInt(op.getSrc())};
    NamedAttribute attribute = storageAttr(storage);
    if (isFloat)
      ir::createWithState<ir::StoreArrayFloatOp>(b_, op, {}, operands, attribute);
    else
      ir::createWithState<ir::StoreArrayIntOp>(b_, op, {}, operands, attribute);
    ir::dropEdge(op);
    op.erase();
  }

  void rewriteLoadItem(ir::LoadItemOp op) {
    if (auto storage = arrayStorage(op))
      return rewriteArrayLoad(op, *storage);
    if (listItemType(op) != NumberType::Unknown)
      explain(op, RemarkKind::ListItem, ir::onlyType(ir::seenAt(op, 1)));
    Value operands[] = {op.getObject(), unboxed(op.getKey())};
    Type boxed = op.getDst().getType();
    switch (listItemType(op)) {
    case NumberType::Int:
      return setItem(op, ir::createWithState<ir::LoadListIntOp>(b_, op, b_.getI64Type(), operands));
    case NumberType::Float:
      return setItem(op,
                     ir::createWithState<ir::LoadListFloatOp>(b_, op, b_.getF64Type(), operands));
    case NumberType::Bool:
      return setItem(op, ir::createWithState<ir::LoadListBoolOp>(b_, op, b_.getI1Type(), operands));
    case NumberType::Any: {
      auto load = ir::createWithState<ir::LoadListValueOp>(b_, op, boxed, operands);
      op.getDst().replaceAllUsesWith(load.getResult());
      settleEdge(op, load);
      break;
    }
    default: {
      auto load = ir::createWithState<ir::LoadItemIntOp>(b_, op, boxed, operands);
      ir::copySeen(op, load);
      op.getDst().replaceAllUsesWith(load.getResult());
      break;
    }
    }
    op.erase();
  }

  /// The load's result is a number in a register.
  void setItem(ir::LoadItemOp op, Operation* load) {
    setUnboxed(op, load->getResult(0));
    settleEdge(op, load);
  }

  void rewriteStoreItem(ir::StoreItemOp op) {
    if (auto storage = arrayStorage(op); storage && canStore(itemType(op), types_.of(op.getSrc())))
      return rewriteArrayStore(op, *storage);
    NumberType item = listItemType(op);
    Operation* typed = nullptr;
    if (item == NumberType::Any) {
      Value operands[] = {op.getObject(), unboxed(op.getKey()), op.getSrc()};
      typed = ir::createWithState<ir::StoreListValueOp>(b_, op, {}, operands);
    } else if (item != NumberType::Unknown && item == types_.of(op.getSrc())) {
      Value operands[] = {op.getObject(), unboxed(op.getKey()), unboxed(op.getSrc())};
      if (item == NumberType::Int)
        typed = ir::createWithState<ir::StoreListIntOp>(b_, op, {}, operands);
      else if (item == NumberType::Bool)
        typed = ir::createWithState<ir::StoreListBoolOp>(b_, op, {}, operands);
      else
        typed = ir::createWithState<ir::StoreListFloatOp>(b_, op, {}, operands);
    } else {
      Value operands[] = {op.getObject(), unboxed(op.getKey()), op.getSrc()};
      ir::copySeen(op, ir::createWithState<ir::StoreItemIntOp>(b_, op, {}, operands));
      op.erase();
      return;
    }
    explain(op, RemarkKind::ListItem, ir::onlyType(ir::seenAt(op, 0)));
    settleEdge(op, typed);
    op.erase();
  }

  //===--------------------------------------------------------------------===//
  // Uses that want a box
  //===--------------------------------------------------------------------===//

  Value box(Value value) {
    if (value.getDefiningOp<ir::LoadConstOp>())
      return value;
    Type boxed = b_.getType<ir::ValueType>();
    Value number = unboxed(value);
    switch (types_.of(value)) {
    case NumberType::Int:
      return ir::BoxIntOp::create(b_, loc_, boxed, number);
    case NumberType::Float:
      return ir::BoxFloatOp::create(b_, loc_, boxed, number);
    case NumberType::Complex:
      return ir::BoxComplexOp::create(b_, loc_, boxed, number, imag_.lookup(value));
    default:
      return ir::BoxBoolOp::create(b_, loc_, boxed, number);
    }
  }

  static bool needsScope(Value number) {
    auto constant = number.getDefiningOp<arith::ConstantIntOp>();
    return !constant || !rt::Value::fitsInt(constant.value());
  }

  void replaceUses(Operation* op) {
    if (llvm::is_contained(dead_, op))
      return;
    loc_ = op->getLoc();
    if (isa<ir::IncrefOp, ir::DecrefOp>(op) &&
        (unboxed_.count(op->getOperand(0)) || op->getOperand(0).getDefiningOp<ir::NullOp>())) {
      op->erase();
      return;
    }
    if (op->getNumSuccessors() > 1) {
      for (unsigned s = 0; s < op->getNumSuccessors(); ++s)
        splitEdge(cast<BranchOpInterface>(op), s);
      return;
    }
    for (OpOperand& use : op->getOpOperands()) {
      if (!isa<ir::ValueType>(use.get().getType()) || !unboxed_.count(use.get()) ||
          use.get().getDefiningOp<ir::LoadConstOp>())
        continue;
      if (ir::isStateUse(use)) {
        use.set(stateValue(op, use.get()));
        continue;
      }
      b_.setInsertionPoint(op);
      if (op->hasTrait<OpTrait::IsTerminator>()) {
        if (!entersTypedArgument(use))
          use.set(box(use.get()));
        continue;
      }
      boxForOperation(op, use);
    }
  }

  /// One of several edges that passes a typed value to an untyped argument gets a block of its own,
  /// in which the value is boxed: on the other edges nobody would own the box.
  void splitEdge(BranchOpInterface branch, unsigned index) {
    SuccessorOperands operands = branch.getSuccessorOperands(index);
    Block* successor = branch->getSuccessor(index);
    auto needsBox = [&](unsigned i) {
      return isa<ir::ValueType>(operands[i].getType()) && unboxed_.count(operands[i]) &&
             !unboxed_.count(successor->getArgument(i));
    };
    unsigned count = operands.size();
    if (llvm::none_of(llvm::seq(count), needsBox))
      return;
    Block* edge = b_.createBlock(successor);
    SmallVector<Value> passed;
    for (unsigned i = 0; i < count; ++i)
      passed.push_back(needsBox(i) ? box(operands[i]) : operands[i]);
    cf::BranchOp::create(b_, loc_, successor, passed);
    operands.erase(0, count);
    branch->setSuccessor(edge, index);
  }

  void boxForOperation(Operation* op, OpOperand& use) {
    bool scoped = types_.isComplex(use.get()) ||
                  (types_.of(use.get()) == NumberType::Int && needsScope(unboxed(use.get())));
    Value boxed = box(use.get());
    use.set(boxed);
    if (!scoped)
      return;
    boxed.getDefiningOp()->setAttr("scoped", b_.getUnitAttr());
    if (auto unwind = ir::unwindOf(op))
      b_.setInsertionPointToStart(unwind.getNormal());
    else
      b_.setInsertionPointAfter(op);
    ir::DecrefOp::create(b_, loc_, boxed);
  }

  /// Whether a terminator's operand feeds a typed argument, which goes away.
  static bool entersTypedArgumentImpl(BranchOpInterface branch, OpOperand& use,
                                      const DenseMap<Value, Value>& unboxed) {
    auto argument = branch.getSuccessorBlockArgument(use.getOperandNumber());
    return argument && unboxed.count(*argument);
  }
  bool entersTypedArgument(OpOperand& use) {
    auto branch = dyn_cast<BranchOpInterface>(use.getOwner());
    return branch && entersTypedArgumentImpl(branch, use, unboxed_);
  }

  void removeOld() {
    for (BlockArgument argument : llvm::reverse(typedArguments_)) {
      Block* block = argument.getOwner();
      unsigned index = argument.getArgNumber();
      for (auto it = block->pred_begin(); it != block->pred_end(); ++it)
        cast<BranchOpInterface>((*it)->getTerminator())
            .getSuccessorOperands(it.getSuccessorIndex())
            .erase(index);
    }
    for (Operation* op : llvm::reverse(dead_))
      op->dropAllReferences();
    for (Operation* op : llvm::reverse(dead_)) {
      op->dropAllUses();
      op->erase();
    }
    for (BlockArgument argument : llvm::reverse(typedArguments_)) {
      argument.dropAllUses();
      argument.getOwner()->eraseArgument(argument.getArgNumber());
    }
  }

  func::FuncOp function_;
  NumberTypes types_;
  OpBuilder b_;
  Location loc_ = UnknownLoc::get(function_.getContext());
  DenseMap<Value, Value> unboxed_;
  /// Of complex numbers: the imaginary part. The real one stands in unboxed_.
  DenseMap<Value, Value> imag_;
  /// Of numbers that may be null: whether they are there.
  DenseMap<Value, Value> bound_;
  DenseMap<Operation*, NumberCall> calls_;
  bool knowsInstances_ = false;
  SmallVector<BlockArgument> typedArguments_;
  SmallVector<Operation*> dead_;
};

class Unbox : public PassWrapper<Unbox, OperationPass<func::FuncOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(Unbox)
  StringRef getArgument() const override { return "unbox"; }
  StringRef getDescription() const override {
    return "Keep numbers in machine registers where their types are known";
  }
  void getDependentDialects(DialectRegistry& registry) const override {
    registry.insert<arith::ArithDialect, cf::ControlFlowDialect>();
  }
  void runOnOperation() override {
    ir::eraseDeadBlocks(getOperation().getBody());
    Unboxer(getOperation()).run();
    ir::eraseDeadBlocks(getOperation().getBody());
  }
};

} // namespace

std::unique_ptr<Pass> pyc::createUnbox() {
  return std::make_unique<Unbox>();
}
