// str: PEP 393-like. Code points of 1, 2 or 4 bytes each, all of one width, as narrow as the widest
// code point needs; hashed once; immutable. Interned strings compare by identity.
#pragma once

#include "runtime/objects/type.h"

#include <string>
#include <string_view>

namespace pyc::rt {

struct StrObject {
  Object header;
  int64_t length; // code points
  int64_t hashCode; // 0: not computed yet
  uint8_t width;  // bytes a code point: 1, 2, 4
  bool ascii;     // every code point below 128: the data is UTF-8 as well
  bool interned;
  // data follows, then one zero code point

  template <class Char = uint8_t> Char* data() { return reinterpret_cast<Char*>(this + 1); }
  template <class Char = uint8_t> const Char* data() const { return reinterpret_cast<const Char*>(this + 1); }
  uint32_t at(int64_t i) const {
    return width == 1 ? data<uint8_t>()[i] : width == 2 ? data<uint16_t>()[i] : data<uint32_t>()[i];
  }
};

inline StrObject* asStr(Value value) { return value.as<StrObject>(); }

/// From UTF-8 in which lone surrogates may stand as three bytes (WTF-8). Must be well-formed.
Ref makeStr(std::string_view utf8);
/// Latin-1 and single code points; one-character strings below 256 are shared.
Ref makeStrLatin1(const uint8_t* text, int64_t length);
Ref makeStrChar(uint32_t codePoint);
/// From code points of a width, narrowed as needed.
Ref makeStrWide(const void* text, int64_t length, unsigned width);
/// Uninitialised string of a width, for the caller to fill; ascii is set from maxCodePoint.
StrObject* newStr(int64_t length, uint32_t maxCodePoint);
/// Interned; immortal when made from a literal of the runtime.
Ref intern(Value str);
StrObject* internLiteral(std::string_view ascii);
/// UTF-8 (WTF-8 for surrogates); the view of an ASCII string needs no copy, others use `storage`.
std::string_view utf8View(Value str, std::string& storage);
/// As UTF-8; UnicodeEncodeError for lone surrogates.
bool toUtf8(Value str, std::string& out);
bool strEquals(const StrObject* a, const StrObject* b);
bool strEquals(const StrObject* a, std::string_view ascii);
int strCompare(const StrObject* a, const StrObject* b);
int64_t strHash(StrObject* str);
Ref strConcat(Value a, Value b);
/// `a + b` that may reuse a's memory when the caller holds the only reference (s += t). Consumes a.
Ref strAppend(Ref a, Value b);
Ref strSlice(StrObject* str, int64_t start, int64_t stop);
Ref strJoin(StrObject* separator, Value iterable);
/// Concatenation of `count` strings (f-strings).
Ref strJoinArray(const Value* parts, size_t count);

/// Grows a str piece by piece.
class StrBuilder {
public:
  void append(std::string_view utf8) { text_ += utf8; }
  void append(Value str);
  void appendChar(uint32_t codePoint);
  Ref finish() { return makeStr(text_); }
  std::string& text() { return text_; }

private:
  std::string text_; // WTF-8
};

/// Well-known interned names, as static objects: names::__init__ and so on (names.def).
namespace names {
#define PYC_NAME(id) extern StrObject* const id;
#define PYC_NAME_AS(id, text) extern StrObject* const id;
#include "runtime/objects/names.def"
#undef PYC_NAME
#undef PYC_NAME_AS
} // namespace names

} // namespace pyc::rt
