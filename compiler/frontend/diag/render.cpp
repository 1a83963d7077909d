#include "compiler/frontend/diag/render.h"

#include "compiler/frontend/diag/keyword_typo.h"
#include "compiler/frontend/lex/identifier.h"

#include <algorithm>
#include <utf8proc.h>

namespace pyc {

namespace {

/// A line of the source as it is shown, without the blanks it begins with.
struct ShownLine {
  std::string_view text;
  int32_t blanks;
  int32_t chars; ///< of the whole line
};

int32_t countChars(std::string_view text) {
  return static_cast<int32_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

ShownLine showLine(const Source& source, int32_t number) {
  std::string_view line = source.line(static_cast<uint32_t>(std::max(number, 0)));
  size_t blanks = std::min(line.find_first_not_of(" \t\f"), line.size());
  return {line.substr(blanks), static_cast<int32_t>(blanks), countChars(line)};
}

/// How many columns of a terminal the characters from `first` to `end` of `text` take.
size_t displayWidth(std::string_view text, int32_t first, int32_t end) {
  size_t width = 0;
  size_t at = 0;
  for (int32_t i = 0; i < end; ++i) {
    int charWidth = 1;
    if (at < text.size())
      charWidth = utf8proc_charwidth(static_cast<utf8proc_int32_t>(decodeUtf8(text, at)));
    if (i >= first)
      width += static_cast<size_t>(std::max(charWidth, 0));
  }
  return width;
}

/// The characters of the shown line that a diagnostic is about, from 0; false without any.
bool shownRange(const DiagLocation& location, const ShownLine& line, int32_t& first, int32_t& end) {
  int32_t offset = location.offset;
  int32_t endOffset = location.endOffset != 0 ? location.endOffset : offset;
  if (location.line != location.endLine)
    endOffset = line.chars + 1;
  // The line has one character more, its newline.
  if (offset > line.chars + 1)
    offset = line.chars + 1;
  if (endOffset > line.chars + 1)
    endOffset = line.chars + 1;
  if (offset >= endOffset)
    endOffset = offset + 1;
  first = offset - 1 - line.blanks;
  end = endOffset - 1 - line.blanks;
  return first >= 0;
}

constexpr int32_t kMostShown = 120;

/// Byte offset of the character with the given index, or the text's size.
size_t byteOf(std::string_view text, int32_t index) {
  size_t at = 0;
  for (; index > 0 && at < text.size(); --index)
    decodeUtf8(text, at);
  return at;
}

/// The part of a very long line that has the characters from `first` on, which move with it.
std::string cutLine(std::string_view text, int32_t& first, int32_t& end) {
  int32_t count = countChars(text);
  if (count <= kMostShown)
    return std::string(text);
  int32_t start = std::clamp(first - kMostShown / 2, 0, count - kMostShown);
  int32_t stop = start + kMostShown;
  std::string before = start > 0 ? "..." : "", after = stop < count ? "..." : "";
  size_t from = byteOf(text, start);
  std::string part(text.substr(from, byteOf(text, stop) - from));
  int32_t shift = static_cast<int32_t>(before.size()) - start;
  end = std::min(end, stop) + shift;
  first += shift;
  return before + part + after;
}

} // namespace

std::string renderPython(const Diagnostic& diagnostic, const Source& source) {
  DiagLocation location = diagnostic.location;
  std::string message = diagnostic.message;
  if (auto typo = findKeywordTypo(source, diagnostic)) {
    location = typo->location;
    message = "invalid syntax. Did you mean '" + std::string(typo->keyword) + "'?";
  }
  std::string out =
      "  File \"" + source.name() + "\", line " + std::to_string(location.line) + "\n";
  ShownLine line = showLine(source, location.line);
  if (location.line > 0) {
    out += "    " + std::string(line.text) + "\n";
    int32_t first, end;
    if (shownRange(location, line, first, end)) {
      out += "    " + std::string(displayWidth(line.text, 0, first), ' ');
      out += std::string(displayWidth(line.text, first, end), '^') + "\n";
    }
  }
  out += pythonClassName(diagnostic.pythonClass);
  return out + ": " + message + "\n";
}

std::string renderCompiler(const Diagnostic& diagnostic, const Source& source) {
  DiagLocation location = diagnostic.location;
  auto typo = findKeywordTypo(source, diagnostic);
  if (typo)
    location = typo->location;
  location.line = std::max(location.line, 1);
  std::string out = source.name() + ":" + std::to_string(location.line) + ":" +
                    std::to_string(std::max(location.offset, 1)) + ": ";
  out += diagnostic.severity == Severity::Error ? "error: " : "warning: ";
  out += diagnostic.message + "\n";
  ShownLine line = showLine(source, location.line);
  int32_t first, end;
  if (!line.text.empty()) {
    bool hasRange = shownRange(location, line, first, end);
    std::string text = cutLine(line.text, first, end);
    out += "    " + text + "\n";
    if (hasRange) {
      size_t width = std::max<size_t>(displayWidth(text, first, end), 1);
      out += "    " + std::string(displayWidth(text, 0, first), ' ');
      out += "^" + std::string(width - 1, '~') + "\n";
    }
  }
  if (typo)
    out += "hint: did you mean '" + std::string(typo->keyword) + "'?\n";
  return out;
}

} // namespace pyc
