#include "runtime/objects/source_lines.h"

#include "runtime/objects/str.h"
#include "runtime/objects/traceback.h"

#include <cstdio>
#include <mutex>

namespace pyc::rt {

namespace {

/// Sources that are in no file: what rememberSource() was told.
struct RememberedSources {
  std::mutex lock;
  std::map<std::string, std::string, std::less<>> texts;
};

RememberedSources& remembered() {
  static RememberedSources sources;
  return sources;
}

bool findRemembered(std::string_view fileName, std::string& text) {
  std::lock_guard guard(remembered().lock);
  auto found = remembered().texts.find(fileName);
  if (found == remembered().texts.end())
    return false;
  text = found->second;
  return true;
}

bool readFile(std::string_view fileName, std::string& text) {
  FILE* file = fopen(std::string(fileName).c_str(), "rb");
  if (!file)
    return false;
  char buffer[16384];
  while (size_t count = fread(buffer, 1, sizeof(buffer), file))
    text.append(buffer, count);
  bool ok = !ferror(file);
  fclose(file);
  return ok;
}

/// Decodes one character at `at`, which moves on; U+FFFD and one byte for what is malformed.
char32_t nextChar(std::string_view text, size_t& at, bool& isValid) {
  auto byte = [&](size_t i) {
    return at + i < text.size() ? static_cast<uint8_t>(text[at + i]) : uint8_t{0};
  };
  uint8_t first = byte(0);
  unsigned length = first < 0x80   ? 1
                    : first < 0xC2 ? 0
                    : first < 0xE0 ? 2
                    : first < 0xF0 ? 3
                    : first < 0xF5 ? 4
                                   : 0;
  char32_t result = length <= 1 ? first : first & (0x7F >> length);
  for (unsigned i = 1; i < length; i++) {
    if ((byte(i) & 0xC0) != 0x80)
      length = 0;
    else
      result = (result << 6) | (byte(i) & 0x3F);
  }
  static constexpr char32_t kLowest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (length == 0 || result < kLowest[length] || result > 0x10FFFF) {
    isValid = false;
    at++;
    return 0xFFFD;
  }
  at += length;
  return result;
}

std::u32string decode(std::string_view text, bool& isValid) {
  std::u32string result;
  result.reserve(text.size());
  isValid = true;
  for (size_t at = 0; at < text.size();)
    result += nextChar(text, at, isValid);
  return result;
}

/// The encoding that a comment in the first two lines names (PEP 263), in lower case; "utf-8"
/// without.
std::string encodingOf(std::string_view text) {
  for (int line = 0; line < 2 && !text.empty(); line++) {
    size_t end = text.find('\n');
    std::string_view head = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    size_t start = head.find_first_not_of(" \t\f");
    if (start == std::string_view::npos || head[start] != '#')
      continue;
    size_t coding = head.find("coding", start);
    if (coding == std::string_view::npos || coding + 7 > head.size() ||
        (head[coding + 6] != ':' && head[coding + 6] != '='))
      continue;
    std::string name;
    for (char c : head.substr(std::min(head.find_first_not_of(" \t", coding + 7), head.size()))) {
      bool isPart = isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' || c == '.';
      if (!isPart)
        break;
      name += c == '_' ? '-' : static_cast<char>(tolower(c));
    }
    return name;
  }
  return "utf-8";
}

/// The text of a source; empty when it can't be decoded.
std::u32string decodeSource(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF"))
    text.remove_prefix(3);
  std::string encoding = encodingOf(text);
  if (encoding == "latin-1" || encoding == "iso-8859-1") {
    std::u32string result;
    for (char c : text)
      result += static_cast<uint8_t>(c);
    return result;
  }
  bool isValid = true;
  std::u32string result = decode(text, isValid);
  return isValid ? result : std::u32string();
}

std::vector<std::u32string> splitLines(std::u32string_view text) {
  std::vector<std::u32string> lines;
  while (!text.empty()) {
    size_t end = text.find_first_of(U"\r\n");
    std::u32string_view line = text.substr(0, end);
    size_t next = end == std::u32string_view::npos ? text.size() : end + 1;
    if (end != std::u32string_view::npos && text[end] == U'\r' && next < text.size() &&
        text[next] == U'\n')
      next++;
    text.remove_prefix(next);
    size_t last = line.find_last_not_of(U" \t\v\f");
    lines.emplace_back(line.substr(0, last == std::u32string_view::npos ? 0 : last + 1));
  }
  return lines;
}

} // namespace

std::u32string decodeUtf8(std::string_view text) {
  bool isValid = true;
  return decode(text, isValid);
}

void appendUtf32(std::string& out, std::u32string_view text) {
  for (char32_t c : text)
    appendUtf8(out, c);
}

void rememberSource(std::string_view fileName, std::string_view text) {
  std::lock_guard guard(remembered().lock);
  remembered().texts[std::string(fileName)] = text;
}

std::u32string_view SourceLines::line(std::string_view fileName, int64_t number) {
  auto found = files_.find(fileName);
  if (found == files_.end()) {
    std::string text;
    std::vector<std::u32string> lines;
    if (findRemembered(fileName, text) || readFile(fileName, text))
      lines = splitLines(decodeSource(text));
    found = files_.emplace(fileName, std::move(lines)).first;
  }
  const auto& lines = found->second;
  if (number < 1 || static_cast<size_t>(number) > lines.size())
    return {};
  return lines[static_cast<size_t>(number) - 1];
}

} // namespace pyc::rt
