// str: PEP 393-like. Code points of 1, 2 or 4 bytes each, all of one width, as narrow as the widest
// code point needs; hashed once; immutable. Interned strings are immortal and compare by identity.
//
// Shared objects, so that identity may be tested: the empty string (names::empty) and every string
// of one character below 256 (latin1Char) exist once; all of them are static and interned.
//
// Memory: 32 bytes, the code points, one zero code point. The kind (ASCII, Latin-1, UCS-2, UCS-4)
// lies in the header's flags. Exact strs are plain mimalloc blocks.
#pragma once

#include "runtime/objects/type.h"

#include <string>
#include <string_view>

namespace pyc::rt {

/// Width of the code points, and whether all are below 128. A str has the lowest kind that can hold
/// it.
enum class StrKind : uint8_t {
  Ascii,  // 1 byte each; the data is UTF-8 as well
  Latin1, // 1 byte each, at least one from 128 up
  Ucs2,   // 2 bytes each, at least one from 256 up
  Ucs4,   // 4 bytes each, at least one from 65536 up
};

inline constexpr unsigned kStrKindShift = 6; // in Object::flags
inline constexpr uint8_t kStrInterned = kObjectUserFlag;

struct StrObject {
  Object header;
  int64_t length;   // code points
  int64_t hashCode; // 0: not computed yet
  // data follows, then one zero code point

  StrKind kind() const { return static_cast<StrKind>(header.flags >> kStrKindShift); }
  /// Bytes a code point: 1, 2, 4.
  unsigned width() const {
    unsigned kind = header.flags >> kStrKindShift;
    return (1u << kind >> 1) | (kind == 0);
  }
  bool isAscii() const { return header.flags < (1u << kStrKindShift); }
  /// Width 1.
  bool isNarrow() const { return header.flags < (2u << kStrKindShift); }
  bool isInterned() const { return (header.flags & kStrInterned) != 0; }

  template <class Char = uint8_t> Char* data() { return reinterpret_cast<Char*>(this + 1); }
  template <class Char = uint8_t> const Char* data() const {
    return reinterpret_cast<const Char*>(this + 1);
  }
  /// Bytes of the code points, without the zero at the end.
  size_t dataBytes() const { return static_cast<size_t>(length) * width(); }
  uint32_t at(int64_t i) const {
    if (PYC_LIKELY(isNarrow()))
      return data<uint8_t>()[i];
    return kind() == StrKind::Ucs2 ? data<uint16_t>()[i] : data<uint32_t>()[i];
  }
  /// Only of an ASCII string.
  std::string_view asciiView() const {
    return {reinterpret_cast<const char*>(this + 1), static_cast<size_t>(length)};
  }
};
static_assert(sizeof(StrObject) == 32);

inline StrObject* asStr(Value value) {
  return value.as<StrObject>();
}
/// Exactly str, no subclass.
inline bool isExactStr(Value value) {
  return hasShape(value, kShapeStr);
}

/// Reads PYTHONHASHSEED and sets the hash key. Once, before any str is hashed.
void initStrings();

// Making strings. Every function returns a null Ref (or nullptr) with MemoryError when memory is
// out.

/// From UTF-8 in which lone surrogates may stand as three bytes (WTF-8). Must be well-formed.
Ref makeStr(std::string_view utf8);
/// From bytes that are all below 128.
Ref makeStrAscii(std::string_view ascii);
/// Latin-1 and single code points; one-character strings below 256 are shared.
Ref makeStrLatin1(const uint8_t* text, int64_t length);
Ref makeStrChar(uint32_t codePoint);
/// From code points of a width, narrowed as needed.
Ref makeStrWide(const void* text, int64_t length, unsigned width);
/// Uninitialised string (the zero at its end is there) of the kind that maxCodePoint asks for,
/// which must not be wider than needed once it is filled. For length 0 and one narrow character use
/// the shared objects instead.
StrObject* newStr(int64_t length, uint32_t maxCodePoint);
/// An exact str with the same text: `str` itself unless it is of a subclass.
Ref exactStr(StrObject* str);

// Interning. Interned strings live as long as the process.

/// The interned string with the same text. `str` must be a str; a subclass's instance is copied.
Ref intern(Value str);
/// As intern, borrowed (the result is immortal); null with MemoryError.
StrObject* internStr(StrObject* str);
StrObject* internLiteral(std::string_view ascii);
/// The interned string with the same text, or null when there is none: then nothing can be known by
/// this name.
StrObject* findInterned(StrObject* str);

// UTF-8.

/// UTF-8 (WTF-8 for surrogates); the view of an ASCII string needs no copy, others use `storage`.
std::string_view utf8View(Value str, std::string& storage);
/// Appends as UTF-8; UnicodeEncodeError for lone surrogates.
bool toUtf8(Value str, std::string& out);
/// Appends one code point as UTF-8 (WTF-8 for a surrogate).
void appendUtf8(std::string& out, uint32_t codePoint);

// Comparing and hashing.

bool strEqualsSlow(const StrObject* a, const StrObject* b);
inline bool strEquals(const StrObject* a, const StrObject* b) {
  if (a == b)
    return true;
  constexpr uint8_t kKindBits = 3u << kStrKindShift;
  if (a->length != b->length || ((a->header.flags ^ b->header.flags) & kKindBits) != 0 ||
      (a->header.flags & b->header.flags & kStrInterned) != 0)
    return false;
  return strEqualsSlow(a, b);
}
bool strEquals(const StrObject* a, std::string_view ascii);
/// Negative, zero, positive: by code points.
int strCompare(const StrObject* a, const StrObject* b);
int64_t strHashSlow(StrObject* str);
/// Equal to CPython's for the same PYTHONHASHSEED. Never -1.
inline int64_t strHash(StrObject* str) {
  int64_t hash = __atomic_load_n(&str->hashCode, __ATOMIC_RELAXED);
  return PYC_LIKELY(hash != 0) ? hash : strHashSlow(str);
}
/// Hash of a block of bytes, as of bytes objects.
int64_t hashBytes(const void* bytes, size_t size);
/// SipHash-1-3 under a key of the caller's, the same in every process.
uint64_t keyedHash(uint64_t key, const void* bytes, size_t size);

// Putting together and taking apart.

/// `a + b`; TypeError as CPython's when b is no str.
Ref strConcat(Value a, Value b);
/// `a + b` that may reuse a's memory when the caller holds the only reference (s += t). Consumes a.
Ref strAppend(Ref a, Value b);
/// Code points [start, stop), clipped to the string.
Ref strSlice(StrObject* str, int64_t start, int64_t stop);
Ref strRepeat(StrObject* str, int64_t count);
Ref strJoin(StrObject* separator, Value iterable);
/// Concatenation of strs and of the texts of small ints (f-strings).
Ref strJoinParts(const Value* parts, size_t count);
/// Concatenation with a separator between; all must be strs.
Ref strJoinArray(StrObject* separator, const Value* parts, size_t count);
/// Index of `needle` in str[start, stop), or -1. Bounds are clipped.
int64_t strFind(const StrObject* str, const StrObject* needle, int64_t start, int64_t stop);
/// repr() of a str: quoted and escaped.
Ref strRepr(StrObject* str);
/// ascii() of a str's repr: every character above 127 of `str` escaped.
Ref strAscii(StrObject* str);
/// `format % args`.
Ref strPercent(StrObject* format, Value args);
/// `format % (items)`, without a tuple where none is needed.
Ref strPercentItems(StrObject* format, const Value* items, size_t count);

/// Grows a str piece by piece. Keeps the text in the kind that it needs so far; not for sharing
/// between threads. Memory trouble is reported by finish().
class StrBuilder {
public:
  StrBuilder() = default;
  StrBuilder(const StrBuilder&) = delete;
  StrBuilder& operator=(const StrBuilder&) = delete;
  ~StrBuilder();

  /// UTF-8, WTF-8 for surrogates; must be well-formed.
  void append(std::string_view utf8);
  void append(Value str) { append(asStr(str)); }
  void append(const StrObject* str) { append(str, 0, str->length); }
  /// Code points [start, stop) of str; the bounds must be right.
  void append(const StrObject* str, int64_t start, int64_t stop);
  void appendChar(uint32_t codePoint) {
    if (PYC_LIKELY(codePoint <= limit_ && used_ < capacity_))
      put(used_++, codePoint);
    else
      appendCharSlow(codePoint);
  }
  void appendRepeated(uint32_t codePoint, int64_t count);
  int64_t length() const { return used_; }
  /// Makes room for so many code points more, up to maxCodePoint. False when memory is out.
  bool reserve(int64_t more, uint32_t maxCodePoint = 127);
  /// The str; the builder is empty afterwards. Null with MemoryError.
  Ref finish();

private:
  void put(int64_t i, uint32_t codePoint) {
    if (PYC_LIKELY(limit_ < 256))
      str_->data<uint8_t>()[i] = static_cast<uint8_t>(codePoint);
    else if (limit_ < 65536)
      str_->data<uint16_t>()[i] = static_cast<uint16_t>(codePoint);
    else
      str_->data<uint32_t>()[i] = codePoint;
  }
  void appendCharSlow(uint32_t codePoint);
  StrObject* small() { return reinterpret_cast<StrObject*>(small_); }
  void drop();

  static constexpr int64_t kSmall = 127;
  /// Short narrow text grows here and is copied once, when its length is known. No object: of its
  /// header only the kind is set.
  alignas(StrObject) char small_[sizeof(StrObject) + kSmall + 1];
  StrObject* str_ = nullptr; // its kind is that of limit_
  int64_t used_ = 0;
  int64_t capacity_ = 0;
  uint32_t limit_ = 0; // widest code point that str_'s kind may hold; 0: nothing yet
  bool failed_ = false;
};

// Static strings.

/// A str with its text behind it, for static objects.
template <size_t Size> struct StaticStr {
  StrObject str;
  char text[Size]; // with the zero
};

/// An interned static str. The text is a literal of ASCII characters.
template <size_t Size> consteval StaticStr<Size> makeStaticStr(const char (&text)[Size]) {
  StaticStr<Size> result{{immortalObject(kShapeStr), static_cast<int64_t>(Size - 1), 0}, {}};
  result.str.header.flags = kStrInterned;
  for (size_t i = 0; i < Size; ++i)
    result.text[i] = text[i];
  return result;
}

/// The strings of one character below 256.
struct Latin1Table {
  StaticStr<2> chars[256];
};
extern "C" Latin1Table pycLatin1;
inline StrObject* latin1Char(unsigned character) {
  return &pycLatin1.chars[character].str;
}

/// Storage of the well-known names.
struct NameTable {
#define PYC_NAME(id) StaticStr<sizeof(#id)> id;
#define PYC_NAME_AS(id, text) StaticStr<sizeof(text)> id;
#include "runtime/objects/names.def"
#undef PYC_NAME
#undef PYC_NAME_AS
};
extern "C" NameTable pycNames;

/// Well-known interned names, as static objects: names::__init__ and so on (names.def).
namespace names {
#define PYC_NAME(id) inline constexpr StrObject* id = &pycNames.id.str;
#define PYC_NAME_AS(id, text) PYC_NAME(id)
#include "runtime/objects/names.def"
#undef PYC_NAME
#undef PYC_NAME_AS
inline constexpr StrObject* space = &pycLatin1.chars[' '].str;
inline constexpr StrObject* newline = &pycLatin1.chars['\n'].str;
inline constexpr StrObject* dot = &pycLatin1.chars['.'].str;
} // namespace names

} // namespace pyc::rt
