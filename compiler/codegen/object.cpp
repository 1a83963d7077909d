#include "compiler/codegen/object.h"

#include "compiler/codegen/call_table.h"
#include "compiler/codegen/inlining.h"
#include "compiler/codegen/recursion.h"
#include "compiler/codegen/small_functions.h"
#include "compiler/codegen/split_results.h"
#include "compiler/codegen/tables.h"
#include "compiler/codegen/target.h"

#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/Bitcode/BitcodeReader.h"
#include "llvm/CodeGen/AsmPrinter.h"
#include "llvm/CodeGen/MachineModuleInfo.h"
#include "llvm/CodeGen/Passes.h"
#include "llvm/CodeGen/TargetPassConfig.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Module.h"
#include "llvm/Linker/Linker.h"
#include "llvm/MC/MCStreamer.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/Transforms/IPO/Internalize.h"

using namespace llvm;

namespace pyc {
namespace {

/// Links the needed fast paths in and makes them the module's own.
bool linkFastPaths(Module& module, const std::string& path, std::string& error) {
  auto buffer = MemoryBuffer::getFile(path);
  if (!buffer) {
    error = "cannot read the runtime's fast paths '" + path + "': " + buffer.getError().message();
    return false;
  }
  auto parsed = parseBitcodeFile(**buffer, module.getContext());
  if (!parsed) {
    error = "broken file '" + path + "': " + toString(parsed.takeError());
    return false;
  }
  Module& fast = **parsed;
  if (GlobalVariable* used = fast.getGlobalVariable("llvm.used"))
    used->eraseFromParent();
  if (GlobalVariable* used = fast.getGlobalVariable("llvm.compiler.used"))
    used->eraseFromParent();
  fast.setDataLayout(module.getDataLayout());
  fast.setTargetTriple(module.getTargetTriple());
  SmallPtrSet<const GlobalValue*, 16> unused;
  bool failed = Linker::linkModules(module, std::move(*parsed), Linker::Flags::LinkOnlyNeeded,
                                    [](Module& linked, const StringSet<>& names) {
                                      internalizeModule(linked, [&](const GlobalValue& value) {
                                        return !value.hasName() || !names.count(value.getName());
                                      });
                                    });
  if (failed)
    error = "cannot link the runtime's fast paths";
  return !failed;
}

/// Attributes that every compiled function has.
void setAttributes(Module& module, bool keepFrames) {
  for (Function& function : module) {
    if (function.isDeclaration())
      continue;
    function.addFnAttr(Attribute::NoUnwind);
    function.setSection("pyc_code"); // so that statistics know it from the runtime's
    function.removeFnAttr("frame-pointer");
    if (keepFrames)
      function.addFnAttr("frame-pointer", "all");
    function.removeFnAttr("target-cpu");
    function.removeFnAttr("target-features");
    function.setUWTableKind(UWTableKind::Sync);
  }
}

/// Cold calls keep the caller's registers; the declaration in the bitcode says which.
void copyCallingConventions(Module& module) {
  for (Function& function : module)
    for (User* user : function.users())
      if (auto* call = dyn_cast<CallBase>(user); call && call->getCalledFunction() == &function)
        call->setCallingConv(function.getCallingConv());
}

void optimise(Module& module, TargetMachine& machine, unsigned level) {
  LoopAnalysisManager loops;
  FunctionAnalysisManager functions;
  CGSCCAnalysisManager components;
  ModuleAnalysisManager modules;
  PassBuilder builder(&machine);
  builder.registerPeepholeEPCallback(
      [](FunctionPassManager& passes, OptimizationLevel) { passes.addPass(SplitResults()); });
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(components);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, components, modules);
  static const OptimizationLevel kLevels[] = {OptimizationLevel::O0, OptimizationLevel::O1,
                                              OptimizationLevel::O2, OptimizationLevel::O3};
  ModulePassManager passes =
      level == 0 ? builder.buildO0DefaultPipeline(OptimizationLevel::O0)
                 : builder.buildPerModuleDefaultPipeline(kLevels[std::min(level, 3u)]);
  passes.run(module, modules);
}

/// As TargetMachine::addPassesToEmitFile, with a table of the calls behind the code.
bool addEmission(legacy::PassManager& passes, TargetMachine& machine, raw_pwrite_stream& stream,
                 CodeGenFileType type, uop::ImageView image) {
  auto* info = new MachineModuleInfoWrapperPass(&machine);
  TargetPassConfig* config = machine.createPassConfig(passes);
  config->disablePass(&LiveDebugValuesID); // there are lines, but no variables
  passes.add(config);
  passes.add(info);
  if (config->addISelPasses())
    return false;
  config->addMachinePasses();
  config->setInitialized();
  auto streamer = machine.createMCStreamer(stream, nullptr, type, info->getMMI().getContext());
  if (!streamer) {
    consumeError(streamer.takeError());
    return false;
  }
  AsmPrinter* printer = machine.getTarget().createAsmPrinter(machine, std::move(*streamer));
  if (!printer)
    return false;
  printer->addAsmPrinterHandler(makeCallTableWriter(*printer, image));
  passes.add(printer);
  passes.add(createFreeMachineFunctionPass());
  return true;
}

std::string emit(Module& module, TargetMachine& machine, OutputKind kind, uop::ImageView image,
                 std::string& error) {
  if (kind == OutputKind::LlvmIr) {
    std::string text;
    raw_string_ostream stream(text);
    module.print(stream, nullptr);
    return text;
  }
  SmallVector<char, 0> bytes;
  raw_svector_ostream stream(bytes);
  legacy::PassManager passes;
  auto type =
      kind == OutputKind::Assembly ? CodeGenFileType::AssemblyFile : CodeGenFileType::ObjectFile;
  if (!addEmission(passes, machine, stream, type, image)) {
    error = "the target cannot emit this kind of file";
    return {};
  }
  passes.run(module);
  return std::string(bytes.begin(), bytes.end());
}

} // namespace

std::string compileObject(mlir::ModuleOp source, uop::ImageView image, const ObjectOptions& options,
                          std::string& error) {
  auto machine = createTargetMachine(options.targetTriple, options.optLevel, error);
  if (!machine)
    return {};
  mlir::registerBuiltinDialectTranslation(*source.getContext());
  mlir::registerLLVMDialectTranslation(*source.getContext());
  LLVMContext context;
  if (options.remarks)
    collectInlining(context, image, options.moduleName, *options.remarks);
  std::unique_ptr<Module> module =
      mlir::translateModuleToLLVMIR(source, context, options.moduleName);
  if (!module) {
    error = "internal error: the LLVM dialect could not be translated";
    return {};
  }
  module->setTargetTriple(machine->getTargetTriple());
  module->setDataLayout(machine->createDataLayout());
  if (!options.isInterpreted && !linkFastPaths(*module, options.fastPaths, error))
    return {};
  emitModuleTables(*module, image, options);
  copyCallingConventions(*module);
  setAttributes(*module, options.keepFrames);
  if (options.optLevel >= 2) {
    unrollRecursion(*module);
    markSmallFunctions(*module);
  }
  optimise(*module, *machine, options.optLevel);
  return emit(*module, *machine, options.kind, image, error);
}

std::string compileProgramTable(const ProgramModules& modules, const std::string& targetTriple,
                                std::string& error) {
  auto machine = createTargetMachine(targetTriple, 0, error);
  if (!machine)
    return {};
  LLVMContext context;
  Module module("program", context);
  module.setTargetTriple(machine->getTargetTriple());
  module.setDataLayout(machine->createDataLayout());
  emitProgramTable(module, modules);
  return emit(module, *machine, OutputKind::Object, uop::ImageView(), error);
}

} // namespace pyc
