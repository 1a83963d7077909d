// Builtins about numbers: abs, divmod, pow, round, sum, min, max, bin, hex, oct.
#include "runtime/modules/builtins.h"
#include "runtime/modules/registry.h"
#include "runtime/objects/known_functions.h"
#include "runtime/objects/reductions.h"

#include "runtime/objects/arguments.h"
#include "runtime/objects/compensated_sum.h"
#include "runtime/objects/complex.h"
#include "runtime/objects/fast.h"
#include "runtime/objects/float.h"
#include "runtime/objects/format_spec.h"
#include "runtime/objects/function.h"
#include "runtime/objects/int.h"
#include "runtime/objects/int_short.h"
#include "runtime/objects/int_view.h"
#include "runtime/objects/iterate.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str.h"
#include "runtime/objects/tuple.h"

#include <cmath>

namespace pyc::rt {

namespace {

Ref divmodFunction(const Value* args) {
  return divmod(args[0], args[1]);
}

Ref powFunction(const Value* args) {
  return power(args[0], args[1], args[2] ? args[2] : Value::none());
}

Ref roundFunction(const Value* args) {
  Ref method;
  bool needsSelf = false;
  if (!findSpecial(args[0], names::__round__, method, needsSelf))
    return {};
  if (!method)
    return raise(typeErrorType, "type %T doesn't define __round__ method", args[0]);
  Value all[] = {args[0], args[1]};
  size_t given = args[1] && !args[1].isNone() ? 1 : 0;
  return needsSelf ? call(method, all, 1 + given) : call(method, all + 1, given);
}

/// A number in a base, with prefix: "-0b101".
Ref intInBase(Value value, char letter) {
  PYC_TRY(integer, toIndex(value));
  FormatSpec spec;
  spec.align = '>';
  spec.alternate = true;
  spec.type = static_cast<uint32_t>(letter);
  return formatInt(integer, spec);
}
Ref binFunction(const Value* args) {
  return intInBase(args[0], 'b');
}
Ref octFunction(const Value* args) {
  return intInBase(args[0], 'o');
}
Ref hexFunction(const Value* args) {
  return intInBase(args[0], 'x');
}

// sum(): ints of 64 bits, then floats or complex numbers, then objects. It goes from one to the
// next and never back, as CPython does: what it has come to decides how floats are rounded.

class Summer {
public:
  explicit Summer(Value start) : total_(Ref::copy(start)) {
    if (!isExactInt(start) || !intFits64(start, int_))
      takeTotal();
  }
  /// Of floats, and there was one.
  explicit Summer(CompensatedSum sum) : mode_(Mode::Floats), real_(sum) {}

  bool add(Value item) {
    if (PYC_LIKELY(mode_ == Mode::Floats && item.isDouble()))
      return addReal(item.asDouble());
    switch (mode_) {
    case Mode::Ints:
      if (int64_t number; isPlainInt(item, number)) {
        if (__builtin_add_overflow(int_, number, &int_)) {
          wide_ = static_cast<__int128>(int_) + (number < 0 ? -kWrapped : kWrapped);
          mode_ = Mode::WideInts;
        }
        return true;
      }
      break;
    case Mode::WideInts:
      if (int64_t number; isPlainInt(item, number)) // 2**63 items are too many to overflow
        return addWide(number);
      total_ = finish();
      mode_ = Mode::Objects;
      return total_ && addObject(item);
    case Mode::Floats:
      if (isInteger(item))
        return addInt(item);
      break;
    case Mode::Complexes:
      if (hasShape(item, kShapeComplex)) {
        imaginary_.add(asComplex(item)->imag);
        return addReal(asComplex(item)->real);
      }
      if (isInteger(item))
        return addInt(item);
      if (isFloat(item))
        return addReal(floatValue(item));
      break;
    case Mode::Objects:
      return addObject(item);
    }
    total_ = finish();
    if (!total_ || !addObject(item))
      return false;
    takeTotal();
    return true;
  }

  Ref finish() {
    switch (mode_) {
    case Mode::Ints:
      return makeInt(int_);
    case Mode::WideInts:
      return makeIntFromWide(wide_);
    case Mode::Floats:
      return Ref::number(Value::fromForeignDouble(real_.value()));
    case Mode::Complexes:
      return makeComplex(real_.value(), imaginary_.value());
    case Mode::Objects:
      return std::move(total_);
    }
    __builtin_unreachable();
  }

private:
  /// Ints of 64 bits, and what sums of such have grown to. From all but the first, the way leads to
  /// Objects alone.
  enum class Mode : uint8_t { Ints, Floats, Complexes, Objects, WideInts };

  static constexpr __int128 kWrapped = static_cast<__int128>(1) << 64;

  /// An exact int or bool that fits.
  static bool isPlainInt(Value item, int64_t& number) {
    if (item.isInt()) {
      number = item.asInt();
      return true;
    }
    return (item.isBool() || isExactInt(item)) && intFits64(item, number);
  }
  bool addWide(int64_t number) {
    wide_ += number;
    return true;
  }
  bool addReal(double number) {
    real_.add(number);
    return true;
  }
  bool addInt(Value item) {
    double number;
    if (!intToDouble(item, number))
      return raise(overflowErrorType, "int too large to convert to float");
    return addReal(number);
  }
  bool addObject(Value item) {
    total_ = binaryOp(BinaryOp::Add, total_, item);
    return static_cast<bool>(total_);
  }

  /// What comes behind the mode that the total has left, or before the first.
  void takeTotal() {
    Value total = total_;
    if (total.isDouble() && mode_ < Mode::Floats) {
      mode_ = Mode::Floats;
      real_ = {total.asDouble(), 0};
    } else if (hasShape(total, kShapeComplex) && mode_ < Mode::Complexes) {
      mode_ = Mode::Complexes;
      real_ = {asComplex(total)->real, 0};
      imaginary_ = {asComplex(total)->imag, 0};
    } else {
      mode_ = Mode::Objects;
    }
  }

  Mode mode_ = Mode::Ints;
  int64_t int_ = 0;
  __int128 wide_ = 0;
  CompensatedSum real_, imaginary_;
  Ref total_;
};

Ref sumAll(Summer sum, Value iterable) {
  if (!forEach(iterable, [&](Value item) { return sum.add(item); }))
    return {};
  return sum.finish();
}

/// (state, iterable), with a state as resumedSum takes it.
Ref goOnSumming(const Value* args) {
  const TupleObject* state = asTuple(args[0]);
  bool isFloats = state->items()[0].isDouble();
  Summer sum =
      !isFloats ? Summer(state->items()[0])
      : !state->items()[2].isTrue()
          ? Summer(Value::fromInt(0))
          : Summer(CompensatedSum{state->items()[0].asDouble(), state->items()[1].asDouble()});
  int64_t seen = isFloats ? 3 : 1;
  if (state->count > seen && !sum.add(state->items()[seen]))
    return {};
  return sumAll(std::move(sum), args[1]);
}
constexpr MethodDef kGoOnSumming = {.signature = "sum($state, iterable, /)", .bound = goOnSumming};

} // namespace

extern "C" Ref pycBuiltinSum(const Value* args) {
  Value start = args[1] ? args[1] : Value::fromInt(0);
  if (isStr(start))
    return raise(typeErrorType, "sum() can't sum strings [use ''.join(seq) instead]");
  if (isBytes(start))
    return raise(typeErrorType, "sum() can't sum bytes [use b''.join(seq) instead]");
  if (hasShape(start, kShapeByteArray))
    return raise(typeErrorType, "sum() can't sum bytearray [use b''.join(seq) instead]");
  return sumAll(Summer(start), args[0]);
}

Ref resumedSum(std::span<const Value> state) {
  PYC_TRY(items, makeTuple(state.data(), state.size()));
  return makeBuiltinFunction(&kGoOnSumming, items, Value());
}

namespace {

// min() and max().

/// min and max over items that come one by one.
class Extreme {
public:
  Extreme(CompareOp op, Value key) : op_(op), key_(key) {}

  bool add(Value item) {
    Ref key = key_ ? call(key_, item) : Ref::copy(item);
    if (!key)
      return false;
    if (bestKey_) {
      bool better;
      if (areInts(key, bestKey_))
        better = compareInts(op_, key, bestKey_);
      else if (areDoubles(key, bestKey_))
        better = compareAs(op_, key.get().asDouble(), bestKey_.get().asDouble());
      else if (!compareBool(op_, key, bestKey_, better))
        return false;
      if (!better)
        return true;
    }
    bestKey_ = std::move(key);
    best_ = Ref::copy(item);
    return true;
  }
  Ref best() { return std::move(best_); }

private:
  CompareOp op_;
  Value key_;
  Ref best_, bestKey_;
};

struct ExtremeArguments {
  Value key, fallback; // null: not given
};

bool readExtremeKeywords(const char* name, const Value* values, Value kwnames,
                         ExtremeArguments& out) {
  for (int64_t k = 0; kwnames && k < asTuple(kwnames)->count; ++k) {
    Value keyword = asTuple(kwnames)->items()[k];
    if (strEquals(asStr(keyword), "key"))
      out.key = values[k].isNone() ? Value() : values[k];
    else if (strEquals(asStr(keyword), "default"))
      out.fallback = values[k];
    else
      return raise(typeErrorType, "%s() got an unexpected keyword argument '%S'", name, keyword);
  }
  return true;
}

/// The best item, with those of `iterable`.
Ref extremeOf(Extreme search, Value iterable, const char* name, Value fallback) {
  if (!forEach(iterable, [&](Value item) { return search.add(item); }))
    return {};
  if (Ref best = search.best())
    return best;
  if (fallback)
    return Ref::copy(fallback);
  return raise(valueErrorType, "%s() iterable argument is empty", name);
}

Ref extreme(const char* name, CompareOp op, const Value* args, size_t argc, Value kwnames) {
  if (argc == 0)
    return raise(typeErrorType, "%s expected at least 1 argument, got 0", name);
  ExtremeArguments options;
  if (!readExtremeKeywords(name, args + argc, kwnames, options))
    return {};
  if (argc > 1 && options.fallback)
    return raise(typeErrorType,
                 "Cannot specify a default for %s() with multiple positional arguments", name);
  Extreme search(op, options.key);
  if (argc > 1) {
    for (size_t k = 0; k < argc; ++k)
      if (!search.add(args[k]))
        return {};
    return search.best();
  }
  return extremeOf(std::move(search), args[0], name, options.fallback);
}

/// (state, iterable, default), with a state as resumedExtreme takes it.
template <bool isMin> Ref goOnComparing(const Value* args) {
  const TupleObject* state = asTuple(args[0]);
  Extreme search(isMin ? CompareOp::Lt : CompareOp::Gt, Value());
  if ((state->items()[1].isTrue() && !search.add(state->items()[0])) ||
      (state->count > 2 && !search.add(state->items()[2])))
    return {};
  return extremeOf(std::move(search), args[1], isMin ? "min" : "max", args[2]);
}
constexpr MethodDef kGoOnWithMin = {.signature = "min($state, iterable, /, default=None)",
                                    .bound = goOnComparing<true>};
constexpr MethodDef kGoOnWithMax = {.signature = "max($state, iterable, /, default=None)",
                                    .bound = goOnComparing<false>};

const MethodDef kFunctions[] = {
    {.signature = "abs(number, /)", .bound = pycBuiltinAbs},
    {.signature = "divmod(x, y, /)", .bound = divmodFunction},
    {.signature = "pow(base, exp, mod=None)", .bound = powFunction},
    {.signature = "round(number, ndigits=None)", .bound = roundFunction},
    {.signature = "bin(integer, /)", .bound = binFunction},
    {.signature = "oct(integer, /)", .bound = octFunction},
    {.signature = "hex(integer, /)", .bound = hexFunction},
    {.signature = "sum(iterable, /, start=0)", .bound = pycBuiltinSum},
    {.signature = "min",
     .raw = pycBuiltinMin,
     .doc = "min(iterable, *[, default=obj, key=func]) -> value\n"
            "min(arg1, arg2, *args, *[, key=func]) -> value\n\n"
            "The smallest item of an iterable, or the smallest of several arguments; `default`\n"
            "when the iterable is empty."},
    {.signature = "max",
     .raw = pycBuiltinMax,
     .doc = "max(iterable, *[, default=obj, key=func]) -> value\n"
            "max(arg1, arg2, *args, *[, key=func]) -> value\n\n"
            "The biggest item of an iterable, or the biggest of several arguments; `default`\n"
            "when the iterable is empty."},
};

} // namespace

// The module comes first.
Ref pycBuiltinMin(const Value* args, size_t argc, Value kwnames) {
  return extreme("min", CompareOp::Lt, args + 1, argc - 1, kwnames);
}
Ref pycBuiltinMax(const Value* args, size_t argc, Value kwnames) {
  return extreme("max", CompareOp::Gt, args + 1, argc - 1, kwnames);
}

Ref pycBuiltinAbs(const Value* args) {
  return unaryOp(UnaryOp::Abs, args[0]);
}

Ref resumedExtreme(bool isMin, std::span<const Value> state) {
  PYC_TRY(tuple, makeTuple(state.data(), state.size()));
  return makeBuiltinFunction(isMin ? &kGoOnWithMin : &kGoOnWithMax, tuple, Value());
}

std::span<const MethodDef> numberBuiltins() {
  return kFunctions;
}

} // namespace pyc::rt
