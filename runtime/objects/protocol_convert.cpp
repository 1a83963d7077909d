// Conversions: to text, to numbers, to sequences.
#include "runtime/objects/float_slots.h"
#include "runtime/objects/format_spec.h"
#include "runtime/objects/int.h"
#include "runtime/objects/int_short.h"
#include "runtime/objects/int_view.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/recursion.h"
#include "runtime/objects/str.h"
#include "runtime/objects/tuple.h"

#include <cstdio>

namespace pyc::rt {

Ref repr(Value value) {
  if (value.isInt())
    return intToStr(value);
  if (!checkRecursion(" while getting the repr of an object"))
    return {};
  PYC_TRY(result, typeOf(value)->slots.repr(value));
  if (!isStr(result))
    return raise(typeErrorType, "%Q.__repr__() must return a str, not %Q", value, result.get());
  return result;
}

Ref str(Value value) {
  if (hasShape(value, kShapeStr))
    return Ref::copy(value);
  if (value.isInt())
    return intToStr(value);
  UnaryFn slot = typeOf(value)->slots.str;
  if (!slot)
    return repr(value);
  if (!checkRecursion(" while getting the str of an object"))
    return {};
  PYC_TRY(result, slot(value));
  if (!isStr(result))
    return raise(typeErrorType, "%Q.__str__() must return a str, not %Q", value, result.get());
  return result;
}

/// A text with everything above ASCII as escapes.
static Ref escapeNonAscii(StrObject* text) {
  StrBuilder out;
  for (int64_t i = 0; i < text->length; i++) {
    uint32_t c = text->at(i);
    if (c < 128) {
      out.appendChar(c);
      continue;
    }
    char escape[12];
    snprintf(escape, sizeof(escape), c < 256 ? "\\x%02x" : c < 65536 ? "\\u%04x" : "\\U%08x", c);
    out.append(escape);
  }
  return out.finish();
}

Ref ascii(Value value) {
  PYC_TRY(text, repr(value));
  if (asStr(text)->isAscii())
    return text;
  return escapeNonAscii(asStr(text));
}

/// What __format__ of exactly int, float or str is: nobody can replace it. Any other type: null,
/// with nothing raised, and `known` as it was.
static Ref formatKnown(Value value, Value text, bool& known) {
  Value args[] = {value, text};
  known = true;
  if (isExactInt(value))
    return intFormat(args);
  if (value.isDouble())
    return floatFormat(args);
  if (hasShape(value, kShapeStr))
    return formatStr(asStr(value), asStr(text));
  known = false;
  return {};
}

Ref format(Value value, Value spec) {
  if (spec && !isStr(spec))
    return raise(typeErrorType, "Format specifier must be a string, not %.200T", spec);
  Value text = spec ? spec : Value(names::empty);
  if (asStr(text)->length == 0 && (value.isNumber() || hasShape(value, kShapeStr)))
    return str(value);
  bool found = false;
  if (Ref known = formatKnown(value, text, found); found)
    return known;
  Ref result = callSpecial(value, names::__format__, &text, 1, found);
  if (!found)
    return raise(typeErrorType, "Type %.100T doesn't define __format__", value);
  if (result && !isStr(result))
    return raise(typeErrorType, "%Q.__format__() must return a str, not %Q", value, result.get());
  return result;
}

/// Checks what __index__, __int__ or __float__ gave: an instance of a subclass is deprecated.
static bool checkConverted(Value source, Value result, const char* method, const char* wanted,
                           bool isWanted, bool isExact) {
  if (!isWanted)
    return raise(typeErrorType, "%Q.%s() must return %s, not %Q", source, method, wanted, result);
  if (isExact)
    return true;
  return warn(deprecationWarningType, 1,
              "%Q.%s() must return %s, not %Q.  The ability to return an instance of a strict "
              "subclass of %s is deprecated, and may not be supported in a future version of "
              "Python.",
              source, method, wanted, result, wanted[1] == 'n' ? wanted + 3 : wanted + 2);
}

Ref toIndex(Value value) {
  if (isInteger(value))
    return exactInt(value);
  UnaryFn slot = typeOf(value)->slots.index;
  if (!slot)
    return raise(typeErrorType, "'%.200T' object cannot be interpreted as an integer", value);
  PYC_TRY(result, slot(value));
  if (!checkConverted(value, result, "__index__", "an int", isInteger(result), isExactInt(result)))
    return {};
  return exactInt(result);
}

bool toInt64(Value value, int64_t& result, TypeObject* overflow) {
  if (value.isInt()) {
    result = value.asInt();
    return true;
  }
  Ref integer = toIndex(value);
  if (!integer)
    return false;
  if (intFits64(integer, result))
    return true;
  if (overflow)
    return raise(*overflow, "cannot fit '%.200T' into an index-sized integer", value);
  result = intSign(integer) < 0 ? INT64_MIN : INT64_MAX;
  return true;
}

/// __float__, or __index__, of what is no float; null with nothing raised when it has neither.
static Ref convertToFloat(Value value) {
  const TypeSlots& slots = typeOf(value)->slots;
  if (slots.toFloat) {
    PYC_TRY(result, slots.toFloat(value));
    if (!checkConverted(value, result, "__float__", "a float", isFloat(result),
                        result.get().isDouble()))
      return {};
    return result.get().isDouble() ? std::move(result) : floatType.slots.toFloat(result);
  }
  if (!slots.index)
    return {};
  PYC_TRY(integer, toIndex(value));
  double number = 0;
  if (!intToDouble(integer, number))
    return raise(overflowErrorType, "int too large to convert to float");
  return Ref::number(Value::fromDouble(number));
}

bool toDouble(Value value, double& result) {
  if (value.isDouble()) {
    result = value.asDouble();
    return true;
  }
  if (value.isInt()) {
    result = static_cast<double>(value.asInt());
    return true;
  }
  Ref number = convertToFloat(value);
  if (number) {
    result = number.get().asDouble();
    return true;
  }
  if (!isRaised())
    raise(typeErrorType, "must be real number, not %.50T", value);
  return false;
}

Ref toInt(Value value) {
  if (isExactInt(value))
    return Ref::copy(value);
  if (UnaryFn slot = typeOf(value)->slots.toInt) {
    PYC_TRY(result, slot(value));
    if (!checkConverted(value, result, "__int__", "an int", isInteger(result), isExactInt(result)))
      return {};
    return exactInt(result);
  }
  if (typeOf(value)->slots.index)
    return toIndex(value);
  return raise(
      typeErrorType,
      "int() argument must be a string, a bytes-like object or a real number, not '%.200T'", value);
}

Ref toFloat(Value value) {
  if (value.isDouble())
    return Ref::number(value);
  const TypeSlots& slots = typeOf(value)->slots;
  bool isNumber = slots.toFloat || slots.index; // a subclass of str with __float__
  if ((isStr(value) || isBytes(value)) && !isNumber)
    return floatType.slots.create(&floatType, &value, 1, {});
  Ref number = convertToFloat(value);
  if (!number && !isRaised())
    return raise(typeErrorType, "float() argument must be a string or a real number, not '%.200T'",
                 value);
  return number;
}

Ref sequenceTuple(Value iterable) {
  if (hasShape(iterable, kShapeTuple))
    return Ref::copy(iterable);
  if (hasShape(iterable, kShapeList))
    return listToTuple(asList(iterable));
  PYC_TRY(list, sequenceList(iterable));
  return listToTuple(asList(list));
}

Ref sequenceList(Value iterable) {
  PYC_TRY(list, newList(0));
  return listExtend(asList(list), iterable) ? std::move(list) : Ref();
}

} // namespace pyc::rt
