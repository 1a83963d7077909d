// Method resolution order: C3 (Barrett et al., OOPSLA 1996), and metaclasses that have their own.
#include "runtime/objects/heap_type.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/type_attributes.h"
#include "runtime/objects/type_internal.h"

#include <algorithm>
#include <vector>

namespace pyc::rt {

namespace {

/// One of the orders to merge, and how much of it is done.
struct Line {
  TupleObject* types;
  int64_t next = 0;

  bool isDone() const { return next == types->count; }
  Value head() const { return types->items()[next]; }
  bool hasBehindHead(Value type) const {
    const Value* items = types->items();
    return std::find(items + next + 1, items + types->count, type) != items + types->count;
  }
};

bool checkDuplicates(TupleObject* bases) {
  for (int64_t i = 0; i < bases->count; ++i)
    for (int64_t k = i + 1; k < bases->count; ++k)
      if (bases->items()[i] == bases->items()[k])
        return raise(typeErrorType, "duplicate base class %N", bases->items()[i]);
  return true;
}

Raised raiseInconsistent(const std::vector<Line>& lines) {
  std::vector<Value> heads;
  for (const Line& line : lines)
    if (!line.isDone() && std::find(heads.begin(), heads.end(), line.head()) == heads.end())
      heads.push_back(line.head());
  StrBuilder names;
  for (Value head : heads) {
    names.append(head == heads.front() ? "" : ", ");
    names.append(nameOf(asType(head)));
  }
  PYC_TRY(text, names.finish());
  return raise(typeErrorType,
               "Cannot create a consistent method resolution order (MRO) for bases %S",
               Value(text));
}

/// The first head that stands behind no other line's head; null when there is none.
Value nextInOrder(const std::vector<Line>& lines) {
  for (const Line& line : lines) {
    if (line.isDone())
      continue;
    Value head = line.head();
    if (std::none_of(lines.begin(), lines.end(),
                     [&](const Line& other) { return other.hasBehindHead(head); }))
      return head;
  }
  return {};
}

bool merge(std::vector<Line>& lines, ListObject* order) {
  while (!std::all_of(lines.begin(), lines.end(), [](const Line& line) { return line.isDone(); })) {
    Value next = nextInOrder(lines);
    if (!next)
      return raiseInconsistent(lines);
    if (!listAppend(order, next))
      return false;
    for (Line& line : lines)
      if (!line.isDone() && line.head() == next)
        ++line.next;
  }
  return true;
}

bool checkMro(TypeObject* type, TupleObject* mro) {
  TypeObject* solid = solidBase(type);
  for (int64_t i = 0; i < mro->count; ++i) {
    Value item = mro->items()[i];
    if (!isType(item))
      return raise(typeErrorType, "%N.mro() returned a non-class ('%T')", Value(type), item);
    if (!isSubtype(solid, solidBase(asType(item))))
      return raise(typeErrorType, "%N.mro() returned base with unsuitable layout ('%N')",
                   Value(type), item);
  }
  return true;
}

/// A class finds attributes by way of this base in classes that don't know of it.
bool inheritsForeigners(TypeObject* type) {
  for (int64_t i = 0; i < type->bases->count; ++i) {
    TypeObject* base = asType(type->bases->items()[i]);
    if (isHeapType(base) && asHeapType(base)->foreignMro)
      return true;
  }
  return false;
}

bool hasForeigners(TypeObject* type, TupleObject* mro) {
  if (asHeapType(type)->foreignMro)
    return true;
  for (int64_t i = 0; i < mro->count; ++i) {
    TypeObject* item = asType(mro->items()[i]);
    bool isAncestor = item == type;
    for (int64_t k = 0; !isAncestor && k < type->bases->count; ++k)
      isAncestor = isSubtype(asType(type->bases->items()[k]), item);
    if (!isAncestor)
      return true;
  }
  return false;
}

} // namespace

Ref linearise(TypeObject* type, TupleObject* bases) {
  for (int64_t i = 0; i < bases->count; ++i)
    readyType(asType(bases->items()[i]));
  Value self = type;
  PYC_TRY(order, makeList(&self, 1));
  if (bases->count == 1) {
    TupleObject* rest = typeMro(asType(bases->items()[0]));
    for (int64_t i = 0; i < rest->count; ++i)
      if (!listAppend(asList(order), rest->items()[i]))
        return {};
    return order;
  }
  if (!checkDuplicates(bases))
    return {};
  std::vector<Line> lines;
  for (int64_t i = 0; i < bases->count; ++i)
    lines.push_back({typeMro(asType(bases->items()[i]))});
  lines.push_back({bases});
  return merge(lines, asList(order)) ? std::move(order) : Ref();
}

Ref computeMro(TypeObject* type) {
  asHeapType(type)->foreignMro = inheritsForeigners(type);
  bool isCustom = typeOf(type) != &typeType && findInType(typeOf(type), names::mro) !=
                                                   dictFindStr(typeDict(&typeType), names::mro);
  if (!isCustom) {
    PYC_TRY(order, linearise(type, type->bases));
    return listToTuple(asList(order));
  }
  bool found;
  PYC_TRY(order, callSpecial(type, names::mro, nullptr, 0, found));
  PYC_TRY(mro, sequenceTuple(order));
  if (!checkMro(type, asTuple(mro)))
    return {};
  asHeapType(type)->foreignMro = hasForeigners(type, asTuple(mro));
  return mro;
}

TypeObject* calculateMetaclass(TypeObject* metatype, TupleObject* bases) {
  TypeObject* winner = metatype;
  for (int64_t i = 0; i < bases->count; ++i) {
    TypeObject* candidate = typeOf(bases->items()[i]);
    if (isSubtype(winner, candidate))
      continue;
    if (!isSubtype(candidate, winner))
      return raise(typeErrorType,
                   "metaclass conflict: the metaclass of a derived class must be a (non-strict) "
                   "subclass of the metaclasses of all its bases");
    winner = candidate;
  }
  return winner;
}

} // namespace pyc::rt
