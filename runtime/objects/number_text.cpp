#include "runtime/objects/number_text.h"

#include "runtime/base/unicode/unicode.h"

namespace pyc::rt {

std::string_view asciiNumberText(StrObject* str, std::string& storage) {
  if (str->isAscii())
    return str->asciiView();
  storage.clear();
  for (int64_t i = 0; i < str->length; ++i) {
    uint32_t c = str->at(i);
    if (c < 127)
      storage += static_cast<char>(c);
    else if (isUnicodeSpace(c))
      storage += ' ';
    else if (int digit = unicodeDecimal(c); digit >= 0)
      storage += static_cast<char>('0' + digit);
    else
      storage += '?';
  }
  return storage;
}

std::string_view trimBlanks(std::string_view text) {
  while (!text.empty() && isAsciiBlank(text.front()))
    text.remove_prefix(1);
  while (!text.empty() && isAsciiBlank(text.back()))
    text.remove_suffix(1);
  return text;
}

} // namespace pyc::rt
