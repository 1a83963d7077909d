// The objects of the module _decimal, on libmpdec, and what its parts (decimal_*.cpp) do with each
// other's.
//
// A Decimal is one block of memory: libmpdec's mpd_t and the words of a coefficient of up to 76
// digits; larger coefficients lie in a block of their own. Functions of libmpdec report conditions
// as bits of a status; report() adds them to a context's flags and raises what the context traps.
#pragma once

#include "runtime/objects/errors.h"
#include "runtime/objects/fast_alloc.h"
#include "runtime/objects/str.h"
#include "runtime/objects/type.h"
#include "runtime/threads/spin_lock.h"

#include <mpdecimal.h>

namespace pyc::rt {

inline constexpr mpd_ssize_t kDecimalWords = 4;

struct DecimalObject {
  Object header;
  int64_t hashCode; // kNoDecimalHash: not computed yet
  mpd_t number;
  mpd_uint_t words[kDecimalWords];
};
inline constexpr int64_t kNoDecimalHash = -1;

/// decimal.Context. Threads may share one: its status is read and written as one word at a time.
struct DecimalContext {
  Object header;
  mpd_context_t state; // its status: the flags
  int capitals;
  Value flags, traps; // the mappings of these names; null: not asked for yet
};

/// What of a context a SignalDict shows.
enum class SignalSet : uint8_t { Flags, Traps };

/// decimal.SignalDictMixin, base of the mapping type SignalDict. A mapping does not keep its
/// context alive.
struct SignalMapping {
  Object header;
  DecimalContext* context; // null: it is gone, or there was none
  SpinLock lock;           // of context
  SignalSet set;
};

extern constinit TypeObject decimalType, decimalContextType, signalMappingType, localContextType;

/// The condition that CPython adds to libmpdec's, at the place of one that libmpdec never reports.
inline constexpr uint32_t kFloatOperation = MPD_Not_implemented;

/// Exact for all that fits into memory.
inline constexpr mpd_context_t kExactContext = {
    MPD_MAX_PREC, MPD_MAX_EMAX, MPD_MIN_EMIN, 0, 0, 0, MPD_ROUND_HALF_EVEN, 0, 1};

inline bool isExactDecimal(Value value) {
  return value.isObject() && value.object()->shape == decimalType.rootShape;
}
inline bool isDecimal(Value value) {
  return isExactDecimal(value) || isInstance(value, &decimalType);
}
inline const mpd_t* numberOf(Value value) {
  return &value.as<DecimalObject>()->number;
}
inline mpd_t* newNumberOf(Value value) {
  return &value.as<DecimalObject>()->number;
}
inline bool isDecimalContext(Value value) {
  return isInstance(value, &decimalContextType);
}

// Numbers.

inline void initNumber(mpd_t& number, mpd_uint_t* words) {
  number = {MPD_STATIC | MPD_STATIC_DATA, 0, 0, 0, kDecimalWords, words};
}

/// A new Decimal, its number to be set before anyone sees it.
inline Ref newDecimal() {
  Object* object = allocFast<false>(&decimalType, sizeof(DecimalObject));
  if (PYC_UNLIKELY(!object))
    return {};
  auto* decimal = reinterpret_cast<DecimalObject*>(object);
  decimal->hashCode = kNoDecimalHash;
  initNumber(decimal->number, decimal->words);
  return Ref::steal(object);
}
/// The same of a subclass.
Ref newDecimal(TypeObject* type);

/// A number for the length of a scope.
class ScratchNumber {
public:
  ScratchNumber() { initNumber(number_, words_); }
  ScratchNumber(const ScratchNumber&) = delete;
  ScratchNumber& operator=(const ScratchNumber&) = delete;
  ~ScratchNumber() { mpd_del(&number_); }
  mpd_t* get() { return &number_; }

private:
  mpd_t number_;
  mpd_uint_t words_[kDecimalWords];
};

/// An argument as a number: a Decimal's own, or an int's made for the moment. Borrows the argument.
class Operand {
public:
  Operand() = default;
  Operand(const Operand&) = delete;
  Operand& operator=(const Operand&) = delete;
  /// False for other types, with nothing raised, and with an exception when memory is out.
  bool set(Value value) {
    if (PYC_LIKELY(isExactDecimal(value))) {
      number_ = numberOf(value);
      return true;
    }
    return setOther(value);
  }
  /// As set; TypeError for other types.
  bool convert(Value value) { return set(value) || isRaised() || refuse(value); }
  operator const mpd_t*() const { return number_; } // NOLINT: implicit on purpose
  const mpd_t* operator->() const { return number_; }

private:
  bool setOther(Value value);
  static bool refuse(Value value);

  const mpd_t* number_ = nullptr;
  Ref owned_;
  mpd_t small_;
  mpd_uint_t word_;
};

// Signals and contexts.

/// The classes of exceptions, made with the module. Several conditions make up one signal.
struct DecimalSignal {
  const char* name;
  uint32_t conditions;
  Value type;
};
inline constexpr unsigned kSignalCount = 9;
/// In the order in which SignalDict has them.
extern DecimalSignal decimalSignals[kSignalCount];
/// Makes the exception types and adds them to the module.
bool addDecimalSignals(DictObject* names);

Raised raiseConditions(uint32_t conditions);
/// Adds the conditions to the context's flags; false with the exception of one that it traps.
inline bool report(DecimalContext* context, uint32_t status) {
  if (PYC_LIKELY(status == 0))
    return true;
  uint32_t flags = __atomic_load_n(&context->state.status, __ATOMIC_RELAXED);
  if (status & ~flags)
    __atomic_store_n(&context->state.status, flags | status, __ATOMIC_RELAXED);
  uint32_t trapped = status & (context->state.traps | MPD_Malloc_error);
  return PYC_LIKELY(trapped == 0) ? true : static_cast<bool>(raiseConditions(trapped));
}
/// The result of an operation, or what became of its conditions.
inline Ref reported(Ref result, DecimalContext* context, uint32_t status) {
  return report(context, status) ? std::move(result) : Ref();
}

/// This thread's context, borrowed; made on first use. Null with MemoryError.
DecimalContext* currentDecimalContext();
/// Makes another the current one: a copy where it is one of the module's templates.
bool setDecimalContext(Value context);
/// A plain Context with the same settings and flags.
Ref copyDecimalContext(const DecimalContext* context);
Ref newDecimalContext(const mpd_context_t& state);
/// The module's templates, made with it.
bool addDecimalContexts(DictObject* names);

/// An optional argument: a context, or the current one for null and None. TypeError.
bool contextArg(Value argument, DecimalContext*& context);
/// The number of a rounding mode's name, left alone for null and None. TypeError.
bool roundingArg(Value argument, int& rounding);
const char* roundingName(int rounding);
/// Sets a context's attribute as `context.name = value` does.
bool setContextAttribute(Value context, const char* name, Value value);
/// Context's methods that compute (decimal_context_methods.cpp).
std::span<const MethodDef> decimalContextMethods();
/// Decimal's methods (decimal_methods.cpp).
std::span<const MethodDef> decimalMethods();

// Mappings of signals (decimal_flags.cpp).

/// The type SignalDict, with the mixin methods of mappings; once.
bool makeSignalDictType();
/// context.flags or context.traps.
Ref signalMappingOf(DecimalContext* context, SignalSet set);
/// Takes its context away from a mapping, which may be null.
void detachMapping(Value mapping);
/// Reads conditions from a SignalDict or a dict that has every signal; TypeError, KeyError.
bool conditionsOfMapping(Value mapping, uint32_t& conditions);
/// The same of a list of signals too.
bool conditionsArg(Value argument, uint32_t& conditions);
/// The signals of which conditions are set, as a list.
Ref listOfSignals(uint32_t conditions);

// Conversions.

/// Decimal(value), or rounded to the context: create_decimal(value). Conditions go to `context`.
Ref decimalFrom(TypeObject* type, Value value, DecimalContext* context, bool isExact);
/// Of an int or float; no FloatOperation.
Ref decimalFromFloat(Value value, DecimalContext* context, bool isExact);
bool setFromInt(mpd_t* number, Value integer, const mpd_context_t* context, uint32_t& status);
bool setFromDouble(mpd_t* number, double value, const mpd_context_t* context, uint32_t& status);
/// What is exact or nothing: conditions of an exact conversion that lost digits.
void refuseInexact(mpd_t* number, uint32_t& status);
/// str() and to_eng_string().
Ref decimalText(const mpd_t* number, bool capitals);
Ref decimalEngineeringText(const mpd_t* number, bool capitals);
/// An int of a number rounded to one; ValueError, OverflowError for NaN and infinity.
Ref integerOf(const mpd_t* number, int rounding);
/// The coefficient as an int.
Ref coefficientOf(const mpd_t* number);
Ref decimalToInt(Value self);
Ref decimalToFloat(Value self);
Ref decimalAsTuple(Value self);
Ref decimalAsRatio(Value self);
bool decimalHash(Value self, int64_t& hash);
Ref decimalCompare(Value self, Value other, CompareOp op);
Ref decimalFormat(Value self, Value spec, Value locale);
/// collections.namedtuple DecimalTuple, numbers.Rational; made with the module.
extern Value decimalTupleType, rationalType;

// Operators (decimal_operators.cpp); NotImplemented for operands that are no Decimal and no int.
Ref decimalAdd(Value left, Value right);
Ref decimalSubtract(Value left, Value right);
Ref decimalMultiply(Value left, Value right);
Ref decimalDivide(Value left, Value right);
Ref decimalFloorDivide(Value left, Value right);
Ref decimalRemainder(Value left, Value right);
Ref decimalDivmod(Value left, Value right);
Ref decimalRaise(Value base, Value exponent);
Ref decimalRaiseModulo(Value base, Value exponent, Value modulus);
Ref decimalNegate(Value self);
Ref decimalPlus(Value self);
Ref decimalAbsolute(Value self);
/// context.power(): TypeError for other operands.
Ref decimalPower(Value base, Value exponent, Value modulus, DecimalContext* context);

} // namespace pyc::rt
