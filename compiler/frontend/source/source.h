// A source text, decoded and ready to be lexed.
//
// Reading a source settles all that Python settles before its grammar starts: the byte order mark,
// the coding cookie (PEP 263), and line ends, which all become "\n". What is left is valid UTF-8;
// every position of the frontend counts in it.
#pragma once

#include "compiler/frontend/source/span.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pyc {

class DiagnosticSink;

/// Movable; reading it from several threads at once is safe.
class Source {
public:
  Source() = default;
  /// `text` is valid UTF-8 without "\r" and NUL that is empty or ends with "\n".
  Source(std::string name, std::string text, bool hasFinalNewline = true);

  /// The name for tracebacks and messages ("prog.py", "<string>").
  const std::string& name() const { return name_; }
  /// The decoded text; ends with a newline unless it is empty.
  std::string_view text() const { return text_; }
  /// Whether the last newline of text() was in the source, and not added.
  bool hasFinalNewline() const { return hasFinalNewline_; }
  /// Line `number` (from 1) without its line end; empty outside of the text.
  std::string_view line(uint32_t number) const;
  /// A last newline begins no further line.
  uint32_t lineCount() const { return static_cast<uint32_t>(lineStarts_.size()) - 1; }
  /// Where line `number` (from 1 to lineCount() + 1) starts in text().
  uint32_t lineStart(uint32_t number) const { return lineStarts_[number - 1]; }
  /// The line that byte `offset` of text() is in.
  uint32_t lineOf(uint32_t offset) const;
  /// How many characters (code points) come before byte `column` of line `number`; bytes past the
  /// end of the line count as nothing.
  uint32_t charColumn(uint32_t number, uint32_t column) const;

private:
  std::string name_;
  std::string text_;
  bool hasFinalNewline_ = true;
  /// The start of each line, then the end of the text.
  std::vector<uint32_t> lineStarts_{0};
};

/// How the bytes of a source are to be understood.
enum class SourceForm : uint8_t {
  File,  ///< the bytes of the file `name`: byte order mark and cookie count
  Bytes, ///< a bytes object: the same, and messages name no file
  Text,  ///< a str object as UTF-8: a cookie is a comment
};

inline constexpr size_t kMaxSourceBytes = size_t{1} << 30;

/// Decodes `bytes` into `out`. False after an error, which `sink` then has: an encoding that is
/// unknown or not kept to, a NUL byte, or more than `maxBytes`. `out` then is what can be shown of
/// the source in messages.
bool readSource(std::string bytes, std::string name, SourceForm form, DiagnosticSink& sink,
                Source& out, size_t maxBytes = kMaxSourceBytes);

} // namespace pyc
