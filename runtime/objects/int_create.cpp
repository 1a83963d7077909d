// int(), int(x) and int(x, base), also for subclasses.
#include "runtime/objects/buffer.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/int_view.h"
#include "runtime/objects/number_text.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"

#include <cstring>

namespace pyc::rt {

namespace {

Ref intFromStr(Value str, int base) {
  std::string storage;
  return parseInt(asciiNumberText(asStr(str), storage), base, str);
}

Ref intFromBuffer(Value object, int base) {
  BytesLike bytes;
  if (!bytes.open(object))
    return {};
  PYC_TRY(shown, makeBytes(bytes.get()));
  return parseInt(bytes.get(), base, shown);
}

/// int(x) of anything.
Ref convert(Value x) {
  const TypeSlots& slots = typeOf(x)->slots;
  if (slots.toInt || slots.index)
    return toInt(x);
  if (isStr(x))
    return intFromStr(x, 10);
  return hasBuffer(x) ? intFromBuffer(x, 10) : toInt(x);
}

/// int(x, base).
Ref convertWithBase(Value x, Value baseArgument) {
  int64_t base;
  if (!toInt64(baseArgument, base))
    return {};
  if (base != 0 && (base < 2 || base > 36))
    return raise(valueErrorType, "int() base must be >= 2 and <= 36, or 0");
  if (isStr(x))
    return intFromStr(x, static_cast<int>(base));
  if (isBytes(x) || isByteArray(x))
    return intFromBuffer(x, static_cast<int>(base));
  return raise(typeErrorType, "int() can't convert non-string with explicit base");
}

/// The same number as an instance of a subclass.
Ref makeSubclassInt(TypeObject* type, Value integer) {
  IntView view(integer);
  auto* object = reinterpret_cast<IntObject*>(allocObject(type, view.count));
  if (!object)
    return {};
  std::memcpy(object->limbs(), view.limbs, view.count * sizeof(Limb));
  object->size =
      view.negative ? -static_cast<int64_t>(view.count) : static_cast<int64_t>(view.count);
  return Ref::steal(&object->header);
}

} // namespace

Ref intCreate(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("int(x=0, /, base=10)");
  Value bound[2] = {argc == 1 ? args[0] : Value()};
  if ((argc > 1 || kwnames) && !signature.bind(args, argc, kwnames, bound))
    return {};
  if (!bound[0] && bound[1])
    return raise(typeErrorType, "int() missing string argument");
  Ref number = !bound[0]  ? Ref::number(Value::fromInt(0))
               : bound[1] ? convertWithBase(bound[0], bound[1])
                          : convert(bound[0]);
  if (!number || type == &intType)
    return number;
  return makeSubclassInt(type, number);
}

} // namespace pyc::rt
