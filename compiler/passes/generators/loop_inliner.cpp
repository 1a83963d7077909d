// The object exists only in frame states (uop.generator_frame). A side exit makes it, suspended
// where the inlined code was, and the interpreter goes on at the loop's for_iter or in the loop's
// body. An exception that leaves the inlined code is raised at the for_iter.

#include "compiler/passes/generators/loop_inliner.h"

#include "compiler/passes/generators/generator_variables.h"
#include "compiler/passes/generators/loop_state.h"
#include "compiler/passes/uop/state.h"

#include "mlir/Analysis/Liveness.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;

namespace pyc {

namespace {

class LoopInliner {
public:
  LoopInliner(func::FuncOp function, GeneratorLoop loop, GeneratorBody body, int64_t frame)
      : function_(function), loop_(loop), body_(body), state_(loop_), frame_(frame), b_(loop.call),
        loc_(loop.call->getLoc()), header_(loop.next->getBlock()) {}

  void run() {
    collectUses();
    enterCall();
    cloneBody();
    connectLoop();
    rewriteOperations();
    defineVariables();
    eraseLoop();
    rewriteUses();
    repairHeaderArguments();
    replaceLoads();
    if (loop_.getIter)
      erase(loop_.getIter);
    erase(loop_.call);
    ir::eraseDeadBlocks(function_.getBody());
    eraseUnusedObjects();
  }

private:
  Value callee() { return loop_.window()[0]; }

  /// The uses that the object has beside the loop, and which releases are the last.
  void collectUses() {
    Liveness liveness(function_);
    for (Value object : loop_.objects())
      for (OpOperand& use : object.getUses()) {
        Operation* op = use.getOwner();
        if (op == loop_.getIter || op->getBlock() == header_)
          continue; // the header's objects are made anew for each state
        if (ir::isStateUse(use))
          stateUses_.push_back(&use);
        else
          counts_.push_back(op);
        if (isa<ir::DecrefOp>(op) && isDeadAfter(liveness, op))
          lastReleases_.insert(op);
      }
    // The header's arguments are known no more once the header is gone.
    for (BlockArgument argument : header_->getArguments())
      headerArguments_.push_back(argument);
    for (Operation& op : llvm::make_early_inc_range(*header_))
      if (isa<arith::ConstantOp>(op))
        op.moveBefore(loop_.call);
  }

  bool isDeadAfter(Liveness& liveness, Operation* op) {
    return llvm::all_of(loop_.objects(),
                        [&](Value object) { return liveness.isDeadAfter(object, op); });
  }

  Value constant(int64_t value) { return arith::ConstantIntOp::create(b_, loc_, value, 64); }

  /// In front of the call: it calls the function whose code this is. Its arguments live on.
  void enterCall() {
    Block& entry = function_.getBody().front();
    b_.setInsertionPointToStart(&entry);
    null_ = ir::NullOp::create(b_, loc_, callee().getType());
    b_.setInsertionPoint(loop_.call);
    ir::createWithState<ir::GuardGeneratorOp>(
        b_, loop_.call, {}, callee(),
        {b_.getNamedAttr("symbol", b_.getStringAttr(body_.function().getName()))});
    if (isa<ir::CallMethodOp>(loop_.call)) {
      Value isFunction = ir::IsNullOp::create(b_, loc_, b_.getI1Type(), loop_.window()[1]);
      Value one = arith::ConstantIntOp::create(b_, loc_, 1, 1);
      Value isMethod = arith::XOrIOp::create(b_, loc_, isFunction, one);
      ir::createWithState<ir::GuardTrueOp>(b_, loop_.call, {}, isMethod);
    }
    for (Value value : loop_.window())
      ir::IncrefOp::create(b_, loc_, value);
    auto frame = ir::InlinedFrameOp::create(b_, loc_, callee(), static_cast<uint32_t>(frame_),
                                            static_cast<uint32_t>(body_.code()));
    if (Attribute parent = loop_.call->getAttr("inlined"))
      frame->setAttr("inlined", parent);
    none_ = ir::NoneOp::create(b_, loc_, callee().getType());
    finished_ = constant(kFinished);
    unused_ = constant(0);
  }

  void cloneBody() {
    Region& source = body_.function().getBody();
    map_.map(source.getArgument(0), callee());
    map_.map(source.getArgument(1), unused_);
    map_.map(source.getArgument(2), unused_);
    map_.map(source.getArgument(3), none_);
    Region& target = function_.getBody();
    source.cloneInto(&target, std::next(header_->getIterator()), map_);
    // The way to resumptions that native code does not know has no meaning here.
    Block* other = body_.resumptions().getDefaultDestination();
    for (Block& block : source)
      if (&block != other)
        blocks_.push_back(map_.lookup(&block));
    Block* entry = blocks_.front();
    cast<cf::SwitchOp>(entry->getTerminator())->setSuccessor(entry, 0);
    map_.lookup(other)->erase();
    for (Operation& op : llvm::make_early_inc_range(entry->without_terminator()))
      op.moveBefore(loop_.call);
  }

  Block* newBlock() {
    auto* block = new Block();
    function_.getBody().getBlocks().insert(header_->getIterator(), block);
    return block;
  }

  /// The loop's edges lead into the generator's code, that code's exits into the loop's blocks.
  void connectLoop() {
    SmallVector<Location> locations(headerArguments_.size(), loc_);
    SmallVector<Type> types;
    for (BlockArgument argument : headerArguments_)
      types.push_back(argument.getType());
    start_ = newBlock();
    turn_ = newBlock();
    for (Block* block : {start_, turn_})
      block->addArguments(types, locations);
    bodyEntry_ = newBlock();
    item_ = bodyEntry_->addArgument(null_.getType(), loc_);
    b_.setInsertionPointToEnd(bodyEntry_);
    cf::BranchOp::create(b_, loc_, loop_.branch.getFalseDest(),
                         loop_.branch.getFalseDestOperands());
    end_ = newBlock();
    b_.setInsertionPointToEnd(end_);
    cf::BranchOp::create(b_, loc_, loop_.branch.getTrueDest(), loop_.branch.getTrueDestOperands());
    raise_ = newBlock();
    loop_.next.getItem().replaceUsesWithIf(
        item_, [&](OpOperand& use) { return use.getOwner() != loop_.isNull; });
    DominanceInfo dominance(function_);
    SmallVector<Block*> starts;
    for (Block* from : header_->getPredecessors())
      if (!dominance.dominates(header_, from))
        starts.push_back(from);
    isAskedAtTurn_ = comesBackTo(starts);
    for (auto it = header_->pred_begin(); it != header_->pred_end();) {
      Block* from = *it;
      unsigned index = it.getSuccessorIndex();
      ++it;
      bool isStart = llvm::is_contained(starts, from) && !isAskedAtTurn_;
      from->getTerminator()->setSuccessor(isStart ? start_ : turn_, index);
    }
  }

  /// Whether the loop's step may lead to one of these blocks without a new generator: then an edge
  /// does not say whether the generator has begun.
  bool comesBackTo(ArrayRef<Block*> starts) {
    SetVector<Block*> reached;
    reached.insert(header_);
    for (unsigned i = 0; i < reached.size(); ++i)
      if (Block* block = reached[i]; block != loop_.call->getBlock())
        reached.insert_range(block->getSuccessors());
    reached.remove(loop_.call->getBlock());
    return llvm::any_of(starts, [&](Block* block) { return reached.contains(block); });
  }

  void defineVariables() {
    variables_.emplace(loop_, callee(), frame_, null_);
    for (auto [i, argument] : llvm::enumerate(loop_.window().drop_front()))
      variables_->startWith(-1 - static_cast<int>(i), argument);
    for (Block* block : blocks_)
      if (GeneratorBody::exitOf(block) == GeneratorExit::Yield)
        for (int16_t index : ir::stateRegisters(block->getTerminator()->getPrevNode()).asArrayRef())
          variables_->addRegister(index);
    resume();
    for (Block* block : blocks_)
      rewriteExit(block);
    finishRaise();
  }

  void rewriteExit(Block* block) {
    GeneratorExit exit = GeneratorBody::exitOf(block);
    if (exit == GeneratorExit::None)
      return;
    Operation* ret = block->getTerminator();
    b_.setInsertionPoint(ret);
    Value value = ret->getOperand(0);
    switch (exit) {
    case GeneratorExit::Yield: {
      Operation* suspend = ret->getPrevNode();
      auto owned = suspend->getAttrOfType<DenseBoolArrayAttr>("owned");
      for (auto [held, isOwned] : llvm::zip(ir::stateOf(suspend), owned.asArrayRef()))
        if (!isOwned)
          ir::IncrefOp::create(b_, loc_, held);
      int64_t word = suspend->getAttrOfType<IntegerAttr>("pc").getInt();
      variables_->suspendAtEnd(block, constant(word + 1), ir::stateRegisters(suspend).asArrayRef(),
                               ir::stateOf(suspend));
      cf::BranchOp::create(b_, loc_, bodyEntry_, value);
      ret->erase();
      suspend->erase();
      return;
    }
    case GeneratorExit::Return:
      ir::DecrefOp::create(b_, loc_, value);
      ir::DecrefOp::create(b_, loc_, callee());
      variables_->finishAtEnd(block, finished_);
      cf::BranchOp::create(b_, loc_, end_);
      break;
    default:
      cf::BranchOp::create(b_, loc_, raise_);
    }
    ret->erase();
  }

  /// The exception goes on in the loop's function.
  void finishRaise() {
    b_.setInsertionPointToEnd(raise_);
    ir::DecrefOp::create(b_, loc_, callee());
    ir::UnwindOp unwind = ir::unwindOf(loop_.next);
    SmallVector<Value> state;
    SmallVector<int16_t> registers;
    SmallVector<bool> owned;
    state_.copyWithoutObject(b_, state, registers, owned);
    auto raise = ir::ThrowOp::create(b_, loop_.next.getLoc(), "propagate", ValueRange(), state,
                                     static_cast<uint32_t>(loop_.next.getPc()), registers, owned,
                                     unwind ? unwind.getDepth() : static_cast<uint32_t>(-1));
    for (StringRef name : {"inlined", "word"})
      if (Attribute attribute = loop_.next->getAttr(name))
        raise->setAttr(name, attribute);
    variables_->finishAtEnd(raise_, finished_);
    if (unwind)
      cf::BranchOp::create(b_, loc_, unwind.getHandler(), unwind.getHandlerArgs());
    else
      func::ReturnOp::create(b_, loc_, null_);
  }

  /// The loop's next turn goes on behind the yield that gave the last item.
  void resume() {
    auto resumptions = cast<cf::SwitchOp>(blocks_.front()->getTerminator());
    SmallVector<std::pair<int64_t, Block*>> yields;
    for (auto [key, block] :
         llvm::zip(*resumptions.getCaseValues(), resumptions.getCaseDestinations())) {
      if (key.getSExtValue() != kAtStart)
        yields.push_back({key.getSExtValue(), block});
      else
        beginAt(block);
    }
    b_.setInsertionPointToEnd(turn_);
    if (yields.empty() && !isAskedAtTurn_) { // never reached: without a yield there is no item
      cf::BranchOp::create(b_, loc_, raise_);
      return;
    }
    if (yields.size() == 1 && !isAskedAtTurn_) {
      cf::BranchOp::create(b_, loc_, yields[0].second);
      return;
    }
    SmallVector<APInt> keys;
    SmallVector<Block*> blocks;
    SmallVector<ValueRange> operands;
    auto addCase = [&](int64_t key, Block* block, ValueRange arguments) {
      keys.push_back(APInt(64, key, true));
      blocks.push_back(block);
      operands.push_back(arguments);
    };
    for (auto [key, block] : yields)
      addCase(key, block, {});
    if (isAskedAtTurn_) {
      addCase(kAtStart, start_, turn_->getArguments());
      addCase(kFinished, end_, {});
    }
    Block* first = blocks.front();
    ValueRange arguments = operands.front();
    // The flag is set when the loop is gone and its edges are final.
    cf::SwitchOp::create(b_, loc_, unused_, first, arguments, ArrayRef(keys).drop_front(),
                         ArrayRef(blocks).drop_front(), ArrayRef(operands).drop_front());
  }

  void beginAt(Block* block) {
    b_.setInsertionPointToEnd(start_);
    cf::BranchOp::create(b_, loc_, block);
    for (Operation& op : llvm::make_early_inc_range(*block))
      if (auto load = dyn_cast<ir::LoadRegisterOp>(op)) {
        load.getValue().replaceAllUsesWith(loop_.window()[-static_cast<int32_t>(load.getIndex())]);
        load.erase();
      }
  }

  //===--------------------------------------------------------------------===//
  // Frame states of the copied code
  //===--------------------------------------------------------------------===//

  void rewriteOperations() {
    SmallVector<Operation*> operations;
    for (Block* block : llvm::drop_begin(blocks_))
      for (Operation& op : *block)
        operations.push_back(&op);
    for (Operation* op : operations)
      rewriteOperation(op);
  }

  void rewriteOperation(Operation* op) {
    if (!isa<ir::UopDialect>(op->getDialect()) || isa<ir::UnwindOp>(op))
      return;
    op->setAttr("inlined", b_.getI32IntegerAttr(frame_));
    if (!ir::hasState(op) || isa<ir::SuspendOp>(op))
      return;
    op->setAttr("word", op->getAttr("pc"));
    b_.setInsertionPoint(op);
    auto owned = op->getAttrOfType<DenseBoolArrayAttr>("owned").asArrayRef();
    SmallVector<Value> values(ir::stateOf(op));
    Value resumption = constant(inTheMiddle(ir::wordOf(op)));
    Value object = ir::GeneratorFrameOp::create(b_, loc_, null_.getType(), callee(), resumption,
                                                values, static_cast<uint32_t>(frame_),
                                                ir::stateRegisters(op).asArrayRef(), owned);
    state_.copyTo(op, object);
    if (!ir::unwindOf(op) && !isa<ir::ThrowOp>(op) && mayRaise(op))
      addEdge(op);
  }

  /// Observations and the like carry a state but raise nothing.
  static bool mayRaise(Operation* op) {
    return !isa<ir::ObserveOp>(op) && !op->getName().stripDialect().starts_with("guard_");
  }

  void addEdge(Operation* op) {
    Block* rest = op->getBlock()->splitBlock(op->getNextNode());
    b_.setInsertionPointToEnd(op->getBlock());
    ir::UnwindOp::create(b_, loc_, ValueRange(), ValueRange(), static_cast<uint32_t>(-1), rest,
                         raise_);
    blocks_.push_back(rest);
  }

  //===--------------------------------------------------------------------===//
  // The loop's other uses
  //===--------------------------------------------------------------------===//

  void eraseLoop() {
    Block* check = loop_.branch->getBlock();
    loop_.branch->erase();
    loop_.isNull->erase();
    if (check != header_) {
      ir::unwindOf(loop_.next)->erase();
      check->erase();
    }
    loop_.next->erase();
    for (Operation& op : llvm::make_early_inc_range(llvm::reverse(*header_)))
      op.erase();
    blocks_.front()->getTerminator()->erase();
    blocks_.front()->erase();
  }

  /// States get the object, made of its variables; the last release gives back what it holds.
  void rewriteUses() {
    if (auto choice = dyn_cast<cf::SwitchOp>(turn_->getTerminator()))
      choice->setOperand(0, variables_->resumption(turn_));
    for (OpOperand* use : stateUses_)
      use->set(variables_->object(use->getOwner()->getBlock()));
    for (Operation* op : counts_) {
      if (lastReleases_.contains(op))
        variables_->release(op);
      op->erase();
    }
  }

  /// What the code behind a yield takes out of the registers is what the yield left there. One may
  /// be what another one took, so this comes when nothing is read any more.
  void replaceLoads() {
    llvm::MapVector<Value, Value> loaded;
    for (Block* block : llvm::drop_begin(blocks_))
      for (Operation& op : *block)
        if (auto load = dyn_cast<ir::LoadRegisterOp>(op))
          loaded[load.getValue()] = variables_->reg(block, static_cast<int16_t>(load.getIndex()));
    for (auto& [load, value] : loaded) {
      while (loaded.count(value))
        value = loaded.lookup(value);
      load.replaceAllUsesWith(value);
    }
    for (auto& [load, value] : loaded)
      load.getDefiningOp()->erase();
  }

  void repairHeaderArguments() {
    for (auto [i, argument] : llvm::enumerate(headerArguments_)) {
      SsaVariable variable(argument.getType(), loc_);
      for (Block* block : {start_, turn_})
        variable.defineAtBegin(block, block->getArgument(i));
      variable.replaceUses(argument, [](Block*) { return true; });
    }
    header_->erase();
  }

  /// Objects that no state names any more; one may hold another.
  void eraseUnusedObjects() {
    SmallVector<Operation*> objects;
    function_.walk([&](Operation* op) {
      if (isa<ir::GeneratorFrameOp, ir::ReductionOp>(op))
        objects.push_back(op);
    });
    for (bool changed = true; changed;) {
      changed = false;
      llvm::erase_if(objects, [&](Operation* op) {
        if (!op->use_empty())
          return false;
        op->erase();
        return changed = true;
      });
    }
  }

  static void erase(Operation* op) {
    ir::dropEdge(op);
    op->erase();
  }

  func::FuncOp function_;
  GeneratorLoop loop_;
  GeneratorBody body_;
  LoopState state_;
  int64_t frame_;
  OpBuilder b_;
  Location loc_;
  Block* header_;
  IRMapping map_;
  SmallVector<Block*> blocks_; // the copied code's; the first is its entry
  SmallVector<BlockArgument> headerArguments_;
  SmallVector<OpOperand*> stateUses_;
  SmallVector<Operation*> counts_;
  llvm::SmallPtrSet<Operation*, 8> lastReleases_;
  Value null_, none_, finished_, unused_, item_;
  Block *start_ = nullptr, *turn_ = nullptr, *bodyEntry_ = nullptr, *end_ = nullptr,
        *raise_ = nullptr;
  bool isAskedAtTurn_ = false; // the turn finds out whether the generator has begun
  std::optional<GeneratorVariables> variables_;
};

} // namespace

void inlineGenerator(func::FuncOp function, GeneratorLoop loop, const GeneratorBody& body,
                     int64_t frame) {
  LoopInliner(function, loop, body, frame).run();
}

} // namespace pyc
