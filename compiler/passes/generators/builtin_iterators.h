// `for` loops over enumerate() and zip().
#pragma once

#include "compiler/passes/generators/generator_loop.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace pyc {

/// Whether the loop's call makes an enumerate or zip object that the loop can do without.
bool isBuiltinIteratorLoop(GeneratorLoop& loop);

/// Replaces the object: the loop steps what it iterates over, and counts. Where the item is
/// unpacked at once, no tuple is made either.
void expandBuiltinIterator(mlir::func::FuncOp function, GeneratorLoop loop);

} // namespace pyc
