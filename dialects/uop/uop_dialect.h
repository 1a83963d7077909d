// The `uop` MLIR dialect: SSA form of uop code.
#pragma once

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "uop_dialect/dialect.h.inc"
#define GET_TYPEDEF_CLASSES
#include "uop_dialect/types.h.inc"
#define GET_OP_CLASSES
#include "uop_dialect/ops.h.inc"
