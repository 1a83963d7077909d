#include "compiler/codegen/recursion.h"

#include "compiler/codegen/small_functions.h"

#include "llvm/IR/DebugInfo.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstrTypes.h"
#include "llvm/Transforms/Utils/Cloning.h"
#include "llvm/Transforms/Utils/Local.h"

using namespace llvm;

namespace pyc {
namespace {

/// Instructions of a function that is worth unrolling: of a larger one the call is a small part,
/// and the fast paths that are yet to be inlined make it many times as large.
constexpr size_t kLarge = 400;
/// Instructions of a function after unrolling, roughly; of one that is small, for which a call is
/// most of the work; and levels at most.
constexpr size_t kMaxSize = 6000;
constexpr size_t kSmall = 220, kMaxSizeOfSmall = 14'000;
constexpr unsigned kMaxLevels = 5;

SmallVector<CallBase*> callsOf(Function& caller, Function& callee) {
  SmallVector<CallBase*> calls;
  for (User* user : callee.users())
    if (auto* call = dyn_cast<CallBase>(user);
        call && call->getFunction() == &caller && call->getCalledFunction() == &callee)
      calls.push_back(call);
  return calls;
}

/// How many levels fit the size, when each call becomes a copy of the body.
unsigned levelsFor(size_t size, size_t calls) {
  size_t total = size, level = size;
  size_t most = size <= kSmall ? kMaxSizeOfSmall : kMaxSize;
  for (unsigned levels = 0; levels < kMaxLevels; ++levels) {
    level *= calls;
    total += level;
    if (total > most)
      return levels;
  }
  return kMaxLevels;
}

/// Whether nothing is called or stored up to the block's end.
bool isQuiet(const BasicBlock& block) {
  return llvm::none_of(block, [](const Instruction& instruction) {
    return isa<CallBase>(instruction) || instruction.mayHaveSideEffects();
  });
}

bool returnsAtOnce(const BasicBlock& block) {
  return isa<ReturnInst>(block.getTerminator()) && isQuiet(block);
}

/// The block behind the tests that a function begins with and returns after; null: it does not.
BasicBlock* behindQuickReturns(Function& function) {
  BasicBlock* found = nullptr;
  BasicBlock* block = &function.getEntryBlock();
  while (isQuiet(*block)) {
    auto* branch = dyn_cast<BranchInst>(block->getTerminator());
    if (!branch)
      return found;
    BasicBlock* next = branch->getSuccessor(0);
    if (branch->isConditional()) {
      BasicBlock* other = branch->getSuccessor(1);
      if (returnsAtOnce(*next))
        std::swap(next, other);
      if (!returnsAtOnce(*other))
        return found;
    }
    if (!next->getSinglePredecessor())
      return found;
    if (branch->isConditional())
      found = next;
    block = next;
  }
  return found;
}

/// A copy of no more than the tests that a function begins with, which calls the function behind
/// them: with it inlined, the leaves of a recursion need no call. Null where there are none.
Function* cloneQuickReturns(Function& function) {
  ValueToValueMapTy values;
  Function* copy = CloneFunction(&function, values);
  removeEntryPoll(*copy);
  ConstantFoldTerminator(&copy->getEntryBlock(), true);
  removeUnreachableBlocks(*copy);
  BasicBlock* rest = behindQuickReturns(*copy);
  if (!rest) {
    copy->eraseFromParent();
    return nullptr;
  }
  auto* block = BasicBlock::Create(function.getContext(), "rest", copy);
  rest->getSinglePredecessor()->getTerminator()->replaceSuccessorWith(rest, block);
  IRBuilder<> builder(block);
  SmallVector<Value*> arguments(make_pointer_range(copy->args()));
  CallInst* call = builder.CreateCall(&function, arguments);
  call->setCallingConv(function.getCallingConv());
  builder.CreateRet(call);
  removeUnreachableBlocks(*copy);
  stripDebugInfo(*copy); // the call stands for the one that it is inlined in: no frame of its own
  copy->setName(function.getName() + "$quick");
  copy->setLinkage(GlobalValue::InternalLinkage);
  copy->addFnAttr(Attribute::AlwaysInline);
  return copy;
}

void unroll(Function& function) {
  size_t calls = callsOf(function, function).size(), size = function.getInstructionCount();
  unsigned levels = calls == 0 || size > kLarge ? 0 : levelsFor(size, calls);
  if (levels == 0)
    return;
  Function* quick = cloneQuickReturns(function);
  Function* inner = quick ? quick : &function;
  for (unsigned level = 0; level < levels; ++level) {
    ValueToValueMapTy values;
    Function* copy = CloneFunction(&function, values);
    copy->setName(function.getName() + "$inner");
    copy->setLinkage(GlobalValue::InternalLinkage);
    copy->addFnAttr(Attribute::AlwaysInline);
    removeEntryPoll(*copy);
    for (CallBase* call : callsOf(*copy, function))
      call->setCalledFunction(inner);
    inner = copy;
  }
  for (CallBase* call : callsOf(function, function))
    call->setCalledFunction(inner);
}

} // namespace

void unrollRecursion(Module& module) {
  SmallVector<Function*> functions;
  for (Function& function : module)
    if (!function.isDeclaration())
      functions.push_back(&function);
  for (Function* function : functions)
    unroll(*function);
}

} // namespace pyc
