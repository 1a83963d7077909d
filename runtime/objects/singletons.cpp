// None, NotImplemented and Ellipsis.
#include "runtime/objects/errors.h"
#include "runtime/objects/str.h"
#include "runtime/objects/type.h"

namespace pyc::rt {

extern "C" {
constinit Object pycNone = immortalObject(kShapeNone);
constinit Object pycNotImplemented = immortalObject(kShapeNotImplemented);
constinit Object pycEllipsis = immortalObject(kShapeEllipsis);
}

namespace {

Ref noneRepr(Value) {
  return makeStrAscii("None");
}
bool noneTruth(Value, bool& result) {
  result = false;
  return true;
}
/// CPython's: the same in every process, so that sets and dicts with None keep their order.
bool noneHash(Value, int64_t& hash) {
  hash = 0xFCA86420;
  return true;
}
Ref noneCreate(TypeObject* type, const Value*, size_t argc, Value kwnames) {
  if (argc != 0 || kwnames)
    return raise(typeErrorType, "NoneType takes no arguments");
  return Ref::none();
}

Ref notImplementedRepr(Value) {
  return makeStrAscii("NotImplemented");
}
bool notImplementedTruth(Value, bool&) {
  return raise(typeErrorType, "NotImplemented should not be used in a boolean context");
}
Ref notImplementedCreate(TypeObject* type, const Value*, size_t argc, Value kwnames) {
  if (argc != 0 || kwnames)
    return raise(typeErrorType, "NotImplementedType takes no arguments");
  return Ref::notImplemented();
}

Ref ellipsisRepr(Value) {
  return makeStrAscii("Ellipsis");
}
Ref ellipsisCreate(TypeObject* type, const Value*, size_t argc, Value kwnames) {
  if (argc != 0 || kwnames)
    return raise(typeErrorType, "EllipsisType takes no arguments");
  return Ref::steal(Value::ellipsis());
}

constexpr MethodDef kNotImplementedMethods[] = {
    {"__reduce__($self, /)", [](const Value*) { return makeStrAscii("NotImplemented"); }},
};
constexpr MethodDef kEllipsisMethods[] = {
    {"__reduce__($self, /)", [](const Value*) { return makeStrAscii("Ellipsis"); }},
};

} // namespace

extern "C" {
constinit TypeObject noneType = {
    .name = "NoneType",
    .doc = "The type of the None singleton.",
    .slots = {.repr = noneRepr, .hash = noneHash, .create = noneCreate, .truth = noneTruth},
};
constinit TypeObject notImplementedType = {
    .name = "NotImplementedType",
    .methods = kNotImplementedMethods,
    .doc = "The type of the NotImplemented singleton.",
    .slots = {.repr = notImplementedRepr,
              .create = notImplementedCreate,
              .truth = notImplementedTruth},
};
constinit TypeObject ellipsisType = {
    .name = "ellipsis",
    .methods = kEllipsisMethods,
    .doc = "The type of the Ellipsis singleton.",
    .slots = {.repr = ellipsisRepr, .create = ellipsisCreate},
};
}

} // namespace pyc::rt
