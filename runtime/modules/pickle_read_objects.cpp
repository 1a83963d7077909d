// Reading containers, what is found by name, what is made by calls, and states.
#include "runtime/modules/pickle_reader.h"
#include "runtime/objects/codecs.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/instance.h"
#include "runtime/objects/int.h"
#include "runtime/objects/list.h"
#include "runtime/objects/memory_view.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/set.h"
#include "runtime/objects/tuple.h"
#include "runtime/objects/type_call.h"

namespace pyc::rt::pickle {

/// The names of today for Python 2's.
static bool newNames(Ref& module, Ref& name) {
  PYC_TRY(key, tupleOf(module, name));
  Ref found;
  if (!compatible("NAME_MAPPING", key, found))
    return false;
  if (found) {
    if (!isTuple(found) || asTuple(found)->count != 2 || !isStr(asTuple(found)->items()[0]) ||
        !isStr(asTuple(found)->items()[1]))
      return raise(runtimeErrorType,
                   "_compat_pickle.NAME_MAPPING values should be pairs of str, not %Q",
                   found.get());
    module = Ref::copy(asTuple(found)->items()[0]);
    name = Ref::copy(asTuple(found)->items()[1]);
    return true;
  }
  if (!compatible("IMPORT_MAPPING", module, found))
    return false;
  if (found && !isStr(found))
    return raise(runtimeErrorType, "_compat_pickle.IMPORT_MAPPING values should be strings, not %Q",
                 found.get());
  if (found)
    module = std::move(found);
  return true;
}

Ref findClass(Value moduleName, Value name, int protocol, bool fixImports) {
  Ref moduleText = Ref::copy(moduleName), path = Ref::copy(name);
  if (protocol < 3 && fixImports && !newNames(moduleText, path))
    return {};
  PYC_TRY(module, moduleNamed(moduleText));
  if (protocol < 4 || !isStr(path) || strFind(asStr(path), names::dot, 0, asStr(path)->length) < 0)
    return getAttr(module, path.get());
  Ref found = valueAtPath(module, asStr(path));
  if (!found && isRaised(attributeErrorType))
    raiseOver(attributeErrorType, "Can't resolve path %R on module %R", path.get(),
              moduleText.get());
  return found;
}

Ref Reader::classNamed(Value module, Value name) {
  if (!settings_.unpickler)
    return findClass(module, name, protocol_, settings_.fixImports);
  Value args[] = {module, name};
  return callMethod(settings_.unpickler, internLiteral("find_class"), args, 2);
}

bool Reader::loadGlobal() {
  std::string_view line;
  if (!in_.line(line))
    return false;
  PYC_TRY(module, decodeText(line, Encoding::Utf8));
  if (!in_.line(line))
    return false;
  if (line.empty() || asStr(module)->length == 0)
    return raise(unpicklingErrorType, "pickle data was truncated");
  PYC_TRY(name, decodeText(line, Encoding::Utf8));
  return push(classNamed(module, name));
}

bool Reader::loadStackGlobal() {
  Ref module, name;
  if (!pop(name) || !pop(module))
    return false;
  if (!hasShape(name, kShapeStr) || !hasShape(module, kShapeStr))
    return raise(unpicklingErrorType, "STACK_GLOBAL requires str");
  return push(classNamed(module, name));
}

/// A number that copyreg.add_extension() was told.
bool Reader::loadExtension(size_t bytes) {
  uint64_t raw;
  if (!number(bytes, raw))
    return false;
  int64_t code = bytes == 4 ? static_cast<int32_t>(raw) : static_cast<int64_t>(raw);
  if (code <= 0)
    return raise(unpicklingErrorType, "EXT specifies code <= 0");
  PYC_TRY(cache, importedValue("copyreg", "_extension_cache"));
  Ref found;
  if (!isDict(cache) || !dictGet(asDict(cache), Value::fromInt(code), found))
    return isRaised() ? false : raise(typeErrorType, "copyreg._extension_cache should be a dict");
  if (found)
    return push(std::move(found));
  PYC_TRY(registry, importedValue("copyreg", "_inverted_registry"));
  if (!isDict(registry) || !dictGet(asDict(registry), Value::fromInt(code), found))
    return isRaised() ? false : raise(typeErrorType, "copyreg._inverted_registry should be a dict");
  if (!found)
    return raise(valueErrorType, "unregistered extension code %lld", static_cast<long long>(code));
  if (!isTuple(found) || asTuple(found)->count != 2 || !isStr(asTuple(found)->items()[0]) ||
      !isStr(asTuple(found)->items()[1]))
    return raise(valueErrorType, "_inverted_registry[%lld] isn't a 2-tuple of strings",
                 static_cast<long long>(code));
  PYC_TRY(value, classNamed(asTuple(found)->items()[0], asTuple(found)->items()[1]));
  if (!dictSet(asDict(cache), Value::fromInt(code), value))
    return false;
  return push(std::move(value));
}

/// class(*args); without arguments nothing but __new__ is called, unless the class has
/// __getinitargs__.
bool Reader::instantiate(Value type, Value args) {
  if (asTuple(args)->count == 0 && isType(type)) {
    Ref initArgs;
    if (!findAttr(type, internLiteral("__getinitargs__"), initArgs))
      return false;
    if (!initArgs) {
      PYC_TRY(maker, getAttr(type, names::__new__));
      return push(call(maker, type));
    }
  }
  return push(callEx(type, args, {}));
}

bool Reader::loadInst() {
  size_t start;
  std::string_view line;
  if (!popMark(start))
    return false;
  PYC_TRY(args, tupleFrom(start));
  if (!in_.line(line))
    return false;
  PYC_TRY(module, decodeText(line, Encoding::Utf8));
  if (!in_.line(line))
    return false;
  PYC_TRY(name, decodeText(line, Encoding::Utf8));
  PYC_TRY(type, classNamed(module, name));
  return instantiate(type, args);
}

bool Reader::loadObj() {
  size_t start;
  if (!popMark(start))
    return false;
  if (stack_.size() <= start)
    return raise(unpicklingErrorType, "unpickling stack underflow");
  PYC_TRY(args, tupleFrom(start + 1));
  Ref type;
  return pop(type) && instantiate(type, args);
}

bool Reader::loadReduce() {
  Ref args, function;
  if (!pop(args) || !pop(function))
    return false;
  if (!isTuple(args))
    return raise(typeErrorType, "argument list must be a tuple");
  if (asTuple(args)->count == 1)
    return push(call(function, asTuple(args)->items()[0]));
  return push(callEx(function, args, {}));
}

bool Reader::loadNewObj(bool isEx) {
  Ref keywords, args, type;
  const char* op = isEx ? "NEWOBJ_EX" : "NEWOBJ";
  if ((isEx && !pop(keywords)) || !pop(args) || !pop(type))
    return false;
  if (!isType(type))
    return raise(unpicklingErrorType, "%s class argument must be a type, not %T", op, type.get());
  TypeObject* made = asType(type);
  readyType(made);
  if (!made->slots.create)
    return raise(unpicklingErrorType, "%s class argument '%s' doesn't have __new__", op,
                 nameOf(made));
  if (!isTuple(args))
    return raise(unpicklingErrorType, "%s args argument must be a tuple, not %T", op, args.get());
  if (isEx && !isDict(keywords))
    return raise(unpicklingErrorType, "%s kwargs argument must be a dict, not %T", op,
                 keywords.get());
  if (isEx && asDict(keywords)->count != 0) {
    PYC_TRY(maker, getAttr(type, names::__new__));
    PYC_TRY(first, tupleOf(type));
    PYC_TRY(all, binaryOp(BinaryOp::Add, first, args));
    return push(callEx(maker, all, keywords));
  }
  if (made->flags & kTypeHeap)
    roomForAttributes(made);
  TupleObject* tuple = asTuple(args);
  return push(made->slots.create(made, tuple->items(), static_cast<size_t>(tuple->count), {}));
}

/// Whether the object's __dict__ is its attribute store, and nothing is asked on the way there.
static bool hasPlainDict(Value object) {
  TypeObject* type = typeOf(object);
  constexpr uint32_t kNeeded = kTypeHeap | kTypeHasStore;
  if ((type->flags & (kNeeded | kTypeCustomGetAttr)) != kNeeded)
    return false;
  Value dict = findInType(type, names::__dict__);
  return dict && typeOf(dict) == &getSetDescriptorType;
}

/// Whether the object has no __setstate__, and hasPlainDict.
bool Reader::hasPlainState(Value object) {
  static StrObject* const setState = internLiteral("__setstate__");
  TypeObject* type = typeOf(object);
  if (type != plainType_ || type->version != plainVersion_) {
    if (!hasPlainDict(object) || findInType(type, setState))
      return false;
    plainType_ = type;
    plainVersion_ = typeVersion(type);
  }
  return !ownAttr(object.object(), setState);
}

StrObject* Reader::attributeName(Value key) {
  if (asStr(key)->isInterned())
    return asStr(key);
  KnownName& place = names_[(key.bits() >> 5) % std::size(names_)];
  if (!(place.read.get() == key)) {
    place.interned = internStr(asStr(key));
    place.read = place.interned ? Ref::copy(key) : Ref();
  }
  return place.interned;
}

/// object.__dict__.update(state)
bool Reader::setAttributes(Value object, Value state, bool isPlain) {
  Ref dict = isPlain ? Ref() : getAttr(object, names::__dict__);
  if (!isPlain && !dict)
    return false;
  int64_t position = 0;
  Value key, value;
  while (dictNext(asDict(state), position, key, value)) {
    bool isName = isExactStr(key);
    Value name = isName ? Value(attributeName(key)) : key;
    if (!name)
      return false;
    if (isPlain && isName) {
      if (!setOwnAttr(object.object(), asStr(name), value))
        return false;
      continue;
    }
    Ref keptName = Ref::copy(name), keptValue = Ref::copy(value);
    if (!dict && !(dict = getAttr(object, names::__dict__)))
      return false;
    isPlain = false;
    if (!setItem(dict, name, value))
      return false;
  }
  return true;
}

bool Reader::loadBuild() {
  Ref state, setter;
  if (!pop(state) || !has(1))
    return false;
  Ref object = Ref::copy(top());
  bool isPlain = hasPlainState(object);
  if (!isPlain && !findAttr(object, internLiteral("__setstate__"), setter))
    return false;
  if (setter)
    return static_cast<bool>(call(setter, state));
  Ref slots;
  if (isTuple(state) && asTuple(state)->count == 2) {
    slots = Ref::copy(asTuple(state)->items()[1]);
    state = Ref::copy(asTuple(state)->items()[0]);
  }
  if (!state.isNone()) {
    if (!isDict(state))
      return raise(unpicklingErrorType, "state is not a dictionary");
    if (!setAttributes(object, state, isPlain || hasPlainDict(object)))
      return false;
  }
  if (!slots)
    return true;
  if (!isDict(slots))
    return raise(unpicklingErrorType, "slot state is not a dictionary");
  int64_t position = 0;
  Value key, value;
  while (dictNext(asDict(slots), position, key, value)) {
    Ref name = Ref::copy(key), kept = Ref::copy(value);
    if (!isStr(name))
      return raise(typeErrorType, "attribute name must be string, not '%T'", name.get());
    if (!setAttr(object, asStr(name), kept))
      return false;
  }
  return true;
}

bool Reader::loadPersistent(Ref id) {
  if (!settings_.persistentLoad)
    return raise(unpicklingErrorType, "A load persistent id instruction was encountered, but no "
                                      "persistent_load function was specified.");
  return push(call(settings_.persistentLoad, id));
}

// Containers.

bool Reader::loadTuple(size_t count) {
  if (!has(count))
    return false;
  return push(tupleFrom(stack_.size() - count));
}

bool Reader::loadList() {
  size_t start;
  if (!popMark(start))
    return false;
  Ref list = makeListStealing(stack_.data() + start, stack_.size() - start);
  stack_.resize(start);
  return push(std::move(list));
}

bool Reader::loadDict() {
  size_t start;
  if (!popMark(start))
    return false;
  if ((stack_.size() - start) % 2 != 0)
    return raise(unpicklingErrorType, "odd number of items for DICT");
  PYC_TRY(dict, newDict((stack_.size() - start) / 2));
  for (size_t i = start; i < stack_.size(); i += 2)
    if (!dictSet(asDict(dict), stack_[i], stack_[i + 1]))
      return false;
  return dropFrom(start) && push(std::move(dict));
}

bool Reader::loadFrozenSet() {
  size_t start;
  if (!popMark(start))
    return false;
  Ref set = makeFrozenSet(stack_.data() + start, stack_.size() - start);
  return set && dropFrom(start) && push(std::move(set));
}

/// Appends the values from `start` on to what is below them.
bool Reader::append(size_t start) {
  if (start == 0 || start > stack_.size() || (!marks_.empty() && start - 1 < marks_.back()))
    return raise(unpicklingErrorType, "unpickling stack underflow");
  Ref list = Ref::copy(stack_[start - 1]);
  if (isExactList(list)) {
    bool isDone = true;
    for (size_t i = start; i < stack_.size(); ++i) {
      if (isDone)
        isDone = listAppendStealing(asList(list), stack_[i]);
      else
        decref(stack_[i]);
    }
    stack_.resize(start);
    return isDone;
  }
  Ref extend;
  if (!findAttr(list, names::extend, extend))
    return false;
  if (extend) {
    PYC_TRY(items, makeList(stack_.data() + start, stack_.size() - start));
    return dropFrom(start) && call(extend, items);
  }
  PYC_TRY(append, getAttr(list, names::append));
  PYC_TRY(items, tupleFrom(start));
  for (int64_t i = 0; i < asTuple(items)->count; ++i)
    if (!call(append, asTuple(items)->items()[i]))
      return false;
  return true;
}

/// Sets the pairs from `start` on in what is below them.
bool Reader::setItems(size_t start) {
  if (start == 0 || start > stack_.size() || (!marks_.empty() && start - 1 < marks_.back()))
    return raise(unpicklingErrorType, "unpickling stack underflow");
  if (start == stack_.size())
    return true;
  if ((stack_.size() - start) % 2 != 0)
    return raise(unpicklingErrorType, "odd number of items for SETITEMS");
  Ref dict = Ref::copy(stack_[start - 1]);
  if (isExactDict(dict)) {
    for (size_t i = start; i < stack_.size(); i += 2)
      if (!dictSet(asDict(dict), stack_[i], stack_[i + 1]))
        return false;
    return dropFrom(start);
  }
  PYC_TRY(items, tupleFrom(start));
  for (int64_t i = 0; i < asTuple(items)->count; i += 2)
    if (!setItem(dict, asTuple(items)->items()[i], asTuple(items)->items()[i + 1]))
      return false;
  return true;
}

bool Reader::addItems() {
  size_t start;
  if (!popMark(start))
    return false;
  if (start == 0 || (!marks_.empty() && start - 1 < marks_.back()))
    return raise(unpicklingErrorType, "unpickling stack underflow");
  Ref set = Ref::copy(stack_[start - 1]);
  PYC_TRY(items, tupleFrom(start));
  bool isPlain = isExactSet(set);
  Ref add = isPlain ? Ref() : getAttr(set, internLiteral("add"));
  if (!isPlain && !add)
    return false;
  for (int64_t i = 0; i < asTuple(items)->count; ++i) {
    Value item = asTuple(items)->items()[i];
    if (isPlain ? !setAdd(asSet(set), item) : !call(add, item))
      return false;
  }
  return true;
}

// Buffers.

bool Reader::loadBuffer() {
  if (!settings_.buffers)
    return raise(unpicklingErrorType, "pickle stream refers to out-of-band data but no *buffers* "
                                      "argument was given");
  Ref buffer = iterNext(settings_.buffers);
  if (!buffer && !isRaised())
    return raise(unpicklingErrorType, "not enough out-of-band buffers");
  return push(std::move(buffer));
}

bool Reader::makeReadOnly() {
  Ref buffer;
  if (!pop(buffer))
    return false;
  PYC_TRY(view, makeMemoryView(buffer));
  if (asMemoryView(view)->readOnly)
    return push(std::move(buffer));
  return push(callMethod(view, internLiteral("toreadonly")));
}

} // namespace pyc::rt::pickle
