// types.SimpleNamespace: attributes without a class.
#include "runtime/objects/instance.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/recursion.h"
#include "runtime/objects/signature.h"

namespace pyc::rt {

namespace {

Ref createNamespace(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  return Ref::steal(allocObject(type));
}

/// Adds what a mapping or an iterable of pairs gives; all keys must be strings.
bool addAll(DictObject* attributes, Value source) {
  Ref items = newDict();
  if (!items || !dictUpdate(asDict(items), source))
    return false;
  int64_t position = 0;
  Value key, value;
  while (dictNext(asDict(items), position, key, value))
    if (!isStr(key))
      return raise(typeErrorType, "keywords must be strings");
  return dictUpdate(attributes, items);
}

bool initNamespace(Value self, const Value* args, size_t argc, Value kwnames) {
  if (argc > 1)
    return raise(typeErrorType, "%s expected at most 1 argument, got %zu", typeName(self), argc);
  DictObject* attributes = instanceDict(self.object());
  if (!attributes || (argc == 1 && !addAll(attributes, args[0])))
    return false;
  for (int64_t i = 0; kwnames && i < asTuple(kwnames)->count; i++)
    if (!dictSet(attributes, asTuple(kwnames)->items()[i], args[argc + static_cast<size_t>(i)]))
      return false;
  return true;
}

Ref reprNamespace(Value self) {
  const char* name = hasShape(self, kShapeSimpleNamespace) ? "namespace" : typeName(self);
  ReprGuard guard(self);
  if (!guard.enter())
    return formatText("%s(...)", name);
  DictObject* attributes = instanceDict(self.object());
  if (!attributes)
    return {};
  PYC_TRY(items, dictCopy(attributes));
  StrBuilder text;
  text.append(name);
  text.append("(");
  const char* separator = "";
  int64_t position = 0;
  Value key, value;
  while (dictNext(asDict(items), position, key, value)) {
    if (!isStr(key) || asStr(key)->length == 0)
      continue;
    PYC_TRY(item, formatText("%s%S=%R", separator, key, value));
    text.append(item.get());
    separator = ", ";
  }
  text.append(")");
  return text.finish();
}

Ref compareNamespaces(Value self, Value other, CompareOp op) {
  if (!isInstance(other, &simpleNamespaceType))
    return Ref::notImplemented();
  DictObject* own = instanceDict(self.object());
  DictObject* others = instanceDict(other.object());
  if (!own || !others)
    return {};
  Ref result = dictType.slots.compare(Value(own), Value(others), op);
  return result;
}

Ref reduceNamespace(const Value* args) {
  PYC_TRY(empty, makeTuple(nullptr, 0));
  DictObject* attributes = instanceDict(args[0].object());
  return attributes ? tupleOf(Value(typeOf(args[0])), empty.get(), Value(attributes)) : Ref();
}

/// A copy with some attributes changed.
Ref replaceNamespace(const Value* args, size_t argc, Value kwnames) {
  if (argc > 1)
    return raise(typeErrorType, "__replace__() takes no positional arguments");
  PYC_TRY(result, call(Value(typeOf(args[0]))));
  if (!isInstance(result, &simpleNamespaceType))
    return raise(typeErrorType, "expect types.SimpleNamespace type, but %Q() returned '%T' object",
                 args[0], result.get());
  DictObject* attributes = instanceDict(args[0].object());
  DictObject* copy = instanceDict(result.get().object());
  if (!attributes || !copy || !dictUpdate(copy, Value(attributes)))
    return {};
  return initNamespace(result, args + argc, 0, kwnames) ? std::move(result) : Ref();
}

void traverseNamespace(Object* self, Visitor& visitor) {}

const MethodDef kMethods[] = {
    {"__reduce__($self, /)", reduceNamespace, nullptr, MethodDef::Instance,
     "Return state information for pickling"},
    {"__replace__($self, /, **changes)", nullptr, replaceNamespace, MethodDef::Instance,
     "Return a copy of the namespace object with new values for the specified attributes."},
};

} // namespace

extern "C" constinit TypeObject simpleNamespaceType = {
    .name = "types.SimpleNamespace",
    .basicSize = sizeof(Object),
    .flags = kTypeBuiltin | kTypeBase | kTypeCollected | kTypeHasStore,
    .methods = kMethods,
    .doc = "A simple attribute-based namespace.",
    .slots = {.dealloc = freeObject,
              .traverse = traverseNamespace,
              .repr = reprNamespace,
              .compare = compareNamespaces,
              .create = createNamespace,
              .init = initNamespace},
};

} // namespace pyc::rt
