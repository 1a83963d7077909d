// Functions that call themselves.
#pragma once

#include "llvm/IR/Module.h"

namespace pyc {

/// Inlines small functions into themselves, some levels deep: a call then does the work of several.
/// LLVM's inliner leaves recursion alone, so it gets copies to inline: f calls f.1 calls f.2 calls
/// f.
void unrollRecursion(llvm::Module& module);

} // namespace pyc
