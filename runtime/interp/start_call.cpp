#include "runtime/interp/start_call.h"

#include "runtime/interp/build.h"
#include "runtime/interp/call.h"
#include "runtime/interp/generator.h"
#include "runtime/interp/poll.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/protocol.h"

#include <memory>

namespace pyc::rt {

namespace {

/// Calls a Python function, or pushes its frame.
bool startFunction(FunctionObject* function, const Value* args, size_t argc,
                   const CallWindow& window, Value& result, Frame*& frame) {
  if (!readyFunction(function) || (isPollRequested(thisThread()) && !poll()))
    return false;
  if (function->nativeEntry || isGeneratorCode(function->code)) {
    result = callFunctionEntry(Value(&function->header), args, argc, window.kwnames).release();
    return static_cast<bool>(result);
  }
  frame = pushCall(function, args, argc, window.kwnames);
  if (!frame)
    return false;
  frame->flags |= window.words;
  return true;
}

void consumeWindow(const CallWindow& window) {
  // From the last to the first, as CPython does since 3.14.
  for (unsigned k = window.head + window.argc; k-- > 0;)
    decrefMaybe(window.start[k]);
}

} // namespace

bool startCall(const CallWindow& window, Value& result, Frame*& frame) {
  result = Value();
  frame = nullptr;
  Value callee = window.start[0];
  Value* args = window.start + window.head;
  size_t argc =
      window.argc - (window.kwnames ? asTuple(window.kwnames)->count : 0); // positional ones
  if (window.head == 2 && window.start[1]) {
    --args;
    ++argc;
  }
  Ref function; // keeps the callee when its place in the window is taken by self
  while (hasShape(callee, kShapeBoundMethod)) {
    // The place before the arguments is free for self: the callee's, or the empty half of a
    // load_method.
    BoundMethodObject* method = asBoundMethod(callee);
    Ref self = Ref::copy(method->self);
    Ref inner = Ref::copy(method->function);
    Value old = std::exchange(*--args, self.release());
    ++argc;
    function = std::move(inner);
    callee = function;
    decrefMaybe(old);
    if (args == window.start && hasShape(callee, kShapeBoundMethod))
      break;
  }
  bool done;
  if (hasShape(callee, kShapeFunction)) {
    done = startFunction(asFunction(callee), args, argc, window, result, frame);
  } else {
    result = call(callee, args, argc, window.kwnames).release();
    done = static_cast<bool>(result);
  }
  if (done)
    consumeWindow(window);
  return done;
}

namespace {

/// *args as a tuple; TypeError naming the callee when it is no iterable.
Ref argumentTuple(Value callee, Value arguments) {
  if (hasShape(arguments, kShapeTuple))
    return Ref::copy(arguments);
  const TypeSlots& slots = typeOf(arguments)->slots;
  if (!slots.iter && !slots.getItem)
    return raise(typeErrorType, "Value after * must be an iterable, not %T", arguments);
  return sequenceTuple(arguments);
}

} // namespace

bool startCallEx(Value* window, unsigned words, Value& result, Frame*& frame) {
  result = Value();
  frame = nullptr;
  Value callee = window[0];
  Ref arguments = argumentTuple(callee, window[1]);
  if (!arguments)
    return false;
  size_t keywords = isDict(window[2]) ? asDict(window[2])->count : 0;
  if (hasShape(callee, kShapeFunction) && !keywords) {
    TupleObject* tuple = arguments.as<TupleObject>();
    CallWindow plain{window, 1, 0, Value(), words};
    if (!startFunction(asFunction(callee), tuple->items(), tuple->count, plain, result, frame))
      return false;
  } else {
    result = callEx(callee, arguments, window[2]).release();
    if (!result)
      return false;
  }
  for (unsigned k = 3; k-- > 0;)
    decref(window[k]);
  return true;
}

Ref callForwarding(const Value* window) {
  Value callee = window[0], keywords = window[2];
  Ref merged;
  if (!hasShape(keywords, kShapeDict)) {
    merged = newDict();
    if (!merged || !mergeKeywords(asDict(merged), keywords, callee))
      return {};
    keywords = merged;
  }
  Value function = callee, self;
  if (hasShape(callee, kShapeBoundMethod)) {
    function = asBoundMethod(callee)->function;
    self = asBoundMethod(callee)->self;
  }
  if (Ref result;
      hasShape(function, kShapeFunction) && hasShape(window[1], kShapeTuple) &&
      callNativeDirectly(asFunction(function), self, asTuple(window[1]), asDict(keywords), result))
    return result;
  PYC_TRY(arguments, argumentTuple(callee, window[1]));
  return callEx(callee, arguments, keywords);
}

Ref callUnpacked(const Value* window) {
  Ref arguments = argumentTuple(window[0], window[1]);
  return arguments ? callEx(window[0], arguments, window[2]) : Ref();
}

} // namespace pyc::rt
