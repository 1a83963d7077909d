// memoryview: an array of items in memory that another object lends out (buffer.h).
#pragma once

#include "runtime/objects/buffer.h"

namespace pyc::rt {

/// A buffer that several memoryviews look at; given back when the last of them lets go.
struct ManagedBuffer {
  Object header;
  BufferView view;
};

struct MemoryViewObject {
  Object header;
  int64_t places;        // numbers behind the object: the shape, then the strides
  ManagedBuffer* buffer; // owned; null: released
  uint8_t* data;
  int64_t size; // bytes
  int64_t itemSize;
  const char* format; // never null; lives as long as the buffer
  int64_t hashCode;   // 0: not computed
  int32_t dimensions;
  int32_t exports; // views of this view that are lent out
  bool readOnly;
  bool restricted; // inside __release_buffer__: no further views

  int64_t* shape() { return reinterpret_cast<int64_t*>(this + 1); }
  int64_t* strides() { return shape() + dimensions; }
  int64_t count() { return dimensions == 0 ? 1 : shape()[0]; }
  /// As a view, borrowed.
  BufferView borrow();
};

inline MemoryViewObject* asMemoryView(Value value) {
  return value.as<MemoryViewObject>();
}
inline bool isMemoryView(Value value) {
  return hasShape(value, kShapeMemoryView);
}

/// memoryview(object).
Ref makeMemoryView(Value object);
/// A view of an object's buffer as getBuffer(flags) gives it.
Ref makeMemoryViewWith(Value object, int flags);
/// A view of memory that somebody else keeps alive (for readinto() and the like); release it when
/// the memory goes.
Ref makeMemoryViewOf(uint8_t* data, int64_t size, bool readOnly);
/// memoryview.release(): BufferError while views of it are lent out.
bool releaseMemoryView(MemoryViewObject* view);
/// ValueError when the view is released.
bool checkUsable(MemoryViewObject* view);
/// ValueError inside __release_buffer__.
bool checkUnrestricted(MemoryViewObject* view);

/// Another view of the same buffer, with room for so many dimensions; shape and strides to be
/// filled. Null with an exception.
MemoryViewObject* deriveView(MemoryViewObject* view, int dimensions);

// Items in the formats of the struct module (native, one item).

/// Bytes of an item of a native format ("B", "@i", "Zd"); 0 for what is none.
int64_t nativeItemSize(const char* format);
/// The item at `from`; NotImplementedError for formats that are not native.
Ref unpackItem(const uint8_t* from, const char* format);
/// Stores a value; TypeError and ValueError name the format.
bool packItem(uint8_t* to, const char* format, Value value);
/// The formats are the same but for an '@'.
bool sameFormat(const char* a, const char* b);

// memory_index.cpp
Ref memoryGetItem(Value self, Value key);
bool memorySetItem(Value self, Value key, Value value);
/// The item of a view of one dimension; the index is in range.
Ref memoryItem(MemoryViewObject* view, int64_t index);
Ref memoryToList(MemoryViewObject* view);
Ref memoryCompare(Value self, Value other, CompareOp op);
Ref memoryCast(const Value* args);

} // namespace pyc::rt
