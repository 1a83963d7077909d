// `a[i:j] = b[k:l]` without the list in between: the slice is taken right before it is stored, and
// both are marked "copied", so that lowering can copy the items from list to list.
//
//   %s = load_slice(...) %b            %n = int_add ... state of the load_slice
//   %n = int_add ... state(%s)    =>   %s = load_slice(...) %b {copied}
//   store_slice(... %n ...) %a %s      store_slice(... %n ...) %a %s {copied}
//
// What stands between the two computes numbers only; where it leaves, the interpreter goes on at
// the load_slice, which has not happened yet.

#include "compiler/passes/passes.h"
#include "compiler/passes/uop/state.h"

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

  static bool isOnlyStored(ir::LoadSliceOp load, ir::StoreSliceOp store,
                           ArrayRef<Operation*> between) {
    return llvm::all_of(load.getDst().getUses(), [&](OpOperand& use) {
      Operation* user = use.getOwner();
      if (user == store)
        return use.get() == store.getSrc() || ir::isStateUse(use);
      return isa<ir::DecrefOp>(user) || (llvm::is_contained(between, user) && ir::isStateUse(use));
    });
  }

  static void sink(ir::StoreSliceOp store) {
    auto load = store.getSrc().getDefiningOp<ir::LoadSliceOp>();
    SmallVector<Operation*> between;
    // The states of inlined code hold objects that would have to move as well.
    if (store->hasAttr("inlined"))
      return;
    if (!load || load->getBlock() != store->getBlock() || load.getDst() == store.getObject() ||
        !findBetween(load, store, between) || !isOnlyStored(load, store, between))
      return;
    for (Operation* op : between)
      if (ir::hasState(op))
        takeState(op, load);
    moveTo(store, load);
    UnitAttr unit = UnitAttr::get(load.getContext());
    load->setAttr("copied", unit);
    store->setAttr("copied", unit);
  }

  static void takeState(Operation* op, Operation* from) {
    SmallVector<Value> operands(op->getOperands().take_front(ir::stateBegin(op)));
    llvm::append_range(operands, ir::stateOf(from));
    op->setOperands(operands);
    for (StringRef name : {"pc", "registers", "owned"})
      op->setAttr(name, from->getAttr(name));
  }

  /// The load with the boxes that were made for it alone, and the releases behind it.
  static void moveTo(Operation* store, ir::LoadSliceOp load) {
    SmallVector<Operation*> group;
    for (Value part : load.getParts()) {
      Operation* box = part.getDefiningOp();
      if (box && box->hasAttr("scoped") && !llvm::is_contained(group, box))
        group.push_back(box);
    }
    group.push_back(load);
    for (Operation* op = load->getNextNode(); isa<ir::DecrefOp>(op); op = op->getNextNode())
      group.push_back(op);
    for (Operation* op : group)
      op->moveBefore(store);
  }
};

} // namespace

std::unique_ptr<Pass> pyc::createSinkSlices() {
  return std::make_unique<SinkSlices>();
}
