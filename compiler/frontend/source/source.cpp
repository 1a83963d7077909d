#include "compiler/frontend/source/source.h"

#include "runtime/base/check.h"

#include <algorithm>
#include <cstring>

namespace pyc {

Source::Source(std::string name, std::string text, bool hasFinalNewline)
    : name_(std::move(name)), text_(std::move(text)), hasFinalNewline_(hasFinalNewline) {
  PYC_DCHECK(text_.empty() || text_.back() == '\n');
  lineStarts_.reserve(text_.size() / 32 + 2);
  const char* begin = text_.data();
  const char* end = begin + text_.size();
  for (const char* at = begin; at != end;) {
    at = static_cast<const char*>(std::memchr(at, '\n', end - at)) + 1;
    lineStarts_.push_back(static_cast<uint32_t>(at - begin));
  }
}

std::string_view Source::line(uint32_t number) const {
  if (number == 0 || number > lineCount())
    return {};
  uint32_t start = lineStart(number);
  return std::string_view(text_).substr(start, lineStart(number + 1) - 1 - start);
}

uint32_t Source::lineOf(uint32_t offset) const {
  auto next = std::upper_bound(lineStarts_.begin(), lineStarts_.end(), offset);
  return static_cast<uint32_t>(next - lineStarts_.begin());
}

uint32_t Source::charColumn(uint32_t number, uint32_t column) const {
  std::string_view bytes = line(number).substr(0, column);
  return static_cast<uint32_t>(
      std::count_if(bytes.begin(), bytes.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

} // namespace pyc
