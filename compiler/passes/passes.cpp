#include "compiler/passes/passes.h"

#include "mlir/Pass/PassRegistry.h"

void pyc::registerUopPasses() {
  mlir::registerPass(createPlaceGuards);
  mlir::registerPass(createPruneBlockArguments);
  mlir::registerPass(createRangeLoops);
  mlir::registerPass(createUnbox);
}
