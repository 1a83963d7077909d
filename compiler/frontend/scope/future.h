// `from __future__ import ...` statements.
#pragma once

#include "compiler/frontend/diag/diagnostic.h"
#include "compiler/frontend/parse/ast.h"

#include <cstdint>

namespace pyc {

/// Features that change how a source is compiled; the others of `__future__` always hold.
struct FutureFeatures {
  bool annotations = false;
  bool barryAsFlufl = false;
  /// `await` at module level makes a coroutine of it (PyCF_ALLOW_TOP_LEVEL_AWAIT).
  bool allowTopLevelAwait = false;
  /// Flags of co_flags for all that were asked for.
  uint32_t codeFlags = 0;
  /// Line of the last future statement at its place; one on a later line is an error.
  int64_t lastLine = -1;
};

/// co_flags bits of `annotations` and `barry_as_FLUFL`, also accepted by compile()'s flags.
inline constexpr uint32_t kFutureBarryAsFlufl = 0x400000;
inline constexpr uint32_t kFutureAnnotations = 0x1000000;

/// Reads the future statements of `root` on top of `inherited`. False after an error.
bool readFutureFeatures(const ast::ModNode& root, uint32_t inherited, const Source& source,
                        DiagnosticSink& sink, FutureFeatures& features);

} // namespace pyc
