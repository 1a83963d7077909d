#include "compiler/codegen/split_results.h"

#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Instructions.h"

using namespace llvm;

namespace pyc {
namespace {

bool isTakenApart(const PHINode& phi) {
  return isa<StructType>(phi.getType()) && !phi.use_empty() &&
         all_of(phi.users(), [](const User* user) {
           auto* part = dyn_cast<ExtractValueInst>(user);
           return part && part->getNumIndices() == 1;
         });
}

/// Part `index` of what `phi` gets from its predecessor `from`; `split` is the part's own phi.
Value* incomingPart(PHINode& phi, unsigned from, unsigned index, PHINode* split) {
  Value* whole = phi.getIncomingValue(from);
  if (whole == &phi)
    return split;
  if (Value* part = FindInsertedValue(whole, {index}))
    return part;
  IRBuilder<> builder(phi.getIncomingBlock(from)->getTerminator());
  return builder.CreateExtractValue(whole, {index});
}

PHINode* splitPart(PHINode& phi, unsigned index) {
  Type* type = cast<StructType>(phi.getType())->getElementType(index);
  PHINode* split =
      PHINode::Create(type, phi.getNumIncomingValues(), phi.getName(), phi.getIterator());
  split->setDebugLoc(phi.getDebugLoc());
  for (unsigned from = 0; from < phi.getNumIncomingValues(); ++from) {
    // A block that comes in several times has to bring the same value each time.
    int earlier = split->getBasicBlockIndex(phi.getIncomingBlock(from));
    Value* part =
        earlier < 0 ? incomingPart(phi, from, index, split) : split->getIncomingValue(earlier);
    split->addIncoming(part, phi.getIncomingBlock(from));
  }
  return split;
}

void split(PHINode& phi) {
  SmallVector<PHINode*> parts(cast<StructType>(phi.getType())->getNumElements());
  for (User* user : make_early_inc_range(phi.users())) {
    auto* part = cast<ExtractValueInst>(user);
    PHINode*& own = parts[part->getIndices().front()];
    if (!own)
      own = splitPart(phi, part->getIndices().front());
    part->replaceAllUsesWith(own);
    part->eraseFromParent();
  }
  phi.eraseFromParent();
}

} // namespace

PreservedAnalyses SplitResults::run(Function& function, FunctionAnalysisManager&) {
  bool changed = false;
  for (BasicBlock& block : function)
    for (PHINode& phi : make_early_inc_range(block.phis()))
      if (isTakenApart(phi)) {
        split(phi);
        changed = true;
      }
  if (!changed)
    return PreservedAnalyses::all();
  PreservedAnalyses preserved;
  preserved.preserveSet<CFGAnalyses>();
  return preserved;
}

} // namespace pyc
