// From a place in the program to a warning of it.
#include "runtime/modules/warnings.h"

#include "runtime/interp/compile.h"
#include "runtime/interp/stack_walk.h"
#include "runtime/modules/import_system.h"
#include "runtime/modules/system.h"
#include "runtime/objects/int.h"
#include "runtime/objects/tuple.h"

#include <algorithm>

namespace pyc::rt {

namespace {

/// Frames of the import system stand between an import and the module; nobody wants to hear of
/// them.
bool isInternal(const StackEntry& entry) {
  std::string storage;
  std::string_view name = utf8View(Value(&entry.code->fileName->header), storage);
  return name.find("importlib") != name.npos && name.find("_bootstrap") != name.npos;
}

bool startsWith(StrObject* text, StrObject* start) {
  return start->length <= text->length && strFind(text, start, 0, start->length) == 0;
}

bool isSkipped(const StackEntry& entry, TupleObject* prefixes) {
  for (int64_t i = 0; prefixes && i < prefixes->count; ++i)
    if (startsWith(entry.code->fileName, asStr(prefixes->items()[i])))
      return true;
  return false;
}

/// The function that is `level` - 1 calls out, without those that are passed over.
bool findEntry(int64_t level, TupleObject* prefixes, StackEntry& found) {
  bool isFirst = true, isPlain = level <= 0, isFound = false;
  walkStack(thisThread().frame, [&](const StackEntry& entry) {
    if (std::exchange(isFirst, false))
      isPlain |= isInternal(entry);
    else if (!isPlain && (isInternal(entry) || isSkipped(entry, prefixes)))
      return true;
    found = entry;
    isFound = --level <= 0;
    return !isFound;
  });
  return isFound;
}

/// The registry of warnings in a namespace, made when there is none.
bool findRegistry(DictObject* globals, WarningPlace& place) {
  StrObject* key = internLiteral("__warningregistry__");
  if (Value registry = dictFindStr(globals, key)) {
    place.registry = Ref::copy(registry);
    return true;
  }
  place.registry = newDict();
  return place.registry && dictSetStr(globals, key, place.registry);
}

} // namespace

bool findWarningPlace(int64_t level, TupleObject* prefixes, WarningPlace& place) {
  StackEntry entry;
  bool isFound = findEntry(level, prefixes, entry);
  DictObject* globals = isFound ? entry.globals() : systemDict();
  place.line = Value::fromInt(isFound ? std::max(codeLine(entry.code, entry.word), 0) : 0);
  place.fileName = isFound ? Ref::copy(Value(&entry.code->fileName->header)) : makeStr("<sys>");
  Value name = dictFindStr(globals, names::__name__);
  place.module = name && (name.isNone() || isStr(name)) ? Ref::copy(name) : makeStr("<string>");
  return place.fileName && place.module && findRegistry(globals, place);
}

bool issueWarning(TypeObject* category, int stackLevel, Value message) {
  WarningPlace place;
  return findWarningPlace(stackLevel, nullptr, place) &&
         warnExplicitly(Value(&category->header), message, place, {});
}

bool reportUnawaited(Value coroutine) {
  Ref module = loadedModule(internLiteral("warnings"));
  Ref function;
  if (!module || module.isNone() ||
      !findAttr(module, internLiteral("_warn_unawaited_coroutine"), function))
    return false;
  return function && static_cast<bool>(call(function, coroutine));
}

bool warnAt(TypeObject& category, std::string_view message, std::string_view fileName, int line) {
  WarningPlace place;
  PYC_TRY(text, makeStr(message));
  place.fileName = makeStr(fileName);
  place.registry = Ref::none();
  place.line = Value::fromInt(line);
  return place.fileName && warnExplicitly(Value(&category.header), text, place, {});
}

} // namespace pyc::rt
