// Built-in functions of one generator, which is written down as their argument, become loops, so
// that the generator's code can be inlined into them:
//
//   %g = call(%genexpr, %it)         guard_builtin %sum "sum"; br ^header(0)
//   %r = call(%sum, %g)         =>   ^header(%total): %x = next %g; cond_br is_null(%x), ^done,
//   ^add
//                                    ^add: %n = guard_int %x; br ^header(int_add %total, %n)
//
// sum(), min() and max() of ints only, or of floats only (sum() of bools, too), as a profile saw
// them or as they are written; any() and all(); list(), and tuple(), sorted() and str.join(), which
// begin with a list; set(), and frozenset(), which begins with a set; min() and max() may have a
// default. A side exit calls the
// function again for what the generator has left: uop.reduction stands for the function with what
// was done so far, and an item that was taken.

#include "compiler/passes/generators/generator_body.h"
#include "compiler/passes/passes.h"
#include "compiler/passes/uop/seen.h"
#include "compiler/passes/uop/state.h"
#include "compiler/remarks/remark.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;
using namespace pyc;

namespace {

/// What the items of a sum are.
enum class Items { Any, Ints, Floats, Bools };

Items itemsOfType(StringRef type) {
  return llvm::StringSwitch<Items>(type)
      .Case("int", Items::Ints)
      .Case("float", Items::Floats)
      .Case("bool", Items::Bools)
      .Default(Items::Any);
}

/// The type of what an operation makes, by itself or as a profile saw it.
Items itemsMadeBy(Value value) {
  if (value.getDefiningOp<ir::BoxIntOp>())
    return Items::Ints;
  if (value.getDefiningOp<ir::BoxFloatOp>())
    return Items::Floats;
  if (value.getDefiningOp<ir::BoxBoolOp>())
    return Items::Bools;
  for (Operation* user : value.getUsers())
    if (auto observe = dyn_cast<ir::ObserveOp>(user); observe && observe.getValue() == value)
      return itemsOfType(ir::onlyType(observe.getTypes()));
  return Items::Any;
}

/// The type of what the generator's code yields, where it is one.
class YieldedItems {
public:
  explicit YieldedItems(func::FuncOp generator) {
    for (Block& block : generator.getBody())
      if (GeneratorBody::exitOf(&block) == GeneratorExit::Yield)
        add(block.getTerminator()->getOperand(0));
  }

  Items type() const { return items_.value_or(Items::Any); }

private:
  /// Goes back to where the value is made. One that comes from a register was put there before, by
  /// a way that is followed as well.
  void add(Value value) {
    if (!seen_.insert(value).second ||
        isa_and_present<ir::LoadRegisterOp, ir::NullOp>(value.getDefiningOp()))
      return;
    auto argument = dyn_cast<BlockArgument>(value);
    if (!argument || argument.getOwner()->isEntryBlock())
      return join(itemsMadeBy(value));
    if (Items observed = itemsMadeBy(value); observed != Items::Any)
      return join(observed);
    Block* block = argument.getOwner();
    for (auto pred = block->pred_begin(); pred != block->pred_end(); ++pred) {
      auto branch = dyn_cast<BranchOpInterface>((*pred)->getTerminator());
      Value passed =
          branch ? branch.getSuccessorOperands(pred.getSuccessorIndex())[argument.getArgNumber()]
                 : Value();
      if (!passed)
        return join(Items::Any);
      add(passed);
    }
  }
  void join(Items items) { items_ = items_.value_or(items) == items ? items : Items::Any; }

  std::optional<Items> items_;
  llvm::DenseSet<Value> seen_;
};

/// A call of one of the functions with a generator.
struct Reduction {
  Operation* call; // uop.call, or uop.call_method for join
  StringRef name;
  Items items;
  bool isExpression; // the generator's, whose call was seen to make a generator
  unsigned last;     // the operand that is the generator

  Value function() { return call->getOperand(0); }
  Value generator() { return call->getOperand(last); }
  /// What is tested to be the built-in: the function, or join's str.
  Value guarded() { return call->getOperand(last - 1); }
};

class Expander {
public:
  explicit Expander(Reduction reduction)
      : reduction_(reduction), call_(reduction.call), b_(call_), loc_(call_->getLoc()),
        value_(call_->getResult(0).getType()) {}

  void run() {
    splitBlocks();
    StringRef name = reduction_.name;
    if (name == "sum" && reduction_.items == Items::Floats)
      sumFloats();
    else if (name == "sum")
      sumInts();
    else if (name == "min" || name == "max")
      findExtreme(name == "min");
    else if (name == "any" || name == "all")
      search(name == "any");
    else if (name == "set" || name == "frozenset")
      collectSet();
    else
      collectList();
    call_->getResult(0).replaceAllUsesWith(result_);
    if (auto unwind = ir::unwindOf(call_))
      unwind.erase();
    call_->erase();
    spare_->erase();
  }

private:
  Block* newBlock(Block* before) {
    auto* block = new Block();
    before->getParent()->getBlocks().insert(before->getIterator(), block);
    return block;
  }

  /// Behind the call everything goes on with an argument for its result. The call itself waits in
  /// a block of its own for its state to be copied.
  void splitBlocks() {
    Block* before = call_->getBlock();
    auto unwind = ir::unwindOf(call_);
    spare_ = before->splitBlock(call_);
    done_ = newBlock(spare_);
    result_ = done_->addArgument(value_, loc_);
    b_.setInsertionPointToEnd(done_);
    if (unwind)
      cf::BranchOp::create(b_, loc_, unwind.getNormal(), unwind.getNormalArgs());
    else
      cf::BranchOp::create(b_, loc_, spare_->splitBlock(call_->getNextNode()));
    header_ = newBlock(done_);
    end_ = newBlock(done_);
    body_ = newBlock(end_);
    b_.setInsertionPointToEnd(before);
    ir::createWithState<ir::GuardBuiltinOp>(
        b_, call_, {}, reduction_.guarded(),
        {b_.getNamedAttr("function", b_.getStringAttr(reduction_.name))});
  }

  /// Goes to the loop with the first values of what it carries, which its header gets. `state`:
  /// what it does not carry, for frame states.
  void enterLoop(ArrayRef<Value> initial, ArrayRef<Value> state = {}) {
    Value generator = reduction_.isExpression ? reduction_.generator() : iterator();
    carried_.assign(state.begin(), state.end());
    cf::BranchOp::create(b_, loc_, header_, initial);
    for (Value value : initial)
      carried_.push_back(header_->addArgument(value.getType(), loc_));
    b_.setInsertionPointToEnd(header_);
    Operation* next = ir::createWithState<ir::NextOp>(b_, call_, value_, generator);
    setFunction(next, carried_);
    item_ = next->getResult(0);
    raiseEdge();
    Value isNull = ir::IsNullOp::create(b_, loc_, b_.getI1Type(), item_);
    cf::CondBranchOp::create(b_, loc_, isNull, end_, ValueRange(), body_, ValueRange());
    b_.setInsertionPointToEnd(body_);
  }

  /// Another function than the profile saw may have been called, so that it can be anything. From
  /// here on the iterator takes the place of what was to be iterated.
  Value iterator() {
    Value iterable = reduction_.generator();
    Block* before = b_.getInsertionBlock();
    auto made = ir::createWithState<ir::GetIterOp>(b_, call_, value_, iterable);
    raiseEdge();
    iterable.replaceUsesWithIf(
        made, [&](OpOperand& use) { return use.getOwner()->getBlock() != before; });
    ir::DecrefOp::create(b_, loc_, iterable);
    return made;
  }

  /// The call's exceptional edge, behind an operation that was just made.
  void raiseEdge() {
    auto unwind = ir::unwindOf(call_);
    if (!unwind)
      return;
    Block* rest = newBlock(end_);
    ir::UnwindOp::create(b_, loc_, ValueRange(), unwind.getHandlerArgs(), unwind.getDepth(), rest,
                         unwind.getHandler());
    b_.setInsertionPointToEnd(rest);
  }

  /// In the operation's frame state, the function stands for what has been done so far.
  void setFunction(Operation* op, ArrayRef<Value> state) {
    if (state.empty())
      return;
    OpBuilder::InsertionGuard guard(b_);
    b_.setInsertionPoint(op);
    Value going = ir::ReductionOp::create(b_, loc_, value_, reduction_.function(), state);
    for (OpOperand& use : op->getOpOperands())
      if (use.getOperandNumber() >= ir::stateBegin(op) && use.get() == reduction_.function())
        use.set(going);
  }

  SmallVector<Value> withItem(Value item) {
    SmallVector<Value> state(carried_);
    state.push_back(item);
    return state;
  }

  /// The item as an int of 64 bits: where it is none, code goes on without this.
  Value intItem() {
    if (reduction_.items == Items::Bools) {
      auto bit = ir::createWithState<ir::GuardBoolOp>(b_, call_, b_.getI1Type(), item_);
      setFunction(bit, withItem(item_));
      return arith::ExtUIOp::create(b_, loc_, b_.getI64Type(), bit.getResult());
    }
    auto number = ir::createWithState<ir::GuardIntOp>(b_, call_, b_.getI64Type(), item_);
    setFunction(number, withItem(item_));
    return number;
  }

  void sumInts() {
    enterLoop({arith::ConstantIntOp::create(b_, loc_, 0, 64).getResult()});
    Value number = intItem();
    Value operands[] = {carried_[0], number};
    auto total = ir::createWithState<ir::IntAddOp>(b_, call_, b_.getI64Type(), operands);
    setFunction(total, withItem(number));
    cf::BranchOp::create(b_, loc_, header_, ValueRange{total.getResult()});
    b_.setInsertionPointToEnd(end_);
    Value result = ir::BoxIntOp::create(b_, loc_, value_, carried_[0]);
    cf::BranchOp::create(b_, loc_, done_, result);
  }

  /// Carries CompensatedSum's numbers and whether there was an item: without one the sum is 0.
  void sumFloats() {
    Value zero = arith::ConstantOp::create(b_, loc_, b_.getF64FloatAttr(0.0));
    Value no = arith::ConstantIntOp::create(b_, loc_, 0, 1);
    Value yes = arith::ConstantIntOp::create(b_, loc_, 1, 1);
    enterLoop({zero, zero, no});
    auto number = ir::createWithState<ir::GuardFloatOp>(b_, call_, b_.getF64Type(), item_);
    setFunction(number, withItem(item_));
    Value low = ir::SumLowOp::create(b_, loc_, b_.getF64Type(), carried_[0], carried_[1],
                                     number.getResult());
    Value high = arith::AddFOp::create(b_, loc_, carried_[0], number.getResult());
    cf::BranchOp::create(b_, loc_, header_, ValueRange{high, low, yes});
    Block* some = newBlock(done_);
    Block* none = newBlock(done_);
    b_.setInsertionPointToEnd(end_);
    cf::CondBranchOp::create(b_, loc_, carried_[2], some, ValueRange(), none, ValueRange());
    b_.setInsertionPointToEnd(some);
    Value sum = ir::SumValueOp::create(b_, loc_, b_.getF64Type(), carried_[0], carried_[1]);
    cf::BranchOp::create(b_, loc_, done_,
                         ValueRange{ir::BoxFloatOp::create(b_, loc_, value_, sum)});
    b_.setInsertionPointToEnd(none);
    Value nothing = arith::ConstantIntOp::create(b_, loc_, 0, 64);
    cf::BranchOp::create(b_, loc_, done_,
                         ValueRange{ir::BoxIntOp::create(b_, loc_, value_, nothing)});
  }

  void search(bool isAny) {
    enterLoop({});
    auto truth = ir::createWithState<ir::TruthOp>(b_, call_, b_.getI1Type(), item_);
    setFunction(truth, {item_});
    raiseEdge();
    ir::DecrefOp::create(b_, loc_, item_);
    Block* found = newBlock(done_);
    cf::CondBranchOp::create(b_, loc_, truth.getResult(), isAny ? found : header_, ValueRange(),
                             isAny ? header_ : found, ValueRange());
    auto finish = [&](Block* block, bool answer) {
      b_.setInsertionPointToEnd(block);
      Value bit = arith::ConstantIntOp::create(b_, loc_, answer, 1);
      cf::BranchOp::create(b_, loc_, done_,
                           ValueRange{ir::BoxBoolOp::create(b_, loc_, value_, bit)});
    };
    finish(found, isAny);
    finish(end_, !isAny);
  }

  /// Carries the best item and whether there is one.
  void findExtreme(bool isMin) {
    bool isInt = reduction_.items == Items::Ints;
    Value zero = isInt ? arith::ConstantIntOp::create(b_, loc_, 0, 64).getResult()
                       : arith::ConstantOp::create(b_, loc_, b_.getF64FloatAttr(0.0));
    enterLoop({zero, arith::ConstantIntOp::create(b_, loc_, 0, 1)});
    Operation* guard = isInt
                           ? ir::createWithState<ir::GuardIntOp>(b_, call_, zero.getType(), item_)
                           : ir::createWithState<ir::GuardFloatOp>(b_, call_, zero.getType(), item_)
                                 .getOperation();
    setFunction(guard, withItem(item_));
    Value number = guard->getResult(0);
    Value left = isMin ? number : carried_[0], right = isMin ? carried_[0] : number;
    Value better =
        isInt ? arith::CmpIOp::create(b_, loc_, arith::CmpIPredicate::slt, left, right).getResult()
              : arith::CmpFOp::create(b_, loc_, arith::CmpFPredicate::OLT, left, right);
    Value yes = arith::ConstantIntOp::create(b_, loc_, 1, 1);
    Value first = arith::XOrIOp::create(b_, loc_, carried_[1], yes);
    Value taken = arith::OrIOp::create(b_, loc_, better, first);
    Value best = arith::SelectOp::create(b_, loc_, taken, number, carried_[0]);
    cf::BranchOp::create(b_, loc_, header_, ValueRange{best, yes});
    Block* some = newBlock(done_);
    Block* none = newBlock(done_);
    b_.setInsertionPointToEnd(end_);
    cf::CondBranchOp::create(b_, loc_, carried_[1], some, ValueRange(), none, ValueRange());
    b_.setInsertionPointToEnd(some);
    Value result = isInt ? ir::BoxIntOp::create(b_, loc_, value_, carried_[0]).getResult()
                         : ir::BoxFloatOp::create(b_, loc_, value_, carried_[0]).getResult();
    cf::BranchOp::create(b_, loc_, done_, result);
    b_.setInsertionPointToEnd(none); // the function says so, of what is not the generator
    if (isa<ir::CallKwOp>(call_))
      ir::IncrefOp::create(b_, loc_, fallback());
    cf::BranchOp::create(b_, loc_, done_,
                         isa<ir::CallKwOp>(call_) ? fallback() : callWith(emptyTuple(), {}));
  }

  Value fallback() { return call_->getOperand(reduction_.last + 1); }

  /// Shared and immortal.
  Value emptyTuple() {
    OperationState state(loc_, ir::BuildTupleOp::getOperationName());
    state.addTypes(value_);
    state.addAttribute("count", b_.getI32IntegerAttr(0));
    return b_.create(state)->getResult(0);
  }

  /// The function, called with something else than the generator.
  Value callWith(Value argument, ArrayRef<Value> state) {
    Operation* call = b_.clone(*call_);
    call->setOperand(reduction_.last, argument);
    setFunction(call, state);
    raiseEdge();
    return call->getResult(0);
  }

  void collectList() {
    OperationState state(loc_, ir::BuildListOp::getOperationName());
    state.addTypes(value_);
    state.addAttribute("count", b_.getI32IntegerAttr(0));
    Value list = b_.create(state)->getResult(0);
    enterLoop({}, list);
    b_.create(loc_, b_.getStringAttr(ir::ListAppendOp::getOperationName()), {list, item_});
    nextItem();
    finishCollecting(list, reduction_.name == "list");
  }

  /// An item that can't be in a set is an error in the middle of what the generator does.
  void collectSet() {
    Value set = ir::createWithState<ir::BuildSetOp>(
        b_, call_, value_, {}, b_.getNamedAttr("count", b_.getI32IntegerAttr(0)));
    Operation* build = set.getDefiningOp();
    auto stateSize = static_cast<int32_t>(build->getNumOperands());
    build->setAttr("operandSegmentSizes", b_.getDenseI32ArrayAttr({0, stateSize}));
    raiseEdge();
    enterLoop({}, set);
    Value operands[] = {set, item_};
    auto add = ir::createWithState<ir::SetAddOp>(b_, call_, {}, operands);
    setFunction(add, operands);
    raiseEdge();
    nextItem();
    finishCollecting(set, reduction_.name == "set");
  }

  void nextItem() {
    ir::DecrefOp::create(b_, loc_, item_);
    cf::BranchOp::create(b_, loc_, header_);
  }

  void finishCollecting(Value collection, bool isResult) {
    b_.setInsertionPointToEnd(end_);
    Value result = collection;
    if (!isResult) {
      result = reduction_.name == "tuple"
                   ? ir::ListToTupleOp::create(b_, loc_, value_, collection).getResult()
                   : callWith(collection, collection);
      ir::DecrefOp::create(b_, loc_, collection);
    }
    cf::BranchOp::create(b_, loc_, done_, result);
  }

  Reduction reduction_;
  Operation* call_;
  OpBuilder b_;
  Location loc_;
  Type value_;
  Block *spare_ = nullptr, *header_ = nullptr, *body_ = nullptr, *end_ = nullptr, *done_ = nullptr;
  Value item_, result_;
  SmallVector<Value> carried_;
};

class ExpandReductions : public PassWrapper<ExpandReductions, OperationPass<ModuleOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(ExpandReductions)
  StringRef getArgument() const override { return "expand-reductions"; }
  StringRef getDescription() const override {
    return "Turn sum, list, max and the like of a generator into loops";
  }
  void getDependentDialects(DialectRegistry& registry) const override {
    registry.insert<arith::ArithDialect, cf::ControlFlowDialect>();
  }

  void runOnOperation() override {
    llvm::StringMap<func::FuncOp> functions;
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (auto name = function->getAttrOfType<StringAttr>("uop.name"))
        functions[("function " + name.str())] = function;
    SmallVector<Reduction> reductions;
    getOperation().walk([&](Operation* op) {
      if (auto reduction = match(op, functions))
        reductions.push_back(*reduction);
    });
    for (Reduction& reduction : reductions) {
      explain(reduction.call, RemarkKind::Inlined, {(reduction.name + "()").str()});
      Expander(reduction).run();
    }
  }

private:
  using Functions = llvm::StringMap<func::FuncOp>;

  static std::optional<Reduction> match(Operation* op, const Functions& functions) {
    StringRef name = functionOf(op);
    if (name.empty())
      return {};
    unsigned last = isa<ir::CallKwOp>(op) ? 1 : ir::stateBegin(op) - 1;
    Reduction reduction{op, name, Items::Any, false, last};
    auto generator = reduction.generator().getDefiningOp<ir::CallOp>();
    if (!generator || !isOnlyPassed(generator, op, reduction.last) || !hasOneEdge(op) ||
        !isHeldOnce(op, reduction.function()))
      return {};
    auto made = generator.getWindow()[0].getDefiningOp<ir::MakeFunctionOp>();
    auto target = made ? made->getAttrOfType<StringAttr>("function") : StringAttr();
    auto found =
        functions.find(target ? target.getValue() : ir::onlyType(ir::seenAt(generator, 1)));
    if (found == functions.end())
      return {};
    auto body = GeneratorBody::describe(found->second);
    if (!body || (target && !body->isExpression()))
      return {};
    reduction.isExpression = static_cast<bool>(target);
    reduction.items = YieldedItems(found->second).type();
    bool isExtreme = name == "min" || name == "max";
    if (((isExtreme || name == "sum") && reduction.items == Items::Any) ||
        (isExtreme && reduction.items == Items::Bools))
      return {};
    return reduction;
  }

  /// The built-in that is called with one argument, as far as a profile agrees; else empty.
  static StringRef functionOf(Operation* op) {
    if (auto call = dyn_cast<ir::CallMethodOp>(op)) {
      auto load = call.getWindow()[0].getDefiningOp<ir::LoadMethodOp>();
      return load && load.getName() == "join" && call.getWindow().size() == 3 &&
                     call.getWindow()[1] == load->getResult(1)
                 ? "join"
                 : "";
    }
    bool hasDefault = isCallWithDefault(op);
    auto call = dyn_cast<ir::CallOp>(op);
    if (!hasDefault && (!call || call.getWindow().size() != 2))
      return {};
    Operation* load = op->getOperand(0).getDefiningOp();
    if (!isa_and_present<ir::LoadGlobalOp, ir::LoadNameOp>(load))
      return {};
    StringRef name = load->getAttrOfType<StringAttr>("name").getValue();
    StringRef seen = ir::onlyType(ir::seenAt(op, 1));
    if (hasDefault && name != "min" && name != "max")
      return {};
    bool isType = name == "list" || name == "tuple" || name == "set" || name == "frozenset";
    if (!isType && name != "sum" && name != "any" && name != "all" && name != "min" &&
        name != "max" && name != "sorted")
      return {};
    std::string expected = ((isType ? "class " : "builtin builtins:") + name).str();
    return seen.empty() || seen == expected ? name : StringRef();
  }

  /// f(x, default=y)
  static bool isCallWithDefault(Operation* op) {
    auto call = dyn_cast<ir::CallKwOp>(op);
    auto keywords = call ? op->getAttrOfType<ArrayAttr>("keywords") : ArrayAttr();
    return keywords && keywords.size() == 1 && call.getWindow().size() == 3 &&
           cast<StringAttr>(keywords[0]) == "default";
  }

  static bool isOnlyPassed(ir::CallOp generator, Operation* call, unsigned number) {
    return llvm::all_of(generator.getDst().getUses(), [&](OpOperand& use) {
      Operation* op = use.getOwner();
      return ir::isStateUse(use) || isa<ir::DecrefOp, ir::ObserveOp>(op) ||
             (op == call && use.getOperandNumber() == number);
    });
  }

  /// Whether the function is in one register of the call's state, which owns it.
  static bool isHeldOnce(Operation* call, Value function) {
    unsigned owners = 0, holders = 0;
    auto owned = call->getAttrOfType<DenseBoolArrayAttr>("owned");
    for (auto [value, isOwned] : llvm::zip(ir::stateOf(call), owned.asArrayRef()))
      if (value == function) {
        ++holders;
        owners += isOwned;
      }
    return holders == 1 && owners == 1;
  }

  /// Behind an exceptional edge the code goes on in a block that nothing else leads to.
  static bool hasOneEdge(Operation* call) {
    auto unwind = ir::unwindOf(call);
    return !unwind || (unwind == call->getNextNode() && unwind.getNormal()->getSinglePredecessor());
  }
};

} // namespace

std::unique_ptr<Pass> pyc::createExpandReductions() {
  return std::make_unique<ExpandReductions>();
}
