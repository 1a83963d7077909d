// Misspelt keywords: a name in a wrong statement that, written as a keyword, makes it right.
#pragma once

#include "compiler/frontend/diag/diagnostic.h"
#include "compiler/frontend/source/source.h"

#include <optional>
#include <string_view>

namespace pyc {

struct KeywordTypo {
  std::string_view keyword;
  /// The name, in Source's lines.
  DiagLocation location;
};

/// The first such name for a diagnostic that says no more than "invalid syntax" or asks for a
/// comma. Compiles the lines around it, where they are no more than 1024 bytes, 31 times at most.
std::optional<KeywordTypo> findKeywordTypo(const Source& source, const Diagnostic& diagnostic);

} // namespace pyc
