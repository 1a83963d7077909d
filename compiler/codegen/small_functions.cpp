#include "compiler/codegen/small_functions.h"

#include "llvm/ADT/SetVector.h"
#include "llvm/IR/CFG.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/InstrTypes.h"
#include "llvm/IR/ProfDataUtils.h"

using namespace llvm;

namespace pyc {
namespace {

/// In instructions before optimisation: of what runs, and of everything.
constexpr size_t kMaxHotSize = 220;
constexpr size_t kMaxSize = 2500;
/// What a fast path of the runtime comes to.
constexpr size_t kFastPathSize = 8;

bool isRuntimeFunction(const Function& function) {
  return function.getName().starts_with("pyc_") || function.getName().starts_with("_ZN");
}

/// The successors that are worth looking at: a side that is taken once in a thousand times is not.
SmallVector<BasicBlock*, 2> hotSuccessors(BasicBlock* block) {
  constexpr uint64_t kRarely = 1000;
  Instruction* terminator = block->getTerminator();
  SmallVector<BasicBlock*, 2> blocks(successors(block));
  uint64_t taken, other;
  if (blocks.size() != 2 || !extractBranchWeights(*terminator, taken, other))
    return blocks;
  if (taken > other * kRarely)
    blocks.pop_back();
  else if (other > taken * kRarely)
    blocks.erase(blocks.begin());
  return blocks;
}

SetVector<BasicBlock*> hotBlocks(Function& function) {
  SetVector<BasicBlock*> blocks;
  blocks.insert(&function.getEntryBlock());
  for (size_t i = 0; i < blocks.size(); ++i)
    for (BasicBlock* next : hotSuccessors(blocks[i]))
      blocks.insert(next);
  return blocks;
}

class SmallFunctions {
public:
  /// True when the function was found to be small now.
  bool look(Function& function) {
    if (function.isDeclaration() || isRuntimeFunction(function) || sizes_.contains(&function) ||
        function.getInstructionCount() > kMaxSize)
      return false;
    size_t size = 0;
    for (BasicBlock* block : hotBlocks(function))
      for (Instruction& instruction : *block) {
        auto* call = dyn_cast<CallBase>(&instruction);
        size_t part = call ? sizeOf(*call) : 1;
        if (part == 0 || (size += part) > kMaxHotSize)
          return false;
      }
    sizes_[&function] = size;
    return true;
  }

private:
  /// 0 for calls that leave the small world.
  size_t sizeOf(const CallBase& call) const {
    const Function* callee = call.getCalledFunction();
    if (!callee)
      return 0;
    if (callee->isIntrinsic())
      return 1;
    return isRuntimeFunction(*callee) ? kFastPathSize : sizes_.lookup(callee);
  }

  DenseMap<const Function*, size_t> sizes_;
};

/// Whether the function may get back to itself without a poll on the way: by a call, which only a
/// rare path makes, of a function that nobody knows or that polls no more. What the runtime calls
/// is looked at there.
bool mayRecur(Function& function) {
  SetVector<BasicBlock*> hot = hotBlocks(function);
  return llvm::any_of(function, [&](BasicBlock& block) {
    return !hot.contains(&block) && llvm::any_of(block, [](Instruction& instruction) {
      auto* call = dyn_cast<CallBase>(&instruction);
      const Function* callee = call ? call->getCalledFunction() : nullptr;
      return call && !(callee && (callee->isIntrinsic() || isRuntimeFunction(*callee)));
    });
  });
}

} // namespace

void markSmallFunctions(Module& module) {
  SmallFunctions small;
  for (bool changed = true; changed;) {
    changed = false;
    for (Function& function : module)
      if (small.look(function)) {
        function.addFnAttr(Attribute::AlwaysInline);
        if (!mayRecur(function))
          removeEntryPoll(function);
        changed = true;
      }
  }
}

void removeEntryPoll(Function& function) {
  for (Instruction& instruction : make_early_inc_range(function.getEntryBlock()))
    if (auto* call = dyn_cast<CallBase>(&instruction);
        call && call->getCalledFunction() &&
        call->getCalledFunction()->getName() == "pyc_poll_needed") {
      call->replaceAllUsesWith(ConstantInt::getFalse(call->getContext()));
      call->eraseFromParent();
    }
}

} // namespace pyc
