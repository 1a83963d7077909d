// The code image: one module's uop code as flat bytes, position-independent and read in place.
// The frontend writes it; the runtime runs it straight from an executable's read-only data; the
// compiler imports it. All offsets are bytes from the image's start; the image is 8-byte aligned;
// little-endian. Strings are shared within an image.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace pyc::uop {

inline constexpr uint32_t kImageMagic = 0x43505950; // "PYPC"
inline constexpr uint32_t kImageVersion = 2;

struct ImageHeader {
  uint32_t magic;
  uint32_t version;
  uint32_t size;      // of the whole image, bytes
  uint32_t root;      // offset of the module's CodeRecord
  uint32_t codeCount; // all code records, nested ones included
  uint32_t codes;     // offset of uint32_t[codeCount]: offsets of the records, outer before inner
  uint64_t hash;      // of everything behind the header
};

/// A string: UTF-8, in which lone surrogates stand as three bytes (WTF-8); then a NUL.
struct StringRecord {
  uint32_t bytes;
  uint32_t codePoints;
  uint32_t maxCodePoint;
  char text[]; // NOLINT: flexible array, a Clang and GCC extension
};

enum class ConstKind : uint32_t {
  None,
  True,
  False,
  Ellipsis,
  Int,       // payload: the value, two's complement 64 bits
  BigInt,    // payload: offset of a StringRecord, hexadecimal digits, maybe with '-'
  Float,     // payload: the double's bits
  Complex,   // payload: offset of two doubles
  Str,       // payload: offset of a StringRecord
  Bytes,     // payload: offset; length: bytes
  Tuple,     // payload: offset of ConstRecord[length]
  FrozenSet, // payload: offset of ConstRecord[length]
  Code,      // payload: offset of a CodeRecord
};

struct ConstRecord {
  ConstKind kind;
  uint32_t length;
  uint64_t payload;
};

/// CPython's co_flags, so that `inspect` finds them.
enum CodeFlags : uint32_t {
  kCodeOptimized = 0x1, // locals in registers (functions)
  kCodeNewLocals = 0x2,
  kCodeVarargs = 0x4,
  kCodeVarKeywords = 0x8,
  kCodeNested = 0x10,
  kCodeGenerator = 0x20,
  kCodeCoroutine = 0x80,
  kCodeIterableCoroutine = 0x100,
  kCodeAsyncGenerator = 0x200,
  kCodeSuspends = kCodeGenerator | kCodeCoroutine | kCodeAsyncGenerator, // its frame outlives calls
  kCodeFutureAnnotations = 0x1000000,
  kCodeHasDocstring = 0x4000000,
  kCodeMethod = 0x8000000,
  // Ours.
  kCodeClassBody = 0x10000000,
  kCodeModule = 0x20000000,
};

/// What a local register is. Parameters come first: positional-only, positional, keyword-only,
/// *args, **kwargs; then the other locals; then cells that are not parameters; free variables last.
/// A parameter that is captured keeps its register (make_cell wraps it at the start).
enum LocalKind : uint8_t {
  kLocalPlain = 0,
  kLocalCell = 1,   // holds a cell
  kLocalFree = 2,   // holds a cell of the closure
  kLocalHidden = 4, // a comprehension's own variable, not in locals()
};

/// Exceptions raised in words [start, end) go to `handler`. Sorted so that the first match counts.
struct ExceptionEntry {
  uint32_t start, end; // word offsets of instructions
  uint32_t handler;    // word offset
  uint16_t depth;      // temporaries that stay; the exception goes into the next one
  uint16_t reserved;
};

/// Source position and stack depth of one instruction; one entry per instruction, sorted by word.
struct PositionEntry {
  uint32_t word;
  int32_t line, endLine;     // 1-based; line -1: none (no line event, no traceback position)
  int32_t column, endColumn; // 0-based UTF-8 bytes; -1: none
  uint16_t depth;            // temporaries in use before the instruction
  uint16_t reserved;
};

struct CodeRecord {
  uint32_t name, qualifiedName, fileName; // offsets of StringRecords
  uint32_t flags;                         // CodeFlags
  uint32_t argumentCount;                 // positional parameters, positional-only included
  uint32_t positionalOnlyCount;
  uint32_t keywordOnlyCount;
  uint32_t localCount; // local registers: parameters, locals, cells, free variables
  uint32_t freeCount;  // the last freeCount of them are the closure's, in its order
  uint32_t temporaryCount;
  uint32_t firstLine;
  uint32_t attrCacheCount; // inline caches used by `attr` operands
  uint32_t callCacheCount; // inline caches used by `call` operands
  uint32_t words, wordCount;
  uint32_t constants, constantCount;   // ConstRecord[]
  uint32_t names, nameCount;           // uint32_t[]: offsets of StringRecords
  uint32_t localNames;                 // uint32_t[localCount]: offsets of StringRecords
  uint32_t localKinds;                 // uint8_t[localCount]
  uint32_t exceptions, exceptionCount; // ExceptionEntry[]
  uint32_t positions, positionCount;   // PositionEntry[]
  uint32_t index;                      // in the header's list
};

inline constexpr int16_t localRegister(unsigned local) {
  return static_cast<int16_t>(-1 - static_cast<int>(local));
}
inline constexpr bool isLocalRegister(int reg) {
  return reg < 0;
}
inline constexpr unsigned localOfRegister(int reg) {
  return static_cast<unsigned>(-1 - reg);
}

/// Typed access to an image's parts. Cheap to copy; does not own the bytes.
class ImageView {
public:
  ImageView() = default;
  explicit ImageView(const void* bytes) : base_(static_cast<const char*>(bytes)) {}

  const ImageHeader& header() const { return at<ImageHeader>(0); }
  const CodeRecord& root() const { return at<CodeRecord>(header().root); }
  const CodeRecord& code(unsigned index) const {
    return at<CodeRecord>(array<uint32_t>(header().codes)[index]);
  }
  template <class T> const T& at(uint64_t offset) const {
    return *reinterpret_cast<const T*>(base_ + offset);
  }
  template <class T> const T* array(uint64_t offset) const {
    return reinterpret_cast<const T*>(base_ + offset);
  }
  const StringRecord& stringRecord(uint64_t offset) const { return at<StringRecord>(offset); }
  std::string_view string(uint64_t offset) const {
    const StringRecord& record = stringRecord(offset);
    return {record.text, record.bytes};
  }
  const uint64_t* words(const CodeRecord& code) const { return array<uint64_t>(code.words); }
  const char* bytes() const { return base_; }

private:
  const char* base_ = nullptr;
};

/// The position entry of the instruction at `word`; null when the code has none there.
const PositionEntry* findPosition(ImageView image, const CodeRecord& code, uint32_t word);
/// The exception table's entry that covers `word`; null when the frame is left.
const ExceptionEntry* findHandler(ImageView image, const CodeRecord& code, uint32_t word);

/// The header's hash of the `size` bytes behind it; `size` is a multiple of 8.
uint64_t hashImage(const void* bytes, size_t size);

} // namespace pyc::uop
