// Signals: the exception types of decimal, and raising them.
#include "runtime/modules/decimal_objects.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

DecimalSignal decimalSignals[kSignalCount] = {
    {"InvalidOperation", MPD_IEEE_Invalid_operation, {}},
    {"FloatOperation", kFloatOperation, {}},
    {"DivisionByZero", MPD_Division_by_zero, {}},
    {"Overflow", MPD_Overflow, {}},
    {"Underflow", MPD_Underflow, {}},
    {"Subnormal", MPD_Subnormal, {}},
    {"Inexact", MPD_Inexact, {}},
    {"Rounded", MPD_Rounded, {}},
    {"Clamped", MPD_Clamped, {}},
};

namespace {

/// The conditions of InvalidOperation, which an exception's argument tells apart.
DecimalSignal invalidConditions[] = {
    {"InvalidOperation", MPD_Invalid_operation, {}},
    {"ConversionSyntax", MPD_Conversion_syntax, {}},
    {"DivisionImpossible", MPD_Division_impossible, {}},
    {"DivisionUndefined", MPD_Division_undefined, {}},
    {"InvalidContext", MPD_Invalid_context, {}},
};

/// A class of exceptions, with the names of its bases among these, and one that is built in.
struct ExceptionClass {
  const char* name;
  const char* bases[3];
  TypeObject* builtinBase;
  Value type;
};
/// Bases first.
ExceptionClass exceptionClasses[] = {
    {"DecimalException", {}, &arithmeticErrorType, {}},
    {"Clamped", {"DecimalException"}, nullptr, {}},
    {"Rounded", {"DecimalException"}, nullptr, {}},
    {"Inexact", {"DecimalException"}, nullptr, {}},
    {"Subnormal", {"DecimalException"}, nullptr, {}},
    {"InvalidOperation", {"DecimalException"}, nullptr, {}},
    {"DivisionByZero", {"DecimalException"}, &zeroDivisionErrorType, {}},
    {"FloatOperation", {"DecimalException"}, &typeErrorType, {}},
    {"Overflow", {"Inexact", "Rounded"}, nullptr, {}},
    {"Underflow", {"Inexact", "Rounded", "Subnormal"}, nullptr, {}},
    {"ConversionSyntax", {"InvalidOperation"}, nullptr, {}},
    {"DivisionImpossible", {"InvalidOperation"}, nullptr, {}},
    {"DivisionUndefined", {"InvalidOperation"}, &zeroDivisionErrorType, {}},
    {"InvalidContext", {"InvalidOperation"}, nullptr, {}},
};

Value typeNamed(std::string_view name) {
  for (const ExceptionClass& entry : exceptionClasses)
    if (name == entry.name)
      return entry.type;
  return {};
}

Ref basesOf(const ExceptionClass& entry) {
  Value bases[4];
  size_t count = 0;
  for (const char* base : entry.bases)
    if (base)
      bases[count++] = typeNamed(base);
  if (entry.builtinBase)
    bases[count++] = Value(&entry.builtinBase->header);
  return makeTuple(bases, count);
}

bool makeType(ExceptionClass& entry) {
  PYC_TRY(name, makeStr(entry.name));
  PYC_TRY(module, makeStr("decimal"));
  PYC_TRY(attributes, newDict());
  PYC_TRY(bases, basesOf(entry));
  if (!dictSetStr(asDict(attributes), names::__module__, module))
    return false;
  entry.type = call(Value(&typeType), name, bases, attributes).release();
  return static_cast<bool>(entry.type);
}

bool appendTypes(Value list, std::span<const DecimalSignal> table, uint32_t conditions) {
  for (const DecimalSignal& entry : table)
    if ((entry.conditions & conditions) && !listAppend(asList(list), entry.type))
      return false;
  return true;
}

} // namespace

bool addDecimalSignals(DictObject* names) {
  for (ExceptionClass& entry : exceptionClasses)
    if ((!entry.type && !makeType(entry)) ||
        !dictSetStr(names, internLiteral(entry.name), entry.type))
      return false;
  for (std::span<DecimalSignal> table :
       {std::span<DecimalSignal>(decimalSignals), std::span<DecimalSignal>(invalidConditions)})
    for (DecimalSignal& signal : table)
      signal.type = typeNamed(signal.name);
  return true;
}

Raised raiseConditions(uint32_t conditions) {
  if (conditions & MPD_Malloc_error)
    return raiseMemoryError();
  Ref list = newList(0);
  if (!list || !appendTypes(list, invalidConditions, conditions) ||
      !appendTypes(list, std::span(decimalSignals).subspan(1), conditions))
    return {};
  for (const DecimalSignal& signal : decimalSignals)
    if (signal.conditions & conditions)
      return raiseWith(*asType(signal.type), list);
  return raise(systemErrorType, "unknown condition of a decimal operation");
}

Ref listOfSignals(uint32_t conditions) {
  Ref list = newList(0);
  return list && appendTypes(list, decimalSignals, conditions) ? std::move(list) : Ref();
}

} // namespace pyc::rt
