// The header of every heap object. Layout after PEP 703; native code relies on it.
#pragma once

#include "runtime/base/check.h"
#include "runtime/base/value.h"

#include <cstddef>

namespace pyc::rt {

/// Reference to a shape: byte offset in the shape region (runtime/objects/shape.h).
using ShapeRef = uint32_t;

enum ObjectFlags : uint8_t {
  kObjectCollected = 0x01,   // lives in the collected heap
  kObjectUntracked = 0x02,   // collected heap, but can't be in a cycle at present
  kObjectMarked = 0x04,      // collector's mark; with kObjectUntracked: frozen by gc.freeze()
  kObjectHasWeakrefs = 0x08, // the weak reference table has an entry
  kObjectFinalized = 0x10,   // __del__ has run
  kObjectUserFlag = 0x20,    // free for the object's type
  kObjectTypeBits =
      0xC0, // two bits more for the object's type (str: its kind); set once at creation
};

inline constexpr uint32_t kImmortalCount = 0xFFFFFFFFu;

struct Object {
  ShapeRef shape;
  uint16_t owner;      // id of the owning thread, 0 when merged
  uint8_t lock;        // one-byte parking-lot lock
  uint8_t flags;       // ObjectFlags
  uint32_t localCount; // references counted by the owner; kImmortalCount: never freed
  uint32_t
      sharedCount; // references counted by other threads: (count << 2) | state, two's complement
};

static_assert(sizeof(Object) == 16);
static_assert(offsetof(Object, shape) == 0 && offsetof(Object, owner) == 4);
static_assert(offsetof(Object, lock) == 6 && offsetof(Object, flags) == 7);
static_assert(offsetof(Object, localCount) == 8 && offsetof(Object, sharedCount) == 12);

/// Header of an object that is never freed, for static objects.
constexpr Object immortalObject(ShapeRef shape) {
  return {shape, 0, 0, 0, kImmortalCount, 0};
}

} // namespace pyc::rt
