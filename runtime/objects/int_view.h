// What the parts of int share: looking at any int as sign and magnitude, and making results in
// place. Limbs are GMP's (least significant first, 64 bits each).
#pragma once

#include "runtime/memory/heap.h"
#include "runtime/objects/allocation_count.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/int.h"

#include <gmp.h>

namespace pyc::rt {

static_assert(sizeof(mp_limb_t) == 8 && GMP_NAIL_BITS == 0);
using Limb = mp_limb_t;

/// An int, bool or instance of a subclass, taken apart. Borrows the object's limbs.
class IntView {
public:
  explicit IntView(Value integer) {
    if (integer.isInt()) {
      setSmall(integer.asInt());
    } else if (PYC_UNLIKELY(integer.isBool())) {
      setSmall(integer.isTrue());
    } else {
      auto* object = integer.as<IntObject>();
      negative = object->size < 0;
      count = static_cast<size_t>(negative ? -object->size : object->size);
      limbs = object->limbs();
    }
  }
  explicit IntView(int64_t number) { setSmall(number); }
  IntView(const IntView&) = delete;
  IntView& operator=(const IntView&) = delete;

  bool isZero() const { return count == 0; }
  /// The magnitude's lowest limb; 0 for zero.
  Limb low() const { return count ? limbs[0] : 0; }
  uint64_t bitLength() const {
    return count ? count * 64 - static_cast<unsigned>(__builtin_clzll(limbs[count - 1])) : 0;
  }

  const Limb* limbs;
  size_t count; // limbs, the top one is not zero
  bool negative;

private:
  void setSmall(int64_t number) {
    negative = number < 0;
    small_ = negative ? 0 - static_cast<uint64_t>(number) : static_cast<uint64_t>(number);
    count = small_ != 0;
    limbs = &small_;
  }

  Limb small_;
};

/// An exact int with room for `limbs` limbs, contents undefined. Null with MemoryError.
inline IntObject* newInt(size_t limbs) {
  IntObject* object = nullptr;
  if (PYC_LIKELY(limbs < (size_t(1) << 44)))
    object = static_cast<IntObject*>(allocPlain(sizeof(IntObject) + limbs * sizeof(Limb)));
  if (PYC_UNLIKELY(!object))
    return raiseMemoryError();
  noteAllocation(kShapeInt, sizeof(IntObject) + limbs * sizeof(Limb));
  object->header = {kShapeInt, thisThread().id, 0, 0, 1, 0};
  return object;
}

/// Ends the making of an int whose magnitude is in the first `count` limbs: drops leading zeros,
/// and the object when the number fits a Value.
Ref finishInt(IntObject* object, size_t count, bool negative);
/// An int of one or two limbs.
Ref makeIntFromLimb(Limb magnitude, bool negative);
Ref makeIntFromWide(unsigned __int128 magnitude, bool negative);
inline Ref makeIntFromWide(__int128 number) {
  return number < 0 ? makeIntFromWide(0 - static_cast<unsigned __int128>(number), true)
                    : makeIntFromWide(static_cast<unsigned __int128>(number), false);
}
Ref makeIntFromLimbs(const Limb* limbs, size_t count, bool negative);
/// The top 64 bits of a magnitude of at least two limbs, the lowest bit set when there are bits
/// below that are not zero. `shift` is how many bits were left out.
uint64_t topBits(const IntView& view, uint64_t& shift);
/// -1, 0, 1 by magnitude.
int compareMagnitudes(const IntView& a, const IntView& b);
/// The same number as exactly an int.
Ref exactInt(Value integer);

/// Memory of limbs for the length of a scope: on the stack when they are few.
class LimbBuffer {
public:
  explicit LimbBuffer(size_t count) : limbs_(count <= kInline ? inline_ : allocate(count)) {}
  LimbBuffer(const LimbBuffer&) = delete;
  LimbBuffer& operator=(const LimbBuffer&) = delete;
  ~LimbBuffer() {
    if (limbs_ != inline_)
      freeMemory(limbs_);
  }
  /// False with MemoryError when there is no memory.
  explicit operator bool() const {
    return PYC_LIKELY(limbs_ != nullptr) ? true : static_cast<bool>(raiseMemoryError());
  }
  Limb* get() { return limbs_; }

private:
  static constexpr size_t kInline = 32;
  static Limb* allocate(size_t count) {
    return count < (size_t(1) << 44) ? static_cast<Limb*>(allocPlain(count * sizeof(Limb)))
                                     : nullptr;
  }

  Limb inline_[kInline];
  Limb* limbs_;
};

/// A number's limbs as an mpz that must not be written to.
class MpzView {
public:
  explicit MpzView(const IntView& view) {
    auto size = static_cast<mp_size_t>(view.count);
    mpz_roinit_n(number_, view.limbs, view.negative ? -size : size);
  }
  operator mpz_srcptr() const { return number_; } // NOLINT: implicit on purpose

private:
  mpz_t number_;
};

/// An mpz that is cleared at the end of its scope.
class Mpz {
public:
  Mpz() { mpz_init(number_); }
  Mpz(const Mpz&) = delete;
  Mpz& operator=(const Mpz&) = delete;
  ~Mpz() { mpz_clear(number_); }
  operator mpz_ptr() { return number_; } // NOLINT: implicit on purpose
  Ref toInt() const {
    return makeIntFromLimbs(mpz_limbs_read(number_), mpz_size(number_), mpz_sgn(number_) < 0);
  }

private:
  mpz_t number_;
};

/// Floor quotient and remainder in one; either result may be left out (null). ZeroDivisionError.
bool intDivide(Value a, Value b, Ref* quotient, Ref* remainder);

// The slots, for the types and other parts.
Ref intAdd(Value a, Value b);
Ref intSubtract(Value a, Value b);
Ref intMultiply(Value a, Value b);
Ref intFloorDivide(Value a, Value b);
Ref intModulo(Value a, Value b);
Ref intTrueDivide(Value a, Value b);
Ref intShiftLeft(Value a, Value b);
Ref intShiftRight(Value a, Value b);
Ref intAnd(Value a, Value b);
Ref intOr(Value a, Value b);
Ref intXor(Value a, Value b);
Ref intNegate(Value a);
Ref intAbsolute(Value a);
Ref intInvert(Value a);

/// -1, 0, 1 for an int against a finite or infinite double.
int compareIntToDouble(Value integer, double number);
/// Digits in a base (2..36), lower case, without sign and prefix; no limit on their number. False
/// with MemoryError.
bool appendDigits(std::string& out, Value integer, unsigned base);
/// int(text, base) of UTF-8 or bytes as a program has them: blanks, sign, prefix, underscores.
/// `shown` is what the ValueError shows with repr().
Ref parseInt(std::string_view text, int base, Value shown);

// Parts of the type, each in a file of its own.
Ref intCreate(TypeObject* type, const Value* args, size_t argc, Value kwnames);
Ref intRound(const Value* args);
Ref intToBytes(const Value* args);
Ref intFromBytes(const Value* args);
Ref intFormat(const Value* args);

} // namespace pyc::rt
