#include "runtime/modules/decimal_short.h"

#include <array>
#include <bit>
#include <utility>

namespace pyc::rt {

namespace {

using Wide = unsigned __int128;

/// The steps of an operation are one function: coefficients stay in registers.
#define PYC_STEP [[gnu::always_inline]] inline

constexpr int kMostDigits = 38;
constexpr int kWordDigits = MPD_RDIGITS;

/// Powers of ten up to 10^38.
constexpr auto kTens = [] {
  std::array<Wide, kMostDigits + 1> table{};
  table[0] = 1;
  for (size_t i = 1; i < table.size(); ++i)
    table[i] = table[i - 1] * 10;
  return table;
}();

/// 10^places for at most 19 places.
uint64_t wordTens(int places) {
  return static_cast<uint64_t>(kTens[static_cast<size_t>(places)]);
}
Wide tens(int64_t places) {
  return kTens[static_cast<size_t>(places)];
}

/// Digits of a number that is not zero.
PYC_STEP int digitsOf(Wide number) {
  auto high = static_cast<uint64_t>(number >> 64), low = static_cast<uint64_t>(number);
  int bits = high ? 128 - std::countl_zero(high) : 64 - std::countl_zero(low);
  int digits = bits * 1233 >> 12; // bits * log10(2), rounded down: right or one too few
  return digits + (number >= tens(digits));
}

/// Neither special nor zero, and short.
PYC_STEP bool isOrdinary(const mpd_t* a) {
  return (a->flags & MPD_SPECIAL) == 0 && a->len <= 2 && a->data[a->len - 1] != 0;
}

PYC_STEP Wide coefficientOf(const mpd_t* a) {
  Wide low = a->data[0];
  return a->len == 1 ? low : static_cast<Wide>(a->data[1]) * MPD_RADIX + low;
}

/// A divisor of one word and its reciprocal (Möller and Granlund, "Improved division by invariant
/// integers", 2011), so that dividing takes two multiplications.
struct Divisor {
  uint64_t value;      // its highest bit set: times 2^shift
  uint64_t reciprocal; // 2^128 / value - 2^64, rounded down
  int shift;

  constexpr Divisor() : value(0), reciprocal(0), shift(0) {}
  constexpr explicit Divisor(uint64_t divisor)
      : value(divisor << std::countl_zero(divisor)),
        reciprocal(static_cast<uint64_t>(~Wide(0) / value)), shift(std::countl_zero(divisor)) {}

  /// (high, low) / value, where high is less than value.
  uint64_t divideTwo(uint64_t high, uint64_t low, uint64_t& remainder) const {
    Wide estimate = static_cast<Wide>(reciprocal) * high + (static_cast<Wide>(high) << 64 | low);
    uint64_t quotient = static_cast<uint64_t>(estimate >> 64) + 1;
    remainder = low - quotient * value;
    if (remainder > static_cast<uint64_t>(estimate)) {
      --quotient;
      remainder += value;
    }
    if (remainder >= value) {
      ++quotient;
      remainder -= value;
    }
    return quotient;
  }
};

/// The powers of ten of one word.
constexpr auto kTenDivisors = [] {
  std::array<Divisor, kWordDigits + 1> table;
  for (size_t i = 0; i < table.size(); ++i)
    table[i] = Divisor(static_cast<uint64_t>(kTens[i]));
  return table;
}();

/// A number / 10^places, for 1 to 19 places.
Wide divideByTens(Wide number, int places, uint64_t& remainder) {
  const Divisor& divisor = kTenDivisors[static_cast<size_t>(places)];
  auto high = static_cast<uint64_t>(number >> 64), low = static_cast<uint64_t>(number);
  int shift = divisor.shift;
  if (high == 0) {
    uint64_t top = shift ? low >> (64 - shift) : 0;
    uint64_t quotient = divisor.divideTwo(top, low << shift, remainder);
    remainder >>= shift;
    return quotient;
  }
  uint64_t top = shift ? high >> (64 - shift) : 0;
  uint64_t middle = shift ? high << shift | low >> (64 - shift) : high;
  uint64_t first = divisor.divideTwo(top, middle, remainder);
  uint64_t second = divisor.divideTwo(remainder, low << shift, remainder);
  remainder >>= shift;
  return static_cast<Wide>(first) << 64 | second;
}

/// A number divided by any word.
Wide divide(Wide number, uint64_t divisor, uint64_t& remainder) {
  if (number >> 64 == 0) {
    auto low = static_cast<uint64_t>(number);
    remainder = low % divisor;
    return low / divisor;
  }
  Wide quotient = number / divisor;
  remainder = static_cast<uint64_t>(number - quotient * divisor);
  return quotient;
}

/// A result before it is rounded: `rest` says that there is more behind its last digit.
struct Result {
  Wide coefficient; // not zero, except of quantizeShort()
  mpd_ssize_t exponent;
  bool isNegative;
  bool rest = false;
};

PYC_STEP bool roundsUp(int mode, bool isNegative, Wide kept, uint64_t removed, uint64_t unit,
                       bool rest) {
  if (removed == 0 && !rest)
    return false;
  // Half of the unit is a whole number: it is a power of ten from 10 on.
  int order = removed != unit / 2 ? (removed > unit / 2 ? 1 : -1) : rest;
  switch (mode) {
  case MPD_ROUND_UP:
    return true;
  case MPD_ROUND_CEILING:
    return !isNegative;
  case MPD_ROUND_FLOOR:
    return isNegative;
  case MPD_ROUND_HALF_UP:
    return order >= 0;
  case MPD_ROUND_HALF_DOWN:
    return order > 0;
  case MPD_ROUND_HALF_EVEN:
    return order > 0 || (order == 0 && (kept & 1) != 0);
  case MPD_ROUND_05UP:
    return kept % 5 == 0;
  default:
    return false;
  }
}

/// Takes so many digits (1 to 19) off a result.
PYC_STEP void removeDigits(Result& number, int places, int mode, uint32_t& status) {
  uint64_t unit = wordTens(places), removed;
  Wide kept = divideByTens(number.coefficient, places, removed);
  status |= MPD_Rounded;
  if (removed != 0 || number.rest)
    status |= MPD_Inexact;
  number.coefficient = kept + roundsUp(mode, number.isNegative, kept, removed, unit, number.rest);
  number.exponent += places;
}

PYC_STEP bool fitsContext(mpd_ssize_t exponent, int digits, const mpd_context_t* context) {
  mpd_ssize_t adjusted = exponent + digits - 1;
  return adjusted >= context->emin && adjusted <= context->emax && context->clamp == 0;
}

PYC_STEP void store(mpd_t* result, const Result& number, int digits) {
  result->flags |= number.isNegative ? MPD_NEG : MPD_POS;
  result->exp = number.exponent;
  result->digits = digits;
  if (digits <= kWordDigits) {
    result->data[0] = static_cast<uint64_t>(number.coefficient);
    result->len = 1;
    return;
  }
  // Below 10^38 the upper half is below 10^19.
  result->data[1] = kTenDivisors[kWordDigits].divideTwo(
      static_cast<uint64_t>(number.coefficient >> 64), static_cast<uint64_t>(number.coefficient),
      result->data[0]);
  result->len = 2;
}

/// Rounds to the context and stores; nothing is done where that is out of the ordinary.
PYC_STEP bool finish(mpd_t* result, Result&& number, const mpd_context_t* context,
                     uint32_t* status) {
  int digits = digitsOf(number.coefficient);
  uint32_t conditions = 0;
  // What is too small before it is rounded is subnormal, even where rounding lifts it.
  if (!fitsContext(number.exponent, digits, context))
    return false;
  if (digits > context->prec) {
    mpd_ssize_t places = digits - context->prec;
    if (places > kWordDigits)
      return false;
    removeDigits(number, static_cast<int>(places), context->round, conditions);
    digits = static_cast<int>(context->prec);
    if (number.coefficient == tens(digits)) { // 999.. became 1000..
      number.coefficient = tens(digits - 1);
      ++number.exponent;
    }
  } else if (number.rest) {
    return false;
  }
  if (!fitsContext(number.exponent, digits, context))
    return false;
  *status |= conditions;
  store(result, number, digits);
  return true;
}

/// Stores a result of at most 18 digits that needs no rounding; zero is not for it.
PYC_STEP bool finishWord(mpd_t* result, uint64_t word, mpd_ssize_t exponent, bool isNegative,
                         const mpd_context_t* context) {
  if (word == 0)
    return false;
  int digits = (64 - std::countl_zero(word)) * 1233 >> 12;
  digits += word >= wordTens(digits);
  if (digits > context->prec || !fitsContext(exponent, digits, context))
    return false;
  result->flags |= isNegative ? MPD_NEG : MPD_POS;
  result->exp = exponent;
  result->digits = digits;
  result->len = 1;
  result->data[0] = word;
  return true;
}

/// As sum(), of numbers that have up to 17 digits at one exponent.
PYC_STEP bool sumWords(mpd_t* result, const mpd_t* a, const mpd_t* b, bool isNegativeB,
                       const mpd_context_t* context) {
  constexpr mpd_ssize_t kMost = 17;
  bool isUsual = ((a->flags | b->flags) & MPD_SPECIAL) == 0 && a->len == 1 && b->len == 1;
  mpd_ssize_t places = a->exp - b->exp;
  if (!isUsual || places > kMost || places < -kMost ||
      a->digits + (places > 0 ? places : 0) > kMost ||
      b->digits - (places < 0 ? places : 0) > kMost)
    return false;
  uint64_t left = a->data[0], right = b->data[0];
  if (left == 0 || right == 0)
    return false;
  mpd_ssize_t exponent = a->exp;
  if (places > 0) {
    left *= wordTens(static_cast<int>(places));
    exponent = b->exp;
  } else if (places < 0) {
    right *= wordTens(static_cast<int>(-places));
  }
  bool isNegative = (a->flags & MPD_NEG) != 0;
  if (isNegative == isNegativeB)
    return finishWord(result, left + right, exponent, isNegative, context);
  return left > right ? finishWord(result, left - right, exponent, isNegative, context)
                      : finishWord(result, right - left, exponent, isNegativeB, context);
}

/// Takes digits off the end of a number; whether any of them was not zero.
bool cutDigits(Wide& number, mpd_ssize_t places) {
  uint64_t removed, more = 0;
  if (places >= kMostDigits) {
    bool isAny = number != 0;
    number = 0;
    return isAny;
  }
  if (places > kWordDigits) {
    number = divideByTens(number, kWordDigits, more);
    places -= kWordDigits;
  }
  number = divideByTens(number, static_cast<int>(places), removed);
  return (removed | more) != 0;
}

/// A summand.
struct Term {
  Wide coefficient;
  mpd_ssize_t exponent, digits;
  bool isNegative;
};

/// Brings two terms to one exponent; `upper` has the larger one. False when they have no room.
/// `rest`: digits of `lower` were cut off, which can only be behind the result's last.
bool align(Term& upper, Term& lower, mpd_ssize_t precision, bool& rest) {
  mpd_ssize_t places = upper.exponent - lower.exponent;
  mpd_ssize_t room = kMostDigits - 1 - upper.digits;
  if (places > room) {
    // The upper one alone is to have more digits than the result, also where the lower one takes
    // one away.
    if (room < 0 || upper.digits + room < precision + 2)
      return false;
    rest = cutDigits(lower.coefficient, places - room);
    lower.exponent += places - room;
    places = room;
  }
  upper.coefficient *= tens(places);
  return true;
}

bool sum(mpd_t* result, const mpd_t* a, const mpd_t* b, bool isNegativeB,
         const mpd_context_t* context, uint32_t* status) {
  if (sumWords(result, a, b, isNegativeB, context))
    return true;
  if (!isOrdinary(a) || !isOrdinary(b))
    return false;
  Term left = {coefficientOf(a), a->exp, a->digits, (a->flags & MPD_NEG) != 0};
  Term right = {coefficientOf(b), b->exp, b->digits, isNegativeB};
  bool rest = false;
  Term& lower = a->exp < b->exp ? left : right;
  if (a->exp != b->exp && !align(a->exp < b->exp ? right : left, lower, context->prec, rest))
    return false;
  Wide total;
  bool isNegative = left.isNegative;
  if (left.isNegative == right.isNegative) {
    total = left.coefficient + right.coefficient;
  } else {
    if (rest) {
      Term& upper = a->exp < b->exp ? right : left;
      if (lower.coefficient >= upper.coefficient)
        return false;
      ++lower.coefficient; // what is cut off is taken away too, and leaves a rest of its own
    }
    if (left.coefficient == right.coefficient)
      return false; // the sign of zero is a matter of its own
    isNegative = (left.coefficient > right.coefficient ? left : right).isNegative;
    total = left.coefficient > right.coefficient ? left.coefficient - right.coefficient
                                                 : right.coefficient - left.coefficient;
  }
  // Two numbers of 38 digits have a sum of 39.
  return total < tens(kMostDigits) &&
         finish(result, {total, lower.exponent, isNegative, rest}, context, status);
}

bool haveOneSign(const mpd_t* a, const mpd_t* b) {
  return ((a->flags ^ b->flags) & MPD_NEG) == 0;
}

} // namespace

bool addShort(mpd_t* result, const mpd_t* a, const mpd_t* b, const mpd_context_t* context,
              uint32_t* status) {
  return sum(result, a, b, (b->flags & MPD_NEG) != 0, context, status);
}

bool subtractShort(mpd_t* result, const mpd_t* a, const mpd_t* b, const mpd_context_t* context,
                   uint32_t* status) {
  return sum(result, a, b, (b->flags & MPD_NEG) == 0, context, status);
}

bool multiplyShort(mpd_t* result, const mpd_t* a, const mpd_t* b, const mpd_context_t* context,
                   uint32_t* status) {
  if (!isOrdinary(a) || !isOrdinary(b) || a->digits + b->digits > kMostDigits)
    return false;
  if (a->digits + b->digits < kWordDigits &&
      finishWord(result, a->data[0] * b->data[0], a->exp + b->exp, !haveOneSign(a, b), context))
    return true;
  return finish(result, {coefficientOf(a) * coefficientOf(b), a->exp + b->exp, !haveOneSign(a, b)},
                context, status);
}

/// The quotient has one digit more than the precision, or two; whatever is behind them only says
/// that they are not all.
bool divideShort(mpd_t* result, const mpd_t* a, const mpd_t* b, const mpd_context_t* context,
                 uint32_t* status) {
  if (!isOrdinary(a) || !isOrdinary(b) || b->len != 1 || context->prec > kMostDigits)
    return false;
  mpd_ssize_t places = context->prec + 1 - a->digits + b->digits;
  if (places < 0)
    places = 0;
  if (places + a->digits > kMostDigits)
    return false;
  uint64_t remainder;
  Result quotient = {divide(coefficientOf(a) * tens(places), b->data[0], remainder),
                     a->exp - b->exp - places, !haveOneSign(a, b), remainder != 0};
  // An exact quotient ends where the operands' exponents say, if it can.
  for (; remainder == 0 && places > 0; --places, ++quotient.exponent) {
    uint64_t digit;
    Wide shorter = divideByTens(quotient.coefficient, 1, digit);
    if (digit != 0)
      break;
    quotient.coefficient = shorter;
  }
  return finish(result, std::move(quotient), context, status);
}

bool quantizeShort(mpd_t* result, const mpd_t* a, const mpd_t* b, const mpd_context_t* context,
                   uint32_t* status) {
  if (!isOrdinary(a) || (b->flags & MPD_SPECIAL) != 0)
    return false;
  mpd_ssize_t places = b->exp - a->exp;
  Result number = {coefficientOf(a), a->exp, (a->flags & MPD_NEG) != 0};
  uint32_t conditions = 0;
  if (places > 0) {
    if (places > kWordDigits)
      return false;
    removeDigits(number, static_cast<int>(places), context->round, conditions);
  } else if (places < 0) {
    if (-places > kMostDigits - a->digits)
      return false;
    number.coefficient *= tens(-places);
    number.exponent = b->exp;
  }
  if (number.coefficient == 0)
    return false;
  int digits = digitsOf(number.coefficient);
  if (digits > context->prec || !fitsContext(number.exponent, digits, context))
    return false;
  *status |= conditions;
  store(result, number, digits);
  return true;
}

} // namespace pyc::rt
