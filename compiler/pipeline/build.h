// `pyc build`: a program's files in, an executable out.
#pragma once

#include "compiler/pipeline/module_graph.h"
#include "compiler/pipeline/pipeline.h"

namespace pyc {

struct BuildOptions {
  std::string mainFile;
  std::string output;
  unsigned optLevel = 3;
  bool debug = false;
  bool verbose = false;
  std::string stdlibDir;       // --stdlib; empty: pyc's own
  bool compileLibrary = false; // --compile-library
};

/// Builds the program; messages go to standard error. The exit status: 0, or 1 after an error.
int buildProgram(const BuildOptions& options);

/// Prints one module at a stage (`--emit=mlir` and further) on standard output.
int emitStage(const std::string& file, Stage stage, unsigned optLevel, const std::string& output);

} // namespace pyc
