// Hash objects, which the modules' classes share, and arguments that are to be hashed.
#pragma once

#include "runtime/modules/exception_type.h"
#include "runtime/modules/hash_engine.h"
#include "runtime/objects/buffer.h"

namespace pyc::rt {

struct HashObject {
  Object header;
  const HashEngine* engine;
  uint16_t digestSize; // the engine's, or a shorter one of BLAKE2
  HashState state;
};
inline HashObject* asHash(Value value) {
  return value.as<HashObject>();
}

struct MacObject {
  Object header;
  const HashEngine* engine;
  MacState state;
};
inline MacObject* asMac(Value value) {
  return value.as<MacObject>();
}

/// What to hash, for the length of a scope: one dimension of bytes. TypeError for str and others.
class HashInput {
public:
  HashInput() = default;
  HashInput(const HashInput&) = delete;
  HashInput& operator=(const HashInput&) = delete;
  ~HashInput();
  bool open(Value object);
  std::string_view get() const { return view_.bytes(); }

private:
  BufferView view_;
};

/// The one of the arguments data and string that was given, or null; the latter is deprecated.
bool chooseData(Value data, Value string, Value& chosen);

/// A new object, with `data` (may be null) hashed.
Ref makeHash(TypeObject* type, const HashEngine* engine, Value data);
/// The function NAME(data=b'', *, usedforsecurity=True, string=None) of a module.
Ref makeHashOf(TypeObject* type, const char* engine, const Value* args);

// Method bodies and attributes of hash objects.
Ref hashUpdate(const Value* args);
Ref hashDigest(const Value* args);
Ref hashHexDigest(const Value* args);
Ref hashCopy(const Value* args);
Ref hashExtendedDigest(const Value* args); // digest(length)
Ref hashExtendedHexDigest(const Value* args);
Ref hashName(Value self);
Ref hashBlockSize(Value self);
Ref hashDigestSize(Value self);

inline constexpr MethodDef kHashMethods[] = {
    {.signature = "copy($self, /)", .bound = hashCopy, .doc = "A copy with the same state."},
    {.signature = "digest($self, /)",
     .bound = hashDigest,
     .doc = "The hash of all data so far, as bytes."},
    {.signature = "hexdigest($self, /)",
     .bound = hashHexDigest,
     .doc = "The hash of all data so far, as str of hexadecimal digits."},
    {.signature = "update($self, obj, /)", .bound = hashUpdate, .doc = "Hashes more data."},
};
inline constexpr GetSetDef kHashGetSets[] = {
    {"block_size", hashBlockSize},
    {"digest_size", hashDigestSize},
    {"name", hashName},
};

/// The class of a module's hash objects, which only its functions make.
constexpr TypeObject hashType(const char* name) {
  TypeObject type;
  type.name = name;
  type.base = &objectType;
  type.basicSize = sizeof(HashObject);
  type.flags = kTypeBuiltin | kTypeDisallowNew;
  type.methods = kHashMethods;
  type.getSets = kHashGetSets;
  type.slots.dealloc = freeObject;
  return type;
}

// MACs.

Ref makeMac(TypeObject* type, const HashEngine* engine, std::string_view key,
            std::string_view message);
Ref macUpdate(const Value* args);
Ref macDigest(const Value* args);
Ref macHexDigest(const Value* args);
Ref macCopy(const Value* args);
Ref macRepr(Value self);
Ref macName(Value self);
Ref macBlockSize(Value self);
Ref macDigestSize(Value self);

inline constexpr MethodDef kMacMethods[] = {
    {.signature = "copy($self, /)", .bound = macCopy, .doc = "A copy with the same state."},
    {.signature = "digest($self, /)",
     .bound = macDigest,
     .doc = "The code of all data so far, as bytes."},
    {.signature = "hexdigest($self, /)",
     .bound = macHexDigest,
     .doc = "The code of all data so far, as str of hexadecimal digits."},
    {.signature = "update($self, /, msg)", .bound = macUpdate, .doc = "Takes more data."},
};
inline constexpr GetSetDef kMacGetSets[] = {
    {"block_size", macBlockSize},
    {"digest_size", macDigestSize},
    {"name", macName},
};
constexpr TypeObject macType(const char* name) {
  TypeObject type;
  type.name = name;
  type.base = &objectType;
  type.basicSize = sizeof(MacObject);
  type.flags = kTypeBuiltin | kTypeDisallowNew;
  type.methods = kMacMethods;
  type.getSets = kMacGetSets;
  type.slots.dealloc = freeObject;
  type.slots.repr = macRepr;
  return type;
}

/// Bytes as str of hexadecimal digits.
Ref hexText(std::string_view bytes);

} // namespace pyc::rt
