// Making classes: type.__new__.
#include "runtime/memory/heap.h"
#include "runtime/objects/descriptors.h"
#include "runtime/objects/dict_table.h"
#include "runtime/objects/exception.h"
#include "runtime/objects/heap_type.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/slot_table.h"
#include "runtime/objects/static_method.h"
#include "runtime/objects/super.h"
#include "runtime/objects/type_attributes.h"
#include "runtime/objects/type_internal.h"

#include <cstring>

namespace pyc::rt {

ClassHooks classHooks;

namespace {

/// The steps of type.__new__, in CPython's order. Each returns false with the exception raised.
class ClassBuilder {
public:
  ClassBuilder(TypeObject* metatype, StrObject* name) : metatype_(metatype), name_(name) {}

  bool build(TupleObject* bases, DictObject* nameSpace);
  bool announce(const Value* keywords, Value kwnames);
  Ref finish() { return std::move(type_); }

private:
  TypeObject* type() const { return asType(type_); }
  bool takeNameSpace(DictObject* nameSpace);
  bool makeType(TupleObject* bases);
  bool setNames();
  bool setModule();
  bool wrap(StrObject* name, Ref (*make)(Value));
  bool addSlotMembers();
  bool addStoreAttributes();
  bool finishDict();
  bool setClassCell();
  bool becomeReady();
  bool set(StrObject* name, Value value) { return dictSetStr(asDict(dict_), name, value); }

  TypeObject* metatype_;
  StrObject* name_;
  TypeObject* base_ = nullptr;
  Ref dict_;
  Ref type_;
  SlotRequest slots_;
};

bool ClassBuilder::takeNameSpace(DictObject* nameSpace) {
  dict_ = newDict(static_cast<size_t>(nameSpace->count) + 4);
  Ref inOrder = isPlainMapping(nameSpace) ? Ref::copy(nameSpace) : newDict();
  if (!dict_ || !inOrder)
    return false;
  if (inOrder != Value(nameSpace) && !dictUpdate(asDict(inOrder), nameSpace))
    return false;
  nameSpace = asDict(inOrder);
  Value key, value;
  for (int64_t position = 0; dictNext(nameSpace, position, key, value);) {
    if (!isStr(key)) {
      if (!warn(runtimeWarningType, 1, "non-string key in the __dict__ of class %S",
                Value(name_)) ||
          !dictSet(asDict(dict_), key, value))
        return false;
      continue;
    }
    StrObject* name = internStr(asStr(key)); // look-ups compare by identity
    if (!name || !set(name, value))
      return false;
  }
  return true;
}

/// Flags that a class takes from all its bases.
void inheritFromBases(TypeObject* type, const SlotRequest& slots) {
  TupleObject* bases = type->bases;
  for (int64_t i = 0; i < bases->count; ++i) {
    TypeObject* base = asType(bases->items()[i]);
    uint32_t layout = type->flags & (kTypeVarSized | kTypeHasStore | kTypeWeakrefs);
    inheritFlags(type, base);
    if (base !=
        type->base) { // layout comes from one base alone, store and weak references from any
      type->flags &= ~uint32_t(kTypeVarSized | kTypeHasStore | kTypeWeakrefs);
      type->flags |= layout | (base->flags & (kTypeHasStore | kTypeWeakrefs));
    }
  }
  bool isMetaclass = (type->flags & kTypeIsType) != 0; // its instances' attributes are their dict
  if (!isMetaclass && (!slots.hasSlots || slots.wantsDict))
    type->flags |= kTypeHasStore;
  if (!slots.hasSlots || slots.wantsWeakref)
    type->flags |= kTypeWeakrefs;
}

bool ClassBuilder::makeType(TupleObject* bases) {
  type_ = Ref::steal(allocObject(metatype_));
  if (!type_)
    return false;
  TypeObject* type = this->type();
  incref(type_); // only the collector frees classes
  asHeapType(type)->keepsItself = true;
  type->flags = kTypeHeap | kTypeReady | kTypeDictReady | kTypeBase | kTypeCollected;
  type->base = base_;
  type->bases = asTuple(Ref::copy(bases).release());
  type->dict = asDict(Ref::copy(dict_).release());
  inheritFromBases(type, slots_);
  return setTypeName(type, name_);
}

bool ClassBuilder::setNames() {
  Value qualifiedName = dictFindStr(asDict(dict_), names::__qualname__);
  if (qualifiedName && !isStr(qualifiedName))
    return raise(typeErrorType, "type __qualname__ must be a str, not %T", qualifiedName);
  type()->qualifiedName = Ref::copy(qualifiedName ? qualifiedName : Value(name_)).release();
  bool removed;
  return dictRemove(asDict(dict_), names::__qualname__, removed);
}

bool ClassBuilder::setModule() {
  if (dictFindStr(asDict(dict_), names::__module__))
    return true;
  DictObject* globals = classHooks.currentGlobals ? classHooks.currentGlobals() : nullptr;
  Value module = globals ? dictFindStr(globals, names::__name__) : Value();
  return !module || set(names::__module__, module);
}

/// Turns a plain function into a static or class method.
bool ClassBuilder::wrap(StrObject* name, Ref (*make)(Value)) {
  Value function = dictFindStr(asDict(dict_), name);
  if (!function || !hasShape(function, kShapeFunction))
    return true;
  Ref method = make(function);
  return method && set(name, method);
}

bool ClassBuilder::addSlotMembers() {
  if (!slots_.names)
    return true;
  TupleObject* slotNames = asTuple(slots_.names);
  uint32_t offset = asHeapType(type())->slotOffset;
  for (int64_t i = 0; i < slotNames->count; ++i, offset += sizeof(Value)) {
    StrObject* name = asStr(slotNames->items()[i]);
    Ref member = makeSlotMember(type(), name, offset);
    if (!member || !set(name, member))
      return false;
  }
  return true;
}

/// __dict__ and __weakref__ of the class that brings them into its line.
bool ClassBuilder::addStoreAttributes() {
  uint32_t added = type()->flags & ~base_->flags;
  if (added & kTypeHasStore) {
    Ref member = makeGetSetDescriptor(type(), &instanceDictDef);
    if (!member || (!dictFindStr(asDict(dict_), names::__dict__) && !set(names::__dict__, member)))
      return false;
  }
  if (added & kTypeWeakrefs) {
    Ref member = makeGetSetDescriptor(type(), &instanceWeakrefDef);
    if (!member ||
        (!dictFindStr(asDict(dict_), names::__weakref__) && !set(names::__weakref__, member)))
      return false;
  }
  return true;
}

bool ClassBuilder::finishDict() {
  DictObject* dict = asDict(dict_);
  Value doc = dictFindStr(dict, names::__doc__);
  std::string text; // that CPython keeps in UTF-8
  if (doc ? isStr(doc) && !toUtf8(doc, text) : !set(names::__doc__, Value::none()))
    return false;
  // Who redefines equality has no hash, unless it says so.
  if (dictFindStr(dict, names::__eq__) && !dictFindStr(dict, names::__hash__))
    return set(names::__hash__, Value::none());
  return true;
}

bool ClassBuilder::setClassCell() {
  DictObject* dict = asDict(dict_);
  for (StrObject* name : {names::__classcell__, internLiteral("__classdictcell__")}) {
    Ref cell = Ref::copy(dictFindStr(dict, name));
    if (!cell)
      continue;
    if (!hasShape(cell, kShapeCell))
      return raise(typeErrorType, "%S must be a nonlocal cell, not %R", Value(name),
                   Value(typeOf(cell)));
    setField(asCell(cell)->content, name == names::__classcell__ ? Value(type_) : Value(dict_));
    bool removed;
    if (!dictRemove(dict, name, removed))
      return false;
  }
  return true;
}

bool ClassBuilder::becomeReady() {
  TypeObject* type = this->type();
  Ref mro = computeMro(type);
  if (!mro)
    return false;
  type->mro = asTuple(mro.release());
  if (!layOutInstances(type, slots_) || !addSlotMembers())
    return false;
  for (int64_t i = 0; i < type->bases->count; ++i)
    addSubclass(asType(type->bases->items()[i]), type);
  // Memory management follows the layout; all else follows the MRO.
  type->slots = base_->slots;
  for (int64_t i = 1; i < type->mro->count; ++i)
    inheritSlots(type, asType(type->mro->items()[i]));
  setMemorySlots(type);
  updateSlots(type, nullptr);
  return true;
}

bool ClassBuilder::build(TupleObject* bases, DictObject* nameSpace) {
  base_ = bestBase(bases);
  if (!base_ || !takeNameSpace(nameSpace))
    return false;
  return readSlots(base_, name_, asDict(dict_), slots_) && makeType(bases) && setNames() &&
         setModule() && wrap(names::__new__, makeStaticMethod) &&
         wrap(names::__init_subclass__, makeClassMethod) &&
         wrap(names::__class_getitem__, makeClassMethod) && addStoreAttributes() && finishDict() &&
         setClassCell() && becomeReady();
}

/// add_note() of the exception being raised.
Raised addRaisedNote(const char* format, Value a, Value b, Value c) {
  Ref exception = takeRaised();
  Ref note = formatText(format, a, b, c);
  Ref done = note ? callMethod(exception, names::add_note, note) : Ref();
  clearRaised();
  restoreRaised(std::move(exception));
  return {};
}

/// Calls __set_name__ of everything in the namespace that has it.
bool callSetName(TypeObject* type) {
  Ref snapshot = dictCopy(type->dict); // __set_name__ may change it
  if (!snapshot)
    return false;
  Value key, value;
  for (int64_t position = 0; dictNext(asDict(snapshot), position, key, value);) {
    Value args[] = {type, key};
    bool found;
    Ref result = callSpecial(value, names::__set_name__, args, 2, found);
    if (found && !result)
      return addRaisedNote("Error calling __set_name__ on '%T' instance %R in '%N'", value, key,
                           Value(type));
  }
  return true;
}

bool ClassBuilder::announce(const Value* keywords, Value kwnames) {
  if (!callSetName(type()))
    return false;
  PYC_TRY(super, makeSuper(type(), type()));
  PYC_TRY(hook, getAttr(super, names::__init_subclass__));
  return static_cast<bool>(call(hook, keywords, 0, kwnames));
}

} // namespace

bool setTypeName(TypeObject* type, Value name) {
  std::string text;
  if (!toUtf8(name, text))
    return false;
  if (text.find('\0') != std::string::npos)
    return raise(valueErrorType, "type name must not contain null characters");
  auto* bytes = static_cast<char*>(allocPlain(text.size() + 1));
  if (!bytes)
    return raiseMemoryError();
  std::memcpy(bytes, text.c_str(), text.size() + 1);
  freeMemory(asHeapType(type)->nameBytes);
  type->name = asHeapType(type)->nameBytes = bytes;
  setField(type->nameValue, name);
  return true;
}

Ref makeClass(TypeObject* metatype, Value name, TupleObject* bases, DictObject* nameSpace,
              const Value* keywords, Value kwnames) {
  Ref owned = Ref::copy(bases);
  if (bases->count == 0) {
    owned = tupleOf(Value(&objectType));
    if (!owned)
      return {};
  }
  ClassBuilder builder(metatype, asStr(name));
  if (!builder.build(asTuple(owned), nameSpace) || !builder.announce(keywords, kwnames))
    return {};
  return builder.finish();
}

} // namespace pyc::rt
