// The frontend's entry point: a source in, a code image out.
#pragma once

#include "compiler/frontend/diag/diagnostic.h"
#include "compiler/frontend/parse/parser.h"
#include "compiler/frontend/source/source.h"

#include <cstdint>
#include <string>
#include <vector>

namespace pyc {

struct CompileOptions {
  ParseMode mode = ParseMode::Module;
  /// co_filename; empty: the source's name.
  std::string fileName;
  /// Flags of `__future__` features in force already (compile()'s flags, an outer frame's).
  uint32_t futureFlags = 0;
  /// 1 leaves out asserts and `if __debug__`, 2 docstrings as well.
  int optimize = 0;
  /// PyCF_ALLOW_TOP_LEVEL_AWAIT.
  bool allowTopLevelAwait = false;
  /// What the parser alone is interested in; its mode comes from above.
  bool allowIncompleteInput = false;
  bool dontImplyDedent = false;
  uint32_t maxIntDigits = 4300;
};

struct CompileResult {
  /// The code image (dialects/uop/image.h), 8-byte aligned; empty after an error.
  std::vector<uint64_t> image;
  explicit operator bool() const { return !image.empty(); }
};

ParseOptions parseOptionsOf(const CompileOptions& options);

/// Parses and compiles `source`. Errors and warnings go to `sink`. Thread-safe as long as the sink
/// belongs to the caller alone.
CompileResult compileSource(const Source& source, const CompileOptions& options,
                            DiagnosticSink& sink);

/// Compiles a tree that was parsed from `source` or built for it.
CompileResult compileTree(const ast::Tree& tree, const Source& source,
                          const CompileOptions& options, DiagnosticSink& sink);

} // namespace pyc
