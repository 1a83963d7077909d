// bool: the two ints True and False, static objects without limbs.
#include "runtime/abi/native_cells.h"
#include "runtime/objects/arguments.h"
#include "runtime/objects/int_view.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str.h"

namespace pyc::rt {

// One behind the other, so that native code tells bools from other values with one comparison.
extern "C" {
[[gnu::used]] alignas(2 * sizeof(Object)) constinit Object pycBools[2] = {
    immortalObject(kShapeBool), immortalObject(kShapeBool)};
}
static_assert(kFalseBit == sizeof(Object));
asm(".globl pycTrue, pycFalse\n"
    ".set pycTrue, pycBools\n"
    ".set pycFalse, pycBools + 16\n");

namespace {

Ref boolRepr(Value self) {
  return Ref::copy(self.isTrue() ? names::true_ : names::false_);
}

Ref create(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  if (!checkNoKeywords("bool", kwnames) || !checkArgumentCount("bool", argc, 0, 1))
    return {};
  bool result = false;
  if (argc == 1 && !truth(args[0], result))
    return {};
  return Ref::boolean(result);
}

bool areBools(Value a, Value b) {
  return a.isBool() && b.isBool();
}
Ref boolAnd(Value a, Value b) {
  return areBools(a, b) ? Ref::boolean(a.isTrue() && b.isTrue()) : intAnd(a, b);
}
Ref boolOr(Value a, Value b) {
  return areBools(a, b) ? Ref::boolean(a.isTrue() || b.isTrue()) : intOr(a, b);
}
Ref boolXor(Value a, Value b) {
  return areBools(a, b) ? Ref::boolean(a.isTrue() != b.isTrue()) : intXor(a, b);
}

Ref invert(Value self) {
  if (!warn(deprecationWarningType, 1,
            "Bitwise inversion '~' on bool is deprecated and will be removed in Python 3.16. This "
            "returns the bitwise inversion of the underlying int object and is usually not what "
            "you expect from negating a bool. Use the 'not' operator for boolean negation or "
            "~int(x) if you really want the bitwise inversion of the underlying int."))
    return {};
  return Ref::number(Value::fromInt(self.isTrue() ? -2 : -1));
}

} // namespace

extern "C" constinit TypeObject boolType = {
    .name = "bool",
    .base = &intType,
    .flags = kTypeBuiltin | kTypeMatchSelf,
    .doc = "bool(object=False, /)\n--\n\nReturns True when the argument is true, False otherwise.\n"
           "The builtins True and False are the only two instances of the class bool.\n"
           "The class bool is a subclass of the class int, and cannot be subclassed.",
    .slots = {.repr = boolRepr,
              .create = create,
              .binary = {nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr,
                         nullptr, nullptr, boolAnd, boolOr, boolXor},
              .unary = {nullptr, nullptr, invert, nullptr}},
};

} // namespace pyc::rt
