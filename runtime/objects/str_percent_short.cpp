// The commonest formats of str % args, written into a buffer on the stack. Whatever is out of the
// ordinary, errors included, is left to str_percent.cpp.
#include "runtime/base/decimal.h"
#include "runtime/objects/fixed_point.h"
#include "runtime/objects/percent.h"
#include "runtime/objects/str_chars.h"

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
    // Locals, as the characters written could be anything to the compiler.
    const uint8_t* at = at_;
    const Value* items = items_;
    char* out = buffer_;
    while (copyText(at, out)) {
      if (out >= limit())
        return false;
      if (items != itemsEnd_ && putBare(at, out, *items)) {
        ++items;
        continue;
      }
      at_ = at;
      items_ = items;
      out_ = out;
      if (!takeSpec())
        return false;
      at = at_;
      items = items_;
      out = out_;
    }
    out_ = out;
    return items == itemsEnd_;
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

  /// Takes what stands in front of the next '%', and that; whether there is one.
  bool copyText(const uint8_t*& at, char*& out) const {
    auto room = static_cast<size_t>(end_ - at);
    auto* percent = static_cast<const uint8_t*>(std::memchr(at, '%', room));
    size_t size = percent ? static_cast<size_t>(percent - at) : room;
    copyShort(reinterpret_cast<uint8_t*>(out), at, size);
    out += size;
    at += size + (percent != nullptr);
    return percent != nullptr;
  }

  /// %s or %d without more, of the items that those usually get; false for others.
  bool putBare(const uint8_t*& at, char*& out, Value item) const {
    if (at == end_ || (*at != 's' && *at != 'd'))
      return false;
    if (item.isInt()) {
      out = writeSigned(out, item.asInt());
    } else {
      if (*at != 's' || !isExactStr(item) || !asStr(item)->isAscii() ||
          asStr(item)->length > limit() - out)
        return false;
      auto size = static_cast<size_t>(asStr(item)->length);
      copyShort(reinterpret_cast<uint8_t*>(out), asStr(item)->data(), size);
      out += size;
    }
    ++at;
    return true;
  }

  /// Behind it is room for a number and the rest of the format.
  const char* limit() const { return buffer_ + kRoom - kMostText - kMostOfNumber; }
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
    return putLaidOut(*items_++);
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
    out_ = base == 10 ? writeSigned(out_, number) : std::to_chars(out_, end, number, base).ptr;
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
    out_ = writeUnsigned(out_, *scaled / power);
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

bool percentShort(const StrObject* format, const Value* items, int64_t count, Ref& result) {
  if (!format->isAscii() || format->length > kMostText)
    return false;
  ShortPercent text(format, items, count);
  if (!text.run())
    return false;
  result = makeStrAscii(text.text());
  return true;
}

} // namespace pyc::rt
