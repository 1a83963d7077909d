//   ^a: br ^body(9)    ^b: br ^body(14)        ^a: br ^body       ^b: br ^body2
//   ^body(%n): ...                        =>   ^body: ...         ^body2: ...
//   switch %n [9: ^behind_a, 14: ^behind_b]    br ^behind_a       br ^behind_b
//
// More than the switch goes away: what the generator holds at one yield and not at the other (a
// generator of its own that it iterates over) is known in each copy, and can be inlined in turn.

#include "compiler/passes/generators/thread_resumptions.h"

#include "compiler/passes/uop/ssa_repair.h"
#include "compiler/passes/uop/state.h"
#include "compiler/remarks/remark.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;

namespace pyc {

namespace {

constexpr unsigned kMostCopied = 300; // operations

class Threader {
public:
  explicit Threader(cf::SwitchOp choice) : choice_(choice) {}

  bool run() {
    if (!findEntries() || !findBody() || !isSmall())
      return false;
    explain(choice_, RemarkKind::CopiedBody, {std::to_string(entries_.size())});
    findOuterUses();
    for (auto& [number, edges] : llvm::drop_begin(entries_))
      copyFor(number, edges);
    settle(choice_, entries_.front().first);
    repair();
    return true;
  }

private:
  using Edge = std::pair<Block*, unsigned>; // from, index of the successor

  /// The edges into the body, by the number that they pass; each has to pass a constant one.
  bool findEntries() {
    auto flag = dyn_cast<BlockArgument>(choice_.getFlag());
    if (!flag || flag.getOwner()->isEntryBlock())
      return false;
    head_ = flag.getOwner();
    for (auto it = head_->pred_begin(); it != head_->pred_end(); ++it) {
      auto branch = dyn_cast<BranchOpInterface>((*it)->getTerminator());
      Value number = branch
                         ? branch.getSuccessorOperands(it.getSuccessorIndex())[flag.getArgNumber()]
                         : Value();
      auto constant = number ? number.getDefiningOp<arith::ConstantIntOp>() : nullptr;
      if (!constant)
        return false;
      entries_[constant.value()].push_back({*it, it.getSuccessorIndex()});
    }
    return entries_.size() > 1;
  }

  /// The blocks on the way from the head to the switch; nothing else may lead into their middle.
  bool findBody() {
    body_.insert(head_);
    body_.insert(choice_->getBlock());
    for (unsigned i = 1; i < body_.size(); ++i)
      body_.insert_range(body_[i]->getPredecessors());
    return llvm::none_of(body_, [](Block* block) { return block->isEntryBlock(); }) &&
           llvm::none_of(head_->getPredecessors(),
                         [&](Block* from) { return body_.contains(from); });
  }

  bool isSmall() const {
    size_t count = 0;
    for (Block* block : body_)
      for (Operation& op : *block) {
        if (isa<ir::InlinedFrameOp>(op)) // there is one of a number
          return false;
        ++count;
      }
    return count * (entries_.size() - 1) <= kMostCopied;
  }

  void findOuterUses() {
    auto note = [&](Value value) {
      for (Operation* user : value.getUsers())
        if (!body_.contains(user->getBlock()))
          outerUses_[value].insert(user);
    };
    for (Block* block : body_) {
      llvm::for_each(block->getArguments(), note);
      for (Operation& op : *block)
        llvm::for_each(op.getResults(), note);
    }
    for (auto& [value, users] : outerUses_) {
      auto& variable = variables_.try_emplace(value, value.getType(), value.getLoc()).first->second;
      variable.defineAtEnd(value.getParentBlock(), value);
    }
  }

  void copyFor(int64_t number, ArrayRef<Edge> edges) {
    IRMapping map;
    Region* region = head_->getParent();
    for (Block* block : body_) {
      auto* copy = new Block();
      region->getBlocks().insert(head_->getIterator(), copy);
      map.map(block, copy);
      for (BlockArgument argument : block->getArguments())
        map.map(argument, copy->addArgument(argument.getType(), argument.getLoc()));
    }
    // Operands may be defined in blocks that come later in the list: they are set afterwards.
    for (Block* block : body_) {
      OpBuilder b = OpBuilder::atBlockEnd(map.lookup(block));
      for (Operation& op : *block)
        b.clone(op, map);
    }
    for (Block* block : body_)
      for (Operation& op : *map.lookup(block))
        for (OpOperand& operand : op.getOpOperands())
          operand.set(map.lookupOrDefault(operand.get()));
    for (auto [from, index] : edges)
      from->getTerminator()->setSuccessor(map.lookup(head_), index);
    settle(cast<cf::SwitchOp>(map.lookup(choice_->getBlock())->getTerminator()), number);
    for (auto& [value, variable] : variables_)
      variable.defineAtEnd(map.lookup(value.getParentBlock()), map.lookup(value));
  }

  /// The switch's number is known.
  static void settle(cf::SwitchOp choice, int64_t number) {
    Block* target = choice.getDefaultDestination();
    SmallVector<Value> operands(choice.getDefaultOperands());
    if (auto values = choice.getCaseValues())
      for (auto [i, value] : llvm::enumerate(*values))
        if (value.getSExtValue() == number) {
          target = choice.getCaseDestinations()[i];
          operands.assign(choice.getCaseOperands(i).begin(), choice.getCaseOperands(i).end());
        }
    OpBuilder b(choice);
    cf::BranchOp::create(b, choice.getLoc(), target, operands);
    choice.erase();
  }

  void repair() {
    for (auto& [value, users] : outerUses_) {
      SsaVariable& variable = variables_.find(value)->second;
      for (Operation* user : users)
        user->replaceUsesOfWith(value, variable.read(user->getBlock()));
    }
  }

  cf::SwitchOp choice_;
  Block* head_ = nullptr;
  llvm::MapVector<int64_t, SmallVector<Edge>> entries_;
  llvm::SetVector<Block*> body_;
  llvm::MapVector<Value, llvm::SetVector<Operation*>> outerUses_;
  llvm::MapVector<Value, SsaVariable> variables_;
};

} // namespace

bool threadResumptions(func::FuncOp function) {
  SmallVector<cf::SwitchOp> choices;
  Block* entry = &function.getBody().front();
  function.walk([&](cf::SwitchOp choice) {
    if (choice->getBlock() != entry) // a generator's own
      choices.push_back(choice);
  });
  bool changed = false;
  for (cf::SwitchOp choice : choices)
    changed |= Threader(choice).run();
  if (changed)
    ir::eraseDeadBlocks(function.getBody());
  return changed;
}

} // namespace pyc
