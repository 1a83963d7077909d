#include "compiler/passes/uop/number_types.h"

#include "compiler/passes/uop/number_calls.h"
#include "compiler/passes/uop/seen.h"
#include "compiler/passes/uop/state.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;

namespace pyc {

Arith arithOf(Operation* op) {
  StringRef name = op->getName().getStringRef();
  if (!name.consume_front("uop."))
    return Arith::None;
  name.consume_front("inplace_");
  return llvm::StringSwitch<Arith>(name)
      .Case("add", Arith::Add)
      .Case("sub", Arith::Sub)
      .Case("mul", Arith::Mul)
      .Case("truediv", Arith::TrueDiv)
      .Case("floordiv", Arith::FloorDiv)
      .Case("mod", Arith::Mod)
      .Case("pow", Arith::Pow)
      .Case("lshift", Arith::LShift)
      .Case("rshift", Arith::RShift)
      .Case("and", Arith::And)
      .Case("or", Arith::Or)
      .Case("xor", Arith::Xor)
      .Default(Arith::None);
}

StringRef nameOf(NumberType type) {
  switch (type) {
  case NumberType::Int:
    return "int";
  case NumberType::Float:
    return "float";
  case NumberType::Complex:
    return "complex";
  case NumberType::Bool:
    return "bool";
  case NumberType::Unknown:
  case NumberType::Any:
    return "object";
  }
}

NumberType boxedType(Operation* op) {
  return isa<ir::BoxIntOp>(op)       ? NumberType::Int
         : isa<ir::BoxFloatOp>(op)   ? NumberType::Float
         : isa<ir::BoxComplexOp>(op) ? NumberType::Complex
         : isa<ir::BoxBoolOp>(op)    ? NumberType::Bool
                                     : NumberType::Any;
}

std::optional<int64_t> wideConstant(Operation* op) {
  auto number = op->getAttrOfType<IntegerAttr>("int");
  return isa<ir::LoadConstOp>(op) && number ? std::optional(number.getInt()) : std::nullopt;
}

bool isComplexConstant(Operation* op) {
  return isa<ir::LoadConstOp>(op) && op->hasAttr("complex");
}

StringRef partOfComplex(Operation* op) {
  auto load = dyn_cast<ir::LoadAttrOp>(op);
  StringRef name = load ? load.getName() : StringRef();
  return name == "real" || name == "imag" ? name : StringRef();
}

NumberType storedIn(StringRef list) {
  return llvm::StringSwitch<NumberType>(list)
      .Case("list[int]", NumberType::Int)
      .Case("list[float]", NumberType::Float)
      .Case("list[bool]", NumberType::Bool)
      .Case("list[object]", NumberType::Any)
      .Default(NumberType::Unknown);
}

NumberType listItemType(Operation* op) {
  bool isLoad = isa<ir::LoadItemOp>(op);
  if (!isLoad && !isa<ir::StoreItemOp>(op))
    return NumberType::Unknown;
  return storedIn(ir::onlyType(ir::seenAt(op, isLoad ? 1 : 0)));
}

std::optional<rt::ItemStorage> arrayStorage(Operation* op) {
  bool isLoad = isa<ir::LoadItemOp>(op);
  if ((!isLoad && !isa<ir::StoreItemOp>(op)) || op->hasAttr("raised"))
    return {}; // what was seen to raise does not leave for that
  auto storage = rt::itemStorageOf(ir::onlyType(ir::seenAt(op, isLoad ? 1 : 0)));
  if (storage == rt::ItemStorage::Bytes && !isLoad)
    return {};
  if (storage == rt::ItemStorage::UInt64 && isLoad &&
      llvm::is_contained(ir::typesOf(ir::seenAt(op, 0)), "bigint"))
    return {};
  return storage;
}

NumberType itemType(Operation* op) {
  if (auto storage = arrayStorage(op))
    return rt::formatOf(*storage).isFloat ? NumberType::Float : NumberType::Int;
  return listItemType(op);
}

bool canStore(NumberType item, NumberType value) {
  return item == value || (item == NumberType::Int && value == NumberType::Bool) ||
         (item == NumberType::Float && (value == NumberType::Int || value == NumberType::Bool));
}

static NumberType join(NumberType a, NumberType b) {
  if (a == NumberType::Unknown)
    return b;
  if (b == NumberType::Unknown || a == b)
    return a;
  return NumberType::Any;
}

/// Of two numbers, one of which is complex.
static NumberType complexResult(Operation* op, Arith arith) {
  switch (arith) {
  case Arith::Add:
  case Arith::Sub:
  case Arith::Mul:
  case Arith::TrueDiv:
    return NumberType::Complex;
  case Arith::Pow: {
    auto exponent = op->getOperand(1).getDefiningOp<ir::BoxIntOp>();
    auto number = exponent ? exponent.getValue().getDefiningOp<arith::ConstantIntOp>() : nullptr;
    return number && number.value() == 2 ? NumberType::Complex : NumberType::Any;
  }
  default:
    return NumberType::Any;
  }
}

/// Type of an operator's result, Any where pyc leaves it to the generic uop.
static NumberType arithResult(Operation* op, Arith arith, NumberType lhs, NumberType rhs) {
  if (lhs == NumberType::Unknown || rhs == NumberType::Unknown)
    return NumberType::Unknown;
  if (lhs == NumberType::Any || rhs == NumberType::Any)
    return NumberType::Any;
  if (lhs == NumberType::Complex || rhs == NumberType::Complex)
    return complexResult(op, arith);
  bool ints = lhs != NumberType::Float && rhs != NumberType::Float; // bools count as ints
  switch (arith) {
  case Arith::Add:
  case Arith::Sub:
  case Arith::Mul:
  case Arith::FloorDiv:
  case Arith::Mod:
  case Arith::Pow:
    return ints ? NumberType::Int : NumberType::Float;
  case Arith::TrueDiv:
    return NumberType::Float;
  case Arith::None:
    return NumberType::Any;
  case Arith::And:
  case Arith::Or:
  case Arith::Xor:
    if (lhs == NumberType::Bool && rhs == NumberType::Bool)
      return NumberType::Bool;
    [[fallthrough]];
  default:
    return ints ? NumberType::Int : NumberType::Any;
  }
}

bool comparesAsComplex(NumberType lhs, NumberType rhs) {
  auto isPossible = [](NumberType type) {
    return type == NumberType::Complex || type == NumberType::Float;
  };
  return isPossible(lhs) && isPossible(rhs) &&
         (lhs == NumberType::Complex || rhs == NumberType::Complex);
}

/// Whether a profile saw results that do not fit 64 bits.
static bool wasTooWide(Operation* op) {
  return llvm::is_contained(ir::typesOf(ir::seenAt(op, 0)), "bigint");
}

/// complex() of real numbers.
static NumberType complexOf(ArrayRef<NumberType> arguments) {
  NumberType result = NumberType::Complex;
  for (NumberType argument : arguments) {
    if (argument == NumberType::Any || argument == NumberType::Complex)
      return NumberType::Any;
    if (argument == NumberType::Unknown)
      result = argument;
  }
  return result;
}

/// Type of a known function's result; Any where the call has to be made.
static NumberType callResult(NumberCall call, ArrayRef<NumberType> arguments) {
  if (call == NumberCall::Len)
    return NumberType::Int;
  if (call == NumberCall::IsInstance) {
    NumberType of = arguments.front();
    return of == NumberType::Any || of == NumberType::Unknown ? of : NumberType::Bool;
  }
  if (call == NumberCall::Complex)
    return complexOf(arguments);
  NumberType type = NumberType::Unknown;
  for (NumberType argument : arguments) {
    if (argument == NumberType::Unknown)
      return argument;
    type = join(type, argument);
  }
  if (type == NumberType::Complex)
    return call == NumberCall::Abs ? NumberType::Float : NumberType::Any;
  if (type == NumberType::Any || type == NumberType::Bool)
    return NumberType::Any;
  switch (call) {
  case NumberCall::Float:
  case NumberCall::Sqrt:
  case NumberCall::OfFloat:
    return NumberType::Float;
  case NumberCall::Floor:
  case NumberCall::Ceil:
  case NumberCall::Int:
    return NumberType::Int;
  default:
    return type;
  }
}

/// Whether a use only releases the value (or with `inStates`, keeps it in a frame state), or passes
/// it to an argument of `set`.
static bool isQuietUse(OpOperand& use, const llvm::DenseSet<Value>& set, bool inStates) {
  if (isa<ir::DecrefOp>(use.getOwner()))
    return true;
  if (inStates && ir::isStateUse(use) && !isa<ir::SuspendOp>(use.getOwner()))
    return true;
  auto branch = dyn_cast<BranchOpInterface>(use.getOwner());
  auto argument = branch ? branch.getSuccessorBlockArgument(use.getOperandNumber()) : std::nullopt;
  return argument && set.contains(*argument);
}

/// Takes away what has other uses, until nothing has.
static void keepQuiet(llvm::DenseSet<Value>& set, bool inStates) {
  for (bool changed = true; changed;) {
    changed = false;
    for (Value value : llvm::to_vector(set))
      if (!llvm::all_of(value.getUses(),
                        [&](OpOperand& use) { return isQuietUse(use, set, inStates); }))
        changed |= set.erase(value);
  }
}

static llvm::DenseSet<Value> boxedArguments(func::FuncOp function) {
  llvm::DenseSet<Value> arguments;
  for (Block& block : llvm::drop_begin(function.getBody()))
    for (BlockArgument argument : block.getArguments())
      if (isa<ir::ValueType>(argument.getType()))
        arguments.insert(argument);
  return arguments;
}

/// What the edges into an argument's block pass for it.
static SmallVector<Value> incomingValues(BlockArgument argument,
                                         const NumberTypes::IsIgnored& isIgnored = {}) {
  SmallVector<Value> values;
  Block* block = argument.getOwner();
  for (auto it = block->pred_begin(); it != block->pred_end(); ++it) {
    if (isIgnored && isIgnored(argument, *it))
      continue;
    auto branch = cast<BranchOpInterface>((*it)->getTerminator());
    values.push_back(branch.getSuccessorOperands(it.getSuccessorIndex())[argument.getArgNumber()]);
  }
  return values;
}

void NumberTypes::findReleaseOnly(func::FuncOp function) {
  releaseOnly_ = boxedArguments(function);
  keepQuiet(releaseOnly_, false);
}

void NumberTypes::findStateOnly(func::FuncOp function) {
  stateOnly_ = boxedArguments(function);
  keepQuiet(stateOnly_, true);
}

void NumberTypes::findMayBeNull(func::FuncOp function) {
  mayBeNull_.clear();
  for (bool changed = true; changed;) {
    changed = false;
    for (Value value : stateOnly_)
      if (!mayBeNull_.contains(value) &&
          llvm::any_of(incomingValues(cast<BlockArgument>(value)), [&](Value from) {
            return from.getDefiningOp<ir::NullOp>() || mayBeNull_.contains(from);
          })) {
        mayBeNull_.insert(value);
        changed = true;
      }
  }
}

/// A number that may be null can't go where values are boxed. Says whether there was one: then
/// types have to be inferred anew.
bool NumberTypes::dropBoxedNulls() {
  bool dropped = false;
  for (Value value : llvm::to_vector(stateOnly_)) {
    if (!isNumberOrNull(value))
      continue;
    for (OpOperand& use : value.getUses()) {
      auto branch = dyn_cast<BranchOpInterface>(use.getOwner());
      auto target =
          branch ? branch.getSuccessorBlockArgument(use.getOperandNumber()) : std::nullopt;
      if (target && of(*target) != of(value) && !releaseOnly_.contains(*target))
        dropped |= stateOnly_.erase(value);
    }
  }
  return dropped;
}

NumberTypes::NumberTypes(func::FuncOp function, IsIgnored isIgnored)
    : isIgnored_(std::move(isIgnored)) {
  findReleaseOnly(function);
  findStateOnly(function);
  do {
    keepQuiet(stateOnly_, true);
    findMayBeNull(function);
    types_.clear();
    infer(function);
  } while (dropBoxedNulls());
}

void NumberTypes::infer(func::FuncOp function) {
  for (bool changed = true; changed;) {
    changed = false;
    for (Block& block : function.getBody()) {
      if (!block.isEntryBlock())
        for (BlockArgument argument : block.getArguments())
          if (isa<ir::ValueType>(argument.getType()))
            changed |= update(argument, joinIncoming(argument));
      for (Operation& op : block)
        for (OpResult result : op.getResults())
          if (isa<ir::ValueType>(result.getType()))
            changed |= update(result, op.getNumResults() == 1 ? transfer(&op) : NumberType::Any);
    }
  }
}

NumberType NumberTypes::of(Value value) const {
  if (auto argument = dyn_cast<BlockArgument>(value);
      argument && argument.getOwner()->isEntryBlock())
    return NumberType::Any;
  return types_.lookup(value);
}

bool NumberTypes::update(Value value, NumberType type) {
  NumberType& slot = types_[value];
  NumberType joined = join(slot, type);
  if (joined == slot)
    return false;
  slot = joined;
  return true;
}

NumberType NumberTypes::joinIncoming(BlockArgument argument) const {
  NumberType type = NumberType::Unknown;
  bool isReleased = releaseOnly_.contains(argument), isQuiet = stateOnly_.contains(argument);
  for (Value value : incomingValues(argument, isIgnored_))
    if (!value.getDefiningOp<ir::NullOp>() || !(isReleased || isQuiet))
      type = join(type, of(value));
  bool mayBeNull = !isReleased && mayBeNull_.contains(argument);
  return type == NumberType::Complex && mayBeNull ? NumberType::Any : type;
}

NumberType NumberTypes::compareResult(Operation* op) const {
  NumberType lhs = of(op->getOperand(0)), rhs = of(op->getOperand(1));
  if (lhs == NumberType::Unknown || rhs == NumberType::Unknown)
    return NumberType::Unknown;
  if (lhs == NumberType::Any || rhs == NumberType::Any)
    return NumberType::Any;
  if (lhs != NumberType::Complex && rhs != NumberType::Complex)
    return NumberType::Bool;
  return isa<ir::EqOp, ir::NeOp>(op) && comparesAsComplex(lhs, rhs) ? NumberType::Bool
                                                                    : NumberType::Any;
}

NumberType NumberTypes::transfer(Operation* op) const {
  if (NumberType boxed = boxedType(op); boxed != NumberType::Any)
    return boxed;
  if (wideConstant(op))
    return NumberType::Int;
  if (isComplexConstant(op))
    return NumberType::Complex;
  if (Arith arith = arithOf(op); arith != Arith::None && !wasTooWide(op))
    return arithResult(op, arith, of(op->getOperand(0)), of(op->getOperand(1)));
  if (isa<ir::LoadItemOp>(op) && itemType(op) != NumberType::Unknown) {
    NumberType key = of(op->getOperand(1));
    return key == NumberType::Int       ? itemType(op)
           : key == NumberType::Unknown ? key
                                        : NumberType::Any;
  }
  if (isa<ir::NegOp, ir::PosOp, ir::InvertOp>(op)) {
    NumberType type = of(op->getOperand(0));
    bool ok =
        type == NumberType::Int ||
        ((type == NumberType::Float || type == NumberType::Complex) && !isa<ir::InvertOp>(op));
    return ok || type == NumberType::Unknown ? type : NumberType::Any;
  }
  if (isa<ir::LtOp, ir::LeOp, ir::EqOp, ir::NeOp, ir::GtOp, ir::GeOp>(op))
    return compareResult(op);
  if (!partOfComplex(op).empty()) {
    NumberType type = of(op->getOperand(0));
    return type == NumberType::Complex   ? NumberType::Float
           : type == NumberType::Unknown ? type
                                         : NumberType::Any;
  }
  if (isa<ir::NotOp>(op)) {
    NumberType type = of(op->getOperand(0));
    return type == NumberType::Any || type == NumberType::Unknown ? type : NumberType::Bool;
  }
  if (NumberCall call = numberCallOf(op); call != NumberCall::None) {
    SmallVector<NumberType> arguments;
    for (Value argument : argumentsOf(op))
      arguments.push_back(of(argument));
    return callResult(call, arguments);
  }
  return NumberType::Any;
}

} // namespace pyc
