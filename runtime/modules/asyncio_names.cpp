// What _asyncio takes from asyncio's Python modules, and how it calls an event loop.
#include "runtime/modules/asyncio_parts.h"
#include "runtime/modules/import_system.h"
#include "runtime/objects/recursion.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt::asyncio {

namespace {

/// A tuple of one name, for calls with a keyword argument.
Value keywordTuple(const char* name) {
  Ref keywords = tupleOf(Value(internLiteral(name)));
  if (keywords)
    makeImmortal(keywords.get().object());
  return keywords.release();
}

/// A class of asyncio.exceptions. `kept` keeps it; threads that look it up at the same time find
/// the same.
TypeObject* errorType(const char* name, Value& kept) {
  if (!kept)
    kept = importedAttribute("asyncio.exceptions", name).release();
  return kept ? asType(kept) : nullptr;
}

} // namespace

Ref importedAttribute(const char* module, const char* name) {
  PYC_TRY(found, importModuleNamed(module));
  return getAttr(found, internLiteral(name));
}

TypeObject* cancelledErrorType() {
  static Value kept;
  return errorType("CancelledError", kept);
}
TypeObject* invalidStateErrorType() {
  static Value kept;
  return errorType("InvalidStateError", kept);
}

Ref eventLoop() {
  if (Value loop = runningLoop())
    return Ref::copy(loop);
  PYC_TRY(getPolicy, importedAttribute("asyncio.events", "_get_event_loop_policy"));
  PYC_TRY(policy, call(getPolicy));
  return callMethod(policy, internLiteral("get_event_loop"));
}

bool callSoon(Value loop, Value callback, Value argument, Value context) {
  static StrObject* const kName = internLiteral("call_soon");
  static const Value kKeywords = keywordTuple("context");
  Value method[2];
  if (!kKeywords || !loadMethod(loop, kName, method))
    return false;
  Ref function = Ref::steal(method[0]), self = Ref::steal(method[1]);
  Value args[4];
  size_t argc = 0;
  for (Value arg : {self.get(), callback, argument})
    if (arg)
      args[argc++] = arg;
  args[argc] = context;
  return static_cast<bool>(call(function, args, argc, context ? kKeywords : Value()));
}

Ref callCancel(Value future, Value message) {
  static const Value kKeywords = keywordTuple("msg");
  if (!checkRecursion("")) // tasks that wait for tasks that wait for tasks
    return {};
  PYC_TRY(method, getAttr(future, internLiteral("cancel")));
  Value args[] = {message ? message : Value::none()};
  return kKeywords ? call(method, args, 0, kKeywords) : Ref();
}

} // namespace pyc::rt::asyncio
