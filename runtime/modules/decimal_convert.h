// Reading numbers from text, for the conversions to Decimal.
#pragma once

#include "runtime/modules/decimal_objects.h"

namespace pyc::rt {

/// A whole number of one word, which is below 10^19.
inline void setFromWord(mpd_t* number, mpd_uint_t word) {
  number->flags &= MPD_STATIC | MPD_DATAFLAGS;
  number->exp = 0;
  number->digits = mpd_word_digits(word);
  number->len = 1;
  number->data[0] = word;
}

/// Of a str, rounded to `context`; null: exactly, and then blanks around it and underscores are
/// allowed. Conditions of a text that is no number go to `status`.
bool setFromText(mpd_t* number, StrObject* text, const mpd_context_t* context, uint32_t& status);
/// Of text without blanks and underscores; ends with a zero byte.
void setFromTrustedText(mpd_t* number, const char* text, const mpd_context_t* context,
                        uint32_t& status);
/// Of at most 19 digits, perhaps with sign and point: what most programs write. False when it is
/// something else, with nothing done.
bool setFromShortText(mpd_t* number, std::string_view text);

} // namespace pyc::rt
