// `_json.make_scanner`: JSON texts become Python objects.
#include "runtime/modules/json_text.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/float.h"
#include "runtime/objects/int.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/recursion.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/str_chars.h"
#include "runtime/objects/text_args.h"
#include "runtime/objects/tuple.h"

#include <cstring>

namespace pyc::rt::json {

namespace {

struct ScannerObject {
  Object header;
  Value strict; // a bool
  Value objectHook, pairsHook, arrayHook, parseFloat, parseInt, parseConstant;

  void each(auto f) {
    for (Value* value :
         {&strict, &objectHook, &pairsHook, &arrayHook, &parseFloat, &parseInt, &parseConstant})
      f(*value);
  }
};

/// The keys of one document, as the same ones come again and again.
class KeyCache {
public:
  Ref find(StrObject* document, const uint8_t* chars, int64_t start, int64_t stop) {
    auto length = static_cast<size_t>(stop - start);
    if (length == 0 || length > kLongest)
      return strSlice(document, start, stop);
    Ref& place = keys_[(chars[start] * 7 + chars[stop - 1] * 31 + length) % kPlaces];
    if (place && place.as<StrObject>()->length == stop - start &&
        memcmp(place.as<StrObject>()->data(), chars + start, length) == 0)
      return Ref::copy(place);
    place = strSlice(document, start, stop);
    return Ref::copy(place);
  }

private:
  static constexpr size_t kPlaces = 64, kLongest = 32;
  Ref keys_[kPlaces];
};

template <class Char> class Reader {
public:
  Reader(ScannerObject* scanner, StrObject* document, const Char* chars)
      : scanner_(scanner), document_(document), chars_(chars), length_(document->length),
        strict_(scanner->strict.isTrue()) {}

  /// The value that begins at `at`; StopIteration(at) where none does.
  Ref value(int64_t at, int64_t& next);

private:
  Ref object(int64_t at, int64_t& next);
  Ref members(int64_t at, int64_t& next, DictObject* dict, ListObject* pairs);
  Ref key(int64_t at, int64_t& next);
  Ref array(int64_t at, int64_t& next);
  Ref items(int64_t at, int64_t& next, ListObject* list);
  Ref number(int64_t at, int64_t& next);
  Ref wholeNumber(int64_t at, int64_t stop);
  Ref fraction(int64_t at, int64_t stop);
  Ref constant(std::string_view name, int64_t at, int64_t& next);
  bool has(std::string_view word, int64_t at) const;
  bool isAt(int64_t at, char c) const { return at < length_ && chars_[at] == static_cast<Char>(c); }
  bool isDigitAt(int64_t at) const { return at < length_ && uint32_t(chars_[at]) - '0' < 10; }
  int64_t skipBlanks(int64_t at) const {
    while (at < length_ &&
           (chars_[at] == ' ' || chars_[at] == '\n' || chars_[at] == '\t' || chars_[at] == '\r'))
      ++at;
    return at;
  }
  int64_t skipDigits(int64_t at) const {
    while (isDigitAt(at))
      ++at;
    return at;
  }
  Raised fail(const char* message, int64_t at) { return raiseDecodeError(message, document_, at); }

  ScannerObject* scanner_;
  StrObject* document_;
  const Char* chars_;
  int64_t length_;
  bool strict_;
  KeyCache keys_;
};

template <class Char> bool Reader<Char>::has(std::string_view word, int64_t at) const {
  if (length_ - at < static_cast<int64_t>(word.size()))
    return false;
  for (size_t i = 0; i < word.size(); ++i)
    if (chars_[at + static_cast<int64_t>(i)] != static_cast<Char>(word[i]))
      return false;
  return true;
}

template <class Char> Ref Reader<Char>::key(int64_t at, int64_t& next) {
  if constexpr (sizeof(Char) == 1) {
    int64_t stop = at;
    while (stop < length_ && chars_[stop] != '"' && chars_[stop] != '\\' && chars_[stop] >= 32)
      ++stop;
    if (isAt(stop, '"')) {
      next = stop + 1;
      return keys_.find(document_, chars_, at, stop);
    }
  }
  return readString(document_, chars_, at, strict_, next);
}

/// Members up to the closing brace, into the dict or as tuples into the list. None, or null.
template <class Char>
Ref Reader<Char>::members(int64_t at, int64_t& next, DictObject* dict, ListObject* pairs) {
  at = skipBlanks(at);
  next = at + 1;
  if (isAt(at, '}'))
    return Ref::none();
  for (;;) {
    if (!isAt(at, '"'))
      return fail("Expecting property name enclosed in double quotes", at);
    PYC_TRY(name, key(at + 1, at));
    at = skipBlanks(at);
    if (!isAt(at, ':'))
      return fail("Expecting ':' delimiter", at);
    PYC_TRY(member, value(skipBlanks(at + 1), at));
    if (dict) {
      if (!dictSetStealing(dict, name, member.release()))
        return {};
    } else {
      PYC_TRY(pair, tupleOf(name.get(), member.get()));
      if (!listAppendStealing(pairs, pair.release()))
        return {};
    }
    int64_t comma = skipBlanks(at);
    next = comma + 1;
    if (isAt(comma, '}'))
      return Ref::none();
    if (!isAt(comma, ','))
      return fail("Expecting ',' delimiter", comma);
    at = skipBlanks(comma + 1);
    if (isAt(at, '}'))
      return fail("Illegal trailing comma before end of object", comma);
  }
}

template <class Char> Ref Reader<Char>::object(int64_t at, int64_t& next) {
  if (!checkRecursion(" while decoding a JSON object from a unicode string"))
    return {};
  bool asPairs = !scanner_->pairsHook.isNone();
  PYC_TRY(result, asPairs ? newList(0) : newDict());
  PYC_TRY(done, members(at, next, asPairs ? nullptr : asDict(result),
                        asPairs ? asList(result) : nullptr));
  if (asPairs)
    return call(scanner_->pairsHook, result);
  return scanner_->objectHook.isNone() ? std::move(result) : call(scanner_->objectHook, result);
}

template <class Char> Ref Reader<Char>::items(int64_t at, int64_t& next, ListObject* list) {
  at = skipBlanks(at);
  next = at + 1;
  if (isAt(at, ']'))
    return Ref::none();
  for (;;) {
    PYC_TRY(item, value(at, at));
    if (!listAppendStealing(list, item.release()))
      return {};
    int64_t comma = skipBlanks(at);
    next = comma + 1;
    if (isAt(comma, ']'))
      return Ref::none();
    if (!isAt(comma, ','))
      return fail("Expecting ',' delimiter", comma);
    at = skipBlanks(comma + 1);
    if (isAt(at, ']'))
      return fail("Illegal trailing comma before end of array", comma);
  }
}

template <class Char> Ref Reader<Char>::array(int64_t at, int64_t& next) {
  if (!checkRecursion(" while decoding a JSON array from a unicode string"))
    return {};
  PYC_TRY(list, newList(0));
  PYC_TRY(done, items(at, next, asList(list)));
  return scanner_->arrayHook.isNone() ? std::move(list) : call(scanner_->arrayHook, list);
}

template <class Char> Ref Reader<Char>::constant(std::string_view name, int64_t at, int64_t& next) {
  next = at + static_cast<int64_t>(name.size());
  PYC_TRY(text, makeStrAscii(name));
  return call(scanner_->parseConstant, text);
}

template <class Char> Ref Reader<Char>::wholeNumber(int64_t at, int64_t stop) {
  if (scanner_->parseInt == Value(&intType) && stop - at <= 18) {
    bool isNegative = isAt(at, '-');
    int64_t number = 0;
    for (int64_t i = at + isNegative; i < stop; ++i)
      number = number * 10 + (chars_[i] - '0');
    return makeInt(isNegative ? -number : number);
  }
  PYC_TRY(text, strSlice(document_, at, stop));
  return call(scanner_->parseInt, text);
}

template <class Char> Ref Reader<Char>::fraction(int64_t at, int64_t stop) {
  if (scanner_->parseFloat == Value(&floatType)) {
    std::string text(chars_ + at, chars_ + stop);
    double number;
    if (parseDouble(text, number))
      return makeFloat(number);
  }
  PYC_TRY(text, strSlice(document_, at, stop));
  return call(scanner_->parseFloat, text);
}

template <class Char> Ref Reader<Char>::number(int64_t at, int64_t& next) {
  int64_t stop = at + isAt(at, '-');
  if (!isDigitAt(stop))
    return raiseStopIteration(Value::fromInt(at));
  stop = isAt(stop, '0') ? stop + 1 : skipDigits(stop);
  int64_t whole = stop;
  if (isAt(stop, '.') && isDigitAt(stop + 1))
    stop = skipDigits(stop + 1);
  if (isAt(stop, 'e') || isAt(stop, 'E')) {
    int64_t digits = stop + 1 + (isAt(stop + 1, '+') || isAt(stop + 1, '-'));
    if (isDigitAt(digits))
      stop = skipDigits(digits);
  }
  next = stop;
  return stop == whole ? wholeNumber(at, stop) : fraction(at, stop);
}

template <class Char> Ref Reader<Char>::value(int64_t at, int64_t& next) {
  if (at >= length_)
    return raiseStopIteration(Value::fromInt(at));
  switch (chars_[at]) {
  case '"':
    return readString(document_, chars_, at + 1, strict_, next);
  case '{':
    return object(at + 1, next);
  case '[':
    return array(at + 1, next);
  case 'n':
    if (has("null", at)) {
      next = at + 4;
      return Ref::none();
    }
    break;
  case 't':
    if (has("true", at)) {
      next = at + 4;
      return Ref::boolean(true);
    }
    break;
  case 'f':
    if (has("false", at)) {
      next = at + 5;
      return Ref::boolean(false);
    }
    break;
  case 'N':
    if (has("NaN", at))
      return constant("NaN", at, next);
    break;
  case 'I':
    if (has("Infinity", at))
      return constant("Infinity", at, next);
    break;
  case '-':
    if (has("-Infinity", at))
      return constant("-Infinity", at, next);
    break;
  }
  return number(at, next);
}

// The type.

void dealloc(Object* self) {
  reinterpret_cast<ScannerObject*>(self)->each([](Value& value) { decrefMaybe(value); });
  freeObject(self);
}

void traverse(Object* self, Visitor& visitor) {
  reinterpret_cast<ScannerObject*>(self)->each([&](Value& value) {
    if (value)
      visitor.visit(value);
  });
}

void clear(Object* self) {
  reinterpret_cast<ScannerObject*>(self)->each(
      [](Value& value) { setField(value, Value::none()); });
}

bool takeSetting(Value context, const char* name, Value& field) {
  PYC_TRY(setting, getAttr(context, internLiteral(name)));
  setField(field, std::move(setting));
  return true;
}

Ref create(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("make_scanner(context)");
  Value context;
  if (!signature.bind(args, argc, kwnames, &context))
    return {};
  Ref self = Ref::steal(allocObject(type));
  if (!self)
    return {};
  auto* scanner = self.as<ScannerObject>();
  bool strict;
  if (!takeSetting(context, "strict", scanner->strict) || !truth(scanner->strict, strict))
    return {};
  setField(scanner->strict, Value::fromBool(strict));
  if (!takeSetting(context, "object_hook", scanner->objectHook) ||
      !takeSetting(context, "object_pairs_hook", scanner->pairsHook) ||
      !takeSetting(context, "array_hook", scanner->arrayHook) ||
      !takeSetting(context, "parse_float", scanner->parseFloat) ||
      !takeSetting(context, "parse_int", scanner->parseInt) ||
      !takeSetting(context, "parse_constant", scanner->parseConstant))
    return {};
  return self;
}

Ref callSlot(Value callee, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("scan_once(string, idx)");
  Value bound[2];
  int64_t at = 0, next = 0;
  if (!signature.bind(args, argc, kwnames, bound) || !sizeArg(bound[1], at))
    return {};
  if (!isStr(bound[0]))
    return raise(typeErrorType, "first argument must be a string, not %T", bound[0]);
  if (at < 0)
    return raise(valueErrorType, "idx cannot be negative");
  StrObject* document = asStr(bound[0]);
  PYC_TRY(value, withChars(document, [&](auto* chars) {
            return Reader(callee.as<ScannerObject>(), document, chars).value(at, next);
          }));
  return tupleOf(value.get(), Value::fromInt(next));
}

constexpr MemberDef kMembers[] = {
    {"strict", offsetof(ScannerObject, strict), MemberDef::ReadOnly, "strict"},
    {"object_hook", offsetof(ScannerObject, objectHook), MemberDef::ReadOnly, "object_hook"},
    {"object_pairs_hook", offsetof(ScannerObject, pairsHook), MemberDef::ReadOnly},
    {"array_hook", offsetof(ScannerObject, arrayHook), MemberDef::ReadOnly},
    {"parse_float", offsetof(ScannerObject, parseFloat), MemberDef::ReadOnly, "parse_float"},
    {"parse_int", offsetof(ScannerObject, parseInt), MemberDef::ReadOnly, "parse_int"},
    {"parse_constant", offsetof(ScannerObject, parseConstant), MemberDef::ReadOnly,
     "parse_constant"},
};

} // namespace

constinit TypeObject scannerType = {
    .name = "_json.Scanner",
    .base = &objectType,
    .basicSize = sizeof(ScannerObject),
    .flags = kTypeBuiltin | kTypeBase | kTypeCollected,
    .members = kMembers,
    .doc = "JSON scanner object",
    .slots = {.dealloc = dealloc,
              .traverse = traverse,
              .clear = clear,
              .call = callSlot,
              .create = create},
};

} // namespace pyc::rt::json
