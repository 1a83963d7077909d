// Loops that leave lists as they are find out once, before they begin, where a list's items lie:
//
//                                         ^outer(...): %d, %n = view_list %a
//   br ^header(...)                         br ^header(...)
//   ^header(...):                     =>  ^header(...):
//     %x = load_list_float %a %i            %x = load_view_float %d %n %i
//     poll                                  %ran = poll_ran
//     br ^header(...)                       cond_br %ran, ^outer(...), ^header(...)
//
// A view expects nothing, so that it needs no frame state: of anything but a list of its storage it
// has no items, and the first access leaves as it would without a view. Behind a poll, which may
// run code (a signal handler's), views are made again.
//
// Rows of lists of lists, lists in attributes of objects, in globals and in cells have views as
// well, where list, object and index stay the same in the loop. Where they are loaded, in the loop,
// it leaves if the view found none.

#include "compiler/passes/passes.h"
#include "compiler/passes/uop/effects.h"
#include "compiler/passes/uop/held_items.h"
#include "compiler/passes/uop/innermost_loops.h"
#include "compiler/passes/uop/prune_block_arguments.h"
#include "compiler/passes/uop/state.h"
#include "compiler/remarks/remark.h"
#include "runtime/abi/native.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Dominance.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace pyc;

namespace {

struct View {
  Value data, count;
};

/// Rewrites one loop that contains no other.
class LoopViews {
public:
  explicit LoopViews(CFGLoop& loop)
      : header_(loop.getHeader()), b_(header_->getParentOp()),
        held_({header_, loop.getLoopLatch(), llvm::to_vector(loop.getBlocks())}) {
    blocks_.insert(loop.block_begin(), loop.block_end());
  }

  /// Whether the first iteration was taken out of the loop.
  bool isPeeled() const { return held_.entry() != nullptr; }

  bool run() {
    if (!look() || (accesses_.empty() && held_.isEmpty()) || !borrowItems())
      return false;
    makeOuter();
    bool changed = false;
    for (Operation* access : accesses_)
      if (!erased_.contains(access))
        changed |= rewriteAccess(access);
    if (!changed && held_.isEmpty()) {
      outer_->erase();
      return false;
    }
    for (Operation* guard : guards_)
      rewriteGuard(cast<ir::GuardShapeOp>(guard));
    enterOuter();
    for (Operation* poll : polls_)
      rewritePoll(poll);
    return true;
  }

private:
  /// A ListStorageKind, or an ItemStorage.
  static std::optional<uint32_t> storageOf(Operation* op) {
    return llvm::TypeSwitch<Operation*, std::optional<uint32_t>>(op)
        .Case<ir::LoadListIntOp, ir::StoreListIntOp>([](auto) { return rt::kListInts; })
        .Case<ir::LoadListFloatOp, ir::StoreListFloatOp>([](auto) { return rt::kListFloats; })
        .Case<ir::LoadListBoolOp, ir::StoreListBoolOp>([](auto) { return rt::kListBools; })
        .Case<ir::LoadListValueOp>([](auto) { return rt::kListValues; })
        .Case<ir::LoadArrayIntOp, ir::LoadArrayFloatOp, ir::StoreArrayIntOp, ir::StoreArrayFloatOp>(
            [](auto access) { return access.getStorage(); })
        .Default([](auto) { return std::nullopt; });
  }

  /// Whether nothing in the loop changes lists, or attributes that hold objects.
  bool look() {
    for (Block* block : blocks_)
      for (Operation& op : *block) {
        if (isa<ir::PollOp>(op)) {
          if (!latchOf(&op))
            return false;
          polls_.push_back(&op);
          continue;
        }
        if (!leavesObjectsAlone(&op)) {
          if (auto release = dyn_cast<ir::DecrefOp>(op))
            releases_.push_back(release);
          else if (auto next = dyn_cast<ir::NextOp>(op); next && HeldItems::isObjectStep(next))
            steps_.push_back(next);
          else
            return false;
        }
        if (storageOf(&op) && !op.hasAttr("raises")) // raising may take the handler's code
          accesses_.push_back(&op);
        else if (isa<ir::GuardShapeOp>(op))
          guards_.push_back(&op);
      }
    return (releases_.empty() || holdsItems()) &&
           llvm::all_of(steps_, [&](ir::NextOp next) { return held_.isHeld(next.getItem()); });
  }

  /// Whether what the loop releases are items of lists that stay there.
  bool holdsItems() {
    auto poll = polls_.size() == 1 ? dyn_cast<ir::PollOp>(polls_.front()) : ir::PollOp();
    return poll && llvm::all_of(releases_, [&](ir::DecrefOp release) {
             return held_.add(release, poll, latchOf(poll));
           });
  }
  bool borrowItems() {
    if (held_.isEmpty())
      return true;
    DominanceInfo dominance(header_->getParentOp());
    return held_.borrow(dominance);
  }

  /// The branch back to the header behind a poll, with nothing but numbers on the way; null if
  /// there is none.
  cf::BranchOp latchOf(Operation* poll) const {
    Operation* op = poll->getNextNode();
    for (; op; op = op->getNextNode()) {
      if (auto unwind = dyn_cast<ir::UnwindOp>(op)) { // in a try
        Block* next = unwind.getNormal();
        if (next->getSinglePredecessor() != op->getBlock())
          return {};
        op = &next->front();
      }
      if (auto latch = dyn_cast<cf::BranchOp>(op))
        return latch.getDest() == header_ ? latch : cf::BranchOp();
      if (!isMemoryEffectFree(op) || ir::hasState(op))
        return {};
    }
    return {};
  }

  bool isOutside(Value value) const { return !blocks_.contains(value.getParentBlock()); }

  //===--------------------------------------------------------------------===//
  // What is known before the loop
  //===--------------------------------------------------------------------===//

  void makeOuter() {
    outer_ = new Block();
    header_->getParent()->getBlocks().insert(header_->getIterator(), outer_);
    for (BlockArgument argument : header_->getArguments())
      outer_->addArgument(argument.getType(), argument.getLoc());
    b_.setInsertionPointToEnd(outer_);
    cf::BranchOp::create(b_, header_->front().getLoc(), header_, outer_->getArguments());
    b_.setInsertionPoint(outer_->getTerminator());
    held_.release(b_, outer_);
  }

  /// The value before the loop: itself, or a view, null where the loop would leave when it gets to
  /// it. No value when it is not the same at each iteration.
  Value hoisted(Value value) {
    if (isOutside(value))
      return value;
    Operation* op = value.getDefiningOp();
    Value view = op && !op->hasAttr("raises") ? viewOf(op) : Value();
    if (!view)
      return {};
    leaveUnless(op, view);
    if (!op->hasAttr("borrowed"))
      countAt(op, view);
    value.replaceAllUsesWith(view);
    erased_.insert(op);
    op->erase();
    return view;
  }

  Value viewOf(Operation* op) {
    return llvm::TypeSwitch<Operation*, Value>(op)
        .Case([&](ir::LoadListValueOp load) -> Value {
          Value list = hoisted(load.getObject());
          Value index = list ? hoistedNumber(load.getIndex()) : Value();
          if (!index)
            return {};
          Value& known = rows_[{list, index}];
          if (!known) {
            View view = listView(list, rt::kListValues, op->getLoc());
            known = ir::ViewItemOp::create(b_, op->getLoc(), load.getResult().getType(), view.data,
                                           view.count, index);
          }
          return known;
        })
        .Case([&](ir::LoadSlotOp load) -> Value {
          Value object = hoisted(load.getObject());
          return object ? slotView(object, load) : Value();
        })
        .Case<ir::LoadGlobalOp, ir::LoadNameOp>([&](auto load) -> Value {
          if (!load->hasAttr("borrowed") || !isOwnGlobal(load))
            return {};
          Value& known = globals_[load.getNameAttr()];
          if (!known)
            known = ir::ViewGlobalOp::create(b_, op->getLoc(), op->getResult(0).getType(),
                                             load.getNameAttr(),
                                             op->getAttrOfType<IntegerAttr>("nameIndex"));
          return known;
        })
        .Case([&](ir::LoadDerefOp load) -> Value {
          if (!load->hasAttr("borrowed") || !isOutside(load.getCell()))
            return {};
          Value& known = cells_[load.getCell()];
          if (!known)
            known =
                ir::ViewDerefOp::create(b_, op->getLoc(), load.getDst().getType(), load.getCell());
          return known;
        })
        .Default(Value());
  }

  /// Whether a global is the function's own.
  static bool isOwnGlobal(Operation* op) { return !op->hasAttr("inlined"); }

  /// An int that is computed of what is the same at each iteration. Overflow goes unnoticed here:
  /// the loop leaves for it before it needs the number.
  Value hoistedNumber(Value value) {
    if (isOutside(value))
      return value;
    Operation* op = value.getDefiningOp();
    if (!op)
      return {};
    if (auto constant = dyn_cast<arith::ConstantIntOp>(op)) {
      Value& known = constants_[constant.value()];
      if (!known)
        known = arith::ConstantIntOp::create(b_, op->getLoc(), constant.value(), 64);
      return known;
    }
    bool isSum = isa<ir::IntAddOp, arith::AddIOp>(op);
    bool isDifference = isa<ir::IntSubOp, arith::SubIOp>(op);
    if (!isSum && !isDifference && !isa<ir::IntMulOp, arith::MulIOp>(op))
      return {};
    Value lhs = hoistedNumber(op->getOperand(0));
    Value rhs = lhs ? hoistedNumber(op->getOperand(1)) : Value();
    if (!rhs)
      return {};
    Value& known = numbers_[{op->getName().getStringRef(), {lhs, rhs}}];
    if (known)
      return known;
    if (isSum)
      known = arith::AddIOp::create(b_, op->getLoc(), lhs, rhs);
    else if (isDifference)
      known = arith::SubIOp::create(b_, op->getLoc(), lhs, rhs);
    else
      known = arith::MulIOp::create(b_, op->getLoc(), lhs, rhs);
    return known;
  }

  View listView(Value list, uint32_t storage, Location loc) {
    View& view = lists_[{list, storage}];
    if (!view.data) {
      auto op = ir::ViewListOp::create(b_, loc, b_.getI64Type(), b_.getI64Type(), list, storage);
      view = {op.getData(), op.getCount()};
    }
    return view;
  }

  template <class Access> Value slotView(Value object, Access access) {
    StringAttr layout = access.getLayoutAttr();
    Value& known = slots_[{object, {layout, access.getOffset()}}];
    if (known)
      return known;
    auto view = ir::ViewSlotOp::create(b_, access->getLoc(), object.getType(), object, layout,
                                       access.getNameAttr(), access.getNameIndexAttr(),
                                       access.getOffsetAttr());
    if (Attribute frame = access->getAttr("inlined")) // whose name it is
      view->setAttr("inlined", frame);
    return known = view;
  }

  //===--------------------------------------------------------------------===//
  // The loop
  //===--------------------------------------------------------------------===//

  /// In the place of `op`: leaves if the view found nothing.
  static void leaveUnless(Operation* op, Value view) {
    OpBuilder b(op);
    Value isNull = ir::IsNullOp::create(b, op->getLoc(), b.getI1Type(), view);
    Value one = arith::ConstantIntOp::create(b, op->getLoc(), 1, 1);
    Value isThere = arith::XOrIOp::create(b, op->getLoc(), isNull, one);
    ir::createWithState<ir::GuardTrueOp>(b, op, {}, isThere);
  }
  static void countAt(Operation* op, Value view) {
    OpBuilder b(op);
    ir::IncrefOp::create(b, op->getLoc(), view);
  }

  bool rewriteAccess(Operation* op) {
    uint32_t storage = *storageOf(op);
    // A row that does not change is a view itself; otherwise its list may have one.
    if (isa<ir::LoadListValueOp>(op) && hoisted(op->getResult(0)))
      return true;
    Value list = hoisted(op->getOperand(0));
    if (!list)
      return false;
    View view = listView(list, storage, op->getLoc());
    explain(op, RemarkKind::ListView);
    OpBuilder b(op);
    SmallVector<Value> operands{view.data, view.count, op->getOperand(1)};
    if (op->getNumResults() == 0)
      operands.push_back(op->getOperand(2));
    Operation* access = createAccess(b, op, operands);
    if (op->getNumResults() != 0)
      op->getResult(0).replaceAllUsesWith(access->getResult(0));
    for (StringRef name : {"borrowed", "storage"})
      if (Attribute attribute = op->getAttr(name))
        access->setAttr(name, attribute);
    op->erase();
    return true;
  }

  static Operation* createAccess(OpBuilder& b, Operation* op, ValueRange operands) {
    TypeRange types = op->getResultTypes();
    return llvm::TypeSwitch<Operation*, Operation*>(op)
        .Case<ir::LoadListIntOp, ir::LoadArrayIntOp>([&](auto) -> Operation* {
          return ir::createWithState<ir::LoadViewIntOp>(b, op, types, operands);
        })
        .Case<ir::LoadListFloatOp, ir::LoadArrayFloatOp>([&](auto) -> Operation* {
          return ir::createWithState<ir::LoadViewFloatOp>(b, op, types, operands);
        })
        .Case([&](ir::LoadListBoolOp) {
          return ir::createWithState<ir::LoadViewBoolOp>(b, op, types, operands);
        })
        .Case([&](ir::LoadListValueOp) {
          return ir::createWithState<ir::LoadViewValueOp>(b, op, types, operands);
        })
        .Case<ir::StoreListIntOp, ir::StoreArrayIntOp>([&](auto) -> Operation* {
          return ir::createWithState<ir::StoreViewIntOp>(b, op, types, operands);
        })
        .Case<ir::StoreListFloatOp, ir::StoreArrayFloatOp>([&](auto) -> Operation* {
          return ir::createWithState<ir::StoreViewFloatOp>(b, op, types, operands);
        })
        .Case([&](ir::StoreListBoolOp) {
          return ir::createWithState<ir::StoreViewBoolOp>(b, op, types, operands);
        });
  }

  /// An attribute that was found in an object says what the object's layout is.
  void rewriteGuard(ir::GuardShapeOp guard) {
    for (auto& [key, view] : slots_)
      if (key.first == guard.getValue() && key.second.first == guard.getLayoutAttr()) {
        leaveUnless(guard, view);
        guard.erase();
        return;
      }
  }

  void enterOuter() {
    SmallVector<std::pair<Block*, unsigned>> entries;
    for (auto it = header_->pred_begin(); it != header_->pred_end(); ++it)
      if (*it != outer_ && !blocks_.contains(*it))
        entries.push_back({*it, it.getSuccessorIndex()});
    for (auto [block, index] : entries)
      block->getTerminator()->setSuccessor(outer_, index);
  }

  void rewritePoll(Operation* poll) {
    OpBuilder b(poll);
    cf::BranchOp latch = latchOf(poll);
    auto ran = ir::createWithState<ir::PollRanOp>(b, poll, b.getI1Type(), {});
    if (Attribute held = poll->getAttr("held"))
      ran->setAttr("held", held);
    b.setInsertionPoint(latch);
    cf::CondBranchOp::create(b, latch.getLoc(), ran.getResult(),
                             held_.isEmpty() ? outer_ : held_.entry(), latch.getOperands(), header_,
                             latch.getOperands());
    latch.erase();
    poll->erase();
  }

  Block* header_;
  Block* outer_ = nullptr;
  OpBuilder b_; // in outer_
  llvm::SmallPtrSet<Block*, 8> blocks_;
  SmallVector<Operation*> polls_, accesses_, guards_;
  SmallVector<ir::DecrefOp> releases_;
  SmallVector<ir::NextOp> steps_; // over lists of objects
  HeldItems held_;
  llvm::SmallPtrSet<Operation*, 8> erased_;
  llvm::MapVector<std::pair<Value, unsigned>, View> lists_;
  llvm::MapVector<std::pair<Value, Value>, Value> rows_;
  llvm::MapVector<std::pair<Value, std::pair<Attribute, unsigned>>, Value> slots_;
  llvm::DenseMap<Attribute, Value> globals_;
  llvm::DenseMap<Value, Value> cells_;
  llvm::DenseMap<int64_t, Value> constants_;
  llvm::DenseMap<std::pair<StringRef, std::pair<Value, Value>>, Value> numbers_;
};

class ListViews : public PassWrapper<ListViews, OperationPass<func::FuncOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(ListViews)
  StringRef getArgument() const override { return "list-views"; }
  StringRef getDescription() const override {
    return "Find out before loops where the items of lists lie";
  }
  void getDependentDialects(DialectRegistry& registry) const override {
    registry.insert<arith::ArithDialect, cf::ControlFlowDialect>();
  }

  void runOnOperation() override {
    bool isPeeled = false;
    forEachInnermostLoop(getOperation(), [&](CFGLoop& loop) {
      LoopViews views(loop);
      views.run();
      isPeeled |= views.isPeeled();
    });
    if (isPeeled)
      pruneBlockArguments(getOperation());
  }
};

} // namespace

std::unique_ptr<Pass> pyc::createListViews() {
  return std::make_unique<ListViews>();
}
