// sentinel (PEP 661): a named unique object. Copying keeps its identity.

#include "runtime/objects/arguments.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/function.h"
#include "runtime/objects/generic_alias.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/str.h"

namespace pyc::rt {

namespace {

struct SentinelObject {
  Object header;
  Value name; // str
  Value text; // str: repr()
};
SentinelObject* asSentinel(Value value) {
  return value.as<SentinelObject>();
}

Ref createSentinel(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("sentinel(name, /, *, repr=None)");
  Value in[2];
  if (!signature.bind(args, argc, kwnames, in))
    return {};
  if (!isStr(in[0]))
    return raise(typeErrorType, "sentinel() argument 1 must be str, not %T", in[0]);
  Ref result = Ref::steal(allocObject(type));
  if (!result)
    return {};
  asSentinel(result)->name = Ref::copy(in[0]).release();
  asSentinel(result)->text = Ref::copy(in[1] && !in[1].isNone() ? in[1] : in[0]).release();
  return result;
}

void deallocSentinel(Object* self) {
  decrefMaybe(asSentinel(self)->name);
  decrefMaybe(asSentinel(self)->text);
  freeObject(self);
}
Ref reprSentinel(Value self) {
  return Ref::copy(asSentinel(self)->text);
}
Ref getName(Value self) {
  return Ref::copy(asSentinel(self)->name);
}
Ref copySentinel(const Value* args) {
  return Ref::copy(args[0]);
}

constexpr MethodDef kMethods[] = {
    {"__copy__($self, /)", copySentinel},
    {"__deepcopy__($self, memo, /)", copySentinel},
    {"__reduce__($self, /)", [](const Value* args) { return getName(args[0]); }},
};
constexpr GetSetDef kGetSets[] = {{"__name__", getName}};

constexpr TypeSlots slots() {
  TypeSlots slots;
  slots.dealloc = deallocSentinel;
  slots.repr = reprSentinel;
  slots.create = createSentinel;
  slots.binary[static_cast<unsigned>(BinaryOp::Or)] = makeUnion;
  return slots;
}

} // namespace

extern "C" constinit TypeObject sentinelType = {.name = "sentinel",
                                                .basicSize = sizeof(SentinelObject),
                                                .flags = kTypeBuiltin | kTypeWeakrefs,
                                                .methods = kMethods,
                                                .getSets = kGetSets,
                                                .doc = "A unique object with a name.",
                                                .slots = slots()};

} // namespace pyc::rt
