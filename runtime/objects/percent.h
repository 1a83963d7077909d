// The % operator of str and bytes: parsing of conversion specifiers, arguments, numbers. What
// differs between the two is in str_percent.cpp and bytes_percent.cpp.
#pragma once

#include "runtime/objects/int.h"
#include "runtime/objects/text_args.h"

namespace pyc::rt {

/// A conversion specifier: "%(key)-+ #0*.*d".
struct PercentSpec {
  bool left = false;
  bool plus = false;
  bool blank = false;
  bool alternate = false;
  bool zero = false;
  int64_t width = -1;
  int64_t precision = -1;
  uint32_t letter = 0;
  int64_t start = 0; // place of the '%'
  int64_t place = 0; // place of the letter
};

/// The right operand: a tuple, a mapping, or one object.
class PercentArgs {
public:
  PercentArgs(Value args, bool mayBeMapping)
      : args_(args), isTuple_(isTuple(args)), isMapping_(mayBeMapping) {}

  /// The next argument, borrowed; null with TypeError when there is none left.
  Value next(int64_t place);
  /// The mapping's item for a key; the argument of the specifier is then that.
  bool find(Value key);
  /// "format requires a mapping, not T" when it is none.
  bool checkMapping() const;
  bool hasKey() const { return hasKey_; }
  bool hasTuple() const { return isTuple_; }
  Raised raiseTooFew() const;
  /// TypeError when arguments are left; `kind` is "string" or "bytes".
  bool finish(const char* kind) const;
  /// The next specifier begins.
  void nextSpec() { hasKey_ = false; }

  /// An exception about the argument taken last: "format argument N: ...". The format gets one
  /// letter (%c) and one Value (%Q).
  Raised raiseAbout(TypeObject& type, const char* message, uint32_t letter = 0, Value value = {});

private:
  int64_t count() const;

  Value args_;
  bool isTuple_;
  bool isMapping_;
  bool hasKey_ = false;   // this specifier has one
  bool keysUsed_ = false; // one before had
  int64_t taken_ = 0;
  Ref key_;
  Ref item_;
};

/// str % args, where the format is short ASCII text with %s, %d, %x, %X and %f, with - and 0, a
/// width and a precision at most, and the items are strs of ASCII, small ints and floats that go
/// with them. False, with nothing done, where it is not that.
bool percentShort(const StrObject* format, const Value* items, int64_t count, Ref& result);

/// The text of a number for one of the letters d i u x X o e E f F g G; null Ref on errors.
Ref percentNumber(const PercentSpec& spec, Value value, PercentArgs& args);
inline bool isNumberLetter(uint32_t letter) {
  switch (letter) {
  case 'd':
  case 'i':
  case 'u':
  case 'o':
  case 'x':
  case 'X':
  case 'e':
  case 'E':
  case 'f':
  case 'F':
  case 'g':
  case 'G':
    return true;
  default:
    return false;
  }
}
/// The integer of %c that is no text; -1 with an exception. `wanted` says in messages what %c
/// takes.
int64_t percentCharCode(Value value, int64_t limit, const char* wanted, PercentArgs& args);

/// Reads one specifier. Text gives `length()` and `at(i)`, `key(start, stop)` as an object.
template <class Text> class PercentParser {
public:
  PercentParser(const Text& text, PercentArgs& args) : text_(text), args_(args) {}

  /// `at` is behind the '%' and moves behind the letter.
  bool parse(int64_t& at, PercentSpec& spec) {
    at_ = at;
    spec.start = at - 1;
    args_.nextSpec();
    bool done = parseKey(spec) && parseFlags(spec) && parseWidth(spec) && parsePrecision(spec);
    if (!done)
      return false;
    uint32_t c = peek();
    if (c == 'h' || c == 'l' || c == 'L')
      ++at_;
    if (at_ >= text_.length())
      return raise(valueErrorType, "stray %% at position %lld", place(spec));
    spec.place = at_;
    spec.letter = text_.at(at_++);
    at = at_;
    return true;
  }

private:
  uint32_t peek() const { return at_ < text_.length() ? text_.at(at_) : 0; }
  static long long place(const PercentSpec& spec) { return spec.start; }

  bool parseKey(const PercentSpec& spec) {
    if (peek() != '(')
      return true;
    if (!args_.checkMapping())
      return false;
    int64_t start = ++at_;
    int depth = 1;
    while (depth > 0 && at_ < text_.length()) {
      uint32_t c = text_.at(at_++);
      depth += (c == '(') - (c == ')');
    }
    if (depth > 0)
      return raise(valueErrorType, "stray %% or incomplete format key at position %lld",
                   place(spec));
    Ref key = text_.key(start, at_ - 1);
    return key && args_.find(key);
  }

  bool parseFlags(PercentSpec& spec) {
    for (;; ++at_) {
      switch (peek()) {
      case '-':
        spec.left = true;
        continue;
      case '+':
        spec.plus = true;
        continue;
      case ' ':
        spec.blank = true;
        continue;
      case '#':
        spec.alternate = true;
        continue;
      case '0':
        spec.zero = true;
        continue;
      default:
        return true;
      }
    }
  }

  /// A number, or '*' and an argument.
  bool parseNumber(const PercentSpec& spec, const char* what, int64_t limit, int64_t& result) {
    if (peek() == '*') {
      ++at_;
      if (args_.hasKey())
        return raise(valueErrorType,
                     "* cannot be used with a parenthesised mapping key at position %lld",
                     place(spec));
      return takeNumber(spec, what, limit, result);
    }
    for (uint32_t digit; (digit = peek() - '0') < 10; ++at_) {
      result = result < 0 ? 0 : result;
      if (__builtin_mul_overflow(result, 10, &result) ||
          __builtin_add_overflow(result, static_cast<int64_t>(digit), &result) || result > limit)
        return raise(valueErrorType, "%s too big at position %lld", what, place(spec));
    }
    return true;
  }

  bool takeNumber(const PercentSpec& spec, const char* what, int64_t limit, int64_t& result) {
    Value argument = args_.next(spec.start);
    if (!argument)
      return false;
    if (!isInteger(argument) && !args_.hasTuple())
      return args_.raiseTooFew(); // the number that is to be shown
    if (!isInteger(argument))
      return args_.raiseAbout(typeErrorType, "* requires int, not %Q", 0, argument);
    if (!intFits64(argument, result) || result > limit ||
        result < (what[0] == 'w' ? -limit : -limit - 1))
      return args_.raiseAbout(overflowErrorType,
                              what[0] == 'w' ? "too big for width" : "too big for precision");
    return true;
  }

  bool parseWidth(PercentSpec& spec) {
    if (!parseNumber(spec, "width", INT64_MAX, spec.width))
      return false;
    if (spec.width < -1 || (spec.width == -1 && text_.at(at_ - 1) == '*')) {
      spec.left = true;
      spec.width = -spec.width;
    }
    return true;
  }

  bool parsePrecision(PercentSpec& spec) {
    if (peek() != '.')
      return true;
    ++at_;
    spec.precision = 0;
    if (!parseNumber(spec, "precision", INT32_MAX, spec.precision))
      return false;
    if (spec.precision < 0)
      spec.precision = 0;
    return true;
  }

  const Text& text_;
  PercentArgs& args_;
  int64_t at_ = 0;
};

/// The error for a letter that is no conversion. `shown` describes a character that is no letter.
Raised raiseBadLetter(const PercentSpec& spec, const char* shown);

} // namespace pyc::rt
