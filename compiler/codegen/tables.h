// The data that goes with a module's code: image, NativeCode records, NativeModule (abi/native.h).
#pragma once

#include "compiler/codegen/object.h"
#include "llvm/IR/Module.h"

#include <vector>

namespace pyc {

void emitModuleTables(llvm::Module& module, uop::ImageView image, const ObjectOptions& options);
void emitProgramTable(llvm::Module& module, const ProgramModules& program);

} // namespace pyc
