// `for i in range(...)` becomes a counted loop. Guards before the loop say that `range` is the
// built-in type and that its arguments are small ints; where they don't hold, the interpreter goes
// on at the call. The iterator object exists only in frame states, where it is rebuilt from the
// counter.
//
//   %r = load_global "range"                  guard_same %r "rangeType"; %n = guard_int ...
//   %o = call(%r, %n); %it = get_iter %o  =>  br ^header(%start)
//   ^header: %x = next %it                    ^header(%i: i64): %more = cmpi slt %i, %stop
//   cond_br is_null(%x), ^done, ^body         cond_br %more, ^body, ^done

#include "compiler/passes/passes.h"
#include "compiler/passes/uop/state.h"
#include "compiler/remarks/remark.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Dominance.h"

using namespace mlir;
using namespace pyc;

namespace {

/// One loop over a range, as the importer left it.
struct RangeLoop {
  ir::CallOp call;
  ir::GetIterOp getIter;
  ir::NextOp next;
};

bool isOnlyReleasedOrHeld(Value value, Operation* except) {
  return llvm::all_of(value.getUses(), [&](OpOperand& use) {
    return use.getOwner() == except || isa<ir::IncrefOp, ir::DecrefOp>(use.getOwner()) ||
           ir::isStateUse(use);
  });
}

/// An object that only frame states name and that holds the range: in code of a generator.
bool isHolder(Operation* op) {
  return isa<ir::GeneratorFrameOp, ir::ReductionOp>(op);
}

/// Whether only the state of get_iter names the object, in the end.
bool isOnlyFor(Operation* holder, ir::GetIterOp getIter) {
  return llvm::all_of(holder->getUsers(), [&](Operation* user) {
    return user == getIter || (isHolder(user) && isOnlyFor(user, getIter));
  });
}

/// Takes away such objects, which nothing names any more.
void eraseHolders(Operation* holder) {
  while (!holder->use_empty())
    eraseHolders(*holder->user_begin());
  holder->erase();
}

/// Whether get_iter is all that the range is made for. A frame state elsewhere would show that the
/// program keeps the range, in a variable: then it has to be there.
bool isOnlyIterated(ir::CallOp call, ir::GetIterOp getIter) {
  return llvm::all_of(call.getDst().getUses(), [&](OpOperand& use) {
    Operation* owner = use.getOwner();
    return owner == getIter || owner == ir::unwindOf(getIter) || owner == ir::unwindOf(call) ||
           isa<ir::DecrefOp>(owner) || (isHolder(owner) && isOnlyFor(owner, getIter));
  });
}

/// Whether the `next` is one: its iterator comes from calling the global `range`, and nothing else
/// uses the iterator or the range.
std::optional<RangeLoop> matchLoop(ir::NextOp next) {
  auto getIter = next.getIterator().getDefiningOp<ir::GetIterOp>();
  if (!getIter || !isOnlyReleasedOrHeld(getIter.getDst(), next))
    return {};
  auto call = getIter.getIterable().getDefiningOp<ir::CallOp>();
  if (!call || !isOnlyIterated(call, getIter))
    return {};
  OperandRange window = call.getWindow();
  if (window.size() < 2 || window.size() > 4)
    return {};
  Operation* load = window[0].getDefiningOp();
  if (!isa_and_present<ir::LoadGlobalOp, ir::LoadNameOp>(load) ||
      load->getAttrOfType<StringAttr>("name") != "range")
    return {};
  return RangeLoop{call, getIter, next};
}

class RangeLoops : public PassWrapper<RangeLoops, OperationPass<func::FuncOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(RangeLoops)
  StringRef getArgument() const override { return "range-loops"; }
  StringRef getDescription() const override { return "Turn loops over range() into counted loops"; }

  void runOnOperation() override {
    SmallVector<ir::NextOp> candidates;
    getOperation().walk([&](ir::NextOp next) { candidates.push_back(next); });
    for (ir::NextOp next : candidates)
      if (auto loop = matchLoop(next)) {
        DominanceInfo dominance(getOperation());
        if (canRewrite(*loop, dominance))
          rewrite(*loop, dominance);
      }
    ir::eraseDeadBlocks(getOperation().getBody());
  }

private:
  /// Every edge into the header is either from the code behind get_iter (entry) or from the loop.
  static bool canRewrite(RangeLoop& loop, DominanceInfo& dominance) {
    Block* header = loop.next->getBlock();
    if (header == loop.getIter->getBlock())
      return false;
    return llvm::all_of(
               header->getPredecessors(),
               [&](Block* from) { return dominance.dominates(loop.getIter->getBlock(), from); }) &&
           isNeverMixed(loop, dominance);
  }

  /// Whether each place that sees the iterator is either in or behind the loop, or not yet.
  static bool isNeverMixed(RangeLoop& loop, DominanceInfo& dominance) {
    Block* header = loop.next->getBlock();
    Block* made = loop.getIter->getBlock();
    llvm::SmallPtrSet<Block*, 16> behind{header};
    SmallVector<Block*> queue{header};
    while (!queue.empty())
      for (Block* block : queue.pop_back_val()->getSuccessors())
        if (block != made && behind.insert(block).second)
          queue.push_back(block);
    return llvm::all_of(loop.getIter.getDst().getUsers(), [&](Operation* user) {
      return !behind.contains(user->getBlock()) || dominance.dominates(header, user->getBlock());
    });
  }

  void rewrite(RangeLoop& loop, DominanceInfo& dominance) {
    explain(loop.call, RemarkKind::CountedLoop);
    OpBuilder b(loop.call);
    Location loc = loop.call.getLoc();
    Type i64 = b.getI64Type();
    SmallVector<Value> bounds = guardArguments(b, loop);
    Value start, stop, step;
    auto constant = [&](int64_t value) {
      return arith::ConstantIntOp::create(b, loc, value, 64).getResult();
    };
    start = bounds.size() > 1 ? bounds[0] : constant(0);
    stop = bounds.size() > 1 ? bounds[1] : bounds[0];
    step = bounds.size() > 2 ? bounds[2] : constant(1);
    bool stepIsKnown = bounds.size() < 3 || knownStep(loop.call.getWindow()[3]).has_value();
    if (!stepIsKnown) {
      Value nonZero = arith::CmpIOp::create(b, loc, arith::CmpIPredicate::ne, step, constant(0));
      ir::createWithState<ir::GuardTrueOp>(b, loop.call, {}, nonZero);
    }

    Block* header = loop.next->getBlock();
    BlockArgument counter = addCounter(header, i64, start, loop, dominance);
    Value initial =
        ir::RangeIteratorOp::create(b, loc, loop.getIter.getDst().getType(), start, stop, step);
    b.setInsertionPointToStart(header);
    Value more = loopCondition(b, loc, counter, stop, step,
                               bounds.size() < 3 ? std::optional<int64_t>(1)
                                                 : knownStep(loop.call.getWindow()[3]));
    Value following = arith::AddIOp::create(b, loc, counter, step);
    setLatches(header, counter, following, loop, dominance);
    Value iterator =
        ir::RangeIteratorOp::create(b, loc, loop.getIter.getDst().getType(), following, stop, step);
    Value item = ir::BoxIntOp::create(b, loc, loop.next.getItem().getType(), counter);
    replaceNext(b, loop, item, more);
    replaceIterator(loop, header, iterator, initial, dominance);
  }

  /// A literal step other than zero.
  static std::optional<int64_t> knownStep(Value value) {
    auto box = value.getDefiningOp<ir::BoxIntOp>();
    auto constant =
        box ? box.getValue().getDefiningOp<arith::ConstantIntOp>() : arith::ConstantIntOp();
    if (!constant || constant.value() == 0)
      return {};
    return constant.value();
  }

  static SmallVector<Value> guardArguments(OpBuilder& b, RangeLoop& loop) {
    OperandRange window = loop.call.getWindow();
    ir::createWithState<ir::GuardSameOp>(b, loop.call, {}, window[0],
                                         b.getNamedAttr("symbol", b.getStringAttr("rangeType")));
    SmallVector<Value> bounds;
    for (Value argument : window.drop_front()) {
      if (auto box = argument.getDefiningOp<ir::BoxIntOp>())
        if (box.getValue().getDefiningOp<arith::ConstantIntOp>()) {
          bounds.push_back(box.getValue());
          continue;
        }
      bounds.push_back(
          ir::createWithState<ir::GuardIntOp>(b, loop.call, b.getI64Type(), argument).getResult());
    }
    return bounds;
  }

  static Value loopCondition(OpBuilder& b, Location loc, Value counter, Value stop, Value step,
                             std::optional<int64_t> known) {
    auto less = [&] {
      return arith::CmpIOp::create(b, loc, arith::CmpIPredicate::slt, counter, stop).getResult();
    };
    auto greater = [&] {
      return arith::CmpIOp::create(b, loc, arith::CmpIPredicate::sgt, counter, stop).getResult();
    };
    if (known)
      return *known > 0 ? less() : greater();
    Value zero = arith::ConstantIntOp::create(b, loc, 0, 64);
    Value up = arith::CmpIOp::create(b, loc, arith::CmpIPredicate::sgt, step, zero);
    return arith::SelectOp::create(b, loc, up, less(), greater());
  }

  /// Adds the counter to the header; edges from outside the loop start it.
  static BlockArgument addCounter(Block* header, Type i64, Value start, RangeLoop& loop,
                                  DominanceInfo& dominance) {
    BlockArgument counter = header->addArgument(i64, loop.call.getLoc());
    for (auto it = header->pred_begin(); it != header->pred_end(); ++it)
      if (!dominance.dominates(header, *it))
        cast<BranchOpInterface>((*it)->getTerminator())
            .getSuccessorOperands(it.getSuccessorIndex())
            .append(start);
    return counter;
  }
  static void setLatches(Block* header, BlockArgument counter, Value following, RangeLoop& loop,
                         DominanceInfo& dominance) {
    for (auto it = header->pred_begin(); it != header->pred_end(); ++it)
      if (dominance.dominates(header, *it))
        cast<BranchOpInterface>((*it)->getTerminator())
            .getSuccessorOperands(it.getSuccessorIndex())
            .append(following);
  }

  static void replaceNext(OpBuilder& b, RangeLoop& loop, Value item, Value more) {
    for (OpOperand& use : llvm::make_early_inc_range(loop.next.getItem().getUses()))
      if (auto isNull = dyn_cast<ir::IsNullOp>(use.getOwner())) {
        b.setInsertionPoint(isNull);
        Value one = arith::ConstantIntOp::create(b, isNull.getLoc(), 1, 1);
        isNull.replaceAllUsesWith(arith::XOrIOp::create(b, isNull.getLoc(), more, one).getResult());
        isNull.erase();
      }
    loop.next.getItem().replaceAllUsesWith(item);
    // The step can't raise any more, so an exceptional edge behind it goes away.
    ir::dropEdge(loop.next);
    loop.next.erase();
  }

  /// In the loop and behind it the iterator has moved on.
  static void replaceIterator(RangeLoop& loop, Block* header, Value iterator, Value initial,
                              DominanceInfo& dominance) {
    for (Value value : {loop.getIter.getDst(), loop.call.getDst()})
      for (OpOperand& use : llvm::make_early_inc_range(value.getUses()))
        if (isa<ir::IncrefOp, ir::DecrefOp>(use.getOwner()))
          use.getOwner()->erase();
    loop.getIter.getDst().replaceUsesWithIf(iterator, [&](OpOperand& use) {
      return dominance.dominates(header, use.getOwner()->getBlock());
    });
    loop.getIter.getDst().replaceAllUsesWith(initial);
    erase(loop.getIter);
    while (!loop.call.getDst().use_empty()) {
      Operation* user = *loop.call.getDst().user_begin();
      if (!isHolder(user))
        break; // the edge to a handler, which goes with the call
      eraseHolders(user);
    }
    erase(loop.call);
  }

  /// Erases a raising operation together with an exceptional edge behind it.
  static void erase(Operation* op) {
    ir::dropEdge(op);
    op->dropAllUses();
    op->erase();
  }
};

} // namespace

std::unique_ptr<Pass> pyc::createRangeLoops() {
  return std::make_unique<RangeLoops>();
}
