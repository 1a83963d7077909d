// The limit on decimal digits in conversions between int and str (sys.set_int_max_str_digits),
// which keeps programs from spending quadratic time on numbers out of foreign hands.
#pragma once

#include "runtime/base/value.h"

#include <cstddef>

namespace pyc::rt {

inline constexpr int kDefaultMaxStrDigits = 4300;
inline constexpr int kLeastMaxStrDigits = 640;

/// The limit; 0: none. Any thread.
int intMaxStrDigits();
/// False, with nothing raised, for a limit that is neither 0 nor at least kLeastMaxStrDigits.
bool setIntMaxStrDigits(int limit);

/// ValueError for an int that has certainly too many digits; to be followed, after the conversion,
/// by checkDigitCount.
bool checkDigitLimit(Value integer);
bool checkDigitCount(size_t digits);

} // namespace pyc::rt
