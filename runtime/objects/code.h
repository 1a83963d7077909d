// Code objects: the runtime's face of a code record in an image.
#pragma once

#include "dialects/uop/image.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/str.h"
#include "runtime/objects/tuple.h"

#include <memory>
#include <string>

namespace pyc::rt {

/// What an inline cache remembers of an attribute access.
enum class AttrKind : uint8_t {
  None,
  InlineSlot,   // load, store: the value is `offset` bytes from the object's start
  OverflowSlot, // load, store: overflow array, index `offset`
  TypeValue,    // load: `value` (borrowed from the type) as it is
  Method,       // load_method: `value` is a function that takes the object as first argument;
                // load_attr: bind it
  Property,     // load: `value` is the getter: a function or a descriptor
  AddInline,    // store: write at `offset` and take `newShape`
  ModuleValue,  // load from a module: slot of its namespace
};

/// One attribute site. Valid while the object's shape equals `shape`; the types that it depends on
/// reset it (typeModified). Read racily; written under the cache lock.
struct AttrCache {
  ShapeRef shape = 0; // 0 matches no object
  AttrKind kind = AttrKind::None;
  uint8_t misses = 0;
  uint16_t offset = 0;
  Value value;
  ShapeRef newShape = 0;
  uint32_t dependsOn = 0; // root shape of the type whose list it is in; 0: none
  AttrCache* nextDependent = nullptr;
};
static_assert(sizeof(AttrCache) == 32);

/// One call site: what was called last, for the tiers.
struct CallCache {
  Value callee; // borrowed; only compared
  uint32_t hits = 0;
  uint32_t misses = 0;
};

/// Takes the caches out of the types' lists; before their memory goes.
void releaseAttrCaches(AttrCache* caches, size_t count);

/// getAttr / setAttr / loadMethod with a site's cache: the slow path behind the inline test; fills
/// it.
Ref getAttrCached(Value object, StrObject* name, AttrCache& cache);
/// getAttrCached as an owned value.
Value loadAttrCached(Value object, StrObject* name, AttrCache& cache);
bool setAttrCached(Value object, StrObject* name, Value value, AttrCache& cache);
bool loadMethodCached(Value object, StrObject* name, AttrCache& cache, Value out[2]);

/// Remembers in the cache (kind Method) the special method of the object's class, which the
/// instance cannot hide. False when the class has no such function.
bool fillSpecialMethod(AttrCache& cache, Value object, StrObject* name);

/// Facts about native code of one code object, emitted by the compiler (runtime/abi/native.h).
struct NativeCode;

/// A text that was compiled while the program ran, and how (interp/compile.h).
struct TextOrigin {
  std::string source, fileName; // UTF-8
  uint8_t mode;                 // CompileMode
  uint32_t futureFlags;
  uint32_t optimize;
};

struct CodeObject {
  Object header;
  uop::ImageView image;
  const uop::CodeRecord* record;
  // Copies from the record for the call sequence; set by makeCode.
  const uint64_t* entry; // first instruction
  uint32_t localCount;
  uint32_t registerCount; // locals and temporaries
  uint32_t freeCount;
  bool prepared;             // prepareCode is done
  bool ownsRecord;           // made by replace(): the record is not in the image
  Value* constants;          // made on first use of the code, immortal
  StrObject** names;         // interned
  StrObject** localNames;    // interned
  GlobalSlot** globalSlots;  // by name index, for boundGlobals; null entries: not asked for yet
  DictObject* nativeGlobals; // the only namespace that native code runs with; null: not run yet
  DictObject* boundGlobals;  // the namespace that globalSlots belongs to
  uint16_t globalMisses;     // globals looked up by name, before it is bound
  AttrCache* attrCaches;
  CallCache* callCaches;
  const NativeCode* native; // null: interpreted
  StrObject* name;
  StrObject* qualifiedName;
  StrObject* fileName;
  uint32_t loopCount; // back-edges taken, for the tiers
  uint32_t callCount;
  uint32_t generalExits;      // now going on for calls that left general code (continuation.h)
  uint32_t recordIndex;       // of the profile recorder's; 0: not recorded
  NativeCode* const* natives; // of the image's codes by index, or null
  struct CodeMemory* memory;  // the image's bytes, when they go with its last code; or null

  const uint64_t* words() const { return image.words(*record); }
  uint32_t flags() const { return record->flags; }
  uint32_t positionalCount() const { return record->argumentCount; }
};

inline CodeObject* asCode(Value value) {
  return value.as<CodeObject>();
}

/// Called for a code with boundGlobals before its memory goes; set by the interpreter.
extern void (*boundCodeDies)(CodeObject* code);

/// Code objects of an image share its bytes. The image is checked and stays alive. `natives` by
/// code index, or null.
Ref makeCode(uop::ImageView image, const uop::CodeRecord* record, NativeCode* const* natives);
/// The root code of an image whose bytes came from malloc; they are freed with the last code object
/// of the image (eval, run-time imports). Takes them over, also on failure.
Ref makeOwnedCode(void* image, std::unique_ptr<const TextOrigin> origin = nullptr);
/// The text that the code, or the one around it, was compiled from; null when nobody noted it.
const TextOrigin* textOrigin(const CodeObject* code);
/// Line of the instruction at `word`; -1 when it has none.
int codeLine(const CodeObject* code, uint32_t word);
/// co_lasti, tb_lasti, f_lasti and the offsets of co_lines() count two for a word, so that Python
/// code which halves them (traceback, dis) gets the index of a position of co_positions().
inline constexpr int kOffsetsPerWord = 2;
/// Materialises constants, names and caches; cheap when done. False with MemoryError.
bool prepareCode(CodeObject* code);

} // namespace pyc::rt
