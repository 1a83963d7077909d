// Where something stands in a source text, as Python's `ast` counts it.
#pragma once

#include <cstdint>

namespace pyc {

/// Lines count from 1; columns are UTF-8 byte offsets from 0; the end is exclusive.
struct SourceSpan {
  uint32_t line = 0;
  uint32_t column = 0;
  uint32_t endLine = 0;
  uint32_t endColumn = 0;

  /// From the start of `first` to the end of `last`.
  static SourceSpan join(const SourceSpan& first, const SourceSpan& last) {
    return {first.line, first.column, last.endLine, last.endColumn};
  }
  bool operator==(const SourceSpan&) const = default;
};

} // namespace pyc
