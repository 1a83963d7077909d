// Runs a generator's code inside of the loop that consumes it.
#pragma once

#include "compiler/passes/generators/generator_body.h"
#include "compiler/passes/generators/generator_loop.h"

namespace pyc {

/// Replaces the loop's call and steps by a copy of the generator's code. `frame` is a number that
/// no other uop.inlined_frame of the function has. Block arguments that are not needed stay for
/// prune-block-arguments.
void inlineGenerator(mlir::func::FuncOp function, GeneratorLoop loop, const GeneratorBody& body,
                     int64_t frame);

} // namespace pyc
