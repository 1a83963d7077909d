// Which part of an expression a traceback points at: the operator of a binary operation, the
// brackets of a subscript or call (PEP 657).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pyc::rt {

enum class AnchorKind { BinaryOperator, Subscript, Call };

/// A range of characters; lines count from 0 in the segment.
struct CaretAnchors {
  AnchorKind kind;
  size_t leftLine, leftColumn;   // first character
  size_t rightLine, rightColumn; // behind the last one
  bool calleeIsName;             // a call of a plain name
};

/// The anchors of a segment of source, given as lines; none when it is no expression of those
/// kinds.
std::optional<CaretAnchors> findCaretAnchors(const std::vector<std::u32string>& lines);

} // namespace pyc::rt
