// What LLVM inlined, for `pyc explain`.
#pragma once

#include "compiler/remarks/remark.h"
#include "dialects/uop/image.h"
#include "llvm/IR/LLVMContext.h"

#include <string>
#include <vector>

namespace pyc {

/// From now on remarks of the context's inliners on the module's own functions are appended to
/// `remarks`, which outlives the context.
void collectInlining(llvm::LLVMContext& context, uop::ImageView image,
                     const std::string& moduleName, std::vector<Remark>& remarks);

} // namespace pyc
