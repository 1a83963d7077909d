// Where native code calls, and which Python functions run there: the module's CallTable
// (runtime/abi/native.h), from the debug locations of the machine code.
#pragma once

#include "dialects/uop/image.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/CodeGen/AsmPrinterHandler.h"

#include <memory>

namespace llvm {
class AsmPrinter;
}

namespace pyc {

/// Symbol of the module's CallTable, which is defined while its machine code is written.
inline constexpr llvm::StringLiteral kCallTableSymbol = "pyc.calls";

/// Writes the table behind the code that `printer` writes.
std::unique_ptr<llvm::AsmPrinterHandler> makeCallTableWriter(llvm::AsmPrinter& printer,
                                                             uop::ImageView image);

} // namespace pyc
