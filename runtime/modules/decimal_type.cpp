// The type Decimal.
#include "runtime/modules/decimal_objects.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"

namespace pyc::rt {

namespace {

Ref create(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("Decimal(value='0', context=None)");
  Value bound[2] = {argc == 1 ? args[0] : Value(), {}};
  if ((argc != 1 || kwnames) && !signature.bind(args, argc, kwnames, bound))
    return {};
  DecimalContext* context;
  if (!contextArg(bound[1], context))
    return {};
  return decimalFrom(type, bound[0] ? bound[0] : Value::fromInt(0), context, true);
}

void dealloc(Object* self) {
  mpd_t& number = reinterpret_cast<DecimalObject*>(self)->number;
  if (PYC_UNLIKELY((number.flags & MPD_DATAFLAGS) == 0))
    mpd_free(number.data);
  if (PYC_LIKELY(self->shape == decimalType.rootShape))
    freeFast<false>(self);
  else
    freeObject(self);
}

Ref strSlot(Value self) {
  DecimalContext* context = currentDecimalContext();
  return context ? decimalText(numberOf(self), context->capitals != 0) : Ref();
}

Ref reprSlot(Value self) {
  PYC_TRY(text, strSlot(self));
  return formatText("Decimal('%S')", text.get());
}

bool truthSlot(Value self, bool& result) {
  result = !mpd_iszero(numberOf(self));
  return true;
}

Ref getReal(Value self) {
  return Ref::copy(self);
}
Ref getImaginary(Value) {
  return decimalFrom(&decimalType, Value::fromInt(0), currentDecimalContext(), true);
}

constexpr GetSetDef kGetSets[] = {
    {"real", getReal, nullptr, "The number itself."},
    {"imag", getImaginary, nullptr, "Zero."},
};

constexpr TypeSlots makeSlots() {
  TypeSlots slots = {.dealloc = dealloc,
                     .repr = reprSlot,
                     .str = strSlot,
                     .hash = decimalHash,
                     .compare = decimalCompare,
                     .create = create,
                     .power = decimalRaiseModulo,
                     .truth = truthSlot,
                     .toInt = decimalToInt,
                     .toFloat = decimalToFloat};
  auto binary = [&](BinaryOp op, BinaryFn function) {
    slots.binary[static_cast<unsigned>(op)] = function;
  };
  binary(BinaryOp::Add, decimalAdd);
  binary(BinaryOp::Sub, decimalSubtract);
  binary(BinaryOp::Mul, decimalMultiply);
  binary(BinaryOp::TrueDiv, decimalDivide);
  binary(BinaryOp::FloorDiv, decimalFloorDivide);
  binary(BinaryOp::Mod, decimalRemainder);
  binary(BinaryOp::Pow, decimalRaise);
  slots.unary[static_cast<unsigned>(UnaryOp::Neg)] = decimalNegate;
  slots.unary[static_cast<unsigned>(UnaryOp::Pos)] = decimalPlus;
  slots.unary[static_cast<unsigned>(UnaryOp::Abs)] = decimalAbsolute;
  return slots;
}

} // namespace

constinit TypeObject decimalType = {
    .name = "decimal.Decimal",
    .base = &objectType,
    .basicSize = sizeof(DecimalObject),
    .flags = kTypeBuiltin | kTypeBase,
    .getSets = kGetSets,
    .doc = "Decimal(value='0', context=None)\n--\n\n"
           "A decimal number of any length, of an int, text, a float, another Decimal, or a tuple\n"
           "of sign, digits and exponent. It has the value exactly, whatever the context's\n"
           "precision is; the context says what becomes of text that is no number.",
    .slots = makeSlots(),
};

} // namespace pyc::rt
