//   %e = call(%enumerate, %xs); %it = get_iter %e    guard_builtin %enumerate; %in = get_iter %xs
//   ^header: %item = next %it                    =>  ^header(%i): %x = next %in
//   cond_br is_null(%item), ^done, ^body             cond_br is_null(%x), ^done, ^step
//   ^body: %a, %b = unpack_sequence %item            ^step: ... ^body: box_int %i, %x
//
// The object exists only in frame states (uop.reduction), with the number to come for enumerate,
// and for zip the items that the first iterators gave in this step.

#include "compiler/passes/generators/builtin_iterators.h"

#include "compiler/passes/uop/seen.h"
#include "compiler/passes/uop/ssa_repair.h"
#include "compiler/passes/uop/state.h"
#include "compiler/remarks/remark.h"

#include "mlir/Analysis/Liveness.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

namespace pyc {

namespace {

constexpr size_t kMostIterators = 4;

/// The built-in that the call names, as far as a profile agrees; empty for any other.
StringRef builtinOf(ir::CallOp call) {
  Operation* load = call.getWindow()[0].getDefiningOp();
  size_t count = call.getWindow().size() - 1;
  if (!isa_and_present<ir::LoadGlobalOp, ir::LoadNameOp>(load))
    return {};
  StringRef name = load->getAttrOfType<StringAttr>("name").getValue();
  StringRef seen = ir::onlyType(ir::seenAt(call, 1));
  bool fits = name == "enumerate" ? count == 1 || count == 2
                                  : name == "zip" && count >= 2 && count <= kMostIterators;
  return fits && (seen.empty() || seen == ("class " + name).str()) ? name : StringRef();
}

/// Whether what is in the place of this use of a state is counted there.
bool isOwned(OpOperand& use) {
  Operation* op = use.getOwner();
  if (auto frame = dyn_cast<ir::GeneratorFrameOp>(op))
    return frame.getCounted()[use.getOperandNumber() - 2];
  if (isa<ir::ReductionOp>(op))
    return true;
  auto owned = op->getAttrOfType<DenseBoolArrayAttr>("owned").asArrayRef();
  return owned[use.getOperandNumber() - ir::stateBegin(op)];
}

/// Notes the operations whose states hold what this one holds; false where one does already.
bool addHolders(Operation* op, llvm::SmallPtrSetImpl<Operation*>& holders) {
  if (!isa<ir::GeneratorFrameOp, ir::ReductionOp>(op))
    return holders.insert(op).second;
  llvm::SetVector<Operation*> outer(op->user_begin(), op->user_end());
  return llvm::all_of(outer, [&](Operation* user) { return addHolders(user, holders); });
}

/// Each state that names an object names one, in one frame, and owns it. A generator expression's
/// frame has it as its argument and as what its loop iterates over.
bool isHeldInOneFrame(GeneratorLoop& loop) {
  llvm::SetVector<Operation*> frames;
  for (Value object : loop.objects())
    for (OpOperand& use : object.getUses()) {
      if (!ir::isStateUse(use))
        continue;
      if (!isOwned(use))
        return false;
      frames.insert(use.getOwner());
    }
  llvm::SmallPtrSet<Operation*, 16> holders;
  return llvm::all_of(frames, [&](Operation* frame) { return addHolders(frame, holders); });
}

/// Whether the call's function is in one register of its state, which owns it.
bool ownsFunction(ir::CallOp call) {
  unsigned holders = 0;
  bool owned = true;
  for (OpOperand& use : call->getOpOperands())
    if (use.get() == call.getWindow()[0] && ir::isStateUse(use)) {
      ++holders;
      owned &= isOwned(use);
    }
  return holders == 1 && owned;
}

bool isVirtual(Operation* op) {
  return isa_and_present<ir::GeneratorFrameOp, ir::ReductionOp>(op);
}

/// Gives `op` objects of its own in its state, and what they hold likewise.
void separateObjects(OpBuilder& b, Operation* op, llvm::DenseMap<Value, Value>& copies) {
  for (OpOperand& use : op->getOpOperands()) {
    if (!ir::isStateUse(use) || !isVirtual(use.get().getDefiningOp()))
      continue;
    Value known = copies.lookup(use.get());
    if (!known) {
      OpBuilder::InsertionGuard guard(b);
      b.setInsertionPoint(op);
      Operation* made = b.clone(*use.get().getDefiningOp());
      known = copies[use.get()] = made->getResult(0);
      separateObjects(b, made, copies);
    }
    use.set(known);
  }
}

class Expander {
public:
  Expander(func::FuncOp function, GeneratorLoop loop)
      : function_(function), loop_(loop), call_(cast<ir::CallOp>(loop.call)), b_(call_),
        loc_(call_.getLoc()), value_(call_.getDst().getType()), index_(b_.getI64Type(), loc_),
        isEnumerate_(builtinOf(call_) == "enumerate") {}

  void run() {
    explain(call_, RemarkKind::Inlined, {(builtinOf(call_) + "()").str()});
    collectUses();
    begin();
    step();
    rewriteUses();
    for (Operation* op : {loop_.getIter.getOperation(), call_.getOperation()}) {
      ir::dropEdge(op);
      op->erase();
    }
    ir::eraseDeadBlocks(function_.getBody());
  }

private:
  Value callable() { return call_.getWindow()[0]; }
  OperandRange iterables() {
    OperandRange arguments = call_.getWindow().drop_front();
    return isEnumerate_ ? arguments.take_front(1) : arguments;
  }

  void collectUses() {
    Liveness liveness(function_);
    auto objects = loop_.objects();
    for (Value object : objects)
      for (Operation* op : object.getUsers()) {
        if (!isa<ir::IncrefOp, ir::DecrefOp>(op))
          continue;
        counts_.insert(op);
        bool isLast =
            llvm::all_of(objects, [&](Value value) { return liveness.isDeadAfter(value, op); });
        if (isa<ir::DecrefOp>(op) && isLast)
          lastReleases_.insert(op);
      }
  }

  Block* newBlock(Block* before) {
    auto* block = new Block();
    before->getParent()->getBlocks().insert(before->getIterator(), block);
    return block;
  }

  /// In front of the call: the function is the built-in, and iterators are made of its arguments.
  void begin() {
    ir::createWithState<ir::GuardBuiltinOp>(
        b_, call_, {}, callable(),
        {b_.getNamedAttr("function", b_.getStringAttr(builtinOf(call_)))});
    if (isEnumerate_)
      first_ = firstIndex();
    else
      first_ = arith::ConstantIntOp::create(b_, loc_, iterables().size(), 64);
    for (Value iterable : iterables()) {
      auto made = ir::createWithState<ir::GetIterOp>(b_, call_, value_, iterable);
      ownInstead(made, iterators_);
      addEdge(made, ir::unwindOf(call_));
      iterators_.push_back(made->getResult(0));
    }
    ir::IncrefOp::create(b_, loc_, callable());
    index_.defineAtEnd(call_->getBlock(), first_);
  }

  Value firstIndex() {
    OperandRange arguments = call_.getWindow().drop_front();
    if (arguments.size() == 1)
      return arith::ConstantIntOp::create(b_, loc_, 0, 64);
    return ir::createWithState<ir::GuardIntOp>(b_, call_, b_.getI64Type(), arguments[1]);
  }

  /// If the operation raises, these are released with the call's function.
  void ownInstead(Operation* op, ArrayRef<Value> values) {
    if (values.empty())
      return;
    OpBuilder::InsertionGuard guard(b_);
    b_.setInsertionPoint(op);
    Value both = ir::ReductionOp::create(b_, loc_, value_, callable(), values);
    for (OpOperand& use : op->getOpOperands())
      if (use.get() == callable() && ir::isStateUse(use))
        use.set(both);
  }

  /// The exceptional edge of `op`, which stands at the builder, as that of another operation.
  void addEdge(Operation* op, ir::UnwindOp unwind) {
    if (!unwind)
      return;
    Block* block = op->getBlock();
    Block* rest = block->splitBlock(b_.getInsertionPoint());
    b_.setInsertionPointToEnd(block);
    ir::UnwindOp::create(b_, loc_, ValueRange(), unwind.getHandlerArgs(), unwind.getDepth(), rest,
                         unwind.getHandler());
    b_.setInsertionPointToStart(rest);
  }

  /// The loop's step: an item of each iterator.
  void step() {
    Operation* unpack = findUnpacking();
    SmallVector<Value> items;
    b_.setInsertionPoint(loop_.next);
    for (Value iterator : iterators_) {
      auto next = ir::createWithState<ir::NextOp>(b_, loop_.next, value_, iterator);
      llvm::DenseMap<Value, Value> copies;
      separateObjects(b_, next, copies);
      taken_[next] = items;
      addEdge(next, ir::unwindOf(loop_.next));
      Value item = next->getResult(0);
      Value isNull = ir::IsNullOp::create(b_, loc_, b_.getI1Type(), item);
      Block* block = b_.getInsertionBlock();
      Block* rest = block->splitBlock(b_.getInsertionPoint());
      b_.setInsertionPointToEnd(block);
      cf::CondBranchOp::create(b_, loc_, isNull, endBlock(items, rest), ValueRange(), rest,
                               ValueRange());
      b_.setInsertionPointToStart(rest);
      items.push_back(item);
    }
    ir::BoxIntOp number;
    if (isEnumerate_) {
      number = ir::BoxIntOp::create(b_, loc_, value_, first_);
      items.insert(items.begin(), number);
    }
    replaceItem(unpack, items);
    cf::BranchOp::create(b_, loc_, loop_.branch.getFalseDest(),
                         loop_.branch.getFalseDestOperands());
    eraseStep();
    if (number)
      count(number);
  }

  /// The loop ends: the items that the first iterators gave are dropped.
  Block* endBlock(ArrayRef<Value> items, Block* before) {
    OpBuilder::InsertionGuard guard(b_);
    Block* end = newBlock(before);
    b_.setInsertionPointToEnd(end);
    for (Value item : items)
      ir::DecrefOp::create(b_, loc_, item);
    cf::BranchOp::create(b_, loc_, loop_.branch.getTrueDest(), loop_.branch.getTrueDestOperands());
    return end;
  }

  /// The operation that unpacks the step's item, if nothing else is done with the item.
  Operation* findUnpacking() {
    Operation *unpack = nullptr, *release = nullptr;
    for (OpOperand& use : loop_.next.getItem().getUses()) {
      Operation* user = use.getOwner();
      if (user == loop_.isNull || user == unpack || isa<ir::ObserveOp>(user))
        continue;
      Operation*& place = isa<ir::DecrefOp>(user) ? release : unpack;
      if (place || (&place == &unpack && !isa<ir::UnpackSequenceOp>(user)))
        return nullptr;
      place = user;
    }
    size_t count = isEnumerate_ ? 2 : iterators_.size();
    if (!unpack || !release || unpack->getNumResults() != count ||
        unpack->getOperand(0) != loop_.next.getItem())
      return nullptr;
    auto unwind = ir::unwindOf(unpack);
    Block* behind = unwind ? unwind.getNormal() : unpack->getBlock();
    return release->getBlock() == behind ? unpack : nullptr;
  }

  /// At the builder, at the end of a step: the loop's body gets these items instead of a tuple.
  void replaceItem(Operation* unpack, ArrayRef<Value> items) {
    Value item = loop_.next.getItem();
    auto isOfBody = [&](OpOperand& use) { return use.getOwner() != loop_.isNull; };
    if (!unpack) {
      OperationState state(loc_, ir::BuildTupleOp::getOperationName());
      state.addOperands(items);
      state.addTypes(value_);
      state.addAttribute("count", b_.getI32IntegerAttr(items.size()));
      Value tuple = b_.create(state)->getResult(0);
      for (Value part : items)
        ir::DecrefOp::create(b_, loc_, part);
      return item.replaceUsesWithIf(tuple, isOfBody);
    }
    for (auto [result, part] : llvm::zip(unpack->getResults(), llvm::reverse(items)))
      result.replaceAllUsesWith(part);
    ir::dropEdge(unpack);
    llvm::SetVector<Operation*> users(item.user_begin(), item.user_end());
    for (Operation* user : users)
      if (user != loop_.isNull)
        user->erase();
  }

  /// The edges are final now: the number of this step and of the next.
  void count(ir::BoxIntOp box) {
    b_.setInsertionPointAfter(box);
    Value one = arith::ConstantIntOp::create(b_, loc_, 1, 64);
    auto next = arith::AddIOp::create(b_, loc_, first_, one);
    index_.defineAtEnd(box->getBlock(), next);
    Value number = index_.read(box->getBlock());
    box->setOperand(0, number);
    next->setOperand(0, number);
  }

  void eraseStep() {
    Block* check = loop_.branch->getBlock();
    loop_.branch->erase();
    loop_.isNull->erase();
    if (check != loop_.next->getBlock()) {
      ir::unwindOf(loop_.next)->erase();
      check->erase();
    }
    loop_.next->erase();
  }

  /// States get the object, made of its parts; the last release gives these back.
  void rewriteUses() {
    llvm::SetVector<Operation*> observations;
    llvm::DenseMap<Operation*, Value> made;
    for (Value object : loop_.objects())
      for (OpOperand& use : llvm::make_early_inc_range(object.getUses()))
        if (ir::isStateUse(use) && use.getOwner() != loop_.getIter) {
          Value& same = made[use.getOwner()];
          if (!same)
            same = objectFor(use.getOwner());
          use.set(same);
        } else if (isa<ir::ObserveOp>(use.getOwner()))
          observations.insert(use.getOwner());
    for (Operation* op : observations)
      op->erase();
    for (Operation* op : counts_) {
      if (lastReleases_.contains(op)) {
        b_.setInsertionPoint(op);
        for (Value iterator : llvm::reverse(iterators_)) // as a tuple's items
          ir::DecrefOp::create(b_, loc_, iterator);
        ir::DecrefOp::create(b_, loc_, callable());
      }
      op->erase();
    }
  }

  Value objectFor(Operation* op) {
    Block* block = op->getBlock();
    SmallVector<Value> values(iterators_);
    Value number = isEnumerate_ && block != call_->getBlock() ? index_.read(block) : first_;
    values.insert(isEnumerate_ ? values.end() : values.begin(), number);
    b_.setInsertionPoint(op);
    while (isVirtual(op) && !op->use_empty())
      op = *op->user_begin();
    if (auto taken = taken_.find(op); taken != taken_.end())
      values.append(taken->second);
    return ir::ReductionOp::create(b_, loc_, value_, callable(), values);
  }

  func::FuncOp function_;
  GeneratorLoop loop_;
  ir::CallOp call_;
  OpBuilder b_;
  Location loc_;
  Type value_;
  SsaVariable index_; // enumerate's next number
  bool isEnumerate_;
  llvm::SetVector<Operation*> counts_;
  llvm::SmallPtrSet<Operation*, 8> lastReleases_;
  Value first_; // enumerate: the first number; zip: how many iterators there are
  SmallVector<Value> iterators_;
  llvm::DenseMap<Operation*, SmallVector<Value>> taken_;
};

} // namespace

bool isBuiltinIteratorLoop(GeneratorLoop& loop) {
  auto call = dyn_cast<ir::CallOp>(loop.call);
  return call && loop.getIter && !builtinOf(call).empty() && isHeldInOneFrame(loop) &&
         ownsFunction(call);
}

void expandBuiltinIterator(func::FuncOp function, GeneratorLoop loop) {
  Expander(function, loop).run();
}

} // namespace pyc
