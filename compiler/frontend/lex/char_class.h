// What a byte can begin or continue, looked up in one table.
#pragma once

#include <array>
#include <cstdint>

namespace pyc::lexing {

/// What a token that begins with a byte is.
enum class CharClass : uint8_t {
  Invalid,
  Blank,
  Newline,
  Comment,
  Identifier,
  Digit,
  Quote,
  Dot,
  Open,
  Close,
  Operator,
  Backslash,
};

struct CharTable {
  std::array<CharClass, 256> begins{};
  std::array<bool, 256> continuesName{};
};

constexpr CharTable makeCharTable() {
  CharTable table;
  auto set = [&](const char* chars, CharClass charClass) {
    for (; *chars; ++chars)
      table.begins[uint8_t(*chars)] = charClass;
  };
  for (int c = 0; c < 256; ++c) {
    bool isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    bool isDigit = c >= '0' && c <= '9';
    table.continuesName[c] = isLetter || isDigit;
    table.begins[c] = isLetter  ? CharClass::Identifier
                      : isDigit ? CharClass::Digit
                                : CharClass::Invalid;
  }
  set(" \t\f", CharClass::Blank);
  set("\n", CharClass::Newline);
  set("#", CharClass::Comment);
  set("'\"", CharClass::Quote);
  set(".", CharClass::Dot);
  set("([{", CharClass::Open);
  set(")]}", CharClass::Close);
  set("+-*/%@&|^~<>=!,:;", CharClass::Operator);
  set("\\", CharClass::Backslash);
  return table;
}

inline constexpr CharTable kChars = makeCharTable();

inline CharClass classOf(char c) {
  return kChars.begins[uint8_t(c)];
}
inline bool continuesName(char c) {
  return kChars.continuesName[uint8_t(c)];
}
inline bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

} // namespace pyc::lexing
