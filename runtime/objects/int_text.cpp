// Ints to digits and back.
#include "runtime/base/decimal.h"
#include "runtime/objects/int_limit.h"
#include "runtime/objects/int_view.h"
#include "runtime/objects/number_text.h"
#include "runtime/objects/protocol.h"

#include <bit>
#include <cstring>

namespace pyc::rt {

namespace {

constexpr uint64_t kTen19 = 10'000'000'000'000'000'000u;
constexpr const char* kTooLong = "Exceeds the limit (%d digits) for integer string conversion; use "
                                 "sys.set_int_max_str_digits() to increase the limit";

/// 0 for no limit. Relaxed atomic: threads see a change soon, and that is all there is to it.
int maxStrDigits = kDefaultMaxStrDigits;

/// As writeDecimal with leading zeros, 19 digits.
char* writeDecimal19(char* end, uint64_t number) {
  char* begin = writeDecimal(end, number);
  while (end - begin < 19)
    *--begin = '0';
  return begin;
}

/// Up to two limbs.
char* writeDecimalWide(char* end, unsigned __int128 number) {
  while (number >> 64) {
    end = writeDecimal19(end, static_cast<uint64_t>(number % kTen19));
    number /= kTen19;
  }
  return writeDecimal(end, static_cast<uint64_t>(number));
}

unsigned __int128 wideOf(const IntView& view) {
  auto low = static_cast<unsigned __int128>(view.low());
  return view.count > 1 ? low | static_cast<unsigned __int128>(view.limbs[1]) << 64 : low;
}

/// Room for a number's digits in a base, with some to spare.
size_t digitRoom(const IntView& view, unsigned base) {
  unsigned bitsPerDigit = 31 - static_cast<unsigned>(__builtin_clz(base));
  return view.count * (64 / bitsPerDigit + 1) + 2;
}

/// Digits of a long number; false with MemoryError.
bool appendLong(std::string& out, const IntView& view, unsigned base) {
  LimbBuffer copy(view.count + 1); // mpn_get_str writes to its operand
  if (!copy)
    return false;
  std::memcpy(copy.get(), view.limbs, view.count * sizeof(Limb));
  size_t start = out.size();
  out.resize(start + digitRoom(view, base));
  auto* digits = reinterpret_cast<unsigned char*>(out.data() + start);
  size_t count =
      mpn_get_str(digits, static_cast<int>(base), copy.get(), static_cast<mp_size_t>(view.count));
  size_t zeros = 0;
  while (zeros + 1 < count && digits[zeros] == 0)
    ++zeros;
  for (size_t i = zeros; i < count; ++i)
    digits[i - zeros] =
        static_cast<unsigned char>(digits[i] < 10 ? '0' + digits[i] : 'a' + digits[i] - 10);
  out.resize(start + count - zeros);
  return true;
}

char digitChar(uint64_t digit) {
  return "0123456789abcdefghijklmnopqrstuvwxyz"[digit];
}

/// As writeDecimal, in base 1 << bits.
char* writeInPowerOfTwo(char* end, uint64_t number, unsigned bits) {
  uint64_t mask = (1u << bits) - 1;
  do {
    *--end = digitChar(number & mask);
    number >>= bits;
  } while (number != 0);
  return end;
}

char* writeInBase(char* end, uint64_t number, unsigned base) {
  if (std::has_single_bit(base))
    return writeInPowerOfTwo(end, number, static_cast<unsigned>(std::countr_zero(base)));
  do {
    *--end = digitChar(number % base);
    number /= base;
  } while (number != 0);
  return end;
}

} // namespace

int intMaxStrDigits() {
  return __atomic_load_n(&maxStrDigits, __ATOMIC_RELAXED);
}

bool setIntMaxStrDigits(int limit) {
  if (limit != 0 && limit < kLeastMaxStrDigits)
    return false;
  __atomic_store_n(&maxStrDigits, limit, __ATOMIC_RELAXED);
  return true;
}

bool checkDigitLimit(Value integer) {
  if (PYC_LIKELY(IntView(integer).count <= 2))
    return true; // far below the least limit
  int limit = intMaxStrDigits();
  // Whoever is far beyond the limit is spared the conversion, which the limit is for.
  double digits = static_cast<double>(IntView(integer).bitLength()) * 0.30102999566398114;
  if (limit == 0 || digits <= limit + 1)
    return true;
  return raise(valueErrorType, kTooLong, limit);
}

bool checkDigitCount(size_t digits) {
  int limit = intMaxStrDigits();
  if (limit == 0 || digits <= static_cast<size_t>(limit))
    return true;
  return raise(valueErrorType, kTooLong, limit);
}

bool appendDigits(std::string& out, Value integer, unsigned base) {
  IntView view(integer);
  if (base == 10 && view.count <= 2) {
    char digits[40];
    char* end = digits + sizeof digits;
    out.append(writeDecimalWide(end, wideOf(view)), end);
    return true;
  }
  if (view.count > 1)
    return appendLong(out, view, base);
  char digits[64];
  char* end = digits + sizeof digits;
  out.append(writeInBase(end, view.low(), base), end);
  return true;
}

Ref intToStr(Value integer) {
  IntView view(integer);
  if (view.count <= 2) {
    char digits[48];
    char* end = digits + sizeof digits;
    char* begin =
        view.count <= 1 ? writeDecimal(end, view.low()) : writeDecimalWide(end, wideOf(view));
    if (view.negative)
      *--begin = '-';
    return makeStrAscii({begin, static_cast<size_t>(end - begin)});
  }
  if (!checkDigitLimit(integer))
    return {};
  std::string digits(view.negative ? "-" : "");
  if (!appendLong(digits, view, 10) || !checkDigitCount(digits.size() - view.negative))
    return {};
  return makeStrAscii(digits);
}

Ref makeIntFromDigits(std::string_view digits, unsigned base) {
  bool negative = digits.starts_with('-');
  if (negative || digits.starts_with('+'))
    digits.remove_prefix(1);
  auto valueOf = [](char c) {
    return static_cast<unsigned char>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
  };
  if (digits.size() <= 12) { // 36 ** 12 is below 2 ** 63
    uint64_t number = 0;
    for (char c : digits)
      number = number * base + valueOf(c);
    return makeIntFromLimb(number, negative);
  }
  std::string values(digits);
  for (char& c : values)
    c = static_cast<char>(valueOf(c));
  unsigned bitsPerDigit = 32 - static_cast<unsigned>(__builtin_clz(base - 1));
  IntObject* result = newInt(values.size() * bitsPerDigit / 64 + 2);
  if (!result)
    return {};
  mp_size_t count =
      mpn_set_str(result->limbs(), reinterpret_cast<const unsigned char*>(values.data()),
                  values.size(), static_cast<int>(base));
  return finishInt(result, static_cast<size_t>(count), negative);
}

namespace {

unsigned digitValue(char c) {
  if (c >= '0' && c <= '9')
    return static_cast<unsigned>(c - '0');
  char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'z' ? static_cast<unsigned>(lower - 'a' + 10) : 99;
}

/// What int(text, base) takes apart.
class IntScanner {
public:
  IntScanner(std::string_view text, int base) : rest_(text), base_(static_cast<unsigned>(base)) {}

  /// False when it is no number; nothing is raised.
  bool scan() {
    rest_ = trimBlanks(rest_);
    if (!rest_.empty() && (rest_.front() == '-' || rest_.front() == '+')) {
      negative_ = rest_.front() == '-';
      rest_.remove_prefix(1);
    }
    bool zeroOnly = false;
    if (base_ == 0)
      zeroOnly = chooseBase();
    skipPrefix();
    return takeDigits() && !(zeroOnly && hasNonZero());
  }

  unsigned base() const { return base_; }
  bool negative() const { return negative_; }
  /// In plain form, which needs no copy unless there are underscores.
  std::string_view digits() const { return plain_.empty() ? rest_ : std::string_view(plain_); }

private:
  unsigned prefixBase() const {
    if (rest_.size() < 2 || rest_[0] != '0')
      return 0;
    switch (rest_[1] | 0x20) {
    case 'x':
      return 16;
    case 'o':
      return 8;
    case 'b':
      return 2;
    default:
      return 0;
    }
  }
  /// Base 0: as in source text, where a plain number with a leading zero must be zero.
  bool chooseBase() {
    base_ = prefixBase();
    if (base_ != 0)
      return false;
    base_ = 10;
    return rest_.starts_with('0');
  }
  void skipPrefix() {
    if (prefixBase() != base_)
      return;
    rest_.remove_prefix(2);
    if (rest_.starts_with('_')) // one underscore may follow the prefix
      rest_.remove_prefix(1);
  }
  bool takeDigits() {
    bool underscores = false;
    char before = '_';
    for (char c : rest_) {
      if (c == '_' ? before == '_' : digitValue(c) >= base_)
        return false;
      underscores |= c == '_';
      before = c;
    }
    if (before == '_')
      return false;
    if (underscores)
      for (char c : rest_)
        if (c != '_')
          plain_ += c;
    return true;
  }
  bool hasNonZero() const { return digits().find_first_not_of('0') != std::string_view::npos; }

  std::string_view rest_;
  unsigned base_;
  bool negative_ = false;
  std::string plain_;
};

} // namespace

/// int() is asked whether a text is a number, so that this is no rare error.
[[gnu::noinline]] static Raised raiseInvalidLiteral(int base, Value shown) {
  static const Value begin = internLiteral("invalid literal for int() with base ");
  static const Value colon = internLiteral(": ");
  constexpr int64_t kMostShown = 200;
  PYC_TRY(literal, repr(shown));
  if (asStr(literal)->length > kMostShown)
    literal = strSlice(literal.as<StrObject>(), 0, kMostShown);
  if (!literal)
    return {};
  Value parts[] = {begin, Value::fromInt(base), colon, literal};
  Ref message = strJoinParts(parts, std::size(parts));
  return message ? raiseWith(valueErrorType, message) : Raised();
}

Ref parseInt(std::string_view text, int base, Value shown) {
  IntScanner scanner(text, base);
  if (!scanner.scan())
    return raiseInvalidLiteral(base, shown);
  std::string_view digits = scanner.digits();
  int limit = intMaxStrDigits();
  bool isPowerOfTwo = (scanner.base() & (scanner.base() - 1)) == 0;
  if (limit != 0 && !isPowerOfTwo && digits.size() > static_cast<size_t>(limit))
    return raise(valueErrorType,
                 "Exceeds the limit (%d digits) for integer string conversion: value has %zu "
                 "digits; use sys.set_int_max_str_digits() to increase the limit",
                 limit, digits.size());
  PYC_TRY(result, makeIntFromDigits(digits, scanner.base()));
  return scanner.negative() ? intNegate(result) : std::move(result);
}

} // namespace pyc::rt
