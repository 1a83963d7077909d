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

  /// The name for tracebacks and messages ("prog.py", "<string>").
  const std::string& name() const { return name_; }
  /// The decoded text; ends with a newline unless it is empty.
  std::string_view text() const { return text_; }
  /// Line `number` (from 1) without its line end; empty past the last line.
  std::string_view line(uint32_t number) const;
  uint32_t lineCount() const { return static_cast<uint32_t>(lineStarts_.size()); }
  /// Where line `number` (from 1) starts in text().
  uint32_t lineStart(uint32_t number) const { return lineStarts_[number - 1]; }
  /// The text of `span`.
  std::string_view slice(const SourceSpan& span) const;
  /// How many characters (code points) come before byte `column` of line `number`.
  uint32_t charColumn(uint32_t number, uint32_t column) const;

private:
  friend class SourceReader;
  std::string name_;
  std::string text_;
  std::vector<uint32_t> lineStarts_;
};

/// How the bytes of a source are to be understood.
enum class SourceForm : uint8_t {
  File, ///< a file's bytes, or a bytes object: byte order mark and cookie count
  Text, ///< a str object as (WT)F-8: a cookie is a comment
};

/// Decodes `bytes` into `out`. False after an error, which `sink` then has: an unknown or wrong
/// encoding, or a NUL byte.
bool readSource(std::string bytes, std::string name, SourceForm form, DiagnosticSink& sink,
                Source& out);

} // namespace pyc
