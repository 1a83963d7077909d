// The type timedelta.
#include "runtime/modules/datetime_delta.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/int.h"
#include "runtime/objects/tuple.h"
#include "runtime/objects/tuple_hash.h"

#include <cstddef>

namespace pyc::rt {

namespace {

bool hashSlot(Value self, int64_t& hash) {
  DeltaObject* delta = asDelta(self);
  hash = __atomic_load_n(&delta->hashCode, __ATOMIC_RELAXED);
  if (hash != kNoHash)
    return true;
  TupleHash sum; // that of the tuple of the three
  for (Value part : {delta->days, delta->seconds, delta->microseconds})
    sum.add(intHash(part));
  hash = sum.finish();
  __atomic_store_n(&delta->hashCode, hash, __ATOMIC_RELAXED);
  return true;
}

Ref compareSlot(Value self, Value other, CompareOp op) {
  if (!isDelta(other))
    return Ref::notImplemented();
  return ordering(compareDeltas(asDelta(self), asDelta(other)), op);
}

bool truthSlot(Value self, bool& result) {
  result = !isZero(asDelta(self));
  return true;
}

Ref reprSlot(Value self) {
  const DeltaObject* delta = asDelta(self);
  std::string parts;
  auto add = [&](const char* name, int64_t part) {
    if (part)
      parts += (parts.empty() ? "" : ", ") + std::string(name) + "=" + std::to_string(part);
  };
  add("days", daysOf(delta));
  add("seconds", secondsOf(delta));
  add("microseconds", microsecondsOf(delta));
  return formatText("%s(%s)", fullTypeName(self), parts.empty() ? "0" : parts.c_str());
}

Ref strSlot(Value self) {
  const DeltaObject* delta = asDelta(self);
  char text[64], parts[16] = "";
  int seconds = static_cast<int>(secondsOf(delta));
  if (microsecondsOf(delta))
    snprintf(parts, sizeof parts, ".%06d", static_cast<int>(microsecondsOf(delta)));
  snprintf(text, sizeof text, "%d:%02d:%02d%s", seconds / 3600, seconds / 60 % 60, seconds % 60,
           parts);
  int64_t days = daysOf(delta);
  if (days == 0)
    return makeStrAscii(text);
  return formatText("%lld day%s, %s", static_cast<long long>(days),
                    days == 1 || days == -1 ? "" : "s", text);
}

Ref totalSecondsMethod(const Value* args) {
  return totalSeconds(asDelta(args[0]));
}

Ref reduceMethod(const Value* args) {
  const DeltaObject* delta = asDelta(args[0]);
  PYC_TRY(parts, tupleOf(delta->days, delta->seconds, delta->microseconds));
  return tupleOf(Value(&typeOf(args[0])->header), parts.get());
}

Ref divmodMethod(const Value* args) {
  return divmodDelta(args[0], args[1]);
}
Ref reflectedDivmod(const Value* args) {
  return divmodDelta(args[1], args[0]);
}

bool addConstants(DictObject* dict) {
  struct Constant {
    const char* name;
    int64_t days, seconds, microseconds;
  };
  for (const Constant& constant :
       {Constant{"min", -999'999'999, 0, 0}, Constant{"max", 999'999'999, 86'399, 999'999},
        Constant{"resolution", 0, 0, 1}}) {
    PYC_TRY(delta, newDelta(constant.days, constant.seconds, constant.microseconds));
    if (!dictSetStr(dict, internLiteral(constant.name), delta))
      return false;
  }
  return true;
}

constexpr MemberDef kMembers[] = {
    {"days", offsetof(DeltaObject, days), MemberDef::ReadOnly, "Number of days."},
    {"seconds", offsetof(DeltaObject, seconds), MemberDef::ReadOnly,
     "Number of seconds (>= 0 and less than 1 day)."},
    {"microseconds", offsetof(DeltaObject, microseconds), MemberDef::ReadOnly,
     "Number of microseconds (>= 0 and less than 1 second)."},
};

constexpr MethodDef kMethods[] = {
    {.signature = "total_seconds($self, /)",
     .bound = totalSecondsMethod,
     .doc = "The whole duration in seconds."},
    {.signature = "__reduce__($self, /)",
     .bound = reduceMethod,
     .doc = "__reduce__() -> (cls, state)"},
    {.signature = "__divmod__($self, value, /)",
     .bound = divmodMethod,
     .doc = "Return divmod(self, value)."},
    {.signature = "__rdivmod__($self, value, /)",
     .bound = reflectedDivmod,
     .doc = "Return divmod(value, self)."},
};

constexpr TypeSlots makeSlots() {
  TypeSlots slots = {.repr = reprSlot,
                     .str = strSlot,
                     .hash = hashSlot,
                     .compare = compareSlot,
                     .create = createDelta,
                     .truth = truthSlot};
  auto binary = [&](BinaryOp op, BinaryFn function) {
    slots.binary[static_cast<unsigned>(op)] = function;
  };
  binary(BinaryOp::Add, addDelta);
  binary(BinaryOp::Sub, subtractDelta);
  binary(BinaryOp::Mul, multiplyDelta);
  binary(BinaryOp::TrueDiv, divideDelta);
  binary(BinaryOp::FloorDiv, floorDivideDelta);
  binary(BinaryOp::Mod, remainderDelta);
  slots.unary[static_cast<unsigned>(UnaryOp::Neg)] = negateDelta;
  slots.unary[static_cast<unsigned>(UnaryOp::Pos)] = plusDelta;
  slots.unary[static_cast<unsigned>(UnaryOp::Abs)] = absoluteDelta;
  return slots;
}

} // namespace

constinit TypeObject deltaType = {
    .name = "datetime.timedelta",
    .base = &objectType,
    .basicSize = sizeof(DeltaObject),
    .flags = kTypeBuiltin | kTypeBase,
    .methods = kMethods,
    .members = kMembers,
    .doc = "timedelta(days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0,\n          "
           "hours=0, weeks=0)\n--\n\nA duration, to the microsecond: what lies between two "
           "dates or moments. Numbers may be\nints or floats, also negative ones.",
    .slots = makeSlots(),
    .addConstants = addConstants,
};

} // namespace pyc::rt
