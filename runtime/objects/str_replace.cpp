// str.replace and str.translate.
#include "runtime/objects/dict.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str_methods.h"
#include "runtime/objects/str_needle.h"
#include "runtime/objects/text_places.h"

#include <algorithm>

namespace pyc::rt {

namespace {

bool findPlaces(const StrObject* str, const StrObject* old, int64_t limit, Places& places) {
  return withNeedle(str, old, true, [&](auto* chars, auto* needle) {
    return findPlaces(chars, str->length, needle, old->length, limit, places);
  });
}

/// The result's length, or -1 with OverflowError.
int64_t replacedLength(const StrObject* str, int64_t removed, int64_t added, int64_t count) {
  int64_t growth, length;
  if (__builtin_mul_overflow(added - removed, count, &growth) ||
      __builtin_add_overflow(str->length, growth, &length)) {
    raise(overflowErrorType, "replace string is too long");
    return -1;
  }
  return length;
}

/// A str that was filled in a kind that may be wider than it needs.
Ref narrowed(Ref result) {
  auto* str = result.as<StrObject>();
  return makeStrWide(str->data(), str->length, str->width());
}

/// Between all characters (an empty old text).
Ref interleave(StrObject* str, StrObject* inserted, int64_t limit) {
  int64_t count = std::min(limit, str->length + 1);
  int64_t length = replacedLength(str, 0, inserted->length, count);
  if (length < 0)
    return {};
  StrObject* result = allocStr(length, widerKind(str->kind(), inserted->kind()));
  if (!result)
    return {};
  Ref owner = Ref::steal(&result->header);
  int64_t at = 0;
  for (int64_t i = 0; i < count; ++i) {
    copyIntoStr(result, at, inserted, 0, inserted->length);
    at += inserted->length;
    if (i < str->length)
      copyIntoStr(result, at++, str, i, 1);
  }
  if (count < str->length)
    copyIntoStr(result, at, str, count, str->length - count);
  return owner;
}

/// One character for another of a kind that str's width holds, everywhere.
Ref exchangeChars(StrObject* str, uint32_t from, uint32_t to, StrKind kind) {
  StrObject* result = allocStr(str->length, kind);
  if (!result)
    return {};
  withChars(result, [&](auto* out) {
    using Char = std::remove_pointer_t<decltype(out)>;
    const Char* in = str->data<Char>();
    for (int64_t i = 0; i < str->length; ++i)
      out[i] = in[i] == from ? static_cast<Char>(to) : in[i];
  });
  return Ref::steal(&result->header);
}

Ref replaceAt(StrObject* str, StrObject* old, StrObject* replacement, const Places& places,
              StrKind kind) {
  int64_t length = replacedLength(str, old->length, replacement->length, places.count());
  if (length < 0)
    return {};
  if (length == 0)
    return newRef(names::empty);
  StrObject* result = allocStr(length, kind);
  if (!result)
    return {};
  int64_t at = 0, done = 0;
  for (int64_t i = 0; i < places.count(); ++i) {
    copyIntoStr(result, at, str, done, places[i] - done);
    at += places[i] - done;
    copyIntoStr(result, at, replacement, 0, replacement->length);
    at += replacement->length;
    done = places[i] + old->length;
  }
  copyIntoStr(result, at, str, done, str->length - done);
  return Ref::steal(&result->header);
}

Ref replaceText(StrObject* str, StrObject* old, StrObject* replacement, int64_t limit) {
  if (limit == 0 || old->length > str->length || old->kind() > str->kind())
    return exactStr(str);
  if (old->length == 0)
    return replacement->length == 0 ? exactStr(str) : interleave(str, replacement, limit);
  // The replacement appears in the result, so its kind is needed. Where all of str's widest
  // characters may be gone, the result is measured afterwards.
  StrKind kind = widerKind(str->kind(), replacement->kind());
  bool mayNarrow = old->kind() == str->kind() && replacement->kind() < str->kind();
  if (old->length == 1 && replacement->length == 1 && limit >= str->length &&
      replacement->width() <= str->width()) {
    if (findInStr(str, old, {0, str->length}, text::kForward) < 0)
      return exactStr(str);
    Ref result = exchangeChars(str, old->at(0), replacement->at(0), kind);
    return result && (mayNarrow || str->length == 1) ? narrowed(std::move(result))
                                                     : std::move(result);
  }
  Places places;
  if (!findPlaces(str, old, limit, places))
    return {};
  if (places.count() == 0)
    return exactStr(str);
  Ref result = replaceAt(str, old, replacement, places, kind);
  if (result && (mayNarrow || result.as<StrObject>()->length == 1))
    return narrowed(std::move(result));
  return result;
}

} // namespace

namespace str_methods {

Ref replace(const Value* args) {
  if (!strArg("replace", 1, args[1]) || !strArg("replace", 2, args[2]))
    return {};
  int64_t limit = -1;
  if (!sizeArg(args[3], limit))
    return {};
  return replaceText(asStr(args[0]), asStr(args[1]), asStr(args[2]), limit < 0 ? INT64_MAX : limit);
}

// translate.

namespace {

/// What a table says of a code point: null for "keep it" (none found), or an int, None or a str.
bool lookUp(Value table, uint32_t codePoint, Ref& result) {
  Value key = Value::fromInt(codePoint);
  if (hasShape(table, kShapeDict))
    return dictGet(asDict(table), key, result);
  result = getItem(table, key);
  return result || catchRaised(lookupErrorType);
}

bool appendTranslated(StrBuilder& out, uint32_t codePoint, Value mapped) {
  if (!mapped) {
    out.appendChar(codePoint);
    return true;
  }
  if (isInteger(mapped)) {
    int64_t code;
    if (!intFits64(mapped, code) || code < 0 || code > 0x10FFFF)
      return raise(valueErrorType, "character mapping must be in range(0x110000)");
    out.appendChar(static_cast<uint32_t>(code));
    return true;
  }
  if (isStr(mapped))
    out.append(mapped);
  else if (!mapped.isNone())
    return raise(typeErrorType, "character mapping must return integer, None or str");
  return true;
}

} // namespace

Ref translate(const Value* args) {
  StrObject* str = asStr(args[0]);
  StrBuilder out;
  if (str->isAscii())
    out.reserve(str->length);
  // What the table said of each ASCII character, once asked: a table is a mapping, not a generator.
  Ref answers[128];
  bool asked[128] = {};
  for (int64_t i = 0; i < str->length; ++i) {
    uint32_t c = str->at(i);
    if (c < 128) {
      if (!asked[c] && !lookUp(args[1], c, answers[c]))
        return {};
      asked[c] = true;
      if (!appendTranslated(out, c, answers[c]))
        return {};
      continue;
    }
    Ref answer;
    if (!lookUp(args[1], c, answer) || !appendTranslated(out, c, answer))
      return {};
  }
  return out.finish();
}

// maketrans.

namespace {

Ref mapFromDict(Value mapping) {
  if (!isDict(mapping))
    return raise(typeErrorType, "if you give only one argument to maketrans it must be a dict");
  PYC_TRY(result, newDict());
  Value key, value;
  for (int64_t position = 0; dictNext(asDict(mapping), position, key, value);) {
    Value code = key;
    if (isStr(key)) {
      if (asStr(key)->length != 1)
        return raise(valueErrorType, "string keys in translatetable must be of length 1");
      code = Value::fromInt(asStr(key)->at(0));
    } else if (!isInteger(key)) {
      return raise(typeErrorType, "keys in translate table mustbe strings or integers");
    }
    if (!dictSet(result.as<DictObject>(), code, value))
      return {};
  }
  return result;
}

Ref mapFromTexts(StrObject* from, StrObject* to, Value removed) {
  if (from->length != to->length)
    return raise(valueErrorType, "the first two maketrans arguments must have equal length");
  PYC_TRY(result, newDict());
  auto* dict = result.as<DictObject>();
  for (int64_t i = 0; i < from->length; ++i) {
    if (!dictSet(dict, Value::fromInt(from->at(i)), Value::fromInt(to->at(i))))
      return {};
  }
  if (removed) {
    StrObject* chars = asStr(removed);
    for (int64_t i = 0; i < chars->length; ++i) {
      if (!dictSet(dict, Value::fromInt(chars->at(i)), Value::none()))
        return {};
    }
  }
  return result;
}

} // namespace

Ref maketrans(const Value* args) {
  if (!args[1])
    return mapFromDict(args[0]);
  if (!strArg("maketrans", 2, args[1]) || (args[2] && !strArg("maketrans", 3, args[2])))
    return {};
  if (!isStr(args[0]))
    return raise(typeErrorType, "first maketrans argument must be a string if there is a second "
                                "argument");
  return mapFromTexts(asStr(args[0]), asStr(args[1]), args[2]);
}

} // namespace str_methods
} // namespace pyc::rt
