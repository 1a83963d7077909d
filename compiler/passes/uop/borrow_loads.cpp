// An attribute, item or global that is only looked at and then released is not counted: nothing
// between the load and the release can take it out of its place.
//
//   %v = uop.load_slot %o            %v = uop.load_slot %o {borrowed}
//   %b = uop.same %v, %none     =>   %b = uop.same %v, %none
//   uop.decref %v
//
// The same goes for methods, operators and __init__ of known classes whose code was inlined. Where
// an operation between the two leaves, the interpreter's frame takes a count of its own. What is a
// float or null anyway is not released either.
//
// A function that is called stays as long as it runs (runtime/objects/borrowed_functions.h), and a
// class as long as it has the instance that is made:
//
//   %f = uop.load_known_method %o         %f = uop.load_known_method %o {borrowed}
//   %r = uop.call_method(%f, %o)     =>   %r = uop.call_method(%f, %o) {callee_borrowed}
//   uop.decref %f
//
// And so do instances that nobody sees not count what they hold. A count of what is counted
// already, as `xs[i] += 1` makes of xs, goes with its release.
//
// A load that is not counted runs nothing, which may be what a load around it waits for: the
// innermost come first, and all are looked at again while there is something new.

#include "compiler/passes/passes.h"
#include "compiler/passes/uop/effects.h"
#include "compiler/passes/uop/quiet_region.h"
#include "compiler/passes/uop/seen.h"
#include "compiler/passes/uop/state.h"
#include "compiler/passes/uop/uncounted_instance.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Dominance.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace pyc;

namespace {

/// Frames of calls in a region that hold the value: operations behind an exit get their own, which
/// still count it.
class ExitFrames {
public:
  ExitFrames(const QuietRegion& region, DominanceInfo& dominance)
      : region_(region), dominance_(dominance) {}

  /// Notes the frame, if the operation is one, and all that it is the caller of. False when
  /// something uses it behind several exits.
  bool add(Operation* op) {
    if (!isa<ir::CallerFrameOp>(op) || !frames_.insert(op))
      return true;
    return llvm::all_of(op->getUsers(), [&](Operation* user) {
      return region_.contains(user) ? add(user) : exitOf(user) != nullptr;
    });
  }

  void cloneInto(Block* exit, OpBuilder& b) {
    IRMapping map;
    for (Operation* frame : frames_)
      if (dominance_.dominates(frame->getBlock(), exit))
        clone(frame, b, map);
    for (Operation* frame : frames_)
      if (Value copy = map.lookupOrNull(frame->getResult(0)))
        frame->getResult(0).replaceUsesWithIf(copy, [&](OpOperand& use) {
          return !region_.contains(use.getOwner()) && exitOf(use.getOwner()) == exit;
        });
  }

private:
  /// Behind that of its caller.
  void clone(Operation* frame, OpBuilder& b, IRMapping& map) {
    if (map.contains(frame->getResult(0)))
      return;
    for (Value operand : frame->getOperands())
      if (Operation* caller = operand.getDefiningOp(); frames_.contains(caller))
        clone(caller, b, map);
    b.clone(*frame, map);
  }

  Block* exitOf(Operation* user) {
    for (Block* exit : region_.exits())
      if (dominance_.dominates(exit, user->getBlock()))
        return exit;
    return nullptr;
  }

  const QuietRegion& region_;
  DominanceInfo& dominance_;
  llvm::SmallSetVector<Operation*, 4> frames_;
};

class BorrowLoads : public PassWrapper<BorrowLoads, OperationPass<func::FuncOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(BorrowLoads)
  StringRef getArgument() const override { return "borrow-loads"; }
  StringRef getDescription() const override {
    return "Do not count attributes and items that are only looked at";
  }

  void runOnOperation() override {
    DominanceInfo dominance(getOperation());
    dominance_ = &dominance;
    SmallVector<ir::IncrefOp> counts;
    getOperation().walk([&](ir::IncrefOp count) { counts.push_back(count); });
    for (ir::IncrefOp count : counts)
      dropInnerCount(count);
    SmallVector<ir::DecrefOp> idle;
    SmallVector<Load> loads;
    getOperation().walk([&](Operation* op) {
      if (auto release = dyn_cast<ir::DecrefOp>(op); release && isNeverCounted(release.getValue()))
        idle.push_back(release);
      if (isa<ir::LoadSlotOp, ir::LoadListValueOp, ir::LoadGlobalOp, ir::LoadNameOp,
              ir::LoadDerefOp, ir::LoadKnownMethodOp, ir::ClassMethodOp, ir::FindOperatorOp,
              ir::BeginConstructionOp, ir::GuardConstructionOp>(op) ||
          countsClass(op))
        loads.push_back({op, valueOf(op)});
      if (auto unpack = dyn_cast<ir::UnpackItemsOp>(op))
        for (Value item : unpack.getItems())
          if (isa<ir::ValueType>(item.getType()))
            loads.push_back({op, item});
    });
    for (ir::DecrefOp op : idle)
      op.erase();
    std::reverse(loads.begin(), loads.end());
    for (size_t before = 0; before != loads.size();) {
      before = loads.size();
      llvm::erase_if(loads, [&](const Load& load) { return borrow(load); });
    }
    ir::eraseDeadBlocks(getOperation().getBody());
  }

private:
  /// An operation, and what it gives a count of.
  struct Load {
    Operation* op;
    Value value;
  };

  /// The places in the operation's state that count the value.
  static SmallVector<OpOperand*> countedIn(Operation* op, Value value) {
    SmallVector<OpOperand*> places;
    if (ir::hasState(op))
      for (OpOperand& operand : op->getOpOperands())
        if (operand.get() == value && ir::isStateUse(operand) && ir::isOwned(operand))
          places.push_back(&operand);
    return places;
  }

  /// Whether an operation needs only one of two counts: its state shows both, or it ends nothing.
  static bool needsOneCount(Operation* op, Value value, size_t counted) {
    if (!ir::hasState(op))
      return leavesObjectsAlone(op) && !llvm::is_contained(op->getOperands(), value);
    return !ir::unwindOf(op) && (counted > 1 || (counted == 0 && leavesObjectsAlone(op)));
  }

  /// Takes the count and its release away where the frame has another one all the time.
  static void dropInnerCount(ir::IncrefOp count) {
    Value value = count.getValue();
    SmallVector<OpOperand*> surplus;
    Operation* op = count->getNextNode();
    for (; op; op = op->getNextNode()) {
      if (isa<ir::DecrefOp>(op) && op->getOperand(0) == value)
        break;
      SmallVector<OpOperand*> places = countedIn(op, value);
      if (!needsOneCount(op, value, places.size()))
        return;
      if (!places.empty())
        surplus.push_back(places.back());
    }
    if (!op)
      return;
    for (OpOperand* place : surplus)
      ir::disown(*place);
    op->erase();
    count.erase();
  }

  /// Of a construction, its __init__; null where nothing comes out.
  static Value valueOf(Operation* op) {
    return op->getNumResults() == 0 ? Value() : Value(op->getResults().back());
  }

  bool borrow(const Load& load) {
    if (isa<ir::IncrefOp>(load.op))
      return uncountInstance(load.op);
    if (llvm::any_of(load.value.getUsers(),
                     [](Operation* user) { return isa<ir::ReductionOp>(user); }))
      return false; // it holds a count of its own
    if (Operation* release = releaseOf(load)) {
      dropCount(load);
      release->erase();
      for (OpOperand& use : load.value.getUses())
        disownState(use);
      return true;
    }
    return borrowBefore(load);
  }

  /// The release that ends the value's life, if it is in the block and everything on the way to it
  /// leaves the value where it was loaded from. The last use may be a store, which counts for
  /// itself.
  static Operation* releaseOf(const Load& load) {
    SmallPtrSet<Operation*, 8> users(load.value.user_begin(), load.value.user_end());
    bool isSafe = true;
    for (Operation* op = load.op->getNextNode(); op; op = nextOf(op)) {
      bool isUse = users.erase(op);
      if (isUse && isa<ir::DecrefOp>(op))
        return users.empty() ? op : nullptr;
      if (!isSafe)
        return nullptr;
      if (leavesObjectsAlone(op))
        continue;
      bool isStore = isUse && isa<ir::StoreSlotOp, ir::AddSlotOp, ir::StoreListValueOp>(op);
      if (!isStore || users.size() != 1)
        return nullptr;
      isSafe = false;
    }
    return nullptr;
  }

  /// What follows where nothing raises; null where the block is left for one that others lead to.
  static Operation* nextOf(Operation* op) {
    Block* next = nullptr;
    if (auto unwind = dyn_cast<ir::UnwindOp>(op))
      next = unwind.getNormal();
    else if (auto branch = dyn_cast<cf::BranchOp>(op))
      next = branch.getDest();
    else
      return op->hasTrait<OpTrait::IsTerminator>() ? nullptr : op->getNextNode();
    return next->getSinglePredecessor() ? &next->front() : nullptr;
  }

  /// Whether the operation calls what was loaded, of which it is known that it stays as long as it
  /// runs.
  static bool needsNoCount(Operation* op, Operation* load, Value callee) {
    if (!isa<ir::CallOp, ir::CallMethodOp, ir::CallKwOp, ir::CallMethodKwOp, ir::CallTypedOp>(op) ||
        op->getOperand(0) != callee)
      return false;
    auto staysElsewhere = [&](OpOperand& use) {
      return use.getOwner() == op && use.getOperandNumber() != 0 &&
             !(ir::isStateUse(use) && endsWhereItRaises(use));
    };
    if (llvm::any_of(callee.getUses(), staysElsewhere))
      return false;
    return isa<ir::LoadKnownMethodOp>(load) ||
           (isa<ir::LoadGlobalOp>(load) && callsOwnOfModule(op));
  }

  /// Whether what the state has here is released when the operation raises.
  static bool endsWhereItRaises(OpOperand& use) {
    Operation* op = use.getOwner();
    auto unwind = ir::unwindOf(op);
    int16_t reg = ir::stateRegisters(op)[use.getOperandNumber() - ir::stateBegin(op)];
    return ir::isOwned(use) && (!unwind || reg >= static_cast<int64_t>(unwind.getDepth()));
  }

  /// Whether the profile saw calls of functions and classes of modules only.
  static bool callsOwnOfModule(Operation* call) {
    if (auto typed = dyn_cast<ir::CallTypedOp>(call))
      return !typed.getSymbol().contains('<');
    SmallVector<StringRef> types = ir::typesOf(ir::seenAt(call, 1));
    return !types.empty() && llvm::all_of(types, [](StringRef type) {
      bool isOne = type.consume_front("function ") || type.consume_front("class ");
      return isOne && type.contains(':') && !type.contains('<') && !type.starts_with("builtins:");
    });
  }

  /// Drops the count in the region in which nothing runs code, and counts at its exits.
  bool borrowBefore(const Load& load) {
    Value value = load.value;
    auto region = QuietRegion::behind(
        load.op, [&](Operation* op) { return isa<ir::DecrefOp>(op) && op->getOperand(0) == value; },
        [&](Operation* op) { return needsNoCount(op, load.op, value); });
    if (!region || region->releases().empty())
      return false;
    for (Operation* user : value.getUsers())
      if (region->isBehindKeeper(user) && !llvm::is_contained(region->releases(), user))
        return false;
    ExitFrames frames(*region, *dominance_);
    for (Operation* user : value.getUsers())
      if (region->contains(user) && (user->hasTrait<OpTrait::IsTerminator>() ||
                                     isa<ir::GeneratorFrameOp>(user) || !frames.add(user)))
        return false;
    for (Block* exit : region->exits()) {
      OpBuilder b = OpBuilder::atBlockBegin(exit);
      ir::IncrefOp::create(b, exit->front().getLoc(), value);
      frames.cloneInto(exit, b);
    }
    for (Operation* release : region->releases())
      release->erase();
    for (Operation* call : region->keepers())
      call->setAttr("callee_borrowed", UnitAttr::get(call->getContext()));
    for (OpOperand& use : value.getUses())
      if (region->contains(use.getOwner()))
        disownState(use);
    dropCount(load);
    return true;
  }

  static void dropCount(const Load& load) {
    if (auto unpack = dyn_cast<ir::UnpackItemsOp>(load.op)) {
      SmallVector<bool> borrowed(unpack->getNumResults());
      if (auto before = unpack.getBorrowed())
        llvm::copy(*before, borrowed.begin());
      borrowed[cast<OpResult>(load.value).getResultNumber()] = true;
      return unpack.setBorrowed(borrowed);
    }
    load.op->setAttr("borrowed", UnitAttr::get(load.op->getContext()));
    ir::dropEdge(load.op); // it leaves where it would raise
  }

  static void disownState(OpOperand& use) {
    if (ir::isStateUse(use))
      ir::disown(use);
  }

  DominanceInfo* dominance_ = nullptr; // of the function, while it is run on
};

} // namespace

std::unique_ptr<Pass> pyc::createBorrowLoads() {
  return std::make_unique<BorrowLoads>();
}
