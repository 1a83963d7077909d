#include "runtime/modules/warning_filters.h"

#include "runtime/modules/import_system.h"
#include "runtime/modules/standard_streams.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/int.h"
#include "runtime/objects/list.h"
#include "runtime/objects/tuple.h"

#include <cstdio>
#include <mutex>

namespace pyc::rt {

namespace {

/// Never freed. Changed under `warningMutex`.
struct WarningState {
  Value filters, onceRegistry, defaultAction, context;
  int64_t version = 0;
};
WarningState state;

std::recursive_mutex warningMutex;
thread_local int lockDepth;

class WarningLock {
public:
  WarningLock() { lockWarnings(); }
  ~WarningLock() { unlockWarnings(); }
  WarningLock(const WarningLock&) = delete;
  WarningLock& operator=(const WarningLock&) = delete;
};

Ref makeFilter(const char* action, TypeObject& category, const char* module) {
  PYC_TRY(actionText, makeStr(action));
  PYC_TRY(moduleText, module ? makeStr(module) : Ref::none());
  return tupleOf(actionText.get(), Value::none(), Value(&category.header), moduleText.get(),
                 Value::fromInt(0));
}

/// Those of a release of CPython.
bool addDefaultFilters(ListObject* filters) {
  struct {
    const char* action;
    TypeObject& category;
    const char* module;
  } const defaults[] = {{"default", deprecationWarningType, "__main__"},
                        {"ignore", deprecationWarningType, nullptr},
                        {"ignore", pendingDeprecationWarningType, nullptr},
                        {"ignore", importWarningType, nullptr},
                        {"ignore", resourceWarningType, nullptr}};
  for (const auto& entry : defaults) {
    PYC_TRY(filter, makeFilter(entry.action, entry.category, entry.module));
    if (!listAppend(filters, filter))
      return false;
  }
  return true;
}

/// An attribute of the module `warnings`, if it has been imported; null with nothing raised if not.
bool fromWarnings(const char* name, Ref& result) {
  result = Ref();
  Ref module = loadedModule(internLiteral("warnings"));
  if (!module || module.isNone())
    return !isRaised();
  return findAttr(module, internLiteral(name), result);
}

// Choosing the action.

bool equalTexts(Value pattern, Value text, bool& result) {
  if (!isStr(text))
    return raise(typeErrorType, "Can't compare str and %T", text);
  result = strEquals(asStr(pattern), asStr(text));
  return true;
}

/// A part of a filter: None, a text, or a pattern with a method match().
bool matches(Value pattern, Value text, bool& result) {
  result = true;
  if (pattern.isNone())
    return true;
  if (isExactStr(pattern))
    return equalTexts(pattern, text, result);
  PYC_TRY(match, callMethod(pattern, internLiteral("match"), text));
  return truth(match, result);
}

bool matchesAt(Value pattern, Value text, int64_t start, bool& result) {
  PYC_TRY(method, getAttr(pattern, internLiteral("match")));
  PYC_TRY(match, call(method, text, Value::fromInt(start)));
  return truth(match, result);
}

bool endsWith(StrObject* text, int64_t stop, std::string_view end) {
  auto start = stop - static_cast<int64_t>(end.size());
  for (size_t i = 0; start >= 0 && i < end.size(); ++i)
    if (text->at(start + static_cast<int64_t>(i)) != static_cast<uint8_t>(end[i]))
      return false;
  return start >= 0;
}

Ref withoutPy(StrObject* name) {
  return endsWith(name, name->length, ".py") ? strSlice(name, 0, name->length - 3)
                                             : Ref::copy(Value(name));
}

/// The file's name as a dotted one, without ".py" and "/__init__".
Ref dottedFileName(StrObject* name) {
  int64_t stop = name->length;
  if (endsWith(name, stop, ".py")) {
    stop -= 3;
    if (endsWith(name, stop, "/__init__"))
      stop -= 9;
  }
  StrBuilder out;
  for (int64_t i = 0; i < stop; ++i)
    out.appendChar(name->at(i) == '/' ? '.' : name->at(i));
  return out.finish();
}

/// A pattern for modules where only the file is known: it may match from any package on.
bool matchesFile(Value pattern, Value fileName, bool& result) {
  result = true;
  StrObject* name = asStr(fileName);
  if (pattern.isNone())
    return true;
  if (name->length == 0) {
    PYC_TRY(unknown, makeStr("<unknown>"));
    return matches(pattern, unknown, result);
  }
  PYC_TRY(dotted, dottedFileName(name));
  bool isInvented = name->at(0) == '<' && name->at(name->length - 1) == '>';
  PYC_TRY(plain, withoutPy(name));
  if (isExactStr(pattern))
    return equalTexts(pattern, isInvented ? fileName : plain.get(), result);
  if (!matches(pattern, isInvented ? fileName : plain.get(), result) || result || isInvented)
    return !isRaised();
  for (int64_t start = 0; start <= asStr(dotted)->length; ++start) {
    if (start > 0 && asStr(dotted)->at(start - 1) != '.')
      continue;
    if (!matchesAt(pattern, dotted, start, result))
      return false;
    if (result)
      break;
  }
  return true;
}

struct Warning {
  Value category, text, message; // message: the instance
  const WarningPlace& place;
};

bool filterMatches(const Value* parts, const Warning& warning, bool& result) {
  if (!matches(parts[1], warning.text, result) || !result)
    return !isRaised();
  if (!isSubclassOf(warning.category, parts[2], result) || !result)
    return !isRaised();
  const WarningPlace& place = warning.place;
  bool done = place.module ? matches(parts[3], place.module, result)
                           : matchesFile(parts[3], place.fileName, result);
  if (!done || !result)
    return done;
  if (isInteger(parts[4]) && intSign(parts[4]) == 0)
    return true;
  return compareBool(CompareOp::Eq, parts[4], place.line, result);
}

/// The action of the first filter that matches; null with nothing raised when none does.
Ref searchFilters(Value filters, const char* name, const Warning& warning, Ref& filter) {
  for (int64_t i = 0; i < asList(filters)->count; ++i) {
    filter = listGet(asList(filters), i);
    if (!filter)
      return {};
    if (!isTuple(filter) || asTuple(filter)->count != 5)
      return raise(valueErrorType, "%s item %lld isn't a 5-tuple", name, static_cast<long long>(i));
    const Value* parts = asTuple(filter)->items();
    if (!isStr(parts[0]))
      return raise(typeErrorType, "action must be a string, not '%T'", parts[0]);
    bool isMatch;
    if (!filterMatches(parts, warning, isMatch))
      return {};
    if (isMatch)
      return Ref::copy(parts[0]);
  }
  filter = Ref::none();
  return {};
}

/// The filters of the current context, None when it has none.
Ref contextFilters() {
  if (!state.context)
    return Ref::none();
  PYC_TRY(context, callMethod(state.context, names::get, Value::none()));
  if (context.isNone())
    return Ref::none();
  PYC_TRY(filters, getAttr(context, internLiteral("_filters")));
  if (!isList(filters))
    return raise(valueErrorType, "_filters of warnings._warnings_context must be a list");
  return filters;
}

Ref globalFilters() {
  Ref filters;
  if (!fromWarnings("filters", filters))
    return {};
  if (!filters)
    return Ref::copy(state.filters);
  if (!isList(filters))
    return raise(valueErrorType, "warnings.filters must be a list");
  return filters;
}

Ref defaultAction() {
  Ref action;
  if (!fromWarnings("defaultaction", action))
    return {};
  if (!action)
    return Ref::copy(state.defaultAction);
  if (!isStr(action))
    return raise(typeErrorType, "_warnings.defaultaction must be a string, not '%T'", action.get());
  return action;
}

Ref chooseAction(const Warning& warning, Ref& filter) {
  PYC_TRY(context, contextFilters());
  bool isGlobal = context.isNone();
  PYC_TRY(filters, isGlobal ? globalFilters() : std::move(context));
  Ref action =
      searchFilters(filters, isGlobal ? "warnings.filters" : "warnings._warnings_context _filters",
                    warning, filter);
  return action || isRaised() ? std::move(action) : defaultAction();
}

// What was shown before.

Ref onceRegistry() {
  Ref once;
  if (!fromWarnings("onceregistry", once))
    return {};
  if (!once)
    return Ref::copy(state.onceRegistry);
  if (!isDict(once))
    return raise(typeErrorType, "_warnings.onceregistry must be a dict, not '%T'", once.get());
  return once;
}

/// Empties a registry that was filled under other filters.
bool refreshRegistry(DictObject* registry) {
  StrObject* key = internLiteral("version");
  Ref version;
  if (!dictGet(registry, key, version))
    return false;
  int64_t number;
  if (version && isInteger(version) && intFits64(version, number) && number == state.version)
    return true;
  dictClear(registry);
  PYC_TRY(current, makeInt(state.version));
  return dictSetStr(registry, key, current);
}

/// Whether the key is in the registry already; it is put there when `shouldAdd`.
bool findShown(Value registry, Value key, bool shouldAdd, bool& isShown) {
  isShown = false;
  if (registry.isNone())
    return true;
  if (!refreshRegistry(asDict(registry)))
    return false;
  Ref found;
  if (!dictGet(asDict(registry), key, found) || (found && !truth(found, isShown)))
    return false;
  return isShown || !shouldAdd || dictSet(asDict(registry), key, Value::fromBool(true));
}

/// By text and category alone.
bool findShownAnywhere(Value registry, const Warning& warning, bool withLine, bool& isShown) {
  PYC_TRY(key, withLine ? tupleOf(warning.text, warning.category, Value::fromInt(0))
                        : tupleOf(warning.text, warning.category));
  return findShown(registry, key, true, isShown);
}

/// What to do by the action; `shouldShow` false: nothing more.
bool applyAction(Value action, Value filter, Value key, const Warning& warning, bool& shouldShow) {
  StrObject* name = asStr(action);
  Value registry = warning.place.registry;
  bool isShown = false;
  shouldShow = false;
  if (strEquals(name, "error"))
    return raiseValue(warning.message);
  if (strEquals(name, "ignore"))
    return true;
  bool isAlways = strEquals(name, "always") || strEquals(name, "all");
  if (!isAlways && !registry.isNone() && !dictSet(asDict(registry), key, Value::fromBool(true)))
    return false;
  if (strEquals(name, "once")) {
    PYC_TRY(once, registry.isNone() ? onceRegistry() : Ref::copy(registry));
    if (!findShownAnywhere(once, warning, false, isShown))
      return false;
  } else if (strEquals(name, "module")) {
    if (!findShownAnywhere(registry, warning, true, isShown))
      return false;
  } else if (!isAlways && !strEquals(name, "default")) {
    return raise(runtimeErrorType, "Unrecognized action (%R) in warnings.filters:\n %R", action,
                 filter);
  }
  shouldShow = !isShown;
  return true;
}

// Showing.

std::string sourceLine(const std::string& fileName, int64_t line) {
  FILE* file = fopen(fileName.c_str(), "rb");
  if (!file)
    return {};
  std::string text;
  int character;
  for (int64_t at = 1; at <= line && (character = getc(file)) != EOF;) {
    if (at == line && character != '\n')
      text += static_cast<char>(character);
    at += character == '\n';
  }
  fclose(file);
  size_t start = text.find_first_not_of(" \t\f");
  return start == text.npos ? std::string()
                            : text.substr(start, text.find_last_not_of(" \t\r") + 1 - start);
}

/// As `warnings` would show it.
bool showPlainly(const Warning& warning) {
  PYC_TRY(name, getAttr(warning.category, names::__name__));
  PYC_TRY(text, formatText("%S:%S: %S: %S\n", warning.place.fileName.get(), warning.place.line,
                           name.get(), warning.text));
  writeStandardError(text);
  std::string storage;
  int64_t number = 0;
  intFits64(warning.place.line, number);
  std::string line = sourceLine(std::string(utf8View(warning.place.fileName, storage)), number);
  if (line.empty())
    return true;
  if (Ref out = makeStr("  " + line + "\n"))
    writeStandardError(out);
  return true;
}

bool show(const Warning& warning, Value source) {
  Ref function, messageType;
  if (!fromWarnings("_showwarnmsg", function))
    return false;
  if (!function)
    return showPlainly(warning);
  if (!isCallable(function))
    return raise(typeErrorType, "warnings._showwarnmsg() must be set to a callable");
  if (!fromWarnings("WarningMessage", messageType))
    return false;
  if (!messageType)
    return raise(runtimeErrorType, "unable to get warnings.WarningMessage");
  Value none = Value::none();
  const WarningPlace& place = warning.place;
  Value args[] = {warning.message,
                  warning.category,
                  place.fileName,
                  place.line,
                  none,
                  none,
                  source ? source : none,
                  place.module ? place.module.get() : none};
  PYC_TRY(message, call(messageType, args, 8));
  return static_cast<bool>(call(function, message));
}

bool decide(const Warning& warning, bool& shouldShow) {
  WarningLock lock;
  const WarningPlace& place = warning.place;
  shouldShow = false;
  PYC_TRY(key, tupleOf(warning.text, warning.category, place.line));
  bool isShown;
  if (!findShown(place.registry, key, false, isShown))
    return false;
  if (isShown)
    return true;
  Ref filter = Ref::none();
  PYC_TRY(action, chooseAction(warning, filter));
  return applyAction(action, filter, key, warning, shouldShow);
}

} // namespace

bool openWarningState() {
  if (state.filters)
    return true;
  Ref filters = newList(5), once = newDict(), action = makeStr("default");
  if (!filters || !once || !action || !addDefaultFilters(asList(filters)))
    return false;
  state.onceRegistry = once.release();
  state.defaultAction = action.release();
  state.filters = filters.release();
  return true;
}

Value warningFilters() {
  return state.filters;
}
Value warningOnceRegistry() {
  return state.onceRegistry;
}
Value warningDefaultAction() {
  return state.defaultAction;
}
void setWarningContext(Value variable) {
  setField(state.context, variable);
}

void lockWarnings() {
  warningMutex.lock();
  ++lockDepth;
}
bool unlockWarnings() {
  if (lockDepth == 0)
    return raise(runtimeErrorType, "cannot release un-acquired lock");
  --lockDepth;
  warningMutex.unlock();
  return true;
}
bool warningFiltersChanged() {
  if (lockDepth == 0)
    return raise(runtimeErrorType, "warnings lock is not held");
  ++state.version;
  return true;
}

bool warnExplicitly(Value category, Value message, const WarningPlace& place, Value source) {
  if (!openWarningState())
    return false;
  if (!place.registry.isNone() && !isDict(place.registry))
    return raise(typeErrorType, "'registry' must be a dict or None");
  bool isInstance;
  if (!isInstanceOf(message, Value(&warningType.header), isInstance))
    return false;
  Ref text, instance;
  if (isInstance) {
    category = &typeOf(message)->header;
    text = str(message);
    instance = Ref::copy(message);
  } else {
    text = Ref::copy(message);
    instance = call(category, message);
  }
  if (!text || !instance)
    return false;
  Warning warning{category, text, instance, place};
  bool shouldShow;
  return decide(warning, shouldShow) && (!shouldShow || show(warning, source));
}

} // namespace pyc::rt
