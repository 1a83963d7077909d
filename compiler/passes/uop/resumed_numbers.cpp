// A register comes out of a generator's frame as native code or the interpreter stored it there: a
// guess, of what a profile saw, that a guard makes sure of.

#include "compiler/passes/uop/resumed_numbers.h"

#include "compiler/passes/uop/number_types.h"
#include "compiler/passes/uop/seen.h"
#include "compiler/passes/uop/state.h"

#include "llvm/ADT/StringSwitch.h"

using namespace mlir;

namespace pyc {

namespace {

class ResumedNumbers {
public:
  explicit ResumedNumbers(func::FuncOp function) : function_(function) {}

  void run() {
    collect();
    if (marks_.empty())
      return;
    infer();
    for (ir::ObserveOp mark : marks_)
      observe(mark);
  }

private:
  using Place = std::pair<int64_t, int64_t>; // word of a yield, register

  void collect() {
    auto resumptions = dyn_cast<cf::SwitchOp>(function_.getBody().front().getTerminator());
    if (!resumptions || !resumptions.getCaseValues())
      return;
    for (auto [key, block] :
         llvm::zip(*resumptions.getCaseValues(), resumptions.getCaseDestinations()))
      for (auto load : block->getOps<ir::LoadRegisterOp>())
        if (key != 0)
          loads_.push_back({load, {key.getSExtValue() - 1, signedIndex(load)}});
    function_.walk([&](ir::SuspendOp suspend) {
      for (auto [value, index] :
           llvm::zip(ir::stateOf(suspend), ir::stateRegisters(suspend).asArrayRef()))
        suspended_[{ir::pcOf(suspend), index}].push_back(value);
    });
    function_.walk([&](ir::ObserveOp observe) {
      if (observe->hasAttr("resumed"))
        marks_.push_back(observe);
      else if (NumberType type = numberOf(observe); type != NumberType::Any)
        observed_[observe.getValue()] = type;
    });
  }

  static int64_t signedIndex(ir::LoadRegisterOp load) {
    return static_cast<int32_t>(load.getIndex());
  }

  static NumberType numberOf(ir::ObserveOp observe) {
    return numberNamed(ir::onlyType(observe.getTypes()));
  }
  static NumberType numberNamed(StringRef type) {
    return llvm::StringSwitch<NumberType>(type)
        .Case("int", NumberType::Int)
        .Case("float", NumberType::Float)
        .Case("bool", NumberType::Bool)
        .Default(NumberType::Any);
  }

  /// The most that can be claimed: from "nothing known yet" down to Any.
  void infer() {
    for (bool changed = true; changed;) {
      changed = false;
      for (Block& block : llvm::drop_begin(function_.getBody()))
        for (BlockArgument argument : block.getArguments())
          for (auto it = block.pred_begin(); it != block.pred_end(); ++it)
            changed |= meet(argument, incoming(argument, *it, it.getSuccessorIndex()));
      for (auto& [load, place] : loads_)
        for (Value value : suspended_.lookup(place))
          changed |= meet(load.getValue(), of(value));
    }
  }

  NumberType incoming(BlockArgument argument, Block* from, unsigned successor) const {
    auto branch = dyn_cast<BranchOpInterface>(from->getTerminator());
    Value value =
        branch ? branch.getSuccessorOperands(successor)[argument.getArgNumber()] : Value();
    return value ? of(value) : NumberType::Any;
  }

  bool meet(Value value, NumberType type) {
    NumberType& slot = types_[value];
    if (type == NumberType::Unknown || slot == type || slot == NumberType::Any)
      return false;
    slot = slot == NumberType::Unknown ? type : NumberType::Any;
    return true;
  }

  NumberType of(Value value) const {
    if (auto known = observed_.find(value); known != observed_.end())
      return known->second;
    Operation* op = value.getDefiningOp();
    if (!op)
      return cast<BlockArgument>(value).getOwner()->isEntryBlock() ? NumberType::Any
                                                                   : types_.lookup(value);
    if (NumberType boxed = boxedType(op); boxed != NumberType::Any)
      return boxed;
    if (arithOf(op) != Arith::None) // seen where another way comes in: its result was not
      return resultOf(op);
    bool isResumed = isa<ir::LoadRegisterOp>(op) &&
                     llvm::any_of(loads_, [&](auto& load) { return load.first == op; });
    return isResumed ? types_.lookup(value) : NumberType::Any;
  }

  /// Of an operator on the types that it met; a guess as all of this.
  static NumberType resultOf(Operation* op) {
    NumberType lhs = numberNamed(ir::onlyType(ir::seenAt(op, 1)));
    NumberType rhs = numberNamed(ir::onlyType(ir::seenAt(op, 2)));
    if (lhs == NumberType::Any || rhs == NumberType::Any)
      return NumberType::Any;
    bool isFloat = lhs == NumberType::Float || rhs == NumberType::Float;
    return isFloat || arithOf(op) == Arith::TrueDiv ? NumberType::Float : NumberType::Int;
  }

  void observe(ir::ObserveOp mark) {
    OpBuilder b(mark);
    for (auto load : mark->getBlock()->getOps<ir::LoadRegisterOp>()) {
      NumberType type = of(load.getValue());
      if (type == NumberType::Unknown || type == NumberType::Any)
        continue;
      ir::createWithState<ir::ObserveOp>(
          b, mark, {}, load.getValue(),
          {b.getNamedAttr("types", b.getStrArrayAttr({nameOf(type)}))});
    }
  }

  func::FuncOp function_;
  SmallVector<std::pair<ir::LoadRegisterOp, Place>> loads_;
  llvm::DenseMap<Place, SmallVector<Value>> suspended_;
  llvm::DenseMap<Value, NumberType> observed_, types_;
  SmallVector<ir::ObserveOp> marks_;
};

} // namespace

void observeResumedNumbers(func::FuncOp function) {
  ResumedNumbers(function).run();
}

} // namespace pyc
