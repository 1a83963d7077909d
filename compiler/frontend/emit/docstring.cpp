// Docstrings are kept without the indentation that their lines have in common.
#include "compiler/frontend/emit/emitter.h"

#include <algorithm>

namespace pyc {

namespace {
std::string expandTabs(std::string_view text) {
  std::string expanded;
  size_t column = 0;
  for (char c : text) {
    if (c == '\t') {
      size_t spaces = 8 - column % 8;
      expanded.append(spaces, ' ');
      column += spaces;
      continue;
    }
    expanded += c;
    if (c == '\n' || c == '\r')
      column = 0;
    else
      column += (static_cast<unsigned char>(c) & 0xC0) != 0x80; // characters, not bytes
  }
  return expanded;
}

/// Calls `function(line)` for each line, its newline included.
template <class F> void forEachLine(std::string_view text, F&& function) {
  while (!text.empty()) {
    size_t end = text.find('\n');
    size_t length = end == text.npos ? text.size() : end + 1;
    function(text.substr(0, length));
    text.remove_prefix(length);
  }
}
} // namespace

std::string cleanDocstring(std::string_view text) {
  std::string expanded = expandTabs(text);
  std::string_view all = expanded;
  size_t firstLength = std::min(all.find('\n'), all.size() - 1) + 1;
  std::string_view first = all.substr(0, firstLength), rest = all.substr(first.size());
  size_t margin = all.npos;
  forEachLine(rest, [&](std::string_view line) {
    size_t indent = line.find_first_not_of(' ');
    if (indent != line.npos && line[indent] != '\n')
      margin = std::min(margin, indent);
  });
  if (margin == all.npos)
    margin = 0;
  std::string clean(first.substr(std::min(first.find_first_not_of(' '), first.size())));
  forEachLine(rest, [&](std::string_view line) {
    size_t indent = std::min(line.find_first_not_of(' '), line.size());
    clean += line.substr(std::min(indent, margin));
  });
  return clean;
}

} // namespace pyc
