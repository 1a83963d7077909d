#include "runtime/objects/text_args.h"

#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"

#include <climits>

namespace pyc::rt {

namespace {
Raised raiseBad(const char* function, const char* which, const char* expected, Value argument) {
  if (argument.isNone())
    return raise(typeErrorType, "%s() argument%s must be %s, not None", function, which, expected);
  return raise(typeErrorType, "%s() argument%s must be %s, not %T", function, which, expected,
               argument);
}
} // namespace

Raised raiseBadArgument(const char* function, int number, const char* expected, Value argument) {
  char which[16] = "";
  if (number != 0)
    snprintf(which, sizeof which, " %d", number);
  return raiseBad(function, which, expected, argument);
}

Raised raiseBadArgument(const char* function, const char* name, const char* expected,
                        Value argument) {
  char which[48];
  snprintf(which, sizeof which, " '%s'", name);
  return raiseBad(function, which, expected, argument);
}

bool strArg(const char* function, int number, Value argument) {
  if (PYC_LIKELY(isStr(argument)))
    return true;
  return raiseBadArgument(function, number, "str", argument);
}

namespace {
/// An integer within 64 bits; `target` is the C type's name for the OverflowError.
bool integerArg(Value argument, int64_t& result, const char* target) {
  if (PYC_LIKELY(argument.isInt())) {
    result = argument.asInt();
    return true;
  }
  Ref integer = toIndex(argument);
  if (!integer)
    return false;
  if (intFits64(integer, result))
    return true;
  return raise(overflowErrorType, "Python int too large to convert to %s", target);
}
} // namespace

bool sizeArg(Value argument, int64_t& result) {
  return !argument || integerArg(argument, result, "C ssize_t");
}

bool intArg(Value argument, int& result) {
  if (!argument)
    return true;
  int64_t wide;
  if (!integerArg(argument, wide, "C int"))
    return false;
  if (wide < INT_MIN || wide > INT_MAX)
    return raise(overflowErrorType, "Python int too large to convert to C int");
  result = static_cast<int>(wide);
  return true;
}

bool boolArg(Value argument, bool& result) {
  return !argument || truth(argument, result);
}

bool boundArg(Value argument, int64_t& result) {
  if (!argument || argument.isNone())
    return true;
  if (PYC_LIKELY(argument.isInt())) {
    result = argument.asInt();
    return true;
  }
  if (!isInteger(argument) && !typeOf(argument)->slots.index)
    return raise(typeErrorType, "slice indices must be integers or have an __index__ method");
  return toInt64(argument, result);
}

} // namespace pyc::rt
