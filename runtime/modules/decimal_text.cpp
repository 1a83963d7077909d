// Decimals from text and to text.
#include "runtime/modules/decimal_convert.h"
#include "runtime/objects/number_text.h"

#include <algorithm>
#include <cstring>

namespace pyc::rt {

namespace {

constexpr size_t kWordDigits = MPD_RDIGITS;

/// Writes the digits of a word, at least one.
char* writeWord(char* end, mpd_uint_t word) {
  do {
    *--end = static_cast<char>('0' + word % 10);
    word /= 10;
  } while (word != 0);
  return end;
}

/// The text of a number of one word that is written without an exponent; null for others.
Ref shortText(const mpd_t* number) {
  if (mpd_isspecial(number) || number->len != 1 || number->exp > 0 ||
      number->exp + number->digits <= -6)
    return {};
  char buffer[2 * kWordDigits + 8], *end = buffer + sizeof buffer;
  char* start = writeWord(end, number->data[0]);
  auto places = static_cast<size_t>(-number->exp);
  if (places != 0) {
    while (start > end - places - 1)
      *--start = '0';
    --start;
    std::memmove(start, start + 1, static_cast<size_t>(end - start) - 1 - places);
    end[-1 - static_cast<ptrdiff_t>(places)] = '.';
  }
  if (mpd_isnegative(number))
    *--start = '-';
  return makeStrAscii({start, static_cast<size_t>(end - start)});
}

using TextFunction = mpd_ssize_t (*)(char**, const mpd_t*, int);

Ref textBy(TextFunction function, const mpd_t* number, bool capitals) {
  char* text;
  mpd_ssize_t length = function(&text, number, capitals);
  if (length < 0)
    return raiseMemoryError();
  Ref result = makeStrAscii({text, static_cast<size_t>(length)});
  mpd_free(text);
  return result;
}

} // namespace

bool setFromShortText(mpd_t* number, std::string_view text) {
  bool isNegative = !text.empty() && text[0] == '-';
  if (isNegative)
    text.remove_prefix(1);
  if (text.empty() || text.size() > kWordDigits + 1)
    return false;
  mpd_uint_t word = 0;
  size_t digits = 0, point = text.size();
  for (size_t i = 0; i < text.size(); ++i) {
    unsigned digit = static_cast<unsigned char>(text[i]) - '0';
    if (digit < 10) {
      word = word * 10 + digit;
      ++digits;
    } else if (text[i] == '.' && point == text.size()) {
      point = i;
    } else {
      return false;
    }
  }
  if (digits == 0 || digits > kWordDigits)
    return false;
  setFromWord(number, word);
  number->flags |= isNegative ? MPD_NEG : MPD_POS;
  number->exp = point == text.size() ? 0 : -static_cast<mpd_ssize_t>(text.size() - point - 1);
  return true;
}

void setFromTrustedText(mpd_t* number, const char* text, const mpd_context_t* context,
                        uint32_t& status) {
  if (context)
    mpd_qset_string(number, text, context, &status);
  else
    mpd_qset_string_exact(number, text, &status);
}

bool setFromText(mpd_t* number, StrObject* text, const mpd_context_t* context, uint32_t& status) {
  std::string storage;
  std::string_view ascii = asciiNumberText(text, storage);
  if (!context) {
    ascii = trimBlanks(ascii);
    if (setFromShortText(number, ascii))
      return true;
  }
  std::string plain(ascii);
  if (!context)
    plain.erase(std::remove(plain.begin(), plain.end(), '_'), plain.end());
  if (std::strlen(plain.c_str()) != plain.size())
    plain = "?"; // a zero byte is no part of a number
  setFromTrustedText(number, plain.c_str(), context, status);
  return true;
}

Ref decimalText(const mpd_t* number, bool capitals) {
  Ref text = shortText(number);
  return text || isRaised() ? std::move(text) : textBy(mpd_to_sci_size, number, capitals);
}

Ref decimalEngineeringText(const mpd_t* number, bool capitals) {
  return textBy(mpd_to_eng_size, number, capitals);
}

} // namespace pyc::rt
