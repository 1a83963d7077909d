// The module _warnings, below the standard library's warnings.
#include "runtime/modules/registry.h"
#include "runtime/modules/warnings.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/function.h"
#include "runtime/objects/int.h"
#include "runtime/objects/text_args.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

namespace {

/// The category of a warning given to warn().
Ref categoryOf(Value message, Value category) {
  bool isWarning;
  if (!isInstanceOf(message, Value(&warningType.header), isWarning))
    return {};
  if (isWarning)
    return Ref::copy(&typeOf(message)->header);
  if (!category || category.isNone())
    return Ref::copy(&userWarningType.header);
  if (!isType(category))
    return raise(typeErrorType, "category must be a Warning subclass, not '%T'", category);
  if (!isSubclassOf(category, Value(&warningType.header), isWarning))
    return {};
  if (!isWarning)
    return raise(typeErrorType, "category must be a Warning subclass, not class '%N'", category);
  return Ref::copy(category);
}

bool takePrefixes(Value argument, TupleObject*& prefixes) {
  prefixes = nullptr;
  if (!argument)
    return true;
  if (!isTuple(argument))
    return raise(typeErrorType, "warn() argument 'skip_file_prefixes' must be tuple, not %T",
                 argument);
  prefixes = asTuple(argument);
  for (int64_t i = 0; i < prefixes->count; ++i)
    if (!isStr(prefixes->items()[i]))
      return raise(typeErrorType, "Found non-str '%T' in skip_file_prefixes.",
                   prefixes->items()[i]);
  return true;
}

Ref warnFunction(const Value* args) {
  int64_t level = 1;
  TupleObject* prefixes;
  if (!sizeArg(args[2], level) || !takePrefixes(args[4], prefixes))
    return {};
  if (prefixes && prefixes->count > 0)
    level = std::max<int64_t>(level, 2);
  PYC_TRY(category, categoryOf(args[0], args[1]));
  WarningPlace place;
  if (!findWarningPlace(level, prefixes, place) ||
      !warnExplicitly(category, args[0], place, args[3]))
    return {};
  return Ref::none();
}

/// Asks the loader of a module for its source, as CPython does: errors of a loader that is not what
/// it should be come to light.
bool readSource(Value globals) {
  if (!globals || globals.isNone())
    return true;
  if (!isAnyDict(globals))
    return raise(typeErrorType, "module_globals must be a dict or a frozendict, not %T", globals);
  PYC_TRY(external, moduleImporter(internLiteral("importlib._bootstrap_external")));
  PYC_TRY(loader, callMethod(external, internLiteral("_bless_my_loader"), globals));
  Ref name, getSource;
  if (!dictGet(asDict(globals), names::__name__, name))
    return false;
  if (loader.isNone() || !name)
    return true;
  if (!findAttr(loader, internLiteral("get_source"), getSource))
    return false;
  return !getSource || static_cast<bool>(call(getSource, name));
}

Ref warnExplicitFunction(const Value* args) {
  WarningPlace place;
  if (!isStr(args[2]))
    return raiseBadArgument("warn_explicit", "filename", "str", args[2]);
  int line = 0;
  if (!intArg(args[3], line))
    return {};
  place.fileName = Ref::copy(args[2]);
  place.line = Value::fromInt(line);
  place.module = Ref::copy(args[4] && !args[4].isNone() ? args[4] : Value());
  place.registry = args[5] ? Ref::copy(args[5]) : Ref::none();
  if (!readSource(args[6]) || !warnExplicitly(args[1], args[0], place, args[7]))
    return {};
  return Ref::none();
}

Ref acquireLock(const Value*) {
  lockWarnings();
  return Ref::none();
}
Ref releaseLock(const Value*) {
  return unlockWarnings() ? Ref::none() : Ref();
}
Ref filtersMutated(const Value*) {
  return warningFiltersChanged() ? Ref::none() : Ref();
}

constexpr MethodDef kFunctions[] = {
    {.signature =
         "warn(message, category=None, stacklevel=1, source=None, *, skip_file_prefixes=())",
     .bound = warnFunction,
     .doc = "Issues a warning: it is shown, left out, or raised as an exception."},
    {.signature = "warn_explicit(message, category, filename, lineno, module=<unrepresentable>, "
                  "registry=None, module_globals=None, source=None)",
     .bound = warnExplicitFunction,
     .doc = "Issues a warning of a given place."},
    {.signature = "_filters_mutated_lock_held()",
     .bound = filtersMutated,
     .doc = "Must follow a change of the filters, under the lock."},
    {.signature = "_acquire_lock()", .bound = acquireLock},
    {.signature = "_release_lock()", .bound = releaseLock},
};

bool addContext(ModuleObject* module) {
  PYC_TRY(contextvars, moduleImporter(internLiteral("_contextvars")));
  PYC_TRY(name, makeStr("warnings_context"));
  PYC_TRY(variable, callMethod(contextvars, internLiteral("ContextVar"), name));
  setWarningContext(variable);
  return addValue(module, "_warnings_context", std::move(variable));
}

} // namespace

bool fillModule__warnings(ModuleObject* module) {
  return openWarningState() && addContext(module) &&
         addFunctions(module, kFunctions, std::size(kFunctions)) &&
         addValue(module, "filters", Ref::copy(warningFilters())) &&
         addValue(module, "_onceregistry", Ref::copy(warningOnceRegistry())) &&
         addValue(module, "_defaultaction", Ref::copy(warningDefaultAction())) &&
         addStr(module, "__doc__", "The filters of warnings, and what they are used for.");
}

} // namespace pyc::rt
