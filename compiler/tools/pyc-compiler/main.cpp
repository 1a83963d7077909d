// The commands of `pyc` that need LLVM or the compiler's knowledge of programs: build, explain,
// opt, pgo, profile.

#include "compiler/passes/passes.h"
#include "compiler/pipeline/build.h"
#include "compiler/pipeline/inspect.h"
#include "compiler/tools/pyc-compiler/command_line.h"
#include "compiler/tools/pyc-compiler/explain.h"
#include "compiler/tools/pyc-compiler/pgo.h"
#include "compiler/tools/pyc-compiler/profile.h"
#include "dialects/uop/uop_dialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "mlir/Transforms/Passes.h"

#include <boost/algorithm/string.hpp>
#include <boost/program_options.hpp>

#include <cstdio>
#include <iostream>
#include <string>

namespace po = boost::program_options;

namespace {

int usageError(const std::string& message) {
  std::fprintf(stderr, "pyc: error: %s\nTry 'pyc build --help'.\n", message.c_str());
  return 2;
}

/// What --emit asks for.
int emit(const std::string& what, const pyc::BuildOptions& options) {
  using pyc::Stage;
  static const std::pair<const char*, Stage> kStages[] = {{"mlir-import", Stage::ImportedMlir},
                                                          {"mlir", Stage::Mlir},
                                                          {"llvm-dialect", Stage::LlvmDialect},
                                                          {"llvm", Stage::LlvmIr},
                                                          {"asm", Stage::Assembly},
                                                          {"obj", Stage::Object}};
  for (auto& [name, stage] : kStages)
    if (what == name)
      return pyc::emitStage(options, stage);
  if (what == "tokens" || what == "ast" || what == "uops")
    return pyc::emitFrontend(options.mainFile, what, options.output);
  return usageError(
      "unknown form '" + what +
      "' for --emit (tokens, ast, uops, mlir-import, mlir, llvm-dialect, llvm, asm, obj)");
}

int build(int argc, char** argv) {
  po::options_description visible("usage: pyc build FILE [OPTIONS]");
  auto option = visible.add_options();
  option("output,o", po::value<std::string>(),
         "name of the executable (default: FILE without .py)");
  option("optimize,O", po::value<unsigned>()->default_value(3), "-O0 to -O3: how much to optimise");
  option("debug,g",
         "keep frame pointers, so that perf and gdb follow every call (lines and names are there "
         "without)");
  option("stdlib", po::value<std::string>(), "folder of the standard library to use");
  option("compile-library", "compile the standard library's modules too (takes long; else they are "
                            "part of the executable, interpreted)");
  option("profile-generate",
         "make an instrumented executable: each run writes a profile (NAME-PID.pycprof in the "
         "current folder, or what PYC_PROFILE_FILE names; %p is the process's number)");
  option("profile-use", po::value<std::string>(),
         "specialise for what this profile saw (several: separated by commas; off: none; default: "
         "FILE's name with .pycprof, if there is one)");
  option("profile-min-coverage", po::value<double>()->default_value(0),
         "fail when less than so many percent of the profile's weight fit the program");
  option("emit", po::value<std::string>(),
         "print a form instead: tokens, ast, uops, mlir-import, mlir, llvm-dialect, llvm, asm, obj "
         "(to standard output or -o)");
  option("verbose,v", "show every step");
  option("help,h", "show this text");
  po::options_description all;
  all.add(visible).add_options()("input", po::value<std::vector<std::string>>());
  po::positional_options_description positional;
  positional.add("input", -1);
  po::variables_map values;
  try {
    po::store(po::command_line_parser(argc, argv).options(all).positional(positional).run(),
              values);
    po::notify(values);
  } catch (const po::error& error) {
    return usageError(error.what());
  }
  if (values.count("help")) {
    std::cout << visible;
    return 0;
  }
  if (!values.count("input"))
    return usageError("no input file");
  auto inputs = values["input"].as<std::vector<std::string>>();
  if (inputs.size() != 1)
    return usageError("more than one input file: '" + inputs[1] +
                      "' (its imports are found by themselves)");
  pyc::BuildOptions options;
  options.mainFile = inputs[0];
  options.optLevel = values["optimize"].as<unsigned>();
  if (options.optLevel > 3)
    return usageError("there is no -O" + std::to_string(options.optLevel) + " (-O0 to -O3)");
  options.debug = values.count("debug") != 0;
  options.verbose = values.count("verbose") != 0;
  if (values.count("stdlib"))
    options.stdlibDir = values["stdlib"].as<std::string>();
  if (values.count("profile-use"))
    boost::split(options.profiles, values["profile-use"].as<std::string>(), boost::is_any_of(","));
  options.minCoverage = values["profile-min-coverage"].as<double>();
  options.instrument = values.count("profile-generate") != 0;
  options.compileLibrary = values.count("compile-library") != 0;
  if (values.count("output"))
    options.output = values["output"].as<std::string>();
  if (values.count("output") && options.output.empty())
    return usageError("the name of the output is empty");
  if (values.count("emit"))
    return emit(values["emit"].as<std::string>(), options);
  if (options.output.empty())
    options.output = pyc::defaultOutput(options.mainFile);
  return pyc::buildProgram(options);
}

int opt(int argc, char** argv) {
  mlir::DialectRegistry registry;
  registry.insert<pyc::ir::UopDialect, mlir::func::FuncDialect, mlir::cf::ControlFlowDialect,
                  mlir::arith::ArithDialect, mlir::LLVM::LLVMDialect>();
  pyc::registerUopPasses();
  mlir::registerCanonicalizerPass();
  mlir::registerCSEPass();
  return mlir::asMainReturnCode(
      mlir::MlirOptMain(argc, argv, "pyc opt: passes on the uop dialect\n", registry));
}

} // namespace

int main(int argc, char** argv) {
  std::string command = argc > 1 ? argv[1] : "";
  if (command == "build")
    return build(argc - 1, argv + 1);
  if (command == "opt")
    return opt(argc - 1, argv + 1);
  if (command == "profile")
    return pyc::profileCommand({argv + 2, argv + argc});
  if (command == "explain")
    return pyc::explainCommand({argv + 2, argv + argc});
  if (command == "pgo")
    return pyc::pgoCommand({argv + 2, argv + argc});
  return usageError("pyc-compiler is run by pyc");
}
