// __slots__ of a class statement.
#include "runtime/objects/heap_type.h"
#include "runtime/objects/iterate.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/type_internal.h"
#include "runtime/objects/type_names.h"

#include <algorithm>
#include <cctype>

namespace pyc::rt {

namespace {

bool alreadyGot(const char* name) {
  return raise(typeErrorType, "%s slot disallowed: we already got one", name);
}

bool isAsciiIdentifier(std::string_view text) {
  auto isWord = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; };
  return !text.empty() && !std::isdigit(static_cast<unsigned char>(text[0])) &&
         std::all_of(text.begin(), text.end(), isWord);
}

bool checkSlotName(Value name) {
  if (!isStr(name))
    return raise(typeErrorType, "__slots__ items must be strings, not '%T'", name);
  if (asStr(name)->isAscii())
    return isAsciiIdentifier(asStr(name)->asciiView()) ||
           raise(typeErrorType, "__slots__ must be identifiers");
  Ref answer = callMethod(name, internLiteral("isidentifier"));
  return answer && (answer.get().isTrue() || raise(typeErrorType, "__slots__ must be identifiers"));
}

/// __name becomes _Class__name.
Ref mangle(StrObject* className, StrObject* name) {
  std::string storage, classStorage;
  std::string_view text = utf8View(name, storage);
  std::string_view owner = utf8View(className, classStorage);
  owner.remove_prefix(std::min(owner.find_first_not_of('_'), owner.size()));
  if (!text.starts_with("__") || text.ends_with("__") || owner.empty())
    return Ref::copy(name);
  StrBuilder mangled;
  mangled.append("_");
  mangled.append(owner);
  mangled.append(text);
  return mangled.finish();
}

/// A str alone is one name; any other iterable has the names.
Ref listOfSlots(Value slots) {
  return isStr(slots) ? makeList(&slots, 1) : sequenceList(slots);
}

struct SlotReader {
  TypeObject* base;
  StrObject* className;
  DictObject* nameSpace;
  SlotRequest& request;
  Ref names = {};

  bool read(Value slots);
  bool readName(StrObject* name);
  bool add(Ref name);
};

bool SlotReader::readName(StrObject* name) {
  if (strEquals(name, "__dict__")) {
    if (request.wantsDict || (base->flags & (kTypeHasStore | kTypeIsType)))
      return alreadyGot("__dict__");
    return request.wantsDict = true;
  }
  if (strEquals(name, "__weakref__")) {
    if (request.wantsWeakref || (base->flags & kTypeWeakrefs))
      return alreadyGot("__weakref__");
    return request.wantsWeakref = true;
  }
  Ref mangled = mangle(className, name);
  Ref interned = mangled ? intern(mangled) : Ref();
  return interned && add(std::move(interned));
}

bool SlotReader::add(Ref name) {
  bool isThere;
  // What the class statement itself puts in the namespace does not stay in the class's dict.
  bool isRemoved =
      strEquals(asStr(name), "__qualname__") || strEquals(asStr(name), "__classcell__");
  if (!isRemoved && dictFindStr(nameSpace, asStr(name)))
    return raise(valueErrorType, "%R in __slots__ conflicts with class variable", Value(name));
  return contains(names, name, isThere) && (isThere || listAppend(asList(names), name));
}

bool SlotReader::read(Value slots) {
  Ref items = listOfSlots(slots);
  if (!items)
    return false;
  // CPython's order of checks: all names first, then one by one.
  bool isArbitrary = false;
  for (int64_t i = 0; i < asList(items)->count; ++i) {
    Ref name = listGet(asList(items), i);
    if (!checkSlotName(name))
      return false;
    isArbitrary |= !strEquals(asStr(name), "__dict__") && !strEquals(asStr(name), "__weakref__");
  }
  if (isArbitrary && (base->flags & kTypeVarSized) && (base->flags & (kTypeIsInt | kTypeIsBytes)))
    return raise(typeErrorType, "arbitrary __slots__ not supported for subtype of '%s'",
                 nameOf(base));
  if (isArbitrary && (base->flags & kTypeIsType))
    return raise(typeErrorType, "arbitrary __slots__ not supported for subtype of '%s'",
                 nameOf(base));
  for (int64_t i = 0; i < asList(items)->count; ++i) {
    Ref name = listGet(asList(items), i);
    if (!readName(asStr(name)))
      return false;
  }
  return true;
}

} // namespace

bool appendSlotNames(TypeObject* type, ListObject* out) {
  Value slots = dictFindStr(typeDict(type), names::__slots__);
  if (!slots)
    return true;
  PYC_TRY(items, listOfSlots(slots));
  PYC_TRY(className, typeNameStr(type));
  return forEach(items, [&](Value name) -> bool {
    if (!isStr(name))
      return raise(typeErrorType, "__slots__ items must be strings, not '%T'", name);
    if (strEquals(asStr(name), "__dict__") || strEquals(asStr(name), "__weakref__"))
      return true;
    PYC_TRY(mangled, mangle(asStr(className), asStr(name)));
    return listAppend(out, mangled);
  });
}

bool readSlots(TypeObject* base, StrObject* className, DictObject* nameSpace,
               SlotRequest& request) {
  Ref slots = Ref::copy(dictFindStr(nameSpace, internLiteral("__slots__")));
  if (!slots)
    return true;
  request.hasSlots = true;
  SlotReader reader{base, className, nameSpace, request, newList(0)};
  if (!reader.names || !reader.read(slots))
    return false;
  ListObject* names = asList(reader.names);
  if (names->count == 0)
    return true;
  if (!listSort(names, Value(), false))
    return false;
  request.names = listToTuple(names);
  return static_cast<bool>(request.names);
}

} // namespace pyc::rt
