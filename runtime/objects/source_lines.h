// Lines of source files, for tracebacks. Files are read when their first line is asked for.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace pyc::rt {

/// Text as code points. Malformed bytes become U+FFFD.
std::u32string decodeUtf8(std::string_view text);
void appendUtf32(std::string& out, std::u32string_view text);

/// The sources that one traceback needs. Not for several threads at once.
class SourceLines {
public:
  /// Line `number` (from 1) without the blanks at its end; empty when there is none.
  std::u32string_view line(std::string_view fileName, int64_t number);

private:
  std::map<std::string, std::vector<std::u32string>, std::less<>> files_;
};

} // namespace pyc::rt
