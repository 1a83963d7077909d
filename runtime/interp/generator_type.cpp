// The Python face of generators and coroutines.
#include "runtime/interp/generator.h"

#include "runtime/interp/async_hooks.h"
#include "runtime/interp/delegation.h"
#include "runtime/interp/frame_object.h"
#include "runtime/interp/frame_stack.h"
#include "runtime/interp/generator_type.h"
#include "runtime/interp/resume.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/generic_alias.h"
#include "runtime/objects/instance_memory.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str.h"

namespace pyc::rt {

void traverseGenerator(Object* self, Visitor& visitor) {
  auto* generator = reinterpret_cast<GeneratorObject*>(self);
  visitor.visit(generator->name);
  visitor.visit(generator->qualifiedName);
  visitor.visit(generator->handled.exception);
  visitor.visit(generator->finalizer);
  visitor.visit(generator->returned);
  if (generator->state == GeneratorState::Finished)
    return;
  const Frame& frame = generator->frame;
  visitor.visit(Value(&frame.function->header));
  if (frame.locals)
    visitor.visit(frame.locals);
  if (frame.object && asFrameObject(frame.object)->isHeld)
    visitor.visit(frame.object);
  // A running frame's temporaries change all the time; what they refer to is alive anyway.
  if (generator->state == GeneratorState::Running)
    return;
  int depth =
      generator->state == GeneratorState::Suspended ? static_cast<int>(temporaryDepth(&frame)) : 0;
  for (int reg = -static_cast<int>(frame.code->localCount); reg < depth; ++reg)
    if (frame.registers[reg])
      visitor.visit(frame.registers[reg]);
}

void deallocGenerator(Object* self) {
  auto* generator = reinterpret_cast<GeneratorObject*>(self);
  if (generator->state != GeneratorState::Finished) {
    dropChain(generator);
    bool suspended = generator->state == GeneratorState::Suspended;
    unsigned depth = suspended ? temporaryDepth(&generator->frame) : 0;
    clearTemporaries(&generator->frame, depth);
    finishGenerator(generator);
  }
  decrefMaybe(generator->name);
  decrefMaybe(generator->qualifiedName);
  decrefMaybe(generator->finalizer);
  decrefMaybe(generator->returned);
  if (generator->frame.code)
    decref(Value(&generator->frame.code->header));
  size_t size = sizeof(GeneratorObject) + static_cast<size_t>(generator->count) * sizeof(Value);
  keepInstance(self, static_cast<uint32_t>(size / kInstanceGrain));
}

void writeUnraisableOf(const char* step, Value self) {
  Ref raised = takeRaised();
  Ref text = formatText("Exception ignored while %s %R", step, self);
  if (!text)
    clearRaised();
  restoreRaised(std::move(raised));
  std::string storage;
  writeUnraisable(text ? std::string(utf8View(text, storage)).c_str() : "Exception ignored in", {});
}

namespace {

/// The module `warnings` says it, or else the runtime itself.
void reportUnawaited(Value self) {
  bool isDone = unawaitedReporter && unawaitedReporter(self);
  if (isRaised()) {
    isDone = isDone || isRaised(runtimeWarningType);
    writeUnraisableOf("finalizing coroutine", self);
  }
  if (!isDone && !warn(runtimeWarningType, 1, "coroutine '%S' was never awaited",
                       asGenerator(self)->qualifiedName))
    writeUnraisableOf("finalizing coroutine", self);
}

} // namespace

bool (*unawaitedReporter)(Value coroutine);

void finalizeGenerator(Value self) {
  GeneratorObject* generator = asGenerator(self);
  if (generator->state == GeneratorState::Finished)
    return;
  if (generator->state == GeneratorState::Created && hasShape(self, kShapeCoroutine))
    return reportUnawaited(self);
  Ref ignored;
  if (generator->state == GeneratorState::Suspended && !closeGenerator(generator, ignored))
    writeUnraisableOf("closing generator", self);
}

Ref generatorState(Value self) {
  const char* kind = hasShape(self, kShapeGenerator)   ? "GEN"
                     : hasShape(self, kShapeCoroutine) ? "CORO"
                                                       : "AGEN";
  constexpr const char* kStates[] = {"CREATED", "SUSPENDED", "RUNNING", "CLOSED"};
  return formatText("%s_%s", kind, kStates[static_cast<size_t>(stateOf(asGenerator(self)))]);
}

Ref generatorRepr(Value self) {
  GeneratorObject* generator = asGenerator(self);
  const char* kind =
      hasShape(self, kShapeAsyncGenerator) ? "async_generator" : generatorKind(generator);
  return formatText("<%s object %S at 0x%llx>", kind, generator->qualifiedName,
                    static_cast<unsigned long long>(self.bits()));
}

namespace {

Ref sendMethod(const Value* args) {
  Ref result;
  Resumed outcome = resumeGenerator(asGenerator(args[0]), args[1], result);
  return resumedValue(outcome, std::move(result));
}

} // namespace

bool warnOfThrow(Value value) {
  return !value || warn(deprecationWarningType, 1,
                        "the (type, exc, tb) signature of throw() is deprecated, use the "
                        "single-arg signature instead.");
}

Ref throwMethod(const Value* args) {
  if (!warnOfThrow(args[2]))
    return {};
  if (!raiseThrown(args[1], args[2], args[3]))
    return {};
  Ref result;
  Resumed outcome = throwIntoGenerator(asGenerator(args[0]), result);
  return resumedValue(outcome, std::move(result));
}

namespace {

Ref closeMethod(const Value* args) {
  Ref returned;
  if (!closeGenerator(asGenerator(args[0]), returned))
    return {};
  return returned;
}

Ref nextSlot(Value self) {
  GeneratorObject* generator = asGenerator(self);
  if (PYC_LIKELY(isPlainlyResumable(generator))) {
    Value item;
    if (PYC_LIKELY(stepNative(generator, item)))
      return Ref::steal(item);
    Ref returned = Ref::steal(item);
    return !returned || returned.isNone() ? Ref() : Ref(raiseStopIteration(returned));
  }
  Ref result;
  switch (resumeGenerator(generator, Value::none(), result)) {
  case Resumed::Yielded:
    return result;
  case Resumed::Returned:
    // A plain end needs no exception object.
    return result.isNone() ? Ref() : Ref(raiseStopIteration(result));
  case Resumed::Raised:
    return {};
  }
  __builtin_unreachable();
}

Ref selfSlot(Value self) {
  return Ref::copy(self);
}

const MethodDef kGeneratorMethods[] = {
    {.signature = "send($self, value, /)",
     .bound = sendMethod,
     .doc = "send(value) -> send 'value' into generator,\nreturn next yielded value or raise "
            "StopIteration."},
    {.signature = "throw($self, typ, val=<unrepresentable>, tb=<unrepresentable>, /)",
     .bound = throwMethod,
     .doc = "throw(value)\nthrow(type[,value[,tb]])\n\nRaise exception in generator, return next "
            "yielded value or "
            "raise\nStopIteration.\nthe (type, val, tb) signature is deprecated, \nand may be "
            "removed in a future "
            "version of Python."},
    {.signature = "close($self, /)",
     .bound = closeMethod,
     .doc = "close() -> raise GeneratorExit inside generator."},
    {.signature = "__class_getitem__($type, item, /)",
     .bound = classGetItem,
     .kind = MethodDef::Class},
};

Ref getRunning(Value self) {
  return Ref::boolean(isExecuting(asGenerator(self)));
}
Ref getSuspended(Value self) {
  return Ref::boolean(stateOf(asGenerator(self)) == GeneratorState::Suspended);
}
Ref getCode(Value self) {
  return Ref::copy(Value(&asGenerator(self)->frame.code->header));
}
Ref getFrame(Value self) {
  GeneratorObject* generator = asGenerator(self);
  return generator->state == GeneratorState::Finished ? Ref::none()
                                                      : frameObject(&generator->frame);
}
Ref getDelegate(Value self) {
  Value delegate = isExecuting(asGenerator(self)) ? Value() : delegateOf(asGenerator(self));
  return delegate ? Ref::copy(delegate) : Ref::none();
}
} // namespace

Ref generatorName(Value self) {
  return Ref::copy(asGenerator(self)->name);
}
Ref generatorQualifiedName(Value self) {
  return Ref::copy(asGenerator(self)->qualifiedName);
}

static bool setText(Value& field, Value value, const char* name) {
  if (!value || !isStr(value))
    return raise(typeErrorType, "%s must be set to a string object", name);
  decref(std::exchange(field, Ref::copy(value).release()));
  return true;
}
bool setGeneratorName(Value self, Value value) {
  return setText(asGenerator(self)->name, value, "__name__");
}
bool setGeneratorQualifiedName(Value self, Value value) {
  return setText(asGenerator(self)->qualifiedName, value, "__qualname__");
}

namespace {

const GetSetDef kGeneratorGetSets[] = {
    {"__name__", generatorName, setGeneratorName, "name of the generator"},
    {"__qualname__", generatorQualifiedName, setGeneratorQualifiedName,
     "qualified name of the generator"},
    {"gi_running", getRunning},
    {"gi_suspended", getSuspended},
    {"gi_state", generatorState, nullptr, "state of the generator"},
    {"gi_frame", getFrame},
    {"gi_code", getCode},
    {"gi_yieldfrom", getDelegate, nullptr, "object being iterated by yield from, or None"},
};

// Coroutines.

Ref awaitMethod(Value self);

const MethodDef kCoroutineMethods[] = {
    {.signature = "send($self, value, /)",
     .bound = sendMethod,
     .doc = "send(arg) -> send 'arg' into coroutine,\nreturn next iterated value or raise "
            "StopIteration."},
    {.signature = "throw($self, typ, val=<unrepresentable>, tb=<unrepresentable>, /)",
     .bound = throwMethod,
     .doc = "throw(value)\nthrow(type[,value[,traceback]])\n\nRaise exception in coroutine, return "
            "next iterated "
            "value or raise\nStopIteration.\nthe (type, val, tb) signature is deprecated, \nand "
            "may be removed in a "
            "future version of Python."},
    {.signature = "close($self, /)",
     .bound = closeMethod,
     .doc = "close() -> raise GeneratorExit inside coroutine."},
    {.signature = "__class_getitem__($type, item, /)",
     .bound = classGetItem,
     .kind = MethodDef::Class},
};

Ref getOrigin(Value) {
  return Ref::none();
}

const GetSetDef kCoroutineGetSets[] = {
    {"__name__", generatorName, setGeneratorName, "name of the coroutine"},
    {"__qualname__", generatorQualifiedName, setGeneratorQualifiedName,
     "qualified name of the coroutine"},
    {"cr_running", getRunning},
    {"cr_suspended", getSuspended},
    {"cr_state", generatorState, nullptr, "state of the coroutine"},
    {"cr_frame", getFrame},
    {"cr_code", getCode},
    {"cr_await", getDelegate, nullptr, "object being awaited on, or None"},
    {"cr_origin", getOrigin},
};

/// coroutine.__await__(): an iterator over the coroutine.
struct CoroutineWrapperObject {
  Object header;
  Value coroutine;
};

Ref awaitMethod(Value self) {
  Object* object = allocObject(&coroutineWrapperType);
  if (!object)
    return {};
  reinterpret_cast<CoroutineWrapperObject*>(object)->coroutine = Ref::copy(self).release();
  return Ref::steal(object);
}

Value coroutineOf(Value wrapper) {
  return wrapper.as<CoroutineWrapperObject>()->coroutine;
}

void deallocWrapper(Object* self) {
  decrefMaybe(reinterpret_cast<CoroutineWrapperObject*>(self)->coroutine);
  freeObject(self);
}
void traverseWrapper(Object* self, Visitor& visitor) {
  visitor.visit(reinterpret_cast<CoroutineWrapperObject*>(self)->coroutine);
}

template <Ref (*method)(const Value*)> Ref forwarded(const Value* args) {
  Value inner[] = {coroutineOf(args[0]), args[1], args[2], args[3]};
  return method(inner);
}
Ref forwardedSend(const Value* args) {
  Value inner[] = {coroutineOf(args[0]), args[1]};
  return sendMethod(inner);
}
Ref forwardedClose(const Value* args) {
  Value inner[] = {coroutineOf(args[0])};
  return closeMethod(inner);
}
Ref wrapperNext(Value self) {
  return nextSlot(coroutineOf(self));
}

const MethodDef kWrapperMethods[] = {
    {.signature = "send($self, value, /)",
     .bound = forwardedSend,
     .doc = "send(arg) -> send 'arg' into coroutine,\nreturn next iterated value or raise "
            "StopIteration."},
    {.signature = "throw($self, typ, val=<unrepresentable>, tb=<unrepresentable>, /)",
     .bound = forwarded<throwMethod>},
    {.signature = "close($self, /)",
     .bound = forwardedClose,
     .doc = "close() -> raise GeneratorExit inside coroutine."},
};

} // namespace

extern "C" constinit TypeObject generatorType = {
    .name = "generator",
    .basicSize = sizeof(GeneratorObject),
    .itemSize = sizeof(Value),
    .flags = kTypeBuiltin | kTypeCollected | kTypeVarSized | kTypeWeakrefs | kTypeDisallowNew,
    .methods = kGeneratorMethods,
    .getSets = kGeneratorGetSets,
    .slots = {.dealloc = deallocGenerator,
              .traverse = traverseGenerator,
              .finalize = finalizeGenerator,
              .repr = generatorRepr,
              .iter = selfSlot,
              .next = nextSlot},
};

extern "C" constinit TypeObject coroutineType = {
    .name = "coroutine",
    .basicSize = sizeof(GeneratorObject),
    .itemSize = sizeof(Value),
    .flags = kTypeBuiltin | kTypeCollected | kTypeVarSized | kTypeWeakrefs | kTypeDisallowNew,
    .methods = kCoroutineMethods,
    .getSets = kCoroutineGetSets,
    .slots = {.dealloc = deallocGenerator,
              .traverse = traverseGenerator,
              .finalize = finalizeGenerator,
              .repr = generatorRepr,
              .await = awaitMethod},
};

extern "C" constinit TypeObject coroutineWrapperType = {
    .name = "coroutine_wrapper",
    .basicSize = sizeof(CoroutineWrapperObject),
    .flags = kTypeBuiltin | kTypeCollected | kTypeDisallowNew,
    .methods = kWrapperMethods,
    .doc = "A wrapper object implementing __await__ for coroutines.",
    .slots = {.dealloc = deallocWrapper,
              .traverse = traverseWrapper,
              .iter = selfSlot,
              .next = wrapperNext},
};

} // namespace pyc::rt
