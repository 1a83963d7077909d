// str % args.
#include "runtime/base/decimal.h"
#include "runtime/base/unicode/unicode.h"
#include "runtime/objects/percent.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str_chars.h"
#include "runtime/objects/tuple.h"

#include <algorithm>

namespace pyc::rt {

namespace {

struct StrText {
  StrObject* str;
  int64_t length() const { return str->length; }
  uint32_t at(int64_t i) const { return str->at(i); }
  Ref key(int64_t start, int64_t stop) const { return strSlice(str, start, stop); }
};

class StrPercent {
public:
  StrPercent(StrObject* format, Value args) : text_{format}, args_(args, isMapping(args)) {}

  Ref run() {
    StrObject* format = text_.str;
    out_.reserve(format->length + 16);
    for (int64_t at = 0; at < format->length;) {
      int64_t percent = withChars(format, [&](auto* chars) {
        int64_t i = at;
        while (i < format->length && chars[i] != '%')
          ++i;
        return i;
      });
      out_.append(format, at, percent);
      if (percent == format->length)
        break;
      at = percent + 1;
      if (at < format->length && format->at(at) == '%') {
        out_.appendChar('%');
        ++at;
        continue;
      }
      PercentSpec spec;
      bool isBare = at < format->length && (format->at(at) == 's' || format->at(at) == 'd');
      if (isBare)
        takeBare(at, spec);
      else if (!PercentParser<StrText>(text_, args_).parse(at, spec))
        return {};
      if (!(isBare ? convertBare(spec) : convert(spec)))
        return {};
    }
    if (!args_.finish("string"))
      return {};
    return out_.finish();
  }

private:
  static bool isMapping(Value args) {
    return !isTuple(args) && !isStr(args) && typeOf(args)->slots.getItem;
  }

  /// %s or %d without more: what the parser would say.
  void takeBare(int64_t& at, PercentSpec& spec) {
    args_.nextSpec();
    spec.start = at - 1;
    spec.place = at;
    spec.letter = text_.at(at++);
  }

  bool convertBare(const PercentSpec& spec) {
    Value value = args_.next(spec.start);
    if (!value)
      return false;
    if (!value.isInt())
      return convert(spec, value);
    char digits[kMostDecimalChars];
    char* end = writeSigned(digits, value.asInt());
    out_.append(std::string_view(digits, static_cast<size_t>(end - digits)));
    return true;
  }

  bool convert(const PercentSpec& spec) {
    Value value = args_.next(spec.start);
    return value && convert(spec, value);
  }

  bool convert(const PercentSpec& spec, Value value) {
    switch (spec.letter) {
    case 's':
      return isExactStr(value) ? put(asStr(value), spec) : putText(str(value), spec);
    case 'r':
      return putText(repr(value), spec);
    case 'a':
      return putText(ascii(value), spec);
    case 'c':
      return putChar(value, spec);
    default:
      if (!isNumberLetter(spec.letter))
        return raiseBad(spec);
      Ref number = percentNumber(spec, value, args_);
      if (!number)
        return false;
      out_.append(number.get());
      return true;
    }
  }

  bool putText(Ref text, const PercentSpec& spec) {
    return text && put(text.as<StrObject>(), spec);
  }

  /// Cut to the precision, padded with blanks to the width.
  bool put(StrObject* text, const PercentSpec& spec) {
    int64_t length = text->length;
    if (spec.precision >= 0 && spec.letter != 'c')
      length = std::min(length, spec.precision);
    int64_t missing = std::max<int64_t>(spec.width - length, 0);
    if (!spec.left)
      out_.appendRepeated(' ', missing);
    out_.append(text, 0, length);
    if (spec.left)
      out_.appendRepeated(' ', missing);
    return true;
  }

  bool putChar(Value value, const PercentSpec& spec) {
    if (isStr(value)) {
      int64_t length = asStr(value)->length;
      if (length == 1)
        return put(asStr(value), spec);
      char message[128];
      snprintf(message, sizeof message,
               "%%%%c requires an integer or a unicode character, not a string of length %lld",
               static_cast<long long>(length));
      return args_.raiseAbout(typeErrorType, message);
    }
    int64_t code = percentCharCode(value, 0x110000,
                                   "%%c requires an integer or a unicode character, not %Q", args_);
    return code >= 0 && putText(makeStrChar(static_cast<uint32_t>(code)), spec);
  }

  static Raised raiseBad(const PercentSpec& spec) {
    std::string shown;
    char code[16];
    snprintf(code, sizeof code, "U+%04X", spec.letter);
    bool printable = isUnicodePrintable(spec.letter);
    if (printable) {
      const char* quote = spec.letter == '\'' ? "\"" : "'";
      shown = quote;
      appendUtf8(shown, spec.letter);
      shown += quote;
    }
    if (!printable)
      shown = code;
    else if (spec.letter >= 128)
      shown += std::string(" (") + code + ")";
    return raiseBadLetter(spec, shown.c_str());
  }

  StrText text_;
  PercentArgs args_;
  StrBuilder out_;
};

} // namespace

Ref strPercent(StrObject* format, Value args) {
  const Value* items = &args;
  int64_t count = 1;
  if (isExactTuple(args)) {
    items = asTuple(args)->items();
    count = asTuple(args)->count;
  }
  bool isPlain = isExactTuple(args) || args.isNumber() || isExactStr(args);
  if (Ref text; isPlain && percentShort(format, items, count, text))
    return text;
  return StrPercent(format, args).run();
}

Ref strPercentItems(StrObject* format, const Value* items, size_t count) {
  if (Ref text; percentShort(format, items, static_cast<int64_t>(count), text))
    return text;
  Ref args = makeTuple(items, count);
  return args ? StrPercent(format, args.get()).run() : Ref();
}

} // namespace pyc::rt
