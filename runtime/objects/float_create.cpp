// float(x).
#include "runtime/objects/arguments.h"
#include "runtime/objects/buffer.h"
#include "runtime/objects/float_slots.h"
#include "runtime/objects/float_text.h"
#include "runtime/objects/number_text.h"
#include "runtime/objects/protocol.h"

namespace pyc::rt {

namespace {

/// float(text); `shown` is what the ValueError shows.
Ref floatFromText(std::string_view text, Value shown) {
  std::string_view number = trimBlanks(text);
  std::string plain;
  double result;
  bool ok = true;
  if (number.find('_') != std::string_view::npos) {
    ok = removeUnderscores(number, plain);
    number = plain;
  }
  if (!ok || !parseDouble(number, result))
    return raise(valueErrorType, "could not convert string to float: %R", shown);
  return makeFloat(result);
}

Ref floatFromStr(Value str) {
  std::string storage;
  return floatFromText(asciiNumberText(asStr(str), storage), str);
}

Ref floatFromBuffer(Value object) {
  BytesLike bytes;
  return bytes.open(object) ? floatFromText(bytes.get(), object) : Ref();
}

/// float(x) of anything.
Ref convert(Value x) {
  const TypeSlots& slots = typeOf(x)->slots;
  if (slots.toFloat || slots.index)
    return toFloat(x);
  if (isStr(x))
    return floatFromStr(x);
  return hasBuffer(x) ? floatFromBuffer(x) : toFloat(x);
}

} // namespace

Ref floatCreate(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  bool ownInit = type->slots.init != floatType.slots.init;
  if ((!ownInit && !checkNoKeywords("float", kwnames)) || !checkArgumentCount("float", argc, 0, 1))
    return {};
  Ref number = argc == 0 ? makeFloat(0) : convert(args[0]);
  if (!number || type == &floatType)
    return number;
  auto* object = reinterpret_cast<FloatObject*>(allocObject(type));
  if (!object)
    return {};
  object->value = number.get().asDouble();
  return Ref::steal(&object->header);
}

} // namespace pyc::rt
