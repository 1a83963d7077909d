// Arithmetic on short decimals: coefficients of up to 38 digits, in machine arithmetic of 128 bits.
// What programs compute with money and in the usual precision is short. Everything out of the
// ordinary (NaNs, infinities, zeros, exponents near the context's bounds) is left to libmpdec,
// whose results and conditions these are.
#pragma once

#include <mpdecimal.h>

namespace pyc::rt {

/// As libmpdec's mpd_qadd and so on, for a new number with room for two words. False when the
/// operands, the result or the context are out of the ordinary: then nothing is done.
bool addShort(mpd_t* result, const mpd_t* a, const mpd_t* b, const mpd_context_t* context,
              uint32_t* status);
bool subtractShort(mpd_t* result, const mpd_t* a, const mpd_t* b, const mpd_context_t* context,
                   uint32_t* status);
bool multiplyShort(mpd_t* result, const mpd_t* a, const mpd_t* b, const mpd_context_t* context,
                   uint32_t* status);
bool divideShort(mpd_t* result, const mpd_t* a, const mpd_t* b, const mpd_context_t* context,
                 uint32_t* status);
bool quantizeShort(mpd_t* result, const mpd_t* a, const mpd_t* b, const mpd_context_t* context,
                   uint32_t* status);
/// Compares two finite numbers of up to two words, of the same exponent and without signs: -1, 0,
/// 1. False for others.
inline bool compareShort(const mpd_t* a, const mpd_t* b, int& order) {
  constexpr uint8_t kUnusual = MPD_SPECIAL | MPD_NEG;
  if (((a->flags | b->flags) & kUnusual) || a->exp != b->exp || a->len > 2 || b->len > 2)
    return false;
  mpd_uint_t left = a->len == 2 ? a->data[1] : 0, right = b->len == 2 ? b->data[1] : 0;
  if (left == right) {
    left = a->data[0];
    right = b->data[0];
  }
  order = (left > right) - (left < right);
  return true;
}

} // namespace pyc::rt
