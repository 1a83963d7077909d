// Value: 64 bits, NaN-boxed. A pointer stands as it is (below 2^49), a double offset by 2^49, an
// integer of 49 bits behind the top tag. The null value means "no value": an error was raised, a
// register is unbound, an argument was left out. A Value owns nothing; see Ref in
// runtime/memory/refcount.h for owned references.
//
// The encoding is JavaScriptCore's, with a wider integer. Native code relies on the constants.
#pragma once

#include <bit>
#include <cstdint>

namespace pyc::rt {

struct Object;
extern "C" Object pycNone, pycTrue, pycFalse, pycEllipsis, pycNotImplemented;

class Value {
public:
  static constexpr uint64_t kDoubleOffset = 1ull << 49;
  static constexpr uint64_t kIntTag = 0xFFFEull << 48;
  static constexpr int64_t kMaxInt = (1ll << 48) - 1;
  static constexpr int64_t kMinInt = -(1ll << 48);

  constexpr Value() : bits_(0) {}
  Value(Object* object)
      : bits_(reinterpret_cast<uint64_t>(object)) {} // NOLINT: implicit on purpose
  Value(const Object* object) : bits_(reinterpret_cast<uint64_t>(object)) {} // NOLINT
  /// A concrete object (StrObject, DictObject, ...), whose struct must be complete.
  template <class T>
    requires requires(T* object) { object->header.localCount; }
  Value(T* object) : bits_(reinterpret_cast<uint64_t>(object)) {} // NOLINT
  static constexpr Value fromBits(uint64_t bits) { return Value(bits, 0); }

  constexpr uint64_t bits() const { return bits_; }
  constexpr bool isNull() const { return bits_ == 0; }
  constexpr explicit operator bool() const { return bits_ != 0; }
  /// Same bits: identity for objects, equality of type and value for small ints, and of bits for
  /// doubles.
  constexpr bool operator==(Value other) const { return bits_ == other.bits_; }

  /// A heap or static object, or null.
  constexpr bool isObject() const { return bits_ < kDoubleOffset; }
  constexpr bool isInt() const { return bits_ >= kIntTag; }
  constexpr bool isDouble() const { return bits_ - kDoubleOffset < kIntTag - kDoubleOffset; }
  constexpr bool isNumber() const { return bits_ >= kDoubleOffset; }

  Object* object() const { return reinterpret_cast<Object*>(bits_); }
  /// The object as a concrete type; the caller has checked it.
  template <class T> T* as() const { return reinterpret_cast<T*>(bits_); }
  constexpr int64_t asInt() const { return static_cast<int64_t>(bits_ << 15) >> 15; }
  constexpr double asDouble() const { return std::bit_cast<double>(bits_ - kDoubleOffset); }

  static constexpr bool fitsInt(int64_t value) { return value >= kMinInt && value <= kMaxInt; }
  /// The value must fit (fitsInt).
  static constexpr Value fromInt(int64_t value) {
    return fromBits(kIntTag | (static_cast<uint64_t>(value) & (kDoubleOffset - 1)));
  }
  /// For results of arithmetic on Values. A NaN from outside goes through fromForeignDouble.
  static constexpr Value fromDouble(double value) {
    return fromBits(std::bit_cast<uint64_t>(value) + kDoubleOffset);
  }
  /// Any double; of NaNs, those with payloads that the boxing has no room for become the plain one
  /// (negative, as they are).
  static constexpr Value fromForeignDouble(double value) {
    uint64_t bits = std::bit_cast<uint64_t>(value);
    return fromBits((bits < kIntTag - kDoubleOffset ? bits : 0xFFF8ull << 48) + kDoubleOffset);
  }
  static Value fromBool(bool value) { return Value(value ? &pycTrue : &pycFalse); }
  static Value none() { return Value(&pycNone); }
  static Value notImplemented() { return Value(&pycNotImplemented); }
  static Value ellipsis() { return Value(&pycEllipsis); }

  bool isNone() const { return *this == none(); }
  bool isTrue() const { return *this == Value(&pycTrue); }
  bool isFalse() const { return *this == Value(&pycFalse); }
  bool isBool() const { return isTrue() || isFalse(); }

private:
  constexpr Value(uint64_t bits, int) : bits_(bits) {}
  uint64_t bits_;
};

static_assert(sizeof(Value) == 8);

} // namespace pyc::rt
