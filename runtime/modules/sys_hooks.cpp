// sys: the hooks for results, exceptions and exit.
#include "runtime/modules/registry.h"
#include "runtime/modules/system.h"

#include "runtime/interp/async_hooks.h"
#include "runtime/interp/intrinsics.h"
#include "runtime/modules/import_system.h"
#include "runtime/modules/standard_streams.h"
#include "runtime/modules/warnings.h"
#include "runtime/objects/arguments.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/traceback.h"

#include <string>

namespace pyc::rt {

namespace {

/// Writes UTF-8 to sys.stderr, or to the file descriptor when that is gone or fails.
void writeError(std::string_view utf8) {
  Ref text = makeStr(utf8);
  if (text)
    writeStandardError(text);
}

void printException(Value exception) {
  std::string text;
  formatExceptionTo(text, exception);
  writeError(text);
}

Ref excepthookFunction(const Value* args) {
  Value exception = args[1];
  if (!isException(exception))
    return raise(typeErrorType, "print_exception(): Exception expected for value, %T found",
                 exception);
  if (hasShape(args[2], kShapeTraceback) && !asException(exception)->traceback)
    asException(exception)->traceback = Ref::copy(args[2]).release();
  printException(exception);
  return Ref::none();
}

Ref displayhookFunction(const Value* args) {
  if (args[0].isNone())
    return Ref::none();
  if (!dictSetStr(builtinsDict, internLiteral("_"), Value::none()))
    return {};
  Ref out = systemValue("stdout");
  if (!out || out.isNone())
    return raise(runtimeErrorType, "lost sys.stdout");
  PYC_TRY(text, repr(args[0]));
  PYC_TRY(line, strConcat(text, names::newline));
  if (!writeToFile(out, line) || !dictSetStr(builtinsDict, internLiteral("_"), args[0]))
    return {};
  return Ref::none();
}

/// "<type>: <value>" and the object, as CPython's default hook has them.
Ref unraisablehookFunction(const Value* args) {
  Ref exception = getAttr(args[0], internLiteral("exc_value"));
  Ref message = exception ? getAttr(args[0], internLiteral("err_msg")) : Ref();
  Ref object = message ? getAttr(args[0], internLiteral("object")) : Ref();
  if (!object)
    return {};
  std::string out, storage;
  bool hasMessage = !message.isNone();
  if (hasMessage)
    out += utf8View(message, storage);
  if (!object.isNone()) {
    Ref shown = repr(object);
    if (!shown)
      clearRaised();
    std::string text;
    out += hasMessage ? ": " : "Exception ignored in: ";
    out += shown ? utf8View(shown, text) : "<object repr() failed>";
    out += "\n";
  } else if (hasMessage) {
    out += ":\n";
  }
  if (isException(exception))
    formatExceptionTo(out, exception);
  writeError(out);
  return Ref::none();
}

/// The function that $PYTHONBREAKPOINT names, "module.function" or a builtin. Null with nothing
/// raised, and a warning, when there is none of that name.
Ref functionForBreakpoint(std::string_view path) {
  size_t dot = path.rfind('.');
  std::string_view module = dot == path.npos ? "builtins" : path.substr(0, dot);
  std::string_view name = dot == path.npos ? path : path.substr(dot + 1);
  Ref result;
  if (!module.empty())
    if (Ref found = importModuleNamed(module))
      if (Ref attribute = makeStr(name))
        result = getAttr(found, asStr(attribute));
  if (result)
    return result;
  if (isRaised() && !catchRaised(importErrorType) && !catchRaised(attributeErrorType))
    return {};
  warn(runtimeWarningType, 1, "Ignoring unimportable $PYTHONBREAKPOINT: \"%.*s\"",
       static_cast<int>(path.size()), path.data());
  return {};
}

Ref breakpointhookFunction(const Value* args, size_t argc, Value kwnames) {
  const char* variable = getenv("PYTHONBREAKPOINT"); // NOLINT(concurrency-mt-unsafe)
  std::string path = variable && *variable ? variable : "pdb.set_trace";
  if (path == "0")
    return Ref::none();
  Ref function = functionForBreakpoint(path);
  if (!function)
    return isRaised() ? Ref() : Ref::none();
  return call(function, args, argc, kwnames);
}

/// An exception that no Python code has seen yet is shown where it happened.
void addPlaceOf(Value exception) {
  const Frame* frame = thisThread().frame;
  if (!frame || asException(exception)->traceback)
    return;
  restoreRaised(Ref::copy(exception));
  addTraceback(frame->code, frame->globals, wordOf(frame), frame->object);
  clearRaised();
}

/// Calls sys.unraisablehook with its record; what fails there is printed plainly.
void callUnraisableHook(Ref exception, Value message, Value object) {
  addPlaceOf(exception);
  Ref fields = newDict();
  auto add = [&](const char* name, Value value) {
    return fields && dictSetStr(asDict(fields), internLiteral(name), value ? value : Value::none());
  };
  Value traceback = asException(exception)->traceback;
  Ref hook = systemValue("unraisablehook");
  if (hook && !hook.isNone() && add("exc_type", Value(&typeOf(exception)->header)) &&
      add("exc_value", exception) && add("exc_traceback", traceback) && add("err_msg", message) &&
      add("object", object)) {
    Ref record = makeSimpleNamespace(fields);
    if (record && call(hook, record))
      return;
  }
  clearRaised();
  printException(exception);
}

Ref exitFunction(const Value* args) {
  return raiseWith(systemExitType, args[0] && !args[0].isNone() ? args[0] : Value());
}

const MethodDef kFunctions[] = {
    {.signature = "excepthook(exctype, value, traceback, /)", .bound = excepthookFunction},
    {.signature = "__excepthook__(exctype, value, traceback, /)", .bound = excepthookFunction},
    {.signature = "displayhook(object, /)", .bound = displayhookFunction},
    {.signature = "__displayhook__(object, /)", .bound = displayhookFunction},
    {.signature = "unraisablehook(unraisable, /)", .bound = unraisablehookFunction},
    {.signature = "__unraisablehook__(unraisable, /)", .bound = unraisablehookFunction},
    {.signature = "breakpointhook", .raw = moduleRaw<breakpointhookFunction>},
    {.signature = "__breakpointhook__", .raw = moduleRaw<breakpointhookFunction>},
    {.signature = "exit(status=None, /)", .bound = exitFunction},
};

} // namespace

std::span<const MethodDef> systemHookFunctions() {
  return kFunctions;
}

Ref displayValue(Value value) {
  Ref hook = systemValue("displayhook");
  if (!hook)
    return raise(runtimeErrorType, "lost sys.displayhook");
  return call(hook, value);
}

void printUncaught() {
  Ref exception = takeRaised();
  Ref hook = systemValue("excepthook");
  if (!hook || hook.isNone()) {
    writeError("sys.excepthook is missing\n");
    printException(exception);
    return;
  }
  Value traceback = asException(exception)->traceback;
  Value args[] = {Value(&typeOf(exception)->header), exception,
                  traceback ? traceback : Value::none()};
  if (call(hook, args, 3))
    return;
  if (isRaised(systemExitType))
    return; // the hook asks for the exit itself
  Ref second = takeRaised();
  writeError("Error in sys.excepthook:\n");
  printException(second);
  writeError("\nOriginal exception was:\n");
  printException(exception);
}

void installErrorHooks() {
  errorHooks.warn = issueWarning;
  unawaitedReporter = reportUnawaited;
  errorHooks.unraisable = callUnraisableHook;
  errorHooks.writeStandardError = writeStandardError;
  displayHook = displayValue;
}

} // namespace pyc::rt
