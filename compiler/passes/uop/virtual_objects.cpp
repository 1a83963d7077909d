// Tuples and small instances that nobody sees are not made: what they hold are values of their own.
//
//   %t = uop.build_tuple(%a, %b)         uop.incref %a; uop.incref %b
//   %x:2 = uop.unpack_sequence %t   =>   (%b, %a, counted once more)
//   uop.decref %t                        uop.decref %v      %v = uop.virtual_tuple(%a, %b)
//
// An object stays one value (uop.virtual_tuple, uop.virtual_instance) in frame states, which make
// it where native code is left, and in counts, which lowering turns into counts of what it holds.
// Where control flow joins, objects of one kind are joined part by part (scalar replacement;
// Kotzmann, Mössenböck: "Escape Analysis in the Context of Dynamic Compilation and Deoptimization",
// VEE 2005). An object that any place needs as a whole is made as before.

#include "compiler/passes/passes.h"
#include "compiler/passes/uop/item_keys.h"
#include "compiler/passes/uop/state.h"
#include "compiler/passes/uop/virtual_instance.h"
#include "compiler/remarks/remark.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace pyc;

namespace {

/// The index of a subscript that is a small constant.
std::optional<int64_t> constantIndex(Value key) {
  auto box = key.getDefiningOp<ir::BoxIntOp>();
  auto constant = box ? box.getValue().getDefiningOp<arith::ConstantIntOp>() : nullptr;
  return constant ? std::optional(constant.value()) : std::nullopt;
}

class VirtualObjects : public PassWrapper<VirtualObjects, OperationPass<func::FuncOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(VirtualObjects)
  StringRef getArgument() const override { return "virtual-objects"; }
  StringRef getDescription() const override {
    return "Do not make tuples and instances that nobody sees";
  }
  void getDependentDialects(DialectRegistry& registry) const override {
    registry.insert<arith::ArithDialect, cf::ControlFlowDialect>();
  }

  void runOnOperation() override {
    // An object that another one holds is known to be seen by nobody once that one is gone.
    constexpr unsigned kMostRounds = 4;
    for (unsigned round = 0; round < kMostRounds && runRound(); ++round) {
    }
  }

private:
  bool runRound() {
    kinds_.clear();
    instances_.clear();
    findObjects();
    while (dropUnfit()) {
    }
    if (kinds_.empty())
      return false;
    rewrite();
    return true;
  }

  //===--------------------------------------------------------------------===//
  // Which objects need not be made
  //===--------------------------------------------------------------------===//

  /// Candidates, and what values may be joins of them: all of a kind hold as many values.
  void findObjects() {
    Builder b(&getContext());
    SmallVector<Value> queue;
    getOperation().walk([&](Operation* op) {
      if (auto tuple = dyn_cast<ir::BuildTupleOp>(op); tuple && tuple.getCount() > 0)
        kinds_[tuple.getDst()] = b.getI64IntegerAttr(tuple.getCount());
      else if (auto begin = dyn_cast<ir::BeginConstructionOp>(op))
        if (auto instance = VirtualInstance::describe(begin)) {
          kinds_[begin.getInstance()] = instance->kind();
          instances_.try_emplace(begin, std::move(*instance));
        }
    });
    for (auto& [value, kind] : kinds_)
      queue.push_back(value);
    while (!queue.empty()) {
      Value value = queue.pop_back_val();
      Attribute kind = kinds_.lookup(value);
      for (OpOperand& use : value.getUses())
        if (auto argument = enteredArgument(use); argument && !kinds_.contains(*argument)) {
          kinds_[*argument] = kind;
          queue.push_back(*argument);
        }
    }
  }

  static std::optional<BlockArgument> enteredArgument(OpOperand& use) {
    auto branch = dyn_cast<BranchOpInterface>(use.getOwner());
    return branch ? branch.getSuccessorBlockArgument(use.getOperandNumber()) : std::nullopt;
  }

  bool dropUnfit() {
    llvm::SmallDenseSet<Value> unfit;
    for (auto& [value, kind] : kinds_)
      if (!isFit(value, kind))
        unfit.insert(value);
    kinds_.remove_if([&](auto& entry) { return unfit.contains(entry.first); });
    return !unfit.empty();
  }

  bool isFit(Value value, Attribute kind) {
    if (auto argument = dyn_cast<BlockArgument>(value); argument && !joinsOnly(argument, kind))
      return false;
    return llvm::all_of(value.getUses(),
                        [&](OpOperand& use) { return isFitUse(value, use, kind); });
  }

  /// Whether all that comes together there are objects of the kind, or nothing.
  bool joinsOnly(BlockArgument argument, Attribute kind) {
    Block* block = argument.getOwner();
    if (block->isEntryBlock())
      return false;
    for (auto it = block->pred_begin(); it != block->pred_end(); ++it) {
      auto branch = cast<BranchOpInterface>((*it)->getTerminator());
      SuccessorOperands operands = branch.getSuccessorOperands(it.getSuccessorIndex());
      if (operands.isOperandProduced(argument.getArgNumber()))
        return false;
      Value value = operands[argument.getArgNumber()];
      if (!value.getDefiningOp<ir::NullOp>() && kinds_.lookup(value) != kind)
        return false;
    }
    return true;
  }

  bool isFitUse(Value value, OpOperand& use, Attribute kind) {
    Operation* op = use.getOwner();
    if (isa<ir::IncrefOp, ir::DecrefOp>(op))
      return true;
    // An instance may have to be made at its end, of real values; and those are what others look
    // at.
    if (isa<ir::SuspendOp, ir::ReductionOp, ir::VirtualInstanceOp>(op) || isTakenTuple(op))
      return false;
    if (ir::isStateUse(use))
      return true;
    if (auto argument = enteredArgument(use))
      return kinds_.lookup(*argument) == kind;
    if (auto same = dyn_cast<ir::SameOp>(op))
      return isNone(same.getLhs()) || isNone(same.getRhs());
    return isa<IntegerAttr>(kind) ? isTupleUse(use, cast<IntegerAttr>(kind).getInt())
                                  : VirtualInstance::isFitUse(use, kind);
  }

  static bool isNone(Value value) { return value.getDefiningOp<ir::NoneOp>() != nullptr; }

  bool isTupleUse(OpOperand& use, int64_t size) const {
    Operation* op = use.getOwner();
    if (auto unpack = dyn_cast<ir::UnpackSequenceOp>(op))
      return static_cast<int64_t>(unpack.getCount()) == size;
    if (auto load = dyn_cast<ir::LoadItemOp>(op)) {
      auto index = constantIndex(load.getKey());
      return isKey(use) || (index && *index >= -size && *index < size);
    }
    if (isKey(use))
      return true;
    if (isa<ir::ContainsOp, ir::NotContainsOp, ir::ModOp>(op))
      return use.getOperandNumber() == 1 && !isVirtualTuple(op->getOperand(0));
    return isa<ir::TruthOp>(op) || ir::takesItems(op);
  }

  /// Whether it is looked for in what may be a dict or set, once: where Python code has to see it
  /// or it is kept, it is made there. Not in a tuple that is not made either.
  bool isKey(OpOperand& use) const {
    auto made = use.get().getDefiningOp<ir::BuildTupleOp>();
    if (ir::keyOperandOf(use.getOwner()) != use.getOperandNumber() || !made || !isUsedOnce(made) ||
        !isStraightBehind(use.getOwner(), made))
      return false;
    Value container = use.getOwner()->getOperand(use.getOperandNumber() == 0 ? 1 : 0);
    return !kinds_.contains(container) && !isVirtualTuple(container);
  }
  static bool isUsedOnce(ir::BuildTupleOp made) {
    return llvm::count_if(made->getUses(), [](OpOperand& use) {
             return !isa<ir::IncrefOp, ir::DecrefOp>(use.getOwner()) && !ir::isStateUse(use);
           }) == 1;
  }
  /// Nothing leads to `op` a second time without `from`.
  static bool isStraightBehind(Operation* op, Operation* from) {
    Block* block = op->getBlock();
    while (block && block != from->getBlock())
      block = block->getSinglePredecessor();
    return block != nullptr;
  }
  static bool isVirtualTuple(Value value) {
    return isa_and_present<ir::VirtualTupleOp>(value.getDefiningOp());
  }

  /// Whether the operation is a tuple that something looks into, or for, for what it holds.
  static bool isTakenTuple(Operation* op) {
    return isa<ir::VirtualTupleOp>(op) && llvm::any_of(op->getUses(), [](OpOperand& use) {
             bool isKey = ir::keyOperandOf(use.getOwner()) == use.getOperandNumber();
             return isKey || (ir::takesItems(use.getOwner()) && !ir::isStateUse(use));
           });
  }

  //===--------------------------------------------------------------------===//
  // Taking them apart
  //===--------------------------------------------------------------------===//

  void rewrite() {
    SmallVector<BlockArgument> joins;
    SmallVector<Value> objects;
    for (auto& [value, kind] : kinds_) {
      if (auto argument = dyn_cast<BlockArgument>(value))
        joins.push_back(argument);
      else
        objects.push_back(value);
    }
    for (BlockArgument join : joins)
      addParts(join);
    for (Value object : objects)
      replaceObject(object);
    for (BlockArgument join : joins)
      passParts(join);
    for (Operation* op : virtuals_)
      foldUses(op);
    virtuals_.clear();
    joined_.clear();
  }

  static unsigned partCount(Attribute kind) {
    if (auto count = dyn_cast<IntegerAttr>(kind))
      return count.getInt();
    return VirtualInstance::partCount(kind);
  }

  Value makeVirtual(OpBuilder& b, Location loc, Attribute kind, ValueRange parts) {
    SmallVector<bool> counted(parts.size(), true);
    Type type = b.getType<ir::ValueType>();
    Operation* made =
        isa<IntegerAttr>(kind)
            ? ir::VirtualTupleOp::create(b, loc, type, parts, b.getDenseBoolArrayAttr(counted))
            : VirtualInstance::make(b, loc, kind, parts);
    virtuals_.push_back(made);
    return made->getResult(0);
  }

  /// A join gets an argument for each part; what it was stays until the edges pass them.
  void addParts(BlockArgument join) {
    Block* block = join.getOwner();
    Attribute kind = kinds_.lookup(join);
    OpBuilder b = OpBuilder::atBlockBegin(block);
    SmallVector<Value> parts;
    for (unsigned i = 0; i < partCount(kind); ++i)
      parts.push_back(block->addArgument(b.getType<ir::ValueType>(), join.getLoc()));
    Value object = makeVirtual(b, join.getLoc(), kind, parts);
    join.replaceAllUsesWith(object);
    joined_[join] = object;
  }

  void replaceObject(Value object) {
    Operation* op = object.getDefiningOp();
    if (auto begin = dyn_cast<ir::BeginConstructionOp>(op)) {
      VirtualInstance& instance = instances_.find(begin)->second;
      instance.replace([&](OpBuilder& b, ArrayRef<Value> parts, ArrayRef<int32_t> names) {
        Operation* made = instance.makePartial(b, parts, names);
        virtuals_.push_back(made);
        return made->getResult(0);
      });
      explain(op, RemarkKind::VirtualObject, {"instance"});
      begin.erase();
      return;
    }
    explain(op, RemarkKind::VirtualObject, {"tuple"});
    auto tuple = cast<ir::BuildTupleOp>(op);
    OpBuilder b(op);
    for (Value item : tuple.getItems())
      takeOver(b, tuple, item);
    object.replaceAllUsesWith(
        makeVirtual(b, op->getLoc(), kinds_.lookup(object), tuple.getItems()));
    op->erase();
  }

  /// The tuple gets a count of the item: the one that ends right behind it, if there is one.
  static void takeOver(OpBuilder& b, ir::BuildTupleOp tuple, Value item) {
    for (Operation* next = tuple->getNextNode(); isa_and_present<ir::DecrefOp>(next);
         next = next->getNextNode())
      if (next->getOperand(0) == item)
        return next->erase();
    ir::IncrefOp::create(b, tuple.getLoc(), item);
  }

  /// All edges pass parts instead of the object.
  void passParts(BlockArgument join) {
    Block* block = join.getOwner();
    unsigned index = join.getArgNumber();
    Operation* made = joined_.lookup(join).getDefiningOp();
    for (auto it = block->pred_begin(); it != block->pred_end(); ++it) {
      auto branch = cast<BranchOpInterface>((*it)->getTerminator());
      SuccessorOperands operands = branch.getSuccessorOperands(it.getSuccessorIndex());
      Value value = operands[index];
      Operation* object = value.getDefiningOp();
      for (unsigned i = 0; i < made->getNumOperands(); ++i)
        operands.append(isa<ir::NullOp>(object) ? value : object->getOperand(i));
      operands.erase(index);
    }
    block->eraseArgument(index);
  }

  //===--------------------------------------------------------------------===//
  // Uses
  //===--------------------------------------------------------------------===//

  void foldUses(Operation* object) {
    llvm::SmallSetVector<Operation*, 8> users;
    for (Operation* user : object->getResult(0).getUsers())
      if (!user->hasTrait<OpTrait::IsTerminator>())
        users.insert(user);
    for (Operation* user : users) {
      OpBuilder b(user);
      if (isa<ir::SameOp>(user))
        replaceByBit(b, user, false);
      else if (auto truth = dyn_cast<ir::TruthOp>(user);
               truth && truth.getOperand() == object->getResult(0)) // not only in its state
        replaceByBit(b, user, true);
      else if (auto unpack = dyn_cast<ir::UnpackSequenceOp>(user);
               unpack && unpack.getSrc() == object->getResult(0))
        replaceUnpack(b, unpack, object->getOperands());
      else if (auto load = dyn_cast<ir::LoadItemOp>(user);
               load && load.getObject() == object->getResult(0))
        replaceLoad(b, load, object->getOperands());
      else if (auto instance = dyn_cast<ir::VirtualInstanceOp>(object))
        VirtualInstance::foldUse(b, user, instance);
    }
  }

  static void replaceByBit(OpBuilder& b, Operation* op, bool bit) {
    op->getResult(0).replaceAllUsesWith(arith::ConstantIntOp::create(b, op->getLoc(), bit, 1));
    if (ir::hasState(op))
      ir::dropEdge(op);
    op->erase();
  }

  static void replaceUnpack(OpBuilder& b, ir::UnpackSequenceOp unpack, ValueRange items) {
    unsigned last = items.size() - 1;
    for (auto [i, item] : llvm::enumerate(items)) {
      ir::IncrefOp::create(b, unpack.getLoc(), item);
      unpack->getResult(last - i).replaceAllUsesWith(item);
    }
    ir::dropEdge(unpack);
    unpack.erase();
  }

  static void replaceLoad(OpBuilder& b, ir::LoadItemOp load, ValueRange items) {
    int64_t index = *constantIndex(load.getKey());
    Value item = items[index < 0 ? index + static_cast<int64_t>(items.size()) : index];
    ir::IncrefOp::create(b, load.getLoc(), item);
    load.getDst().replaceAllUsesWith(item);
    ir::dropEdge(load);
    load.erase();
  }

  /// Objects by value: how many values they hold, or for instances what they are.
  llvm::MapVector<Value, Attribute> kinds_;
  llvm::DenseMap<Operation*, VirtualInstance> instances_;
  llvm::DenseMap<Value, Value> joined_;
  SmallVector<Operation*> virtuals_;
};

} // namespace

std::unique_ptr<Pass> pyc::createVirtualObjects() {
  return std::make_unique<VirtualObjects>();
}
