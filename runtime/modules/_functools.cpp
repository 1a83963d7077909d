// The module _functools: partial (partial.cpp), results that are kept (lru_cache.cpp), reduce,
// cmp_to_key, Placeholder.
#include "runtime/modules/functools_parts.h"
#include "runtime/objects/arguments.h"
#include "runtime/objects/iterate.h"
#include "runtime/objects/signature.h"

namespace pyc::rt {

namespace {

// Placeholder.

Ref createPlaceholder(TypeObject*, const Value*, size_t argc, Value kwnames) {
  if (argc > 0 || keywordsOf(kwnames) > 0)
    return raise(typeErrorType, "_PlaceholderType takes no arguments");
  return Ref::copy(placeholder());
}

Ref reprPlaceholder(Value) {
  return makeStr("Placeholder");
}
Ref reducePlaceholder(const Value*) {
  return makeStr("Placeholder");
}

constexpr MethodDef kPlaceholderMethods[] = {
    {.signature = "__reduce__($self, /)", .bound = reducePlaceholder},
};

// cmp_to_key: objects that compare by a function.

struct KeyObject {
  Object header;
  Value function;
  Value object; // null in what cmp_to_key() itself returns
};
KeyObject* asKey(Value value) {
  return value.as<KeyObject>();
}

Ref makeKeyObject(Value function, Value object) {
  readyType(&keyWrapperType);
  Object* key = allocObject(&keyWrapperType);
  if (!key)
    return {};
  asKey(key)->function = Ref::copy(function).release();
  asKey(key)->object = Ref::copy(object).release();
  return Ref::steal(key);
}

Ref callKey(Value self, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("K(obj)");
  Value object;
  return signature.bind(args, argc, kwnames, &object) ? makeKeyObject(asKey(self)->function, object)
                                                      : Ref();
}

Ref compareKeys(Value self, Value other, CompareOp op) {
  if (typeOf(other) != &keyWrapperType)
    return raise(typeErrorType, "other argument must be K instance");
  Value left = asKey(self)->object, right = asKey(other)->object;
  if (!left || !right)
    return raise(attributeErrorType, "object");
  Ref function = Ref::copy(asKey(self)->function);
  PYC_TRY(order, call(function, left, right));
  return compare(op, order, Value::fromInt(0));
}

void clearKey(Object* self) {
  clearField(asKey(self)->function);
  clearField(asKey(self)->object);
}
void deallocKey(Object* self) {
  clearKey(self);
  freeObject(self);
}
void traverseKey(Object* self, Visitor& visitor) {
  for (Value value : {asKey(self)->function, asKey(self)->object})
    if (value)
      visitor.visit(value);
}

Ref keySignature(Value) {
  return makeStr("(obj)");
}

constexpr MemberDef kKeyMembers[] = {
    {"obj", offsetof(KeyObject, object), MemberDef::Writable, "What is compared."},
};
constexpr GetSetDef kKeyGetSets[] = {{"__text_signature__", keySignature}};

Ref cmpToKey(const Value* args) {
  return makeKeyObject(args[0], {});
}

// reduce.

Ref reduceItems(const Value* args) {
  Ref iterator = getIter(args[1]);
  if (!iterator) {
    if (catchRaised(typeErrorType))
      return raise(typeErrorType, "reduce() arg 2 must support iteration");
    return {};
  }
  Ref result = Ref::copy(args[2]);
  while (Ref item = iterNext(iterator)) {
    result = result ? call(args[0], result, item) : std::move(item);
    if (!result)
      return {};
  }
  if (isRaised())
    return {};
  if (!result)
    return raise(typeErrorType, "reduce() of empty iterable with no initial value");
  return result;
}

constexpr MethodDef kFunctions[] = {
    {.signature = "cmp_to_key(mycmp)",
     .bound = cmpToKey,
     .doc = "A key function for a function that compares two values."},
    {.signature = "reduce(function, iterable, /, initial=functools._initial_missing)",
     .bound = reduceItems,
     .doc = "Joins the items of an iterable by a function of two arguments, from the left."},
};

} // namespace

Value placeholder() {
  static Object* only = [] {
    readyType(&placeholderType);
    Object* object = allocObject(&placeholderType);
    if (object)
      makeImmortal(object);
    return object;
  }();
  return only;
}

constinit TypeObject placeholderType = {
    .name = "functools._PlaceholderType",
    .base = &objectType,
    .flags = kTypeBuiltin,
    .methods = kPlaceholderMethods,
    .doc = "The type of Placeholder, which holds the place of a positional argument in partial().",
    .slots = {.repr = reprPlaceholder, .create = createPlaceholder},
};

constinit TypeObject keyWrapperType = {
    .name = "functools.KeyWrapper",
    .base = &objectType,
    .basicSize = sizeof(KeyObject),
    .flags = kTypeBuiltin | kTypeCollected | kTypeDisallowNew,
    .getSets = kKeyGetSets,
    .members = kKeyMembers,
    .slots = {.dealloc = deallocKey,
              .traverse = traverseKey,
              .clear = clearKey,
              .hash = unhashable,
              .call = callKey,
              .compare = compareKeys},
};

bool fillModule__functools(ModuleObject* module) {
  return placeholder() && addType(module, partialType) && addType(module, lruCacheType) &&
         addType(module, placeholderType) &&
         addValue(module, "Placeholder", Ref::copy(placeholder())) &&
         addFunctions(module, kFunctions, std::size(kFunctions)) &&
         addStr(module, "__doc__", "Tools that operate on functions.");
}

} // namespace pyc::rt
