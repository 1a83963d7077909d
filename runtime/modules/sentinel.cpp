// sentinel (PEP 661): unique objects with a name.
#include "runtime/modules/typing_support.h"
#include "runtime/objects/arguments.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/generic_alias.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

namespace {

struct SentinelObject {
  Object header;
  Value name, shown, module;
};
SentinelObject* asSentinel(Value value) {
  return value.as<SentinelObject>();
}

bool readRepr(const Value* values, Value kwnames, Value& shown) {
  for (int64_t k = 0; kwnames && k < asTuple(kwnames)->count; ++k) {
    Value keyword = asTuple(kwnames)->items()[k];
    if (!strEquals(asStr(keyword), "repr"))
      return raise(typeErrorType, "sentinel() got an unexpected keyword argument '%S'", keyword);
    shown = values[k];
    if (!shown.isNone() && !isStr(shown))
      return raise(typeErrorType, "sentinel() argument 'repr' must be str or None, not %T", shown);
  }
  return true;
}

Ref create(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  Value shown;
  if (argc != 1)
    return raise(typeErrorType, "sentinel() takes exactly 1 positional argument (%zu given)", argc);
  if (!isStr(args[0]))
    return raise(typeErrorType, "sentinel() argument 1 must be str, not %T", args[0]);
  if (!readRepr(args + argc, kwnames, shown))
    return {};
  Object* object = allocObject(type);
  if (!object)
    return {};
  SentinelObject* self = asSentinel(object);
  self->name = Ref::copy(args[0]).release();
  self->shown = Ref::copy(shown && !shown.isNone() ? shown : args[0]).release();
  self->module = callerModule().release();
  return Ref::steal(object);
}

Ref sentinelRepr(Value self) {
  return Ref::copy(asSentinel(self)->shown);
}
Ref selfMethod(const Value* args) {
  return Ref::copy(args[0]);
}
Ref reduceMethod(const Value* args) {
  return Ref::copy(asSentinel(args[0])->name);
}

void traverse(Object* self, Visitor& visitor) {
  for (Value value : {asSentinel(self)->name, asSentinel(self)->shown, asSentinel(self)->module})
    if (value)
      visitor.visit(value);
}
void clear(Object* self) {
  clearField(asSentinel(self)->module);
}
void dealloc(Object* self) {
  for (Value value : {asSentinel(self)->name, asSentinel(self)->shown, asSentinel(self)->module})
    decrefMaybe(value);
  freeObject(self);
}

const MethodDef kMethods[] = {
    {.signature = "__copy__($self, /)", .bound = selfMethod},
    {.signature = "__deepcopy__($self, memo, /)", .bound = selfMethod},
    {.signature = "__reduce__($self, /)", .bound = reduceMethod},
};
const MemberDef kMembers[] = {
    {"__name__", offsetof(SentinelObject, name), MemberDef::ReadOnly},
    {"__module__", offsetof(SentinelObject, module), MemberDef::Writable},
};

constexpr TypeObject definition() {
  TypeObject type;
  type.name = "sentinel";
  type.basicSize = sizeof(SentinelObject);
  type.flags = kTypeBuiltin | kTypeCollected | kTypeWeakrefs;
  type.methods = kMethods;
  type.members = kMembers;
  type.doc =
      "sentinel(name, /, *, repr=None)\n--\n\nCreate a unique sentinel object with the given name.";
  type.slots.dealloc = dealloc;
  type.slots.traverse = traverse;
  type.slots.clear = clear;
  type.slots.repr = sentinelRepr;
  type.slots.create = create;
  type.slots.binary[static_cast<int>(BinaryOp::Or)] = makeUnion;
  return type;
}

} // namespace

extern "C" constinit TypeObject sentinelType = definition();

} // namespace pyc::rt
