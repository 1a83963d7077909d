// Which functions are worth a copy at each of their calls.
#pragma once

#include "llvm/IR/Module.h"

namespace pyc {

/// Marks small functions that call no others but such: a call of one costs about as much as what it
/// does. LLVM's inliner would count the paths that leave and raise, which are most of the code and
/// never run. To be run before anything is inlined.
void markSmallFunctions(llvm::Module& module);

/// Takes the poll at the function's entry away. For code that runs within the frame of another, and
/// for functions that call nothing.
void removeEntryPoll(llvm::Function& function);

} // namespace pyc
