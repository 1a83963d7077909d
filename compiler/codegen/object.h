// The LLVM dialect -> optimised machine code with the runtime's tables around it.
#pragma once

#include "compiler/remarks/remark.h"
#include "dialects/uop/image.h"
#include "mlir/IR/BuiltinOps.h"
#include "profiler/format/profile.h"

#include <string>
#include <vector>

namespace pyc {

enum class OutputKind { LlvmIr, Assembly, Object };

struct ObjectOptions {
  std::string moduleName; // dotted
  std::string fileName;   // source path, as the program shall show it
  bool isPackage = false;
  bool isInterpreted = false;                // no native code: the object carries the uop image
  std::string source;                        // not empty: pack this text (NativeModule::source)
  bool keepFrames = false;                   // frame pointers, for profilers and debuggers
  unsigned optLevel = 3;                     // 0..3
  std::string fastPaths;                     // path of fast_entry.bc
  const profile::Profile* profile = nullptr; // what to specialise for
  uint64_t hotWeight = 0;                    // colder functions (by the profile) are interpreted
  OutputKind kind = OutputKind::Object;
  std::string targetTriple;               // empty: this machine's
  std::vector<Remark>* remarks = nullptr; // where remarks go; null: nobody wants them
};

/// Name of the NativeModule symbol that an object defines for a module.
std::string moduleSymbol(const std::string& moduleName);

/// Compiles a module in the LLVM dialect; the bytes of the output, or empty with `error` set. The
/// object embeds the image and defines moduleSymbol(moduleName), a NativeModule
/// (runtime/abi/native.h).
std::string compileObject(mlir::ModuleOp module, uop::ImageView image, const ObjectOptions& options,
                          std::string& error);

/// A NativeText: a text that the program compiles while it runs.
struct ProgramText {
  std::string module; // ObjectOptions::moduleName of its object
  uint32_t mode, futureFlags, optimize;
};

struct ProgramModules {
  std::vector<std::string> compiled; // the first is __main__
  std::vector<std::string> builtin;  // those written in C++
  std::vector<ProgramText> texts;
  bool isInstrumented = false; // records a profile
};
/// An object that defines `pycProgram`, the NativeProgram of these modules.
std::string compileProgramTable(const ProgramModules& modules, const std::string& targetTriple,
                                std::string& error);

} // namespace pyc
