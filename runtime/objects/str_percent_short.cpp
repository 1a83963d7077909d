// The commonest formats of str % args, written into a buffer on the stack. Whatever is out of the
// ordinary, errors included, is left to str_percent.cpp.
#include "runtime/objects/fixed_point.h"
#include "runtime/objects/percent.h"
#include "runtime/objects/tuple.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

namespace pyc::rt {

namespace {

constexpr size_t kRoom = 768;
constexpr int64_t kMostText = 128;
constexpr unsigned kMostWidth = 99, kMostPrecision = 15;
/// What a number takes at most: its width, or sign, digits, point and digits.
constexpr size_t kMostOfNumber = kMostWidth + 1;

class ShortPercent {
public:
  ShortPercent(const StrObject* format, const Value* items, int64_t count)
      : at_(format->data()), end_(at_ + format->length), items_(items), itemsEnd_(items + count) {}

  bool run() {
    while (copyText()) {
      ++at_;
      if (out_ >= limit() || !takeSpec())
        return false;
    }
    return items_ == itemsEnd_;
  }
  std::string_view text() const { return {buffer_, static_cast<size_t>(out_ - buffer_)}; }

private:
  struct Spec {
    bool left = false;
    bool zero = false;
    bool hasPrecision = false;
    unsigned width = 0;
    unsigned precision = 6;
    char letter = 0;
  };

  /// What stands in front of the next '%'; whether there is one. Locals, as the characters written
  /// could be anything to the compiler.
  bool copyText() {
    const uint8_t *at = at_, *end = end_;
    char* out = out_;
    while (at != end && *at != '%')
      *out++ = static_cast<char>(*at++);
    at_ = at;
    out_ = out;
    return at != end;
  }

  /// Behind it is room for a number and the rest of the format.
  char* limit() { return buffer_ + kRoom - kMostText - kMostOfNumber; }
  char peek() const { return at_ != end_ ? static_cast<char>(*at_) : '\0'; }

  /// False when the number is larger than `most`.
  bool takeNumber(unsigned& number, unsigned most) {
    for (number = 0; peek() >= '0' && peek() <= '9'; ++at_) {
      number = number * 10 + static_cast<unsigned>(peek() - '0');
      if (number > most)
        return false;
    }
    return true;
  }

  bool parse(Spec& spec) {
    for (;; ++at_) {
      if (peek() == '0')
        spec.zero = true;
      else if (peek() == '-')
        spec.left = true;
      else
        break;
    }
    if (!takeNumber(spec.width, kMostWidth))
      return false;
    if (peek() == '.') {
      ++at_;
      spec.hasPrecision = true;
      if (!takeNumber(spec.precision, kMostPrecision))
        return false;
    }
    spec.letter = peek();
    at_ += at_ != end_;
    return true;
  }

  bool takeSpec() {
    if (peek() == '%') {
      *out_++ = '%';
      ++at_;
      return true;
    }
    if (items_ == itemsEnd_)
      return false;
    Value item = *items_++;
    if (peek() == 's' || peek() == 'd')
      return putBare(static_cast<char>(*at_++), item);
    return putLaidOut(item);
  }

  /// %s or %d without more.
  bool putBare(char letter, Value item) {
    if (item.isInt()) {
      out_ = std::to_chars(out_, out_ + kMostOfNumber, item.asInt()).ptr;
      return true;
    }
    return letter == 's' && isExactStr(item) && copy(asStr(item), asStr(item)->length);
  }

  [[gnu::noinline]] bool putLaidOut(Value item) {
    Spec spec;
    if (!parse(spec))
      return false;
    switch (spec.letter) {
    case 's':
      return isExactStr(item)
                 ? putText(asStr(item), spec)
                 : item.isInt() && !spec.hasPrecision && putInt(item.asInt(), 10, spec);
    case 'd':
      return item.isInt() && !spec.hasPrecision && putInt(item.asInt(), 10, spec);
    case 'x':
    case 'X':
      return item.isInt() && !spec.hasPrecision && putInt(item.asInt(), 16, spec);
    case 'f':
      return item.isDouble() && putFixed(item.asDouble(), spec);
    default:
      return false;
    }
  }

  bool copy(const StrObject* text, int64_t length) {
    if (!text->isAscii() || length > limit() - out_)
      return false;
    std::memcpy(out_, text->data(), static_cast<size_t>(length));
    out_ += length;
    return true;
  }

  bool putText(const StrObject* text, const Spec& spec) {
    int64_t length = text->length;
    if (spec.hasPrecision)
      length = std::min<int64_t>(length, spec.precision);
    char* begin = out_;
    if (!copy(text, length))
      return false;
    pad(begin, 0, spec);
    return true;
  }

  bool putInt(int64_t number, int base, const Spec& spec) {
    char* begin = out_;
    char* end = out_ + kMostOfNumber;
    // The usual base has a function of its own.
    out_ = (base == 10 ? std::to_chars(out_, end, number) : std::to_chars(out_, end, number, base))
               .ptr;
    if (spec.letter == 'X')
      std::transform(begin, out_, begin, [](char c) { return c >= 'a' ? char(c - 'a' + 'A') : c; });
    pad(begin, number < 0, spec);
    return true;
  }

  bool putFixed(double number, const Spec& spec) {
    if (!std::isfinite(number))
      return false;
    auto scaled = scaledByTens(std::fabs(number), spec.precision);
    if (!scaled)
      return false;
    char* begin = out_;
    if (std::signbit(number))
      *out_++ = '-';
    uint64_t power = powerOfTen(spec.precision);
    out_ = std::to_chars(out_, out_ + kMostOfNumber, *scaled / power).ptr;
    if (spec.precision != 0) {
      *out_++ = '.';
      uint64_t fraction = *scaled % power;
      for (unsigned i = spec.precision; i-- > 0; fraction /= 10)
        out_[i] = static_cast<char>('0' + fraction % 10);
      out_ += spec.precision;
    }
    pad(begin, std::signbit(number), spec);
    return true;
  }

  /// What was written since `begin`, a sign first or none, to the spec's width.
  void pad(char* begin, size_t sign, const Spec& spec) {
    auto length = static_cast<size_t>(out_ - begin);
    if (spec.width <= length)
      return;
    size_t missing = spec.width - length;
    bool zeros = spec.zero && !spec.left && spec.letter != 's';
    char* gap = spec.left ? out_ : zeros ? begin + sign : begin;
    std::memmove(gap + missing, gap, static_cast<size_t>(out_ - gap));
    std::memset(gap, zeros ? '0' : ' ', missing);
    out_ += missing;
  }

  const uint8_t* at_;
  const uint8_t* end_;
  const Value* items_;
  const Value* itemsEnd_;
  char buffer_[kRoom];
  char* out_ = buffer_;
};

} // namespace

bool percentShort(const StrObject* format, Value args, Ref& result) {
  const Value* items = &args;
  int64_t count = 1;
  if (isExactTuple(args)) {
    items = asTuple(args)->items();
    count = asTuple(args)->count;
  } else if (!args.isNumber() && !isExactStr(args)) {
    return false;
  }
  if (!format->isAscii() || format->length > kMostText)
    return false;
  ShortPercent text(format, items, count);
  if (!text.run())
    return false;
  result = makeStrAscii(text.text());
  return true;
}

} // namespace pyc::rt
