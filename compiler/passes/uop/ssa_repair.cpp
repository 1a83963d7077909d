#include "compiler/passes/uop/ssa_repair.h"

#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;

namespace pyc {

Value SsaVariable::readEnd(Block* block) {
  auto found = ends_.find(block);
  return found != ends_.end() ? found->second : read(block);
}

Value SsaVariable::read(Block* block) {
  if (auto found = begins_.find(block); found != begins_.end())
    return found->second;
  if (Block* predecessor = block->getSinglePredecessor()) {
    Value value = readEnd(predecessor);
    begins_[block] = value;
    return value;
  }
  assert(!block->hasNoPredecessors() && "a use that no definition reaches");
  Value argument = block->addArgument(type_, loc_);
  begins_[block] = argument;
  for (auto it = block->pred_begin(); it != block->pred_end(); ++it) {
    Value value = readEnd(*it); // may add operands to the same branch, for its other way
    cast<BranchOpInterface>((*it)->getTerminator())
        .getSuccessorOperands(it.getSuccessorIndex())
        .append(value);
  }
  return argument;
}

void SsaVariable::replaceUses(Value value, llvm::function_ref<bool(Block*)> isReplacedIn) {
  llvm::SmallSetVector<Operation*, 8> users; // reading adds operands, which moves uses
  for (Operation* user : value.getUsers())
    if (isReplacedIn(user->getBlock()))
      users.insert(user);
  for (Operation* user : users)
    user->replaceUsesOfWith(value, read(user->getBlock()));
}

} // namespace pyc
