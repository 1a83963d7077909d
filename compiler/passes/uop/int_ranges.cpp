#include "compiler/passes/uop/int_ranges.h"

#include "dialects/uop/uop_dialect.h"
#include "runtime/base/item_storage.h"
#include "runtime/base/value.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "llvm/ADT/PostOrderIterator.h"
#include "llvm/ADT/TypeSwitch.h"

#include <algorithm>
#include <bit>

using namespace mlir;

namespace pyc {

Interval smallInts() {
  return {rt::Value::kMinInt, rt::Value::kMaxInt};
}

namespace {

constexpr unsigned kMostConditions = 32; // blocks that are looked through for comparisons
constexpr unsigned kMostDepth = 2;       // of sums whose parts are compared
constexpr unsigned kUpdatesToWiden = 4;
constexpr unsigned kMostRounds = 8; // of calls that widen what they pass

using Wide = __int128;

bool fits(Wide low, Wide high) {
  return low >= INT64_MIN && high <= INT64_MAX;
}
/// The part that 64 bits hold.
Interval clipped(Wide low, Wide high) {
  return {static_cast<int64_t>(std::clamp<Wide>(low, INT64_MIN, INT64_MAX)),
          static_cast<int64_t>(std::clamp<Wide>(high, INT64_MIN, INT64_MAX))};
}
Interval hull(Interval a, Interval b) {
  return {std::min(a.low, b.low), std::max(a.high, b.high)};
}
/// What both allow; one of them where that is nothing, which no value gets to.
Interval meet(Interval a, Interval b) {
  Interval both{std::max(a.low, b.low), std::min(a.high, b.high)};
  return both.low <= both.high ? both : a;
}

struct WideInterval {
  Wide low, high;
};
WideInterval product(Interval a, Interval b) {
  Wide corners[] = {Wide(a.low) * b.low, Wide(a.low) * b.high, Wide(a.high) * b.low,
                    Wide(a.high) * b.high};
  auto [low, high] = std::minmax_element(std::begin(corners), std::end(corners));
  return {*low, *high};
}

/// Of sums and products, without an end to their size; nothing for other operations.
std::optional<WideInterval> unbounded(Operation* op, Interval a, Interval b) {
  using Result = std::optional<WideInterval>;
  return llvm::TypeSwitch<Operation*, Result>(op)
      .Case<ir::IntAddOp, arith::AddIOp>(
          [&](auto) -> Result { return WideInterval{Wide(a.low) + b.low, Wide(a.high) + b.high}; })
      .Case<ir::IntSubOp, arith::SubIOp>(
          [&](auto) -> Result { return WideInterval{Wide(a.low) - b.high, Wide(a.high) - b.low}; })
      .Case<ir::IntMulOp, arith::MulIOp>([&](auto) -> Result { return product(a, b); })
      .Default(Result());
}

Interval quotient(Interval number, Interval divisor) {
  if (divisor.low < 1)
    return {};
  auto floored = [](int64_t n, int64_t d) { return n / d - (n % d < 0 ? 1 : 0); };
  return {number.low < 0 ? floored(number.low, divisor.low) : floored(number.low, divisor.high),
          number.high < 0 ? floored(number.high, divisor.high) : floored(number.high, divisor.low)};
}
Interval remainder(Interval number, Interval divisor) {
  if (divisor.low < 1)
    return {};
  int64_t most = divisor.high - 1;
  return {0, number.low >= 0 ? std::min(most, number.high) : most};
}
Interval shiftedRight(Interval number, Interval amount) {
  auto least = static_cast<unsigned>(std::clamp<int64_t>(amount.low, 0, 63));
  return {number.low < 0 ? number.low : 0, number.high < 0 ? -1 : number.high >> least};
}
Interval shiftedLeft(Interval number, Interval amount) {
  if (amount.low < 0 || amount.high > 62)
    return {};
  WideInterval shifted = product(number, {int64_t(1) << amount.low, int64_t(1) << amount.high});
  return clipped(shifted.low, shifted.high);
}
Interval bitsOfBoth(Interval a, Interval b) {
  if (a.low < 0 && b.low < 0)
    return {};
  return {0, std::min(a.low < 0 ? INT64_MAX : a.high, b.low < 0 ? INT64_MAX : b.high)};
}
Interval bitsOfEither(Interval a, Interval b) {
  if (a.low < 0 || b.low < 0)
    return {};
  auto most = static_cast<uint64_t>(std::max(a.high, b.high));
  return {0, static_cast<int64_t>((uint64_t(1) << std::bit_width(most)) - 1)};
}

Interval resultOfTwo(Operation* op, Interval a, Interval b) {
  if (auto sum = unbounded(op, a, b)) {
    bool leaves = isa<ir::IntAddOp, ir::IntSubOp, ir::IntMulOp>(op);
    return leaves || fits(sum->low, sum->high) ? clipped(sum->low, sum->high) : Interval();
  }
  return llvm::TypeSwitch<Operation*, Interval>(op)
      .Case<ir::IntFloordivOp>([&](auto) { return quotient(a, b); })
      .Case<ir::IntModOp>([&](auto) { return remainder(a, b); })
      .Case<ir::IntRshiftOp>([&](auto) { return shiftedRight(a, b); })
      .Case<ir::IntLshiftOp>([&](auto) { return shiftedLeft(a, b); })
      .Case<arith::AndIOp>([&](auto) { return bitsOfBoth(a, b); })
      .Case<arith::OrIOp, arith::XOrIOp>([&](auto) { return bitsOfEither(a, b); })
      .Case<arith::MaxSIOp>(
          [&](auto) { return Interval{std::max(a.low, b.low), std::max(a.high, b.high)}; })
      .Case<arith::MinSIOp>(
          [&](auto) { return Interval{std::min(a.low, b.low), std::min(a.high, b.high)}; })
      .Default(Interval());
}

/// The bounds of a number that is compared with one between `other`, where the comparison holds.
Interval comparedWith(arith::CmpIPredicate predicate, Interval other) {
  using enum arith::CmpIPredicate;
  switch (predicate) {
  case eq:
    return other;
  case slt:
    return {INT64_MIN, other.high == INT64_MIN ? INT64_MIN : other.high - 1};
  case sle:
    return {INT64_MIN, other.high};
  case sgt:
    return {other.low == INT64_MAX ? INT64_MAX : other.low + 1, INT64_MAX};
  case sge:
    return {other.low, INT64_MAX};
  case ult: // of a number that is not negative: neither is this one
    return other.low < 0 || other.high == 0 ? Interval() : Interval{0, other.high - 1};
  case ule:
    return other.low < 0 ? Interval() : Interval{0, other.high};
  default:
    return {};
  }
}

/// The same comparison with its operands the other way round.
arith::CmpIPredicate swapped(arith::CmpIPredicate predicate) {
  using enum arith::CmpIPredicate;
  switch (predicate) {
  case slt:
    return sgt;
  case sle:
    return sge;
  case sgt:
    return slt;
  case sge:
    return sle;
  case ult:
    return ugt;
  case ule:
    return uge;
  case ugt:
    return ult;
  case uge:
    return ule;
  default:
    return predicate;
  }
}

/// The numbers that a load gives; those beyond 64 bits leave.
Interval itemsOf(rt::ItemStorage storage) {
  const rt::ItemFormat& format = rt::formatOf(storage);
  unsigned bits = 8 * format.bytes - (format.isSigned || format.bytes == 8 ? 1 : 0);
  int64_t most = static_cast<int64_t>((uint64_t{1} << bits) - 1);
  return {format.isSigned ? -most - 1 : 0, most};
}

bool isInt(Value value) {
  return value.getType().isInteger(64);
}

/// The condition of a branch that goes two ways, and whether it holds on the way to `to`.
std::optional<std::pair<Value, bool>> conditionOf(Operation* terminator, Block* to) {
  auto branch = dyn_cast<cf::CondBranchOp>(terminator);
  if (!branch || branch.getTrueDest() == branch.getFalseDest())
    return {};
  return std::pair(branch.getCondition(), branch.getTrueDest() == to);
}

} // namespace

//===----------------------------------------------------------------------===//
// The analysis
//===----------------------------------------------------------------------===//

IntRanges::IntRanges(ModuleOp module) {
  SmallVector<func::FuncOp> functions;
  for (auto function : module.getOps<func::FuncOp>()) {
    if (function.isExternal())
      continue;
    functions.push_back(function);
    dominance_[function] = std::make_unique<DominanceInfo>(function);
  }
  for (func::FuncOp function : functions)
    passArguments(function); // makes the entries known
  for (unsigned round = 0; round < kMostRounds; ++round) {
    auto before = parameters_;
    for (func::FuncOp function : functions)
      run(function, true);
    // What calls pass may still grow: without bounds in the last round but one.
    for (auto& entry : parameters_)
      for (Known& parameter : entry.second)
        parameter = round + 2 < kMostRounds ? Known() : Known(Interval());
    for (func::FuncOp function : functions)
      passArguments(function);
    bool same = llvm::all_of(
        parameters_, [&](auto& entry) { return entry.second == before.lookup(entry.first()); });
    if (same)
      break;
  }
  for (func::FuncOp function : functions) // narrowing
    run(function, false);
}

/// Takes what a function's calls of typed entries pass.
void IntRanges::passArguments(func::FuncOp function) {
  auto pass = [&](StringRef symbol, OperandRange arguments, Operation* call) {
    SmallVector<Known>& parameters = parameters_[symbol];
    parameters.resize(std::max<size_t>(parameters.size(), arguments.size()));
    for (auto [parameter, argument] : llvm::zip(parameters, arguments)) {
      Known passed = isInt(argument) ? refined(argument, call->getBlock(), kMostDepth) : Known();
      if (passed)
        parameter = parameter ? hull(*parameter, *passed) : *passed;
    }
  };
  function.walk([&](Operation* op) {
    if (auto call = dyn_cast<ir::CallTypedOp>(op))
      pass(call.getSymbol(), call.getArgs(), op);
    else if (auto enter = dyn_cast<ir::EnterTypedOp>(op))
      pass(enter.getSymbol(), enter.getArgs(), op);
  });
}

IntRanges::Known IntRanges::parameter(func::FuncOp function, unsigned index) const {
  auto found = parameters_.find(function.getName());
  if (found == parameters_.end() || index == 0 || index > found->second.size())
    return Interval();
  return found->second[index - 1]; // behind the function itself
}

void IntRanges::run(func::FuncOp function, bool widens) {
  llvm::ReversePostOrderTraversal<Block*> order(&function.getBody().front());
  unsigned rounds = 0;
  for (bool changed = true; changed && (widens || rounds < 2); ++rounds) {
    changed = false;
    for (Block* block : order) {
      for (BlockArgument argument : block->getArguments())
        if (isInt(argument))
          changed |= update(argument,
                            block->isEntryBlock() ? parameter(function, argument.getArgNumber())
                                                  : incoming(argument),
                            widens);
      for (Operation& op : *block)
        for (Value result : op.getResults())
          if (isInt(result))
            changed |= update(result, resultOf(&op), widens);
    }
  }
}

bool IntRanges::update(Value value, Known interval, bool widens) {
  if (!interval)
    return false;
  auto [at, isNew] = intervals_.try_emplace(value, *interval);
  if (isNew)
    return true;
  Interval old = at->second;
  Interval next = widens ? hull(old, *interval) : meet(old, *interval);
  if (next == old)
    return false;
  if (widens && isa<BlockArgument>(value) && ++updates_[value] > kUpdatesToWiden) {
    if (next.low < old.low)
      next.low = next.low >= smallInts().low ? smallInts().low : INT64_MIN;
    if (next.high > old.high)
      next.high = next.high <= smallInts().high ? smallInts().high : INT64_MAX;
  }
  at->second = next;
  return true;
}

IntRanges::Known IntRanges::known(Value value) const {
  auto found = intervals_.find(value);
  return found != intervals_.end() ? Known(found->second) : Known();
}

IntRanges::Known IntRanges::resultOf(Operation* op) const {
  if (isa<ir::GuardIntOp, ir::UnboxIntOp, ir::LoadSlotIntOp, ir::LoadListIntOp, ir::UnpackItemsOp>(
          op))
    return smallInts();
  if (auto load = dyn_cast<ir::LoadArrayIntOp>(op))
    return itemsOf(static_cast<rt::ItemStorage>(load.getStorage()));
  if (auto constant = dyn_cast<arith::ConstantIntOp>(op))
    return Interval{constant.value(), constant.value()};
  if (isa<ir::LengthOp>(op))
    return Interval{0, smallInts().high};
  SmallVector<Interval, 2> operands;
  for (unsigned i = isa<arith::SelectOp>(op) ? 1 : 0;
       i < op->getNumOperands() && operands.size() < 2; ++i) {
    if (!isInt(op->getOperand(i)))
      break;
    Known interval = refined(op->getOperand(i), op->getBlock(), 0);
    if (!interval)
      return {};
    operands.push_back(*interval);
  }
  if (isa<arith::SelectOp>(op) && operands.size() == 2)
    return hull(operands[0], operands[1]);
  if (isa<ir::IntNegOp>(op) && !operands.empty())
    return clipped(-Wide(operands[0].high), -Wide(operands[0].low));
  if (op->getNumResults() == 1 && operands.size() == 2)
    return resultOfTwo(op, operands[0], operands[1]);
  return Interval();
}

/// What comes in on the ways to a block. Ways that nothing is known of yet do not count.
IntRanges::Known IntRanges::incoming(BlockArgument argument) const {
  Known all;
  Block* block = argument.getOwner();
  for (auto it = block->pred_begin(); it != block->pred_end(); ++it) {
    Operation* terminator = (*it)->getTerminator();
    auto branch = dyn_cast<BranchOpInterface>(terminator);
    Value value = branch
                      ? branch.getSuccessorOperands(it.getSuccessorIndex())[argument.getArgNumber()]
                      : Value();
    if (!value)
      return Interval();
    Known passed = refined(value, *it, kMostDepth);
    if (!passed)
      continue;
    all = all ? hull(*all, *passed) : *passed;
  }
  return all;
}

/// The value's bounds in a block: conditions that hold there narrow it, or what it is a sum of.
IntRanges::Known IntRanges::refined(Value value, Block* block, unsigned depth) const {
  Known base = known(value);
  if (!base || base->low == base->high)
    return base;
  Interval result = *base;
  Operation* op = value.getDefiningOp();
  if (depth > 0 && isa_and_present<arith::AddIOp, arith::SubIOp, ir::IntAddOp, ir::IntSubOp>(op)) {
    Known a = refined(op->getOperand(0), block, depth - 1);
    Known b = refined(op->getOperand(1), block, depth - 1);
    if (a && b)
      result = meet(result, resultOfTwo(op, *a, *b));
  }
  auto narrow = [&](auto& self, Value condition, bool holds) -> void {
    Operation* test = condition.getDefiningOp();
    if (auto compare = dyn_cast_if_present<arith::CmpIOp>(test)) {
      auto predicate =
          holds ? compare.getPredicate() : arith::invertPredicate(compare.getPredicate());
      if (compare.getLhs() == value)
        if (Known other = known(compare.getRhs()))
          result = meet(result, comparedWith(predicate, *other));
      if (compare.getRhs() == value)
        if (Known other = known(compare.getLhs()))
          result = meet(result, comparedWith(swapped(predicate), *other));
    } else if (auto negation = dyn_cast_if_present<arith::XOrIOp>(test)) {
      if (auto one = negation.getRhs().getDefiningOp<arith::ConstantIntOp>(); one && one.value())
        self(self, negation.getLhs(), !holds);
    } else if (isa_and_present<arith::AndIOp>(test) && holds) {
      self(self, test->getOperand(0), true);
      self(self, test->getOperand(1), true);
    }
  };
  const DominanceInfo& dominance = *dominance_.find(block->getParentOp())->second;
  unsigned steps = 0;
  for (Block* at = block; at && at != value.getParentBlock() && steps < kMostConditions; ++steps) {
    if (Block* from = at->getSinglePredecessor())
      if (auto condition = conditionOf(from->getTerminator(), at))
        narrow(narrow, condition->first, condition->second);
    auto* node = dominance.getDomTree(block->getParent()).getNode(at);
    at = node && node->getIDom() ? node->getIDom()->getBlock() : nullptr;
  }
  return result;
}

Interval IntRanges::at(Value value, Operation* user) const {
  return refined(value, user->getBlock(), kMostDepth).value_or(Interval());
}

bool IntRanges::fitsAlways(Operation* op) const {
  auto result = unbounded(op, at(op->getOperand(0), op), at(op->getOperand(1), op));
  return result && fits(result->low, result->high);
}

} // namespace pyc
