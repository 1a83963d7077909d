// Attributes of classes (__name__, __bases__, __annotations__, ...), and __dict__ and __weakref__
// of their instances.
#include "runtime/objects/attribute.h"
#include "runtime/objects/function.h"
#include "runtime/objects/heap_type.h"
#include "runtime/objects/mapping_proxy.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/type_attributes.h"
#include "runtime/objects/type_internal.h"
#include "runtime/objects/type_names.h"
#include "runtime/objects/weakref_table.h"

#include <cstring>

namespace pyc::rt {

namespace {

/// Common to all setters: built-in types can't be changed, and most attributes can't be deleted.
bool checkSet(Value self, const char* name, Value value) {
  TypeObject* type = asType(self);
  if (!isHeapType(type))
    return raise(typeErrorType, "cannot set '%s' attribute of immutable type '%s'", name,
                 type->name);
  if (!value)
    return raise(typeErrorType, "cannot delete '%s' attribute of type '%s'", name, type->name);
  return true;
}

Value ownEntry(Value self, StrObject* name) {
  return dictFindStr(typeDict(asType(self)), name);
}

bool setEntry(Value self, StrObject* name, Value value) {
  if (!dictSetStr(typeDict(asType(self)), name, value))
    return false;
  typeModified(asType(self), name);
  return true;
}

bool removeEntry(Value self, StrObject* name, bool& removed) {
  if (!dictRemove(typeDict(asType(self)), name, removed))
    return false;
  if (removed)
    typeModified(asType(self), name);
  return true;
}

Ref bindEntry(Value found, Value type) {
  Ref keep = Ref::copy(found);
  if (auto get = typeOf(found)->slots.get)
    return get(found, Value(), type);
  return keep;
}

// Names.

Ref getName(Value self) {
  return typeNameStr(asType(self));
}

bool setName(Value self, Value value) {
  if (!checkSet(self, "__name__", value))
    return false;
  if (!isStr(value))
    return raise(typeErrorType, "can only assign string to %s.__name__, not '%T'",
                 asType(self)->name, value);
  return setTypeName(asType(self), value);
}

Ref getQualifiedName(Value self) {
  return typeQualifiedName(asType(self));
}

bool setQualifiedName(Value self, Value value) {
  if (!checkSet(self, "__qualname__", value))
    return false;
  if (!isStr(value))
    return raise(typeErrorType, "can only assign string to %s.__qualname__, not '%T'",
                 asType(self)->name, value);
  setField(asType(self)->qualifiedName, value);
  return true;
}

Ref getModule(Value self) {
  Ref module = typeModuleName(asType(self));
  if (!module && !isRaised())
    return raise(attributeErrorType, "__module__");
  return module;
}

bool setModule(Value self, Value value) {
  if (!checkSet(self, "__module__", value))
    return false;
  bool removed; // it told where the class was; that may not be so any more
  return removeEntry(self, internLiteral("__firstlineno__"), removed) &&
         setEntry(self, names::__module__, value);
}

Ref getDoc(Value self) {
  TypeObject* type = asType(self);
  if (!isHeapType(type) && type->doc)
    return makeStr(docWithoutSignature(type->doc));
  Value doc = ownEntry(self, names::__doc__);
  return doc ? bindEntry(doc, self) : Ref::none();
}

bool setDoc(Value self, Value value) {
  return checkSet(self, "__doc__", value) && setEntry(self, names::__doc__, value);
}

Ref getTextSignature(Value self) {
  TypeObject* type = asType(self);
  const char* doc = isHeapType(type) ? nullptr : type->doc;
  if (!doc || docWithoutSignature(doc) == doc)
    return Ref::none();
  const char* open = std::strchr(doc, '(');
  return makeStr({open, static_cast<size_t>(std::strstr(open, "\n--\n\n") - open)});
}

// Bases.

Ref getBases(Value self) {
  return Ref::copy(typeBases(asType(self)));
}

bool setBases(Value self, Value value) {
  if (!checkSet(self, "__bases__", value))
    return false;
  if (!isTuple(value))
    return raise(typeErrorType, "can only assign tuple to %s.__bases__, not %T", asType(self)->name,
                 value);
  if (asTuple(value)->count == 0)
    return raise(typeErrorType, "can only assign non-empty tuple to %s.__bases__, not ()",
                 asType(self)->name);
  return setTypeBases(asType(self), asTuple(value));
}

Ref getBase(Value self) {
  TypeObject* base = asType(self)->base;
  return base ? Ref::copy(base) : Ref::none();
}

Ref getMro(Value self) {
  return Ref::copy(typeMro(asType(self)));
}

Ref getDict(Value self) {
  return makeMappingProxy(typeDict(asType(self)));
}

// Numbers. The flags are CPython's, as far as programs look at them.

Ref getBasicSize(Value self) {
  return Ref::number(Value::fromInt(asType(self)->basicSize));
}
Ref getItemSize(Value self) {
  return Ref::number(Value::fromInt(asType(self)->itemSize));
}
Ref getDictOffset(Value self) {
  bool hasDict = (asType(self)->flags & (kTypeHasStore | kTypeIsType)) != 0;
  return Ref::number(Value::fromInt(hasDict ? -1 : 0));
}
Ref getWeakrefOffset(Value self) {
  return Ref::number(Value::fromInt((asType(self)->flags & kTypeWeakrefs) ? -32 : 0));
}

struct FlagPair {
  uint32_t ours;
  unsigned bit; // in CPython's tp_flags
};
constexpr unsigned kHeapTypeBit = 9;
constexpr FlagPair kFlagPairs[] = {
    {kTypeSequence, 5},  {kTypeMapping, 6},         {kTypeDisallowNew, 7},
    {kTypeBuiltin, 8},   {kTypeHeap, kHeapTypeBit}, {kTypeBase, 10},
    {kTypeReady, 12},    {kTypeCollected, 14},      {kTypeMethodDescriptor, 17},
    {kTypeAbstract, 20}, {kTypeMatchSelf, 22},      {kTypeIsInt, 24},
    {kTypeIsList, 25},   {kTypeIsTuple, 26},        {kTypeIsBytes, 27},
    {kTypeIsStr, 28},    {kTypeIsDict, 29},         {kTypeIsException, 30},
    {kTypeIsType, 31},
};

bool isCoreType(const TypeObject* type) {
  return type->rootShape < kBuiltinShapeCount * sizeof(Shape);
}

Ref getFlags(Value self) {
  int64_t flags = 0;
  for (const FlagPair& pair : kFlagPairs)
    if (asType(self)->flags & pair.ours)
      flags |= int64_t(1) << pair.bit;
  // Types of modules are made at run time in CPython, which is what pickling looks at to find out
  // what a class inherits.
  if ((asType(self)->flags & kTypeBuiltin) && !isCoreType(asType(self)))
    flags |= int64_t(1) << kHeapTypeBit;
  return Ref::number(Value::fromInt(flags));
}

// Abstract methods.

Ref getAbstractMethods(Value self) {
  // type itself has this very descriptor in its dict.
  Value found = self == Value(&typeType) ? Value() : ownEntry(self, names::__abstractmethods__);
  if (found)
    return Ref::copy(found);
  raise(attributeErrorType, "__abstractmethods__");
  return addAttributeErrorFields(self, names::__abstractmethods__);
}

bool setAbstractMethods(Value self, Value value) {
  if (!isHeapType(asType(self)))
    return raiseImmutable(asType(self), names::__abstractmethods__);
  bool isAbstract = false;
  bool removed = true;
  if (value ? !truth(value, isAbstract) || !setEntry(self, names::__abstractmethods__, value)
            : !removeEntry(self, names::__abstractmethods__, removed))
    return false;
  if (!removed) {
    raise(attributeErrorType, "__abstractmethods__");
    return addAttributeErrorFields(self, names::__abstractmethods__);
  }
  uint32_t& flags = asType(self)->flags;
  flags = isAbstract ? flags | kTypeAbstract : flags & ~uint32_t(kTypeAbstract);
  return true;
}

// Annotations (PEP 649): the dict keeps what was computed and the function that computes it under
// names of their own. A class body that was told to evaluate them at once uses the plain names.

StrObject* cacheName() {
  return internLiteral("__annotations_cache__");
}
StrObject* functionName() {
  return internLiteral("__annotate_func__");
}

Ref raiseNoAnnotations(Value self, StrObject* name) {
  raise(attributeErrorType, "type object '%s' has no attribute '%S'", asType(self)->name,
        Value(name));
  return addAttributeErrorFields(self, name);
}

Ref getAnnotate(Value self) {
  if (!isHeapType(asType(self)))
    return raiseNoAnnotations(self, names::__annotate__);
  Value found = ownEntry(self, names::__annotate__);
  if (!found)
    found = ownEntry(self, functionName());
  if (found)
    return bindEntry(found, self);
  return setEntry(self, functionName(), Value::none()) ? Ref::none() : Ref();
}

bool setAnnotate(Value self, Value value) {
  if (!value)
    return raise(typeErrorType, "cannot delete __annotate__ attribute");
  if (!isHeapType(asType(self)))
    return raiseImmutable(asType(self), names::__annotate__);
  if (!value.isNone() && !isCallable(value))
    return raise(typeErrorType, "__annotate__ must be callable or None");
  StrObject* key = ownEntry(self, names::__annotate__) ? names::__annotate__ : functionName();
  bool removed;
  if (!setEntry(self, key, value))
    return false;
  return value.isNone() || (removeEntry(self, cacheName(), removed) &&
                            removeEntry(self, names::__annotations__, removed));
}

/// Calls __annotate__ for values (format 1); an empty dict where there is none.
Ref computeAnnotations(Value self) {
  PYC_TRY(annotate, getAnnotate(self));
  if (!isCallable(annotate))
    return newDict();
  PYC_TRY(result, call(annotate, Value::fromInt(1)));
  if (!isDict(result))
    return raise(typeErrorType, "__annotate__ returned non-dict of type '%T'", Value(result));
  return result;
}

Ref getAnnotations(Value self) {
  if (!isHeapType(asType(self)))
    return raiseNoAnnotations(self, names::__annotations__);
  Value found = ownEntry(self, names::__annotations__);
  if (!found)
    found = ownEntry(self, cacheName());
  if (found)
    return bindEntry(found, self);
  PYC_TRY(annotations, computeAnnotations(self));
  return setEntry(self, cacheName(), annotations) ? std::move(annotations) : Ref();
}

bool setAnnotations(Value self, Value value) {
  if (!isHeapType(asType(self)))
    return raiseImmutable(asType(self), names::__annotations__);
  bool hasPlain = static_cast<bool>(ownEntry(self, names::__annotations__));
  StrObject* key = hasPlain ? names::__annotations__ : cacheName();
  bool removed = true;
  if (value ? !setEntry(self, key, value) : !removeEntry(self, key, removed))
    return false;
  if (!removed) {
    raise(attributeErrorType, "__annotations__");
    return addAttributeErrorFields(self, names::__annotations__);
  }
  return removeEntry(self, names::__annotate__, removed) &&
         removeEntry(self, functionName(), removed) &&
         (!value || setEntry(self, functionName(), Value::none()));
}

Ref getTypeParams(Value self) {
  Value found = self == Value(&typeType) ? Value() : ownEntry(self, names::__type_params__);
  return found ? Ref::copy(found) : newTuple(0);
}

bool setTypeParams(Value self, Value value) {
  return checkSet(self, "__type_params__", value) && setEntry(self, names::__type_params__, value);
}

} // namespace

const GetSetDef typeGetSets[18] = {
    {"__basicsize__", getBasicSize},
    {"__itemsize__", getItemSize},
    {"__flags__", getFlags},
    {"__weakrefoffset__", getWeakrefOffset},
    {"__base__", getBase},
    {"__dictoffset__", getDictOffset},
    {"__name__", getName, setName},
    {"__qualname__", getQualifiedName, setQualifiedName},
    {"__bases__", getBases, setBases},
    {"__mro__", getMro},
    {"__module__", getModule, setModule},
    {"__abstractmethods__", getAbstractMethods, setAbstractMethods},
    {"__dict__", getDict},
    {"__doc__", getDoc, setDoc},
    {"__text_signature__", getTextSignature},
    {"__annotations__", getAnnotations, setAnnotations},
    {"__annotate__", getAnnotate, setAnnotate},
    {"__type_params__", getTypeParams, setTypeParams},
};

namespace {

// Instances of classes.

bool checkHasDict(Value self) {
  return (typeOf(self)->flags & kTypeHasStore) != 0 ||
         raise(attributeErrorType, "This object has no __dict__");
}

Ref getInstanceDict(Value self) {
  if (!checkHasDict(self))
    return {};
  DictObject* dict = instanceDict(self.object());
  return dict ? Ref::copy(dict) : Ref();
}

bool setInstanceDictValue(Value self, Value value) {
  if (!checkHasDict(self))
    return false;
  if (value && !isDict(value))
    return raise(typeErrorType, "__dict__ must be set to a dictionary, not a '%T'", value);
  return setInstanceDict(self.object(), value);
}

/// The instances of a built-in class keep having a dict.
bool replaceInstanceDict(Value self, Value value) {
  return value ? setInstanceDictValue(self, value)
               : static_cast<bool>(raise(typeErrorType, "cannot delete __dict__"));
}

Ref getInstanceWeakref(Value self) {
  if (!(typeOf(self)->flags & kTypeWeakrefs))
    return raise(attributeErrorType, "This object has no __weakref__");
  std::vector<Ref> references = weakrefsOf(self.object());
  return references.empty() ? Ref::none() : std::move(references.back());
}

} // namespace

const GetSetDef instanceDictDef = {"__dict__", getInstanceDict, setInstanceDictValue,
                                   "dictionary for instance variables"};
const GetSetDef builtinInstanceDictDef = {"__dict__", getInstanceDict, replaceInstanceDict};
const GetSetDef instanceWeakrefDef = {"__weakref__", getInstanceWeakref, nullptr,
                                      "list of weak references to the object"};

const char* docWithoutSignature(const char* doc) {
  // The signature may take several lines, none of them empty.
  const char* open = std::strpbrk(doc, "( \n");
  const char* end = std::strstr(doc, ")\n--\n\n");
  const char* empty = std::strstr(doc, "\n\n");
  return open && *open == '(' && end && open < end && empty > end ? end + 6 : doc;
}

} // namespace pyc::rt
