#include "compiler/codegen/target.h"

#include "llvm-c/Target.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/TargetParser/Host.h"

using namespace llvm;

static void initialiseTargets() {
  static bool done = [] {
    LLVMInitializeX86TargetInfo();
    LLVMInitializeX86Target();
    LLVMInitializeX86TargetMC();
    LLVMInitializeX86AsmPrinter();
    LLVMInitializeX86AsmParser();
    LLVMInitializeAArch64TargetInfo();
    LLVMInitializeAArch64Target();
    LLVMInitializeAArch64TargetMC();
    LLVMInitializeAArch64AsmPrinter();
    LLVMInitializeAArch64AsmParser();
    return true;
  }();
  (void)done;
}

std::unique_ptr<TargetMachine> pyc::createTargetMachine(const std::string& name, unsigned optLevel,
                                                        std::string& error) {
  initialiseTargets();
  Triple triple(name.empty() ? sys::getDefaultTargetTriple() : name);
  const Target* target = TargetRegistry::lookupTarget(triple, error);
  if (!target)
    return nullptr;
  static const CodeGenOptLevel kLevels[] = {CodeGenOptLevel::None, CodeGenOptLevel::Less,
                                            CodeGenOptLevel::Default, CodeGenOptLevel::Aggressive};
  TargetOptions options;
  options.FunctionSections = true;
  options.DataSections = true;
  return std::unique_ptr<TargetMachine>(
      target->createTargetMachine(triple, triple.isX86() ? "x86-64" : "generic", "", options,
                                  Reloc::Static, std::nullopt, kLevels[std::min(optLevel, 3u)]));
}
