// Results in two parts, where paths meet.
#pragma once

#include "llvm/IR/PassManager.h"

namespace pyc {

/// Gives each part of a structure that paths bring together a phi of its own. A function with an
/// unboxed result returns the number and whether it failed; once such a call is inlined, LLVM sees
/// through the second part, and threads the paths past the test of it, only when it stands alone.
struct SplitResults : llvm::PassInfoMixin<SplitResults> {
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

} // namespace pyc
