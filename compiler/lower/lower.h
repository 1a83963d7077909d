// The `uop` dialect -> the LLVM dialect.
#pragma once

#include "dialects/uop/image.h"
#include "mlir/Pass/Pass.h"

#include <memory>

namespace pyc {

/// -lower-uop: every uop becomes a call of its runtime entry point (runtime/abi/entry.h, whose fast
/// paths are inlined from bitcode later), with cold blocks for exceptions and side exits; func.func
/// and types become LLVM's through the standard conversions that follow it in the pipeline.
/// `image` gives the code records that the functions were imported from and must outlive the pass.
std::unique_ptr<mlir::Pass> createLowerUop(uop::ImageView image);

} // namespace pyc
