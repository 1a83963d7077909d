//   ^a: br ^body(9)    ^b: br ^body(14)        ^a: br ^body       ^b: br ^body2
//   ^body(%n): ...                        =>   ^body: ...         ^body2: ...
//   switch %n [9: ^behind_a, 14: ^behind_b]    br ^behind_a       br ^behind_b
//
// More than the switch goes away: what the generator holds at one yield and not at the other (a
// generator of its own that it iterates over) is known in each copy, and can be inlined in turn.
// For the same reason the handler that all generators have is copied where it would join the two.

#include "compiler/passes/generators/thread_resumptions.h"

#include "compiler/passes/uop/ssa_repair.h"
#include "compiler/passes/uop/state.h"
#include "compiler/remarks/remark.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

#include <map>
#include <optional>
#include <string>

using namespace mlir;

namespace pyc {

namespace {

constexpr unsigned kMostCopied = 300; // operations

/// Copies of blocks that are entered by one of them, the head, for some of the edges into it.
class BlockCopies {
protected:
  using Edge = std::pair<Block*, unsigned>; // from, index of the successor

  /// To be called before the first copy: what is used behind the blocks has several definitions.
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

  IRMapping copyFor(ArrayRef<Edge> edges) {
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
    for (auto& [value, variable] : variables_)
      variable.defineAtEnd(map.lookup(value.getParentBlock()), map.lookup(value));
    return map;
  }

  /// To be called behind the last copy.
  void repair() {
    for (auto& [value, users] : outerUses_) {
      SsaVariable& variable = variables_.find(value)->second;
      for (Operation* user : users)
        user->replaceUsesOfWith(value, variable.read(user->getBlock()));
    }
  }

  /// Operations in the blocks; nothing where there can't be another copy of one.
  std::optional<size_t> size() const {
    size_t count = 0;
    for (Block* block : body_)
      for (Operation& op : *block) {
        if (isa<ir::InlinedFrameOp>(op)) // there is one of a number
          return {};
        ++count;
      }
    return count;
  }

  Block* head_ = nullptr;
  llvm::SetVector<Block*> body_; // the head first

private:
  llvm::MapVector<Value, llvm::SetVector<Operation*>> outerUses_;
  llvm::MapVector<Value, SsaVariable> variables_;
};

class Threader : BlockCopies {
public:
  explicit Threader(cf::SwitchOp choice) : choice_(choice) {}

  bool run() {
    if (!findEntries() || !findBody())
      return false;
    auto count = size();
    if (!count || *count * (entries_.size() - 1) > kMostCopied)
      return false;
    explain(choice_, RemarkKind::CopiedBody, {std::to_string(entries_.size())});
    findOuterUses();
    for (auto& [number, edges] : llvm::drop_begin(entries_)) {
      IRMapping map = copyFor(edges);
      settle(cast<cf::SwitchOp>(map.lookup(choice_->getBlock())->getTerminator()), number);
    }
    settle(choice_, entries_.front().first);
    repair();
    return true;
  }

private:
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

  cf::SwitchOp choice_;
  llvm::MapVector<int64_t, SmallVector<Edge>> entries_;
};

/// The handler that all generators have, to which some edges bring an object and others nothing.
class HandlerSplitter : BlockCopies {
public:
  explicit HandlerSplitter(Block* head) { head_ = head; }

  bool run() {
    if (!findGroups())
      return false;
    findBody();
    auto count = size();
    if (!count || *count * (groups_.size() - 1) > kMostCopied)
      return false;
    findOuterUses();
    for (auto& [pattern, edges] : llvm::drop_begin(groups_))
      copyFor(edges);
    repair();
    return true;
  }

private:
  static constexpr size_t kMostGroups = 4;

  static bool isIterated(Value value) {
    return isa_and_present<ir::CallOp, ir::CallMethodOp, ir::GetIterOp>(value.getDefiningOp());
  }

  /// The edges by which of the arguments that may be an object or nothing are nothing.
  bool findGroups() {
    SmallVector<unsigned> unclear;
    for (BlockArgument argument : head_->getArguments()) {
      bool isObject = false, isNull = false;
      for (auto it = head_->pred_begin(); it != head_->pred_end(); ++it) {
        Value value = incoming(it, argument.getArgNumber());
        isObject |= value && isIterated(value);
        isNull |= value && value.getDefiningOp<ir::NullOp>();
      }
      if (isObject && isNull)
        unclear.push_back(argument.getArgNumber());
    }
    if (unclear.empty())
      return false;
    for (auto it = head_->pred_begin(); it != head_->pred_end(); ++it) {
      std::string pattern;
      for (unsigned i : unclear) {
        Value value = incoming(it, i);
        pattern += value && value.getDefiningOp<ir::NullOp>() ? '-' : '+';
      }
      groups_[pattern].push_back({*it, it.getSuccessorIndex()});
    }
    return groups_.size() > 1 && groups_.size() <= kMostGroups;
  }

  static Value incoming(Block::pred_iterator edge, unsigned argument) {
    auto branch = dyn_cast<BranchOpInterface>((*edge)->getTerminator());
    return branch ? branch.getSuccessorOperands(edge.getSuccessorIndex())[argument] : Value();
  }

  /// What only the head leads to, which ends with leaving or raising once more.
  void findBody() {
    body_.insert(head_);
    for (bool changed = true; changed;) {
      changed = false;
      for (unsigned i = 0; i < body_.size(); ++i)
        for (Block* next : body_[i]->getSuccessors())
          if (next != head_ && llvm::all_of(next->getPredecessors(),
                                            [&](Block* from) { return body_.contains(from); }))
            changed |= body_.insert(next);
    }
  }

  llvm::MapVector<std::string, SmallVector<Edge>, std::map<std::string, unsigned>> groups_;
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
  SmallVector<Block*> handlers;
  function.walk([&](ir::TakeExceptionOp take) {
    if (take->hasAttr("inlined"))
      handlers.push_back(take->getBlock());
  });
  for (Block* handler : handlers)
    changed |= HandlerSplitter(handler).run();
  if (changed)
    ir::eraseDeadBlocks(function.getBody());
  return changed;
}

} // namespace pyc
