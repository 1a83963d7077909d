// `a[i:j] = b[k:l]` without the list in between: the slice is taken right before it is stored, and
// where the two are lists, the items are copied from one to the other.
//
//   %s = load_slice(%k, %l) %b         %n = int_add ...            // state of the load_slice
//   %n = int_add ... state(%s)    =>   %done = copy_slice %a(%i, %n) %b(%k, %l)
//   store_slice(%i, %n) %a %s          cond_br %done, ^rest, ^general
//                                    ^general:
//                                      %s = load_slice(%k, %l) %b
//                                      store_slice(%i, %n) %a %s
//                                      br ^rest
//
// What stands between the two computes numbers only; where it leaves, the interpreter goes on at
// the load_slice, which has not happened yet.

#include "compiler/passes/passes.h"
#include "compiler/passes/uop/state.h"
#include "runtime/base/slice_part.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace pyc;

namespace {

bool computesNumbersOnly(Operation* op) {
  StringRef name = op->getName().stripDialect();
  return name.starts_with("int_") || name.starts_with("float_") || name == "guard_int" ||
         name == "guard_float" || (isMemoryEffectFree(op) && !ir::hasState(op));
}

class SinkSlices : public PassWrapper<SinkSlices, OperationPass<func::FuncOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(SinkSlices)
  StringRef getArgument() const override { return "sink-slices"; }
  StringRef getDescription() const override {
    return "Take slices that are stored in other slices right before that";
  }

  void getDependentDialects(DialectRegistry& registry) const override {
    registry.insert<arith::ArithDialect, cf::ControlFlowDialect>();
  }

  void runOnOperation() override {
    SmallVector<ir::StoreSliceOp> stores;
    getOperation().walk([&](ir::StoreSliceOp store) { stores.push_back(store); });
    for (ir::StoreSliceOp store : stores)
      sink(store);
  }

private:
  /// The operations between the slice and its store; nothing when one of them is in the way.
  static bool findBetween(ir::LoadSliceOp load, ir::StoreSliceOp store,
                          SmallVectorImpl<Operation*>& between) {
    Operation* op = load->getNextNode();
    while (isa_and_present<ir::DecrefOp>(op)) // belong to the load, and move with it
      op = op->getNextNode();
    for (; op && op != store; op = op->getNextNode()) {
      if (!computesNumbersOnly(op))
        return false;
      between.push_back(op);
    }
    return op == store;
  }

  /// The releases from an operation on.
  static SmallVector<Operation*> releasesFrom(Operation* op) {
    SmallVector<Operation*> releases;
    for (; isa<ir::DecrefOp>(op); op = op->getNextNode())
      releases.push_back(op);
    return releases;
  }
  static SmallVector<Operation*> releasesBehind(Operation* op) {
    return releasesFrom(op->getNextNode());
  }

  static bool isOnlyStored(ir::LoadSliceOp load, ir::StoreSliceOp store,
                           ArrayRef<Operation*> between) {
    SmallVector<Operation*> releases = releasesBehind(store);
    return llvm::all_of(load.getDst().getUses(), [&](OpOperand& use) {
      Operation* user = use.getOwner();
      if (user == store)
        return use.get() == store.getSrc() || ir::isStateUse(use);
      return llvm::is_contained(releases, user) ||
             (llvm::is_contained(between, user) && ir::isStateUse(use));
    });
  }

  static void sink(ir::StoreSliceOp store) {
    auto load = store.getSrc().getDefiningOp<ir::LoadSliceOp>();
    SmallVector<Operation*> between;
    // The states of inlined code hold objects that would have to move as well.
    if (store->hasAttr("inlined") || ir::unwindOf(store))
      return;
    if (!load || load->getBlock() != store->getBlock() || load.getDst() == store.getObject() ||
        !findBetween(load, store, between) || !isOnlyStored(load, store, between))
      return;
    for (Operation* op : between)
      if (ir::hasState(op))
        takeState(op, load);
    copyBefore(store, load);
  }

  static void takeState(Operation* op, Operation* from) {
    SmallVector<Value> operands(op->getOperands().take_front(ir::stateBegin(op)));
    llvm::append_range(operands, ir::stateOf(from));
    op->setOperands(operands);
    for (StringRef name : {"pc", "registers", "owned"})
      op->setAttr(name, from->getAttr(name));
  }

  /// Splits the block in front of what comes behind the store: the two are done where the copy is
  /// not.
  static void copyBefore(ir::StoreSliceOp store, ir::LoadSliceOp load) {
    Location loc = store.getLoc();
    SmallVector<Operation*> boxes = boxesOf(load.getParts());
    llvm::append_range(boxes, boxesOf(store.getParts()));
    auto isOfGeneral = [&](Operation* release) {
      Operation* made = release->getOperand(0).getDefiningOp();
      return made == load || llvm::is_contained(boxes, made);
    };
    Block* before = store->getBlock();
    Block* rest = before->splitBlock(std::next(store->getIterator()));
    auto blockBeforeRest = [&] {
      Block* block = new Block();
      before->getParent()->getBlocks().insert(rest->getIterator(), block);
      return block;
    };
    Block *copied = blockBeforeRest(), *general = blockBeforeRest();
    OpBuilder b = OpBuilder::atBlockEnd(copied);
    SmallVector<Operation*> group(boxes);
    group.push_back(load);
    for (Operation* release : releasesBehind(load)) {
      group.push_back(release);
      if (!isOfGeneral(release))
        b.clone(*release);
    }
    group.push_back(store);
    llvm::copy_if(releasesFrom(&rest->front()), std::back_inserter(group), isOfGeneral);
    cf::BranchOp::create(b, loc, rest);
    for (Operation* op : group)
      op->moveBefore(general, general->end());
    b.setInsertionPointToEnd(general);
    cf::BranchOp::create(b, loc, rest);
    b.setInsertionPointToEnd(before);
    Value isDone = copy(b, store, load);
    cf::CondBranchOp::create(b, loc, isDone, copied, general);
  }

  static Value copy(OpBuilder& b, ir::StoreSliceOp store, ir::LoadSliceOp load) {
    SmallVector<Value> operands{store.getObject()};
    for (Value part : store.getParts())
      operands.push_back(number(b, part));
    operands.push_back(load.getObject());
    for (Value part : load.getParts())
      operands.push_back(number(b, part));
    return ir::CopySliceOp::create(b, store.getLoc(), b.getI1Type(), operands);
  }

  /// The boxes that were made for one operation alone.
  static SmallVector<Operation*> boxesOf(OperandRange parts) {
    llvm::SmallSetVector<Operation*, 3> boxes;
    for (Value part : parts)
      if (Operation* box = part.getDefiningOp(); box && box->hasAttr("scoped"))
        boxes.insert(box);
    return boxes.takeVector();
  }

  static Value number(OpBuilder& b, Value part) {
    Location loc = part.getLoc();
    if (part.getDefiningOp<ir::NoneOp>())
      return arith::ConstantIntOp::create(b, loc, rt::kNoPart, 64);
    auto box = part.getDefiningOp<ir::BoxIntOp>();
    if (!box)
      return ir::SlicePartOp::create(b, loc, b.getI64Type(), part);
    // Sequences are not so long that a smaller number means something else.
    Value least = arith::ConstantIntOp::create(b, loc, rt::kOtherPart + 1, 64);
    return arith::MaxSIOp::create(b, loc, box.getValue(), least);
  }
};

} // namespace

std::unique_ptr<Pass> pyc::createSinkSlices() {
  return std::make_unique<SinkSlices>();
}
