// The values of string and bytes literals: escape sequences, doubled braces.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pyc {

/// Finds the character of a Unicode name or alias, as in "\N{BULLET}"; false where there is none.
using CharacterLookup = bool (*)(std::string_view name, uint32_t& codePoint);

namespace parsing {

/// The first escape sequence of a literal that means nothing, at byte `at` of its body.
struct UnknownEscape {
  size_t at;
  bool isOctal; ///< an octal number beyond 0o377, three digits long
};

/// Why a literal has no value.
struct EscapeProblem {
  enum Kind : uint8_t {
    TruncatedX,
    TruncatedU4,
    TruncatedU8,
    MalformedName,
    UnknownName,
    NoNames,
    IllegalCharacter,
    InvalidBytesX,
  };
  Kind kind;
  /// The first and the last position, as Python's codecs count: a character beyond ASCII is ten.
  size_t first;
  size_t last;
};

struct LiteralForm {
  bool isRaw = false;
  bool isBytes = false;
  /// Literal text of an f-string: doubled braces stand for one.
  bool isFString = false;
};

/// Appends the value of `body`, valid UTF-8, to `out`: bytes for bytes literals, else WTF-8.
/// `lookup` may be null. Returns what stops it.
std::optional<EscapeProblem> decodeLiteral(std::string_view body, LiteralForm form,
                                           CharacterLookup lookup, std::string& out,
                                           std::optional<UnknownEscape>& unknown);

/// Appends `codePoint`, which may be a surrogate, in UTF-8's form. After a high surrogate a low one
/// does not merge with it.
void appendWtf8(std::string& out, uint32_t codePoint);

} // namespace parsing
} // namespace pyc
