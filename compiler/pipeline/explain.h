// `pyc explain`: what a build does with each line of a program.
#pragma once

#include "compiler/pipeline/build.h"

#include <functional>
#include <string>

namespace pyc {

enum class ExplainFormat : uint8_t { Text, Json, Html };

struct ExplainOptions {
  ExplainFormat format = ExplainFormat::Text;
  size_t top = 0; // lines; 0: as many as suit the format
  /// Which functions, by `module:name`; empty: all.
  std::function<bool(const std::string&)> accepts;
};

/// Compiles the program's own modules as `build` says, and writes what the compiler said of them to
/// build.output, or to standard output. The exit status: 0, or 1 after an error.
int explainProgram(const BuildOptions& build, const ExplainOptions& options);

} // namespace pyc
