#include "compiler/passes/passes.h"

#include "mlir/Pass/PassRegistry.h"

void pyc::registerUopPasses() {
  mlir::registerPass(createPlaceGuards);
  mlir::registerPass(createSpecializeAttributes);
  mlir::registerPass(createExpandReductions);
  mlir::registerPass(createInlineGenerators);
  mlir::registerPass(createInlineFunctions);
  mlir::registerPass(createVirtualObjects);
  mlir::registerPass(createSelfCalls);
  mlir::registerPass(createTypedEntries);
  mlir::registerPass(createKnownMethods);
  mlir::registerPass(createKnownProperties);
  mlir::registerPass(createKnownItems);
  mlir::registerPass(createKnownManagers);
  mlir::registerPass(createNumberFunctions);
  mlir::registerPass(createBorrowLoads);
  mlir::registerPass(createMergeAdditions);
  mlir::registerPass(createMergeGuards);
  mlir::registerPass(createMoveCounts);
  mlir::registerPass(createListLoops);
  mlir::registerPass(createTypedLoops);
  mlir::registerPass(createListViews);
  mlir::registerPass(createHoistChecks);
  mlir::registerPass(createDropIntChecks);
  mlir::registerPass(createSinkSlices);
  mlir::registerPass(createPruneBlockArguments);
  mlir::registerPass(createRangeLoops);
  mlir::registerPass(createUnbox);
  mlir::registerPass(createUnpackItems);
  mlir::registerPass(createExplainGeneral);
}
