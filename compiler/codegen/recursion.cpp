#include "compiler/codegen/recursion.h"

#include "compiler/codegen/small_functions.h"

#include "llvm/IR/InstrTypes.h"
#include "llvm/Transforms/Utils/Cloning.h"

using namespace llvm;

namespace pyc {
namespace {

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

void unroll(Function& function) {
  size_t calls = callsOf(function, function).size();
  unsigned levels = calls == 0 ? 0 : levelsFor(function.getInstructionCount(), calls);
  Function* inner = &function;
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
  if (inner == &function)
    return;
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
