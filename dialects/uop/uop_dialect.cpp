#include "dialects/uop/uop_dialect.h"

#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

#include "uop_dialect/dialect.cpp.inc"
#define GET_TYPEDEF_CLASSES
#include "uop_dialect/types.cpp.inc"
#define GET_OP_CLASSES
#include "uop_dialect/ops.cpp.inc"

void pyc::ir::UopDialect::initialize() {
  addTypes<
#define GET_TYPEDEF_LIST
#include "uop_dialect/types.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "uop_dialect/ops.cpp.inc"
      >();
}

SuccessorOperands pyc::ir::UnwindOp::getSuccessorOperands(unsigned index) {
  return SuccessorOperands(index == 0 ? getNormalArgsMutable() : getHandlerArgsMutable());
}
