// Decimals as objects, and arguments as numbers.
#include "runtime/modules/decimal_objects.h"

namespace pyc::rt {

Ref newDecimal(TypeObject* type) {
  if (type == &decimalType)
    return newDecimal();
  Object* object = allocObject(type);
  if (!object)
    return {};
  auto* decimal = reinterpret_cast<DecimalObject*>(object);
  decimal->hashCode = kNoDecimalHash;
  initNumber(decimal->number, decimal->words);
  return Ref::steal(object);
}

bool Operand::setOther(Value value) {
  if (value.isInt()) {
    int64_t integer = value.asInt();
    word_ = static_cast<mpd_uint_t>(integer < 0 ? -integer : integer);
    small_ = {static_cast<uint8_t>(MPD_STATIC | MPD_CONST_DATA | (integer < 0 ? MPD_NEG : MPD_POS)),
              0,
              mpd_word_digits(word_),
              1,
              1,
              &word_};
    number_ = &small_;
    return true;
  }
  if (isDecimal(value)) {
    number_ = numberOf(value);
    return true;
  }
  if (!isInteger(value))
    return false;
  uint32_t status = 0;
  owned_ = newDecimal();
  if (!owned_ || !setFromInt(newNumberOf(owned_), value, &kExactContext, status))
    return false;
  if (status & MPD_Malloc_error)
    return raiseMemoryError();
  number_ = numberOf(owned_);
  return true;
}

bool Operand::refuse(Value value) {
  return raise(typeErrorType, "conversion from %s to Decimal is not supported",
               typeOf(value)->name);
}

} // namespace pyc::rt
