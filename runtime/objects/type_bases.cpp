// Assignment to __bases__, and the lists of subclasses.
#include "runtime/objects/attr_dependents.h"
#include "runtime/objects/heap_type.h"
#include "runtime/objects/list.h"
#include "runtime/objects/slot_table.h"
#include "runtime/objects/type_attributes.h"
#include "runtime/objects/type_internal.h"

#include <vector>

namespace pyc::rt {

namespace {

/// As isSubtype, by the bases: MROs may be about to change, when a metaclass's mro() runs.
bool derivesFrom(TypeObject* type, const TypeObject* ancestor) {
  for (; type; type = type->base)
    if (type == ancestor)
      return true;
  return false;
}

bool checkNewBases(TypeObject* type, TupleObject* bases) {
  for (int64_t i = 0; i < bases->count; ++i) {
    Value base = bases->items()[i];
    if (!isType(base))
      return raise(typeErrorType, "%s.__bases__ must be tuple of classes, not '%T'", type->name,
                   base);
    if (isSubtype(asType(base), type) || derivesFrom(asType(base), type))
      return raise(typeErrorType, "a __bases__ item causes an inheritance cycle");
  }
  return true;
}

/// A class and the MRO that it had, for the case that a later class can't get a new one.
struct OldMro {
  TypeObject* type;
  Ref mro;
};

/// Gives the class and its subclasses new MROs.
bool updateMros(TypeObject* type, std::vector<OldMro>& done) {
  Ref mro = computeMro(type);
  if (!mro)
    return false;
  done.push_back({type, Ref::steal(std::exchange(type->mro, asTuple(mro.release())))});
  for (TypeObject* subclass : runtimeSubclasses(type))
    if (!updateMros(subclass, done))
      return false;
  return true;
}

void swapBases(TypeObject* type, TupleObject*& bases, TypeObject*& base) {
  for (int64_t i = 0; i < type->bases->count; ++i)
    removeSubclass(asType(type->bases->items()[i]), type);
  std::swap(type->bases, bases);
  std::swap(type->base, base);
  for (int64_t i = 0; i < type->bases->count; ++i)
    addSubclass(asType(type->bases->items()[i]), type);
}

} // namespace

bool setTypeBases(TypeObject* type, TupleObject* bases) {
  if (!checkNewBases(type, bases))
    return false;
  TypeObject* base = bestBase(bases);
  if (!base)
    return false;
  if (!sameLayout(type->base, base))
    return raise(typeErrorType, "__bases__ assignment: '%N' object layout differs from '%N'",
                 Value(base), Value(type->base));
  TupleObject* swapped = asTuple(Ref::copy(bases).release());
  swapBases(type, swapped, base);
  std::vector<OldMro> done;
  bool ok = updateMros(type, done);
  if (!ok) {
    for (OldMro& old : done)
      decref(std::exchange(old.type->mro, asTuple(old.mro.release())));
    swapBases(type, swapped, base);
  }
  decref(swapped);
  typeModified(type, nullptr);
  return ok;
}

Ref subclassList(TypeObject* type) {
  PYC_TRY(list, newList(0));
  for (uint32_t i = 1; i < kBuiltinShapeCount; ++i) {
    TypeObject* builtin = shapeAt(static_cast<ShapeRef>(i * sizeof(Shape)))->type;
    readyType(builtin);
    if ((builtin->base == type || builtin->secondBase == type) &&
        !listAppend(asList(list), builtin))
      return {};
  }
  for (TypeObject* subclass : runtimeSubclasses(type))
    if (tryIncref(&subclass->header)) {
      Ref owned = Ref::steal(subclass);
      if (!listAppend(asList(list), owned))
        return {};
    }
  return list;
}

} // namespace pyc::rt
