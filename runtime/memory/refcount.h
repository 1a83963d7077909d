// Biased reference counting (PEP 703; Choi, Shull, Torrellas, PACT 2018): the owner counts in a
// plain field, other threads in an atomic one; the object dies when both sum to zero.
//
// Three kinds of reference: Value borrows; Ref owns one count; an immortal object counts nothing.
#pragma once

#include "runtime/memory/object.h"
#include "runtime/threads/thread_state.h"

#include <utility>

namespace pyc::rt {

/// Slow paths: the object belongs to another thread, or its local count fell to zero.
extern "C" void pycIncrefShared(Object* object);
extern "C" void pycDecrefShared(Object* object);
extern "C" void pycDecrefZero(Object* object);

inline void increfObject(Object* object) {
  uint32_t count = __atomic_load_n(&object->localCount, __ATOMIC_RELAXED) + 1;
  if (PYC_UNLIKELY(count == 0))
    return;
  if (PYC_LIKELY(object->owner == thisThread().id))
    __atomic_store_n(&object->localCount, count, __ATOMIC_RELAXED);
  else
    pycIncrefShared(object);
}

inline void decrefObject(Object* object) {
  uint32_t count = __atomic_load_n(&object->localCount, __ATOMIC_RELAXED);
  if (PYC_UNLIKELY(count == kImmortalCount))
    return;
  if (PYC_UNLIKELY(object->owner != thisThread().id)) {
    pycDecrefShared(object);
    return;
  }
  __atomic_store_n(&object->localCount, count - 1, __ATOMIC_RELAXED);
  if (PYC_UNLIKELY(count == 1))
    pycDecrefZero(object);
}

/// The value must not be null.
inline void incref(Value value) {
  if (value.isObject())
    increfObject(value.object());
}
inline void decref(Value value) {
  if (value.isObject())
    decrefObject(value.object());
}
/// As decref; null is allowed.
inline void decrefMaybe(Value value) {
  if (value.isObject() && value)
    decrefObject(value.object());
}

/// `times` new references at once.
inline void increfTimes(Value value, int64_t times) {
  if (!value.isObject())
    return;
  Object* object = value.object();
  uint64_t count = __atomic_load_n(&object->localCount, __ATOMIC_RELAXED);
  if (count == kImmortalCount)
    return;
  if (object->owner != thisThread().id) {
    while (times-- > 0)
      pycIncrefShared(object);
    return;
  }
  count += static_cast<uint64_t>(times);
  if (PYC_UNLIKELY(count >= kImmortalCount)) { // past the largest count it stays there
    object->owner = 0;
    count = kImmortalCount;
  }
  __atomic_store_n(&object->localCount, static_cast<uint32_t>(count), __ATOMIC_RELAXED);
}
/// Whether the caller's reference is the only one there is.
inline bool isUnshared(const Object* object) {
  return __atomic_load_n(&object->localCount, __ATOMIC_RELAXED) == 1 &&
         object->owner == thisThread().id &&
         __atomic_load_n(&object->sharedCount, __ATOMIC_RELAXED) == 0;
}
/// Takes a reference to an object that is reached through a weak reference; false when it is dying.
bool tryIncref(Object* object);
/// Must come before the first weak reference to the object is visible.
void allowTryIncref(Object* object);
/// References from anywhere; only a hint while other threads run.
int64_t refcountOf(const Object* object);
/// Deallocates objects whose last reference another thread dropped; at polls.
void mergeQueuedObjects();
/// Opens and closes a thread's merge queue; gives it its id. False when there are too many threads.
bool registerThread(ThreadState& thread);
void unregisterThread(ThreadState& thread);

/// Makes the object's count infinite. Only before another thread can see it. Nobody owns it then,
/// so that native code asks about immortality only where the owner is another thread.
inline void makeImmortal(Object* object) {
  object->owner = 0;
  object->localCount = kImmortalCount;
}

/// Tag type of a failed operation: converts to a null Ref, false and nullptr.
struct Raised {
  template <class T>
    requires(std::is_same_v<T, bool> || std::is_pointer_v<T>)
  operator T() const { // NOLINT: implicit on purpose
    return T{};
  }
};

/// An owned reference, or null after an error. Passed in registers (trivial_abi).
class [[clang::trivial_abi]] [[nodiscard]] Ref {
public:
  Ref() = default;
  Ref(Raised) {} // NOLINT: implicit on purpose
  Ref(Ref&& other) noexcept : value_(std::exchange(other.value_, Value())) {}
  Ref& operator=(Ref&& other) noexcept {
    Value old = std::exchange(value_, std::exchange(other.value_, Value()));
    decrefMaybe(old);
    return *this;
  }
  Ref(const Ref&) = delete;
  Ref& operator=(const Ref&) = delete;
  ~Ref() { decrefMaybe(value_); }

  /// Takes over a count that the caller owns.
  static Ref steal(Value value) {
    Ref ref;
    ref.value_ = value;
    return ref;
  }
  /// A new count; null stays null.
  static Ref copy(Value value) {
    if (value.isObject() && value)
      increfObject(value.object());
    return steal(value);
  }
  /// Numbers and immortal objects, which count nothing.
  static Ref number(Value value) { return steal(value); }
  static Ref none() { return steal(Value::none()); }
  static Ref boolean(bool value) { return steal(Value::fromBool(value)); }
  static Ref notImplemented() { return steal(Value::notImplemented()); }

  Value get() const { return value_; }
  operator Value() const { return value_; } // NOLINT: borrowing is implicit on purpose
  explicit operator bool() const { return !value_.isNull(); }
  /// Gives the count to the caller.
  [[nodiscard]] Value release() { return std::exchange(value_, Value()); }
  template <class T> T* as() const { return value_.as<T>(); }
  bool isNone() const { return value_.isNone(); }

private:
  Value value_;
};

static_assert(sizeof(Ref) == 8);

// Fields of objects own their values; null is allowed everywhere.
/// Empties a field, then releases what it held (whose destructor may look at the object).
inline void clearField(Value& field) {
  decrefMaybe(std::exchange(field, Value()));
}
/// Stores a new reference to `value`, then releases what was there.
inline void setField(Value& field, Value value) {
  if (value.isObject() && value)
    increfObject(value.object());
  decrefMaybe(std::exchange(field, value));
}
inline void setField(Value& field, Ref value) {
  decrefMaybe(std::exchange(field, value.release()));
}

} // namespace pyc::rt

/// `PYC_TRY(x, f());` binds an owned reference or returns the failure.
#define PYC_TRY(name, ...)                                                                         \
  ::pyc::rt::Ref name = (__VA_ARGS__);                                                             \
  if (PYC_UNLIKELY(!name))                                                                         \
    return {}
