// Where a call that left specialised code may go on in general code (runtime/abi/native.h).
#pragma once

#include "dialects/uop/image.h"

#include "llvm/ADT/SmallVector.h"

#include <string>

namespace pyc {

/// The code's beginning, 0, and the words where loops begin that no other loop contains. The
/// beginning has a function of its own, the loops have one together: a second way into a loop takes
/// the types of its variables away. Inner loops are none, so that they are entered in one way; what
/// they have left is interpreted. None for generators, which go on natively at their next
/// resumption.
llvm::SmallVector<uint32_t> continuationWords(uop::ImageView image, const uop::CodeRecord& code);

/// Symbol of the function that goes on at the word, one of these, for a code object's
/// `functionSymbol`.
std::string continuationSymbol(const std::string& symbol, uint32_t word);

} // namespace pyc
