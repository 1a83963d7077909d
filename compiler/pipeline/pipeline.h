// From a uop image to an object file: the order of passes as a readable function.
#pragma once

#include "compiler/codegen/object.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Pass/PassManager.h"

#include <string>

namespace pyc {

/// The passes on the `uop` dialect.
void addUopPasses(mlir::PassManager& passes, unsigned optLevel);
/// From the `uop` dialect to the LLVM dialect.
void addLoweringPasses(mlir::PassManager& passes, uop::ImageView image);

/// Where compileModule stops.
enum class Stage { ImportedMlir, Mlir, LlvmDialect, LlvmIr, Assembly, Object };

/// Compiles one image up to a stage; the output's text or bytes, empty with `error` set.
std::string compileModule(uop::ImageView image, const ObjectOptions& options, Stage stage,
                          std::string& error);

} // namespace pyc
