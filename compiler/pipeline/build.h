// `pyc build`: a program's files in, an executable out.
#pragma once

#include "compiler/pipeline/module_graph.h"
#include "compiler/pipeline/pipeline.h"

namespace pyc {

struct BuildOptions {
  std::string mainFile;
  std::string output;
  unsigned optLevel = 3;
  bool debug = false; // -g
  bool verbose = false;
  std::string stdlibDir;             // --stdlib; empty: pyc's own
  bool compileLibrary = false;       // --compile-library
  bool instrument = false;           // --profile-generate
  std::vector<std::string> profiles; // --profile-use; "off": not even the one beside the main file
  double minCoverage = 0;            // --profile-min-coverage, percent
};

/// Builds the program; messages go to standard error. The exit status: 0, or 1 after an error.
int buildProgram(const BuildOptions& options);

/// Prints the main file at a stage (`--emit=mlir` and further) to the output, or to standard
/// output.
int emitStage(const BuildOptions& options, Stage stage);

} // namespace pyc
