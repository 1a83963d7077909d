// Machine ints as decimal digits.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

namespace pyc::rt {

inline constexpr char kDigitPairs[] =
    "00010203040506070809101112131415161718192021222324252627282930313233"
    "34353637383940414243444546474849505152535455565758596061626364656667"
    "6869707172737475767778798081828384858687888990919293949596979899";

/// What writeSigned() writes at most.
inline constexpr unsigned kMostDecimalChars = 20;

/// Writes a number's decimal digits so that they end at `end`; returns where they begin.
inline char* writeDecimal(char* end, uint64_t number) {
  while (number >= 100) {
    end -= 2;
    std::memcpy(end, kDigitPairs + number % 100 * 2, 2);
    number /= 100;
  }
  if (number >= 10) {
    end -= 2;
    std::memcpy(end, kDigitPairs + number * 2, 2);
  } else {
    *--end = static_cast<char>('0' + number);
  }
  return end;
}

/// How many decimal digits a number has. From its bits, by 1233 / 4096 for log10(2), which is
/// right or one too much (Warren, "Hacker's Delight", 11-4).
inline unsigned decimalWidth(uint64_t number) {
  static constexpr uint64_t kPowers[] = {0,
                                         10,
                                         100,
                                         1'000,
                                         10'000,
                                         100'000,
                                         1'000'000,
                                         10'000'000,
                                         100'000'000,
                                         1'000'000'000,
                                         10'000'000'000,
                                         100'000'000'000,
                                         1'000'000'000'000,
                                         10'000'000'000'000,
                                         100'000'000'000'000,
                                         1'000'000'000'000'000,
                                         10'000'000'000'000'000,
                                         100'000'000'000'000'000,
                                         1'000'000'000'000'000'000,
                                         10'000'000'000'000'000'000u};
  unsigned guess = static_cast<unsigned>(std::bit_width(number | 1)) * 1233 >> 12;
  return guess + (number >= kPowers[guess]);
}

inline uint64_t magnitudeOf(int64_t number) {
  return number < 0 ? -static_cast<uint64_t>(number) : static_cast<uint64_t>(number);
}

/// How many characters writeSigned() writes.
inline unsigned signedWidth(int64_t number) {
  return decimalWidth(magnitudeOf(number)) + (number < 0);
}

/// Writes a number's digits; returns where they end.
inline char* writeUnsigned(char* out, uint64_t number) {
  char* end = out + decimalWidth(number);
  writeDecimal(end, number);
  return end;
}

/// The same, behind a minus for a negative one.
inline char* writeSigned(char* out, int64_t number) {
  if (number < 0)
    *out++ = '-';
  return writeUnsigned(out, magnitudeOf(number));
}

} // namespace pyc::rt
