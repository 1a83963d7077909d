// Methods of str about letter case, and the tests of all its characters (isalpha, ...).
#include "runtime/base/unicode/unicode.h"
#include "runtime/objects/str_methods.h"

namespace pyc::rt::str_methods {

namespace {

// ASCII: a str that would come out the same is returned itself.

template <uint8_t kFirst> bool isInRange(uint8_t c) {
  return static_cast<uint8_t>(c - kFirst) < 26;
}

/// Changes the case of the letters that begin at kFirst ('A' or 'a').
template <uint8_t kFirst> Ref changeAscii(StrObject* str) {
  const uint8_t* in = str->data();
  int64_t length = str->length;
  bool changes = false;
  for (int64_t i = 0; i < length; ++i)
    changes |= isInRange<kFirst>(in[i]);
  if (!changes)
    return exactStr(str);
  if (length == 1)
    return makeStrChar(in[0] ^ 0x20);
  StrObject* result = allocStr(length, StrKind::Ascii);
  if (!result)
    return {};
  uint8_t* out = result->data();
  for (int64_t i = 0; i < length; ++i)
    out[i] = static_cast<uint8_t>(in[i] ^ (isInRange<kFirst>(in[i]) ? 0x20 : 0));
  return Ref::steal(&result->header);
}

bool isAsciiLetter(uint8_t c) {
  return isInRange<'a'>(c | 0x20);
}

/// Applies change(character, whether the one before is a letter) to each character.
template <class Change> Ref mapAscii(StrObject* str, Change change) {
  if (str->length <= 1)
    return str->length == 0 ? newRef(names::empty) : makeStrChar(change(str->data()[0], false));
  StrObject* result = allocStr(str->length, StrKind::Ascii);
  if (!result)
    return {};
  const uint8_t* in = str->data();
  uint8_t* out = result->data();
  bool afterLetter = false;
  for (int64_t i = 0; i < str->length; ++i) {
    out[i] = change(in[i], afterLetter);
    afterLetter = isAsciiLetter(in[i]);
  }
  return Ref::steal(&result->header);
}

uint8_t asciiLower(uint8_t c) {
  return static_cast<uint8_t>(c ^ (isInRange<'A'>(c) ? 0x20 : 0));
}
uint8_t asciiUpper(uint8_t c) {
  return static_cast<uint8_t>(c ^ (isInRange<'a'>(c) ? 0x20 : 0));
}

// All of Unicode.

void append(StrBuilder& out, const CaseMapping& mapping) {
  for (unsigned i = 0; i < mapping.count; ++i)
    out.appendChar(mapping.codes[i]);
}

constexpr uint32_t kCapitalSigma = 0x3A3;
constexpr uint32_t kSmallSigma = 0x3C3;
constexpr uint32_t kFinalSigma = 0x3C2;

/// Whether the capital sigma at `place` ends a word: then its small form is another.
bool isFinalSigma(const StrObject* str, int64_t place) {
  int64_t i = place - 1;
  while (i >= 0 && hasUnicodeFlag(str->at(i), kUnicodeCaseIgnorable))
    --i;
  if (i < 0 || !hasUnicodeFlag(str->at(i), kUnicodeCased))
    return false;
  i = place + 1;
  while (i < str->length && hasUnicodeFlag(str->at(i), kUnicodeCaseIgnorable))
    ++i;
  return i == str->length || !hasUnicodeFlag(str->at(i), kUnicodeCased);
}

void appendLower(StrBuilder& out, const StrObject* str, int64_t i) {
  uint32_t c = str->at(i);
  if (c == kCapitalSigma)
    out.appendChar(isFinalSigma(str, i) ? kFinalSigma : kSmallSigma);
  else
    append(out, unicodeLower(c));
}

template <class Append> Ref mapUnicode(StrObject* str, Append appendChar) {
  StrBuilder out;
  out.reserve(str->length);
  for (int64_t i = 0; i < str->length; ++i)
    appendChar(out, i, str->at(i));
  return out.finish();
}

} // namespace

Ref lower(const Value* args) {
  StrObject* str = asStr(args[0]);
  if (PYC_LIKELY(str->isAscii()))
    return changeAscii<'A'>(str);
  return mapUnicode(str, [&](StrBuilder& out, int64_t i, uint32_t) { appendLower(out, str, i); });
}

Ref upper(const Value* args) {
  StrObject* str = asStr(args[0]);
  if (PYC_LIKELY(str->isAscii()))
    return changeAscii<'a'>(str);
  return mapUnicode(str,
                    [](StrBuilder& out, int64_t, uint32_t c) { append(out, unicodeUpper(c)); });
}

Ref casefold(const Value* args) {
  StrObject* str = asStr(args[0]);
  if (PYC_LIKELY(str->isAscii()))
    return changeAscii<'A'>(str);
  return mapUnicode(str, [](StrBuilder& out, int64_t, uint32_t c) { append(out, unicodeFold(c)); });
}

Ref swapcase(const Value* args) {
  StrObject* str = asStr(args[0]);
  if (PYC_LIKELY(str->isAscii()))
    return mapAscii(
        str, [](uint8_t c, bool) { return static_cast<uint8_t>(isAsciiLetter(c) ? c ^ 0x20 : c); });
  return mapUnicode(str, [&](StrBuilder& out, int64_t i, uint32_t c) {
    if (hasUnicodeFlag(c, kUnicodeUpper))
      appendLower(out, str, i);
    else if (hasUnicodeFlag(c, kUnicodeLower))
      append(out, unicodeUpper(c));
    else
      out.appendChar(c);
  });
}

Ref capitalize(const Value* args) {
  StrObject* str = asStr(args[0]);
  if (PYC_LIKELY(str->isAscii())) {
    bool isFirst = true;
    return mapAscii(str, [&](uint8_t c, bool) {
      return std::exchange(isFirst, false) ? asciiUpper(c) : asciiLower(c);
    });
  }
  return mapUnicode(str, [&](StrBuilder& out, int64_t i, uint32_t c) {
    if (i == 0)
      append(out, unicodeTitle(c));
    else
      appendLower(out, str, i);
  });
}

Ref title(const Value* args) {
  StrObject* str = asStr(args[0]);
  if (PYC_LIKELY(str->isAscii()))
    return mapAscii(str, [](uint8_t c, bool afterLetter) {
      return afterLetter ? asciiLower(c) : asciiUpper(c);
    });
  bool afterCased = false;
  return mapUnicode(str, [&](StrBuilder& out, int64_t i, uint32_t c) {
    if (afterCased)
      appendLower(out, str, i);
    else
      append(out, unicodeTitle(c));
    afterCased = hasUnicodeFlag(c, kUnicodeCased);
  });
}

// Tests of all characters.

namespace {

/// Whether there are characters and all have one of the flags.
Ref allHave(const Value* args, unsigned flags) {
  StrObject* str = asStr(args[0]);
  return Ref::boolean(str->length != 0 && withChars(str, [&](auto* chars) {
                        for (int64_t i = 0; i < str->length; ++i) {
                          if (!hasUnicodeFlag(chars[i], flags))
                            return false;
                        }
                        return true;
                      }));
}

/// Whether there is a character with `wanted` and none with `forbidden`.
Ref someHave(const Value* args, unsigned wanted, unsigned forbidden) {
  StrObject* str = asStr(args[0]);
  return Ref::boolean(withChars(str, [&](auto* chars) {
    bool found = false;
    for (int64_t i = 0; i < str->length; ++i) {
      if (hasUnicodeFlag(chars[i], forbidden))
        return false;
      found |= hasUnicodeFlag(chars[i], wanted);
    }
    return found;
  }));
}

} // namespace

Ref isalnum(const Value* args) {
  return allHave(args, kUnicodeAlpha | kUnicodeDecimal | kUnicodeDigit | kUnicodeNumeric);
}
Ref isalpha(const Value* args) {
  return allHave(args, kUnicodeAlpha);
}
Ref isdecimal(const Value* args) {
  return allHave(args, kUnicodeDecimal);
}
Ref isdigit(const Value* args) {
  return allHave(args, kUnicodeDigit);
}
Ref isnumeric(const Value* args) {
  return allHave(args, kUnicodeNumeric);
}
Ref isspace(const Value* args) {
  return allHave(args, kUnicodeSpace);
}
Ref islower(const Value* args) {
  return someHave(args, kUnicodeLower, kUnicodeUpper | kUnicodeTitle);
}
Ref isupper(const Value* args) {
  return someHave(args, kUnicodeUpper, kUnicodeLower | kUnicodeTitle);
}
Ref isascii(const Value* args) {
  return Ref::boolean(asStr(args[0])->isAscii());
}
Ref isprintable(const Value* args) {
  return asStr(args[0])->length == 0 ? Ref::boolean(true) : allHave(args, kUnicodePrintable);
}

Ref istitle(const Value* args) {
  StrObject* str = asStr(args[0]);
  bool found = false, afterCased = false;
  for (int64_t i = 0; i < str->length; ++i) {
    uint32_t c = str->at(i);
    if (hasUnicodeFlag(c, kUnicodeUpper | kUnicodeTitle)) {
      if (afterCased)
        return Ref::boolean(false);
      found = afterCased = true;
    } else if (hasUnicodeFlag(c, kUnicodeLower)) {
      if (!afterCased)
        return Ref::boolean(false);
      found = true;
    } else {
      afterCased = false;
    }
  }
  return Ref::boolean(found);
}

Ref isidentifier(const Value* args) {
  StrObject* str = asStr(args[0]);
  if (str->length == 0 || !hasUnicodeFlag(str->at(0), kUnicodeIdStart))
    return Ref::boolean(false);
  for (int64_t i = 1; i < str->length; ++i) {
    if (!hasUnicodeFlag(str->at(i), kUnicodeIdContinue))
      return Ref::boolean(false);
  }
  return Ref::boolean(true);
}

} // namespace pyc::rt::str_methods
