// Loops that leave objects as they are find out once, before they begin, what their guards expect
// of what stays the same in them; and they poll at some of their iterations only, which a register
// counts:
//
//   ^header(...):                         ^outer(...):
//     %f = load_global "f"                  %f = view_global "f"
//     guard_function %f                     %holds = ...           // is there, and is a function
//     ...                            =>     br ^header(..., %most)
//     poll                                ^header(..., %left):
//     br ^header(...)                       guard_true %holds
//                                           ...
//                                           %less = %left - 1
//                                           cond_br %less == 0, ^polls, ^header(..., %less)
//                                         ^polls:
//                                           poll
//                                           br ^outer(...)
//
// A check expects nothing, so that it needs no frame state: the loop leaves where its guard stood,
// if it gets there. Behind a poll, which may run code, and where other threads are seen, all is
// checked again.
//
// Counting polls: "loop strip mining" of HotSpot's C2 (JDK-8186027).

#include "compiler/passes/passes.h"
#include "compiler/passes/uop/effects.h"
#include "compiler/passes/uop/innermost_loops.h"
#include "compiler/passes/uop/state.h"
#include "compiler/remarks/remark.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/PostOrderIterator.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace pyc;

namespace {

/// From poll to poll; an iteration takes a microsecond at most.
constexpr int64_t kMostIterations = 1024;

/// A poll behind which nothing but the branch back to the header follows.
struct PolledLatch {
  Operation* poll;   // poll or poll_ran
  Operation* branch; // br, or cond_br behind a poll_ran
};

/// One loop that contains no other.
class QuietLoop {
public:
  /// `order`: the function's blocks in reverse post-order.
  QuietLoop(CFGLoop& loop, ArrayRef<Block*> order)
      : header_(loop.getHeader()), b_(header_->getParentOp()) {
    blocks_.insert(loop.block_begin(), loop.block_end());
    llvm::copy_if(order, std::back_inserter(order_),
                  [&](Block* block) { return blocks_.contains(block); });
  }

  void run() {
    if (!isQuiet() || !findLatches())
      return;
    makeOuter();
    for (Block* block : order_)
      hoistFrom(block);
    Value budget = header_->addArgument(b_.getI64Type(), header_->front().getLoc());
    for (PolledLatch latch : latches_)
      countPolls(latch, budget);
  }

private:
  static bool isPoll(Operation* op) { return isa<ir::PollOp, ir::PollRanOp>(op); }
  bool isOutside(Value value) const { return !blocks_.contains(value.getParentBlock()); }

  bool isQuiet() const {
    return llvm::all_of(blocks_, [](Block* block) {
      return llvm::all_of(*block,
                          [](Operation& op) { return isPoll(&op) || leavesObjectsAlone(&op); });
    });
  }

  /// Whether each way back to the header is behind a poll.
  bool findLatches() {
    for (Block* block : blocks_)
      for (Operation& op : *block) {
        if (!isPoll(&op))
          continue;
        Operation* branch = latchOf(&op);
        if (!branch)
          return false;
        latches_.push_back({&op, branch});
      }
    auto edges = llvm::count_if(header_->getPredecessors(),
                                [&](Block* from) { return blocks_.contains(from); });
    return edges == static_cast<ptrdiff_t>(latches_.size());
  }

  /// The branch back to the header behind a poll, with nothing but numbers on the way.
  Operation* latchOf(Operation* poll) const {
    for (Operation* op = poll->getNextNode(); op; op = op->getNextNode()) {
      if (auto unwind = dyn_cast<ir::UnwindOp>(op)) { // in a try
        Block* next = unwind.getNormal();
        if (next->getNumArguments() != 0 || next->getSinglePredecessor() != op->getBlock())
          return nullptr;
        op = &next->front();
      }
      if (auto branch = dyn_cast<cf::BranchOp>(op))
        return isa<ir::PollOp>(poll) && branch.getDest() == header_ ? op : nullptr;
      if (auto branch = dyn_cast<cf::CondBranchOp>(op)) {
        bool isWay = isa<ir::PollRanOp>(poll) && branch.getCondition() == poll->getResult(0) &&
                     poll->getResult(0).hasOneUse() && branch.getFalseDest() == header_ &&
                     !blocks_.contains(branch.getTrueDest());
        return isWay ? op : nullptr;
      }
      if (!isMemoryEffectFree(op) || ir::hasState(op))
        return nullptr;
    }
    return nullptr;
  }

  //===--------------------------------------------------------------------===//
  // What is known before the loop
  //===--------------------------------------------------------------------===//

  void makeOuter() {
    Location loc = header_->front().getLoc();
    outer_ = new Block();
    header_->getParent()->getBlocks().insert(header_->getIterator(), outer_);
    for (BlockArgument argument : header_->getArguments())
      outer_->addArgument(argument.getType(), argument.getLoc());
    SmallVector<std::pair<Block*, unsigned>> entries;
    for (auto it = header_->pred_begin(); it != header_->pred_end(); ++it)
      if (!blocks_.contains(*it))
        entries.push_back({*it, it.getSuccessorIndex()});
    for (auto [block, index] : entries)
      block->getTerminator()->setSuccessor(outer_, index);
    b_.setInsertionPointToEnd(outer_);
    SmallVector<Value> passed(outer_->getArguments());
    passed.push_back(arith::ConstantIntOp::create(b_, loc, kMostIterations, 64));
    auto enter = cf::BranchOp::create(b_, loc, header_, passed);
    b_.setInsertionPoint(enter);
  }

  /// All guards of a block become one, in the place of the first.
  void hoistFrom(Block* block) {
    SmallVector<Operation*> hoisted;
    Value all;
    for (Operation& op : *block) {
      Value holds = ir::unwindOf(&op) || op.hasAttr("raises") ? Value() : check(&op);
      if (!holds)
        continue;
      if (!isa<ir::GuardTrueOp>(op))
        explain(&op, RemarkKind::HoistedCheck);
      hoisted.push_back(&op);
      all = all ? arith::AndIOp::create(b_, op.getLoc(), all, holds).getResult() : holds;
    }
    if (!all)
      return;
    OpBuilder b(hoisted.front());
    ir::createWithState<ir::GuardTrueOp>(b, hoisted.front(), {}, all);
    for (Operation* op : llvm::reverse(hoisted))
      op->erase();
  }

  /// Makes the values of an operation that gives the same at each iteration before the loop, and
  /// puts them in the place of its results. Whether it would not leave; null, with nothing done,
  /// for another operation.
  Value check(Operation* op) {
    return llvm::TypeSwitch<Operation*, Value>(op)
        .Case<ir::LoadGlobalOp, ir::LoadNameOp>([&](auto load) -> Value {
          if (!load->hasAttr("borrowed") || !isFrameOutside(load))
            return {};
          return found(load, create<ir::ViewGlobalOp>(
                                 load, load.getNameAttr(),
                                 load->template getAttrOfType<IntegerAttr>("nameIndex")));
        })
        .Case([&](ir::LoadDerefOp load) -> Value {
          if (!load->hasAttr("borrowed") || !isOutside(load.getCell()))
            return {};
          return found(load, create<ir::ViewDerefOp>(load, load.getCell()));
        })
        .Case([&](ir::LoadSlotOp load) -> Value {
          Value view = load->hasAttr("borrowed") ? slotView(load) : Value();
          return view ? found(load, view) : Value();
        })
        .Case<ir::LoadSlotIntOp, ir::LoadSlotFloatOp>([&](auto load) -> Value {
          Value view = slotView(load);
          return view ? number(load, view) : Value();
        })
        .Case<ir::GuardIntOp, ir::GuardFloatOp>([&](auto guard) -> Value {
          return isOutside(guard.getValue()) ? number(guard, guard.getValue()) : Value();
        })
        .Case([&](ir::GuardShapeOp guard) -> Value {
          return isOutside(guard.getValue()) ? holds<ir::HasLayoutOp>(guard, guard.getLayoutAttr())
                                             : Value();
        })
        .Case([&](ir::GuardFunctionOp guard) -> Value {
          return isOutside(guard.getValue()) ? holds<ir::IsFunctionOp>(guard, guard.getSymbolAttr())
                                             : Value();
        })
        .Case([&](ir::GuardBuiltinOp guard) -> Value {
          return isOutside(guard.getValue())
                     ? holds<ir::IsBuiltinOp>(guard, guard.getFunctionAttr())
                     : Value();
        })
        .Case([&](ir::GuardSameOp guard) -> Value {
          return isOutside(guard.getValue()) ? holds<ir::IsObjectOp>(guard, guard.getSymbolAttr())
                                             : Value();
        })
        .Case([&](ir::GuardTrueOp guard) { return condition(guard.getCondition()); })
        .Default(Value());
  }

  /// Names of inlined code are looked up in the function of its frame.
  bool isFrameOutside(Operation* op) const {
    auto frame = op->getAttrOfType<IntegerAttr>("inlined");
    return !frame || llvm::none_of(blocks_, [&](Block* block) {
      return llvm::any_of(block->getOps<ir::InlinedFrameOp>(), [&](ir::InlinedFrameOp each) {
        return each.getFrame() == frame.getInt();
      });
    });
  }

  /// An operation before the loop, of the same code as `op`.
  template <class View, class... Arguments> Value create(Operation* op, Arguments... arguments) {
    auto view = View::create(b_, op->getLoc(), op->getResult(0).getType(), arguments...);
    if (Attribute frame = op->getAttr("inlined"))
      view->setAttr("inlined", frame);
    return view.getResult();
  }
  template <class Check, class Guard, class What> Value holds(Guard guard, What what) {
    return Check::create(b_, guard.getLoc(), b_.getI1Type(), guard.getValue(), what);
  }

  Value found(Operation* op, Value view) {
    op->getResult(0).replaceAllUsesWith(view);
    return negated(ir::IsNullOp::create(b_, op->getLoc(), b_.getI1Type(), view));
  }
  Value negated(Value condition) {
    Value one = arith::ConstantIntOp::create(b_, condition.getLoc(), 1, 1);
    return arith::XOrIOp::create(b_, condition.getLoc(), condition, one);
  }

  /// Of what may be none, or null, there is a number as well, that nobody asks for.
  Value number(Operation* op, Value value) {
    Location loc = op->getLoc();
    Value result = op->getResult(0);
    if (result.getType().isF64()) {
      result.replaceAllUsesWith(ir::UnboxFloatOp::create(b_, loc, result.getType(), value));
      return ir::IsFloatOp::create(b_, loc, b_.getI1Type(), value);
    }
    result.replaceAllUsesWith(ir::UnboxIntOp::create(b_, loc, result.getType(), value));
    return ir::IsIntOp::create(b_, loc, b_.getI1Type(), value);
  }

  /// The attribute before the loop; null where the object changes, or the attribute may.
  template <class Load> Value slotView(Load load) {
    if (!isOutside(load.getObject()) || isStored(load.getOffset()))
      return {};
    return ir::ViewSlotOp::create(b_, load.getLoc(), ir::ValueType::get(load.getContext()),
                                  load.getObject(), load.getLayoutAttr(), load.getNameAttr(),
                                  load.getNameIndexAttr(), load.getOffsetAttr());
  }
  bool isStored(uint32_t offset) const {
    return llvm::any_of(blocks_, [&](Block* block) {
      return llvm::any_of(*block, [&](Operation& op) {
        auto at = isa<ir::StoreSlotOp, ir::StoreSlotNumberOp>(op)
                      ? op.getAttrOfType<IntegerAttr>("offset")
                      : IntegerAttr();
        return at && at.getInt() == offset;
      });
    });
  }

  /// A condition that is computed of what was found before the loop.
  Value condition(Value value) {
    if (isOutside(value))
      return value;
    Operation* op = value.getDefiningOp();
    if (!isa_and_present<arith::XOrIOp, arith::AndIOp, arith::ConstantOp, ir::IsNullOp>(op))
      return {};
    IRMapping mapping;
    for (Value operand : op->getOperands()) {
      Value outside = condition(operand);
      if (!outside)
        return {};
      mapping.map(operand, outside);
    }
    return b_.clone(*op, mapping)->getResult(0);
  }

  //===--------------------------------------------------------------------===//
  // Polls
  //===--------------------------------------------------------------------===//

  void countPolls(PolledLatch latch, Value budget) {
    Location loc = latch.poll->getLoc();
    for (Operation* op = latch.poll->getNextNode(); op != latch.branch;) {
      Operation* next =
          isa<ir::UnwindOp>(op) ? &cast<ir::UnwindOp>(op).getNormal()->front() : op->getNextNode();
      if (!isa<ir::UnwindOp>(op))
        op->moveBefore(latch.poll);
      op = next;
    }
    SmallVector<Value> passed(argumentsOf(latch.branch));
    Block* before = latch.poll->getBlock();
    Block* polls = before->splitBlock(latch.poll);
    OpBuilder b = OpBuilder::atBlockEnd(before);
    Value one = arith::ConstantIntOp::create(b, loc, 1, 64);
    Value zero = arith::ConstantIntOp::create(b, loc, 0, 64);
    Value less = arith::SubIOp::create(b, loc, budget, one);
    Value isDue = arith::CmpIOp::create(b, loc, arith::CmpIPredicate::eq, less, zero);
    SmallVector<Value> counted(passed);
    counted.push_back(less);
    cf::CondBranchOp::create(b, loc, isDue, polls, ValueRange(), header_, counted);
    if (auto branch = dyn_cast<cf::CondBranchOp>(latch.branch))
      branch.setSuccessor(isBefore(branch.getTrueDest()) ? branch.getTrueDest() : outer_, 1);
    else
      latch.branch->setSuccessor(outer_, 0);
  }

  /// Whether the block, of another pass, is for what is known before the loop as well.
  bool isBefore(Block* block) const {
    auto enter = dyn_cast<cf::BranchOp>(block->getTerminator());
    return enter && enter.getDest() == outer_ &&
           llvm::equal(block->getArgumentTypes(), outer_->getArgumentTypes());
  }

  static OperandRange argumentsOf(Operation* branch) {
    if (auto ran = dyn_cast<cf::CondBranchOp>(branch))
      return ran.getFalseDestOperands();
    return cast<cf::BranchOp>(branch).getDestOperands();
  }

  Block* header_;
  Block* outer_ = nullptr;
  OpBuilder b_; // in outer_
  llvm::SmallPtrSet<Block*, 8> blocks_;
  SmallVector<Block*> order_;
  SmallVector<PolledLatch> latches_;
};

class HoistChecks : public PassWrapper<HoistChecks, OperationPass<func::FuncOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(HoistChecks)
  StringRef getArgument() const override { return "hoist-checks"; }
  StringRef getDescription() const override {
    return "Check before loops what stays the same in them, and count iterations between polls";
  }
  void getDependentDialects(DialectRegistry& registry) const override {
    registry.insert<arith::ArithDialect, cf::ControlFlowDialect>();
  }

  void runOnOperation() override {
    llvm::ReversePostOrderTraversal<Block*> traversal(&getOperation().getBody().front());
    SmallVector<Block*> order(traversal.begin(), traversal.end());
    forEachInnermostLoop(getOperation(), [&](CFGLoop& loop) { QuietLoop(loop, order).run(); });
  }
};

} // namespace

std::unique_ptr<Pass> pyc::createHoistChecks() {
  return std::make_unique<HoistChecks>();
}
