#include "compiler/frontend/source/encoding.h"

#include <cstring>

namespace pyc {

namespace {

bool isCookieChar(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.';
}

/// The cookie's name in one line; `isComment` says whether nothing but a comment is in the line.
std::string_view cookieOfLine(std::string_view line, bool& isComment) {
  size_t hash = line.find_first_not_of(" \t\f");
  isComment = hash == std::string_view::npos || line[hash] == '#' || line[hash] == '\r';
  if (hash == std::string_view::npos || line[hash] != '#')
    return {};
  for (size_t at = line.find("coding", hash); at != std::string_view::npos;
       at = line.find("coding", at + 1)) {
    size_t name = at + 6;
    if (name >= line.size() || (line[name] != ':' && line[name] != '='))
      continue;
    name = line.find_first_not_of(" \t", name + 1);
    if (name == std::string_view::npos)
      return {};
    size_t end = name;
    while (end < line.size() && isCookieChar(line[end]))
      ++end;
    if (end > name)
      return line.substr(name, end - name);
  }
  return {};
}

bool startsWithWord(std::string_view name, std::string_view word) {
  return name.substr(0, word.size()) == word &&
         (name.size() == word.size() || name[word.size()] == '-');
}

/// What Python makes of the two encodings it knows by several names; the rest stays as it is.
std::string normaliseName(std::string_view name) {
  std::string lower;
  for (char c : name.substr(0, 12))
    lower += c == '_' ? '-' : (c >= 'A' && c <= 'Z') ? char(c + 32) : c;
  if (startsWithWord(lower, "utf-8"))
    return "utf-8";
  if (startsWithWord(lower, "latin-1") || startsWithWord(lower, "iso-8859-1") ||
      startsWithWord(lower, "iso-latin-1"))
    return "iso-8859-1";
  return std::string(name);
}

void appendUtf8(std::string& out, uint32_t codePoint) {
  if (codePoint < 0x80) {
    out += char(codePoint);
  } else if (codePoint < 0x800) {
    out += char(0xC0 | codePoint >> 6);
    out += char(0x80 | (codePoint & 0x3F));
  } else {
    out += char(0xE0 | codePoint >> 12);
    out += char(0x80 | (codePoint >> 6 & 0x3F));
    out += char(0x80 | (codePoint & 0x3F));
  }
}

#define PYC_CHARSETS
constexpr uint16_t kCharsets[][128] = {
#include "frontend/charsets.inc"
};
#undef PYC_CHARSETS

struct CharsetAlias {
  std::string_view name;
  uint8_t charset;
};
#define PYC_CHARSET_ALIASES
constexpr CharsetAlias kCharsetAliases[] = {
#include "frontend/charsets.inc"
};
#undef PYC_CHARSET_ALIASES

/// The length of the valid UTF-8 sequence at `text[at]`, whose lead byte is not ASCII; 0 if none.
size_t sequenceLength(std::string_view text, size_t at) {
  auto byte = [&](size_t offset) -> uint8_t {
    return at + offset < text.size() ? uint8_t(text[at + offset]) : 0;
  };
  auto isTail = [&](size_t offset) { return (byte(offset) & 0xC0) == 0x80; };
  uint8_t lead = byte(0);
  if (lead >= 0xC2 && lead <= 0xDF)
    return isTail(1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    bool overlong = lead == 0xE0 && byte(1) < 0xA0;
    bool surrogate = lead == 0xED && byte(1) >= 0xA0;
    return isTail(1) && isTail(2) && !overlong && !surrogate ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    bool overlong = lead == 0xF0 && byte(1) < 0x90;
    bool tooLarge = lead == 0xF4 && byte(1) >= 0x90;
    return isTail(1) && isTail(2) && isTail(3) && !overlong && !tooLarge ? 4 : 0;
  }
  return 0;
}

} // namespace

std::string codingCookie(std::string_view bytes) {
  for (int lineNumber = 1; lineNumber <= 2; ++lineNumber) {
    size_t end = bytes.find_first_of("\r\n");
    bool isComment = false;
    std::string_view name = cookieOfLine(bytes.substr(0, end), isComment);
    if (!name.empty())
      return normaliseName(name);
    if (!isComment || end == std::string_view::npos)
      break;
    bool isPair = bytes[end] == '\r' && end + 1 < bytes.size() && bytes[end + 1] == '\n';
    bytes.remove_prefix(end + (isPair ? 2 : 1));
  }
  return {};
}

Encoding encodingNamed(std::string_view name) {
  std::string key;
  for (char c : name)
    key += c == '-' || c == '.' ? '_' : (c >= 'A' && c <= 'Z') ? char(c + 32) : c;
  for (std::string_view alias : {"utf_8", "utf8", "u8", "utf", "cp65001"})
    if (key == alias)
      return {Encoding::Utf8};
  for (std::string_view alias : {"ascii", "us_ascii", "646", "iso646_us", "ansi_x3_4_1968"})
    if (key == alias)
      return {Encoding::Ascii};
  for (const CharsetAlias& alias : kCharsetAliases)
    if (key == alias.name)
      return {Encoding::SingleByte, kCharsets[alias.charset]};
  return {Encoding::Unknown};
}

size_t findInvalidUtf8(std::string_view text) {
  size_t at = 0;
  while (at < text.size()) {
    uint64_t word;
    if (at + 8 <= text.size()) {
      std::memcpy(&word, text.data() + at, 8);
      if (!(word & 0x8080808080808080u)) {
        at += 8;
        continue;
      }
    }
    if (!(text[at] & 0x80)) {
      ++at;
      continue;
    }
    size_t length = sequenceLength(text, at);
    if (length == 0)
      return at;
    at += length;
  }
  return std::string_view::npos;
}

std::string decodeSingleByte(std::string_view bytes, Encoding encoding, size_t& undefinedAt) {
  std::string text;
  text.reserve(bytes.size() + bytes.size() / 8);
  undefinedAt = std::string_view::npos;
  for (size_t at = 0; at < bytes.size(); ++at) {
    uint32_t codePoint = uint8_t(bytes[at]);
    if (codePoint >= 0x80) {
      codePoint = encoding.upperHalf[codePoint - 0x80];
      if (codePoint == 0) {
        undefinedAt = at;
        return {};
      }
    }
    appendUtf8(text, codePoint);
  }
  return text;
}

} // namespace pyc
