// FrameLocalsProxy: what f_locals of a function's frame is.
#include "runtime/interp/frame_locals.h"
#include "runtime/interp/generator.h"
#include "runtime/objects/arguments.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/recursion.h"

namespace pyc::rt {

namespace {

struct LocalsProxyObject {
  Object header;
  Value frame; // FrameObject
};

FrameObject* frameOf(Value self) {
  return asFrameObject(self.as<LocalsProxyObject>()->frame);
}

bool isProxy(Value value) {
  return typeOf(value) == &localsProxyType;
}

/// The frame whose registers have the locals; null: there are none.
const Frame* frameWithLocals(const FrameObject* object) {
  if (!object->frame)
    return object->saved;
  return object->frame->flags & kFrameNative ? nullptr : object->frame;
}

/// Native code of a generator that has begun knows its locals by itself.
bool isWritable(const Frame* frame) {
  const GeneratorObject* generator = frame->generator;
  return !generator || !generator->nativeEntry || generator->state == GeneratorState::Created;
}

/// The iterator of a generator expression is no variable.
bool isWritable(const CodeObject* code, int local) {
  const StrObject* name = code->localNames[local];
  return !name->length || name->data()[0] != '.';
}

/// The value of a name; null with nothing raised when there is none.
bool find(FrameObject* object, Value name, Ref& result) {
  const Frame* frame = frameWithLocals(object);
  int local;
  if (!findLocal(object->code, frame, name, local))
    return false;
  if (local >= 0 && frame)
    result = Ref::copy(frameLocal(frame, local));
  return result || !object->extras || dictGet(asDict(object->extras), name, result);
}

/// A new dict of everything.
Ref snapshot(FrameObject* object) {
  PYC_TRY(dict, newDict());
  bool done = true;
  if (const Frame* frame = frameWithLocals(object))
    done = collectLocals(frame, asDict(dict));
  if (!done || (object->extras && !dictUpdate(asDict(dict), object->extras)))
    return {};
  return dict;
}

bool setExtra(FrameObject* object, Value name, Value value) {
  if (!object->extras) {
    Ref dict = newDict();
    if (!dict)
      return false;
    object->extras = dict.release();
    holdFrameObject(object);
  }
  return dictSet(asDict(object->extras), name, value);
}

/// An instruction may be using the value that was there.
bool keepReplaced(FrameObject* object, Ref value) {
  if (!value.get().isObject())
    return true;
  if (!object->overwritten) {
    Ref list = newList(0);
    if (!list)
      return false;
    object->overwritten = list.release();
    holdFrameObject(object);
  }
  return listAppend(asList(object->overwritten), value);
}

bool setName(FrameObject* object, Value name, Value value) {
  const Frame* frame = frameWithLocals(object);
  int local;
  if (!findLocal(object->code, frame, name, local))
    return false;
  if (local < 0 || !frame || !isWritable(object->code, local) || !isWritable(frame))
    return setExtra(object, name, value);
  Ref replaced;
  setFrameLocal(frame, local, Ref::copy(value), replaced);
  return !object->frame || !replaced || keepReplaced(object, std::move(replaced));
}

/// Takes a name that is no local's away. `value` gets what it was, or null.
bool removeName(FrameObject* object, Value name, Ref& value) {
  int local;
  if (!findLocal(object->code, frameWithLocals(object), name, local))
    return false;
  if (local >= 0)
    return raise(valueErrorType, "cannot remove local variables from FrameLocalsProxy");
  bool removed;
  return !object->extras || dictRemove(asDict(object->extras), name, removed, &value);
}

/// Sets all that a dict or another proxy has.
bool merge(FrameObject* object, Value source) {
  Ref items = isProxy(source) ? snapshot(frameOf(source)) : Ref::copy(source);
  if (!items)
    return false;
  int64_t position = 0;
  for (Value key, value; dictNext(asDict(items), position, key, value);) {
    Ref keepKey = Ref::copy(key), keepValue = Ref::copy(value);
    if (!setName(object, key, value))
      return false;
  }
  return true;
}

void dealloc(Object* self) {
  decrefMaybe(reinterpret_cast<LocalsProxyObject*>(self)->frame);
  freeObject(self);
}

void traverse(Object* self, Visitor& visitor) {
  if (Value frame = reinterpret_cast<LocalsProxyObject*>(self)->frame)
    visitor.visit(frame);
}

Ref create(TypeObject*, const Value* args, size_t argc, Value kwnames) {
  size_t keywords = kwnames ? static_cast<size_t>(asTuple(kwnames)->count) : 0;
  if (argc != 1)
    return raise(typeErrorType, "FrameLocalsProxy expected 1 argument, got %zu", argc);
  if (keywords)
    return raise(typeErrorType, "FrameLocalsProxy takes no keyword arguments");
  if (!hasShape(args[0], kShapeFrame))
    return raise(typeErrorType, "expect frame, not %T", args[0]);
  return makeLocalsProxy(asFrameObject(args[0]));
}

Ref proxyRepr(Value self) {
  ReprGuard guard(self);
  if (!guard.enter())
    return isRaised() ? Ref() : makeStr("{...}");
  PYC_TRY(dict, snapshot(frameOf(self)));
  return repr(dict);
}

Ref proxyCompare(Value self, Value other, CompareOp op) {
  if (op != CompareOp::Eq && op != CompareOp::Ne)
    return Ref::notImplemented();
  if (isProxy(other))
    return Ref::boolean((frameOf(self) == frameOf(other)) == (op == CompareOp::Eq));
  if (!isDict(other))
    return Ref::notImplemented();
  PYC_TRY(dict, snapshot(frameOf(self)));
  return compare(op, dict, other);
}

bool proxyLength(Value self, int64_t& result) {
  Ref dict = snapshot(frameOf(self));
  return dict && length(dict, result);
}

Ref proxyGetItem(Value self, Value key) {
  Ref value;
  if (!find(frameOf(self), key, value))
    return {};
  return value ? std::move(value) : raise(keyErrorType, "local variable '%R' is not defined", key);
}

bool proxySetItem(Value self, Value key, Value value) {
  if (value)
    return setName(frameOf(self), key, value);
  Ref removed;
  if (!removeName(frameOf(self), key, removed))
    return false;
  return removed || raiseKeyError(key);
}

bool proxyContains(Value self, Value key, bool& result) {
  Ref value;
  bool found = find(frameOf(self), key, value);
  result = static_cast<bool>(value);
  return found;
}

/// A list of what a method of the snapshot gives.
Ref listOf(Value self, StrObject* method) {
  PYC_TRY(dict, snapshot(frameOf(self)));
  PYC_TRY(view, callMethod(dict, method));
  return sequenceList(view);
}

Ref proxyIter(Value self) {
  PYC_TRY(list, listOf(self, names::keys));
  return getIter(list);
}

Ref unite(Value lhs, Value rhs) {
  auto fits = [](Value value) { return isProxy(value) || isDict(value); };
  if (!fits(lhs) || !fits(rhs))
    return Ref::notImplemented();
  PYC_TRY(dict, isProxy(lhs) ? snapshot(frameOf(lhs)) : dictCopy(asDict(lhs)));
  PYC_TRY(other, isProxy(rhs) ? snapshot(frameOf(rhs)) : Ref::copy(rhs));
  return dictUpdate(asDict(dict), other) ? std::move(dict) : Ref();
}

Ref uniteInPlace(Value lhs, Value rhs) {
  if (!isProxy(lhs) || !(isProxy(rhs) || isDict(rhs)))
    return Ref::notImplemented();
  return merge(frameOf(lhs), rhs) ? Ref::copy(lhs) : Ref();
}

Ref keys(const Value* args) {
  return listOf(args[0], names::keys);
}
Ref values(const Value* args) {
  return listOf(args[0], names::values);
}
Ref items(const Value* args) {
  return listOf(args[0], names::items);
}
Ref copy(const Value* args) {
  return snapshot(frameOf(args[0]));
}
Ref reversed(const Value* args) {
  PYC_TRY(list, listOf(args[0], names::keys));
  PYC_TRY(iterator, callMethod(list, names::__reversed__));
  return sequenceList(iterator);
}

/// The arguments of get(), pop(), setdefault(): a key and a fallback, which is null when left out.
bool keyAndFallback(const char* name, size_t argc, Value kwnames) {
  if (!checkNoKeywords(name, kwnames))
    return false;
  return argc == 2 || argc == 3 || raise(typeErrorType, "%s expected 1 or 2 arguments", name);
}

Ref get(const Value* args, size_t argc, Value kwnames) {
  Ref value;
  if (!keyAndFallback("get", argc, kwnames) || !find(frameOf(args[0]), args[1], value))
    return {};
  return value ? std::move(value) : argc == 3 ? Ref::copy(args[2]) : Ref::none();
}

Ref pop(const Value* args, size_t argc, Value kwnames) {
  Ref value;
  if (!keyAndFallback("pop", argc, kwnames) || !removeName(frameOf(args[0]), args[1], value))
    return {};
  if (value)
    return value;
  return argc == 3 ? Ref::copy(args[2]) : Ref(raiseKeyError(args[1]));
}

Ref setDefault(const Value* args, size_t argc, Value kwnames) {
  Ref value;
  if (!keyAndFallback("setdefault", argc, kwnames) || !find(frameOf(args[0]), args[1], value))
    return {};
  if (value)
    return value;
  value = argc == 3 ? Ref::copy(args[2]) : Ref::none();
  return setName(frameOf(args[0]), args[1], value) ? std::move(value) : Ref();
}

Ref update(const Value* args) {
  if (!isDict(args[1]) && !isProxy(args[1]))
    return raise(typeErrorType, "update() argument must be dict or another FrameLocalsProxy");
  return merge(frameOf(args[0]), args[1]) ? Ref::none() : Ref();
}

constexpr MethodDef kMethods[] = {
    {.signature = "get", .raw = get},
    {.signature = "pop", .raw = pop},
    {.signature = "setdefault", .raw = setDefault},
    {.signature = "update($self, object, /)", .bound = update},
    {.signature = "keys($self, /)", .bound = keys},
    {.signature = "values($self, /)", .bound = values},
    {.signature = "items($self, /)", .bound = items},
    {.signature = "copy($self, /)", .bound = copy},
    {.signature = "__reversed__($self, /)", .bound = reversed},
};

constexpr TypeSlots makeSlots() {
  TypeSlots slots = {.dealloc = dealloc,
                     .traverse = traverse,
                     .repr = proxyRepr,
                     .compare = proxyCompare,
                     .iter = proxyIter,
                     .create = create,
                     .length = proxyLength,
                     .getItem = proxyGetItem,
                     .setItem = proxySetItem,
                     .contains = proxyContains};
  slots.binary[static_cast<unsigned>(BinaryOp::Or)] = unite;
  slots.inplace[static_cast<unsigned>(BinaryOp::Or)] = uniteInPlace;
  return slots;
}

} // namespace

constinit TypeObject localsProxyType = {
    .name = "FrameLocalsProxy",
    .basicSize = sizeof(LocalsProxyObject),
    .flags = kTypeBuiltin | kTypeCollected | kTypeMapping,
    .methods = kMethods,
    .doc = "A mapping of the local variables of a frame, which writes through to them.",
    .slots = makeSlots(),
};

Ref makeLocalsProxy(FrameObject* frame) {
  auto* proxy = reinterpret_cast<LocalsProxyObject*>(allocObject(&localsProxyType));
  if (!proxy)
    return {};
  proxy->frame = Ref::copy(Value(&frame->header)).release();
  return Ref::steal(&proxy->header);
}

} // namespace pyc::rt
