// The type contextvars.Context and its iterators.
#include "runtime/modules/context.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

namespace {

/// The context that this thread is in; one reference is counted.
thread_local Value threadContext;

ContextObject* newContext() {
  readyType(&contextType);
  return reinterpret_cast<ContextObject*>(allocObject(&contextType));
}

Ref create(TypeObject*, const Value*, size_t argc, Value kwnames) {
  if (argc > 0 || (kwnames && asTuple(kwnames)->count > 0))
    return raise(typeErrorType, "Context() does not accept any arguments");
  return Ref::steal(newContext());
}

void clearSlot(Object* self) {
  auto* context = reinterpret_cast<ContextObject*>(self);
  clearField(context->previous);
  clearField(context->map);
}

void dealloc(Object* self) {
  clearSlot(self);
  freeObject(self);
}

void traverse(Object* self, Visitor& visitor) {
  auto* context = reinterpret_cast<ContextObject*>(self);
  for (Value value : {context->previous, context->map})
    if (value)
      visitor.visit(value);
}

Ref run(const Value* args, size_t argc, Value kwnames) {
  if (argc < 2)
    return raise(typeErrorType, "run() missing 1 required positional argument");
  ContextObject* context = asContext(args[0]);
  if (!enterContext(context))
    return {};
  Ref result = call(args[1], args + 2, argc - 2, kwnames);
  leaveContext(context);
  return result;
}

// The mapping.

bool checkKey(Value key) {
  return isContextVar(key) || raise(typeErrorType, "a ContextVar key was expected, got %R", key);
}

Ref getItemSlot(Value self, Value key) {
  if (!checkKey(key))
    return {};
  Value found = contextMapFind(asContext(self)->map, key);
  return found ? Ref::copy(found) : Ref(raiseKeyError(key));
}

bool containsSlot(Value self, Value key, bool& result) {
  if (!checkKey(key))
    return false;
  result = static_cast<bool>(contextMapFind(asContext(self)->map, key));
  return true;
}

bool lengthSlot(Value self, int64_t& length) {
  length = asContext(self)->count;
  return true;
}

Ref get(const Value* args) {
  if (!checkKey(args[1]))
    return {};
  Value found = contextMapFind(asContext(args[0])->map, args[1]);
  return Ref::copy(found ? found : args[2] ? args[2] : Value::none());
}

Ref copy(const Value* args) {
  return copyContext(asContext(args[0]));
}

bool equalContexts(ContextObject* left, ContextObject* right, bool& result) {
  result = left->count == right->count;
  Ref keepLeft = Ref::copy(left->map), keepRight = Ref::copy(right->map);
  ContextMapWalk walk(keepLeft);
  while (result) {
    const ContextEntry* entry = walk.next();
    if (!entry)
      break;
    Value other = contextMapFind(keepRight, entry->key);
    result = static_cast<bool>(other);
    if (other && !equalItems(entry->value, other, result))
      return false;
  }
  return true;
}

Ref compareSlot(Value self, Value other, CompareOp op) {
  if (typeOf(other) != &contextType || (op != CompareOp::Eq && op != CompareOp::Ne))
    return Ref::notImplemented();
  bool isEqual;
  if (!equalContexts(asContext(self), asContext(other), isEqual))
    return {};
  return Ref::boolean(isEqual == (op == CompareOp::Eq));
}

// Iterators. They go on with the map as it was when they were made.

struct ContextIteratorObject {
  Object header;
  Value map;
  ContextMapWalk walk;
};

Ref makeIterator(Value self, TypeObject& type) {
  readyType(&type);
  auto* iterator = reinterpret_cast<ContextIteratorObject*>(allocObject(&type));
  if (!iterator)
    return {};
  Value map = asContext(self)->map;
  iterator->map = Ref::copy(map).release();
  iterator->walk = ContextMapWalk(map);
  return Ref::steal(iterator);
}

void deallocIterator(Object* self) {
  decrefMaybe(reinterpret_cast<ContextIteratorObject*>(self)->map);
  freeObject(self);
}

void traverseIterator(Object* self, Visitor& visitor) {
  if (Value map = reinterpret_cast<ContextIteratorObject*>(self)->map)
    visitor.visit(map);
}

Ref selfOf(Value self) {
  return Ref::copy(self);
}

const ContextEntry* nextEntry(Value self) {
  return self.as<ContextIteratorObject>()->walk.next();
}
Ref nextKey(Value self) {
  const ContextEntry* entry = nextEntry(self);
  return entry ? Ref::copy(entry->key) : Ref();
}
Ref nextValue(Value self) {
  const ContextEntry* entry = nextEntry(self);
  return entry ? Ref::copy(entry->value) : Ref();
}
Ref nextItem(Value self) {
  const ContextEntry* entry = nextEntry(self);
  return entry ? tupleOf(entry->key, entry->value) : Ref();
}

constexpr TypeObject iteratorType(const char* name, UnaryFn next) {
  TypeObject type;
  type.name = name;
  type.base = &objectType;
  type.basicSize = sizeof(ContextIteratorObject);
  type.flags = kTypeBuiltin | kTypeCollected | kTypeDisallowNew;
  type.slots.dealloc = deallocIterator;
  type.slots.traverse = traverseIterator;
  type.slots.iter = selfOf;
  type.slots.next = next;
  return type;
}

Ref iterSlot(Value self) {
  return makeIterator(self, contextKeysType);
}
Ref keys(const Value* args) {
  return makeIterator(args[0], contextKeysType);
}
Ref values(const Value* args) {
  return makeIterator(args[0], contextValuesType);
}
Ref items(const Value* args) {
  return makeIterator(args[0], contextItemsType);
}

constexpr MethodDef kMethods[] = {
    {.signature = "copy($self, /)",
     .bound = copy,
     .doc = "A context with the same variables, at no cost that grows with their number."},
    {.signature = "get($self, key, default=None, /)",
     .bound = get,
     .doc = "The value of a variable in this context, or default."},
    {.signature = "items($self, /)",
     .bound = items,
     .doc = "An iterator over pairs of variables and values."},
    {.signature = "keys($self, /)", .bound = keys, .doc = "An iterator over the variables."},
    {.signature = "run($self, callable, /, *args, **kwargs)",
     .raw = run,
     .doc = "Calls callable(*args, **kwargs) in this context."},
    {.signature = "values($self, /)",
     .bound = values,
     .doc = "An iterator over the variables' values."},
};

} // namespace

ContextObject* enteredContext() {
  return threadContext ? asContext(threadContext) : nullptr;
}

ContextObject* currentContext() {
  if (!threadContext) {
    ContextObject* context = newContext();
    if (!context)
      return nullptr;
    context->isEntered = true;
    threadContext = Value(context);
  }
  return asContext(threadContext);
}

Ref copyContext(ContextObject* context) {
  ContextObject* copy = newContext();
  if (!copy)
    return {};
  copy->map = Ref::copy(context->map).release();
  copy->count = context->count;
  return Ref::steal(copy);
}

bool enterContext(ContextObject* context) {
  if (context->isEntered)
    return raise(runtimeErrorType, "cannot enter context: %R is already entered", Value(context));
  context->previous = std::exchange(threadContext, Ref::copy(Value(context)).release());
  context->isEntered = true;
  return true;
}

void leaveContext(ContextObject* context) {
  Ref self = Ref::steal(threadContext);
  threadContext = std::exchange(context->previous, Value());
  context->isEntered = false;
}

bool contextSet(ContextObject* context, Value variable, Value value) {
  bool added;
  PYC_TRY(map, contextMapWith(context->map, variable, value, added));
  context->count += added;
  setField(context->map, std::move(map));
  return true;
}

bool contextRemove(ContextObject* context, Value variable) {
  Ref map;
  if (!contextMapFind(context->map, variable))
    return raiseWith(lookupErrorType, variable);
  if (!contextMapWithout(context->map, variable, map))
    return false;
  --context->count;
  setField(context->map, std::move(map));
  return true;
}

constinit TypeObject contextType = {
    .name = "_contextvars.Context",
    .base = &objectType,
    .basicSize = sizeof(ContextObject),
    .flags = kTypeBuiltin | kTypeCollected | kTypeWeakrefs,
    .methods = kMethods,
    .slots = {.dealloc = dealloc,
              .traverse = traverse,
              .clear = clearSlot,
              .hash = unhashable,
              .compare = compareSlot,
              .iter = iterSlot,
              .create = create,
              .length = lengthSlot,
              .getItem = getItemSlot,
              .contains = containsSlot},
};

constinit TypeObject contextKeysType = iteratorType("keys", nextKey);
constinit TypeObject contextValuesType = iteratorType("values", nextValue);
constinit TypeObject contextItemsType = iteratorType("items", nextItem);

} // namespace pyc::rt
