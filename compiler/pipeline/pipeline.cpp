#include "compiler/pipeline/pipeline.h"

#include "compiler/import/import.h"
#include "compiler/lower/lower.h"
#include "compiler/passes/passes.h"

#include "mlir/Conversion/ArithToLLVM/ArithToLLVM.h"
#include "mlir/Conversion/ControlFlowToLLVM/ControlFlowToLLVM.h"
#include "mlir/Conversion/FuncToLLVM/ConvertFuncToLLVMPass.h"
#include "mlir/Conversion/ReconcileUnrealizedCasts/ReconcileUnrealizedCasts.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

namespace pyc {

void addUopPasses(PassManager& passes, unsigned optLevel) {
  auto& first = passes.nest<func::FuncOp>();
  first.addPass(createPruneBlockArguments());
  if (optLevel == 0)
    return first.addPass(createExplainGeneral());
  passes.addPass(createExpandReductions());
  passes.addPass(createInlineGenerators());
  auto& second = passes.nest<func::FuncOp>();
  second.addPass(createPruneBlockArguments());
  second.addPass(createSelfCalls());
  second.addPass(createKnownMethods());
  second.addPass(createKnownManagers());
  passes.addPass(createKnownProperties());
  passes.addPass(createKnownItems());
  passes.addPass(createInlineFunctions());
  passes.nest<func::FuncOp>().addPass(createPruneBlockArguments());
  passes.addPass(createSpecializeAttributes());
  auto& behind = passes.nest<func::FuncOp>();
  behind.addPass(createPlaceGuards());
  behind.addPass(createRangeLoops());
  behind.addPass(createPruneBlockArguments());
  behind.addPass(createVirtualObjects());
  behind.addPass(createUnpackItems());
  behind.addPass(createPruneBlockArguments());
  behind.addPass(createTypedLoops());
  passes.addPass(createTypedEntries());
  auto& third = passes.nest<func::FuncOp>();
  third.addPass(createUnbox());
  third.addPass(createPruneBlockArguments());
  passes.addPass(createDropIntChecks());
  passes.addPass(createNumberFunctions());
  auto& fourth = passes.nest<func::FuncOp>();
  fourth.addPass(createListLoops());
  fourth.addPass(createBorrowLoads());
  fourth.addPass(createMergeAdditions());
  fourth.addPass(createMergeGuards());
  fourth.addPass(createMoveCounts());
  fourth.addPass(createListViews());
  fourth.addPass(createSinkSlices());
  fourth.addPass(createHoistChecks());
  fourth.addPass(createExplainGeneral());
}

void addLoweringPasses(PassManager& passes, uop::ImageView image) {
  passes.addPass(createLowerUop(image));
  passes.addPass(createArithToLLVMConversionPass());
  passes.addPass(createConvertControlFlowToLLVMPass());
  passes.addPass(createConvertFuncToLLVMPass());
  passes.addPass(createReconcileUnrealizedCastsPass());
}

static std::string print(ModuleOp module) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  module.print(stream);
  return text;
}

std::string compileModule(uop::ImageView image, const ObjectOptions& options, Stage stage,
                          std::string& error) {
  MLIRContext context(MLIRContext::Threading::DISABLED);
  if (options.remarks)
    collectRemarks(context, *options.remarks);
  OwningOpRef<ModuleOp> module =
      options.isInterpreted ? ModuleOp::create(UnknownLoc::get(&context), options.moduleName)
                            : importImage(context, image, options.moduleName,
                                          options.optLevel == 0 ? nullptr : options.profile,
                                          options.optLevel != 0, options.hotWeight);
  if (stage == Stage::ImportedMlir)
    return print(*module);
  PassManager passes(&context);
#ifdef NDEBUG
  passes.enableVerifier(false);
#endif
  addUopPasses(passes, options.optLevel);
  if (stage != Stage::Mlir)
    addLoweringPasses(passes, image);
  if (failed(passes.run(*module))) {
    error = "internal error: a compiler pass failed on module '" + options.moduleName + "'";
    return {};
  }
  if (stage == Stage::Mlir || stage == Stage::LlvmDialect)
    return print(*module);
  ObjectOptions last = options;
  last.kind = stage == Stage::LlvmIr     ? OutputKind::LlvmIr
              : stage == Stage::Assembly ? OutputKind::Assembly
                                         : OutputKind::Object;
  return compileObject(*module, image, last, error);
}

} // namespace pyc
