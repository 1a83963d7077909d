#include "compiler/frontend/diag/render.h"

namespace pyc {
namespace {

/// Byte offset of character `index` (from 0) in UTF-8.
size_t byteOf(std::string_view text, int32_t index) {
  size_t at = 0;
  for (; index > 0 && at < text.size(); --index) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80)
      ++at;
  }
  return at;
}

int32_t characters(std::string_view text) {
  int32_t count = 0;
  for (char c : text)
    count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

/// The source line without its indentation, and carets below; empty when there is no line.
std::string excerpt(const DiagLocation& location, const Source& source) {
  if (location.line < 1 || static_cast<uint32_t>(location.line) > source.lineCount())
    return {};
  std::string_view line = source.line(location.line);
  size_t indent = line.find_first_not_of(" \t\f");
  if (indent == std::string_view::npos)
    return {};
  std::string_view shown = line.substr(indent);
  std::string out = "    " + std::string(shown) + "\n";
  if (location.offset < 1)
    return out;
  int32_t start = location.offset - 1 - characters(line.substr(0, indent));
  if (start < 0)
    return out;
  int32_t end = location.endOffset - 1 - characters(line.substr(0, indent));
  if (location.endLine > location.line)
    end = characters(shown);
  if (end <= start || location.endOffset <= 0)
    end = start + 1;
  out += "    ";
  // Tabs stay, so that the carets stand under their text.
  for (size_t at = 0, stop = byteOf(shown, start); at < stop; ++at)
    if ((static_cast<unsigned char>(shown[at]) & 0xC0) != 0x80)
      out += shown[at] == '\t' ? '\t' : ' ';
  int32_t past = start - characters(shown);
  out.append(past > 0 ? past : 0, ' ');
  out.append(end - start, '^');
  return out + "\n";
}

} // namespace

std::string renderPython(const Diagnostic& diagnostic, const Source& source) {
  std::string out = "  File \"" + source.name() + "\"";
  if (diagnostic.location.line > 0)
    out += ", line " + std::to_string(diagnostic.location.line);
  out += "\n" + excerpt(diagnostic.location, source);
  return out + std::string(pythonClassName(diagnostic.pythonClass)) + ": " + diagnostic.message +
         "\n";
}

std::string renderCompiler(const Diagnostic& diagnostic, const Source& source) {
  std::string out = source.name() + ":";
  if (diagnostic.location.line > 0)
    out += std::to_string(diagnostic.location.line) + ":";
  if (diagnostic.location.offset > 0)
    out += std::to_string(diagnostic.location.offset) + ":";
  out += diagnostic.severity == Severity::Error ? " error: " : " warning: ";
  out += diagnostic.message + "\n";
  return out + excerpt(diagnostic.location, source);
}

} // namespace pyc
