// Asynchronous generators (PEP 525): asend(), athrow() and aclose() make awaitables whose steps run
// the generator until it yields a wrapped value (an item of the iteration) or a bare one (an inner
// await's).
#include "runtime/interp/async_hooks.h"
#include "runtime/interp/frame_object.h"
#include "runtime/interp/generator.h"
#include "runtime/interp/generator_type.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/exception.h"
#include "runtime/objects/generic_alias.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str.h"

namespace pyc::rt {

namespace {

struct WrappedObject {
  Object header;
  Value value;
};

enum class StepState : uint8_t { Initial, Running, Closed };

/// asend(value) and __anext__().
struct SendObject {
  Object header;
  GeneratorObject* generator; // owned
  Value value;                // null: __anext__
  StepState state;
};

/// athrow(...) and aclose().
struct ThrowObject {
  Object header;
  GeneratorObject* generator;   // owned
  Value type, value, traceback; // type null: aclose()
  StepState state;
};

GeneratorObject* ownGenerator(Value self) {
  return asGenerator(Ref::copy(self).release());
}

/// First use: the hooks of sys.set_asyncgen_hooks. False with an error of firstiter.
bool callHooks(GeneratorObject* generator) {
  if (generator->hooksCalled)
    return true;
  generator->hooksCalled = true;
  AsyncHooks& hooks = asyncHooks();
  generator->finalizer = Ref::copy(hooks.finalizer).release();
  if (!hooks.firstIter)
    return true;
  Ref first = Ref::copy(hooks.firstIter);
  return static_cast<bool>(call(first, Value(&generator->header)));
}

/// What a step of the generator means to the awaiting code: a wrapped value ends the await with it.
Resumed endStep(GeneratorObject* generator, Resumed outcome, Ref& result) {
  if (outcome == Resumed::Yielded) {
    if (!hasShape(result, kShapeAsyncGenWrapped))
      return Resumed::Yielded;
    generator->stepping = false;
    result = Ref::copy(result.as<WrappedObject>()->value);
    return Resumed::Returned;
  }
  generator->stepping = false;
  generator->closed = true;
  if (outcome == Resumed::Returned)
    (void)raiseWith(stopAsyncIterationType, Value());
  return Resumed::Raised;
}
Ref stepResult(GeneratorObject* generator, Resumed outcome, Ref result) {
  outcome = endStep(generator, outcome, result);
  return resumedValue(outcome, std::move(result));
}

template <class T> Ref makeStep(TypeObject& type, Value generator) {
  Object* object = allocObject(&type);
  if (!object)
    return {};
  reinterpret_cast<T*>(object)->generator = ownGenerator(generator);
  return Ref::steal(object);
}

// asend() and __anext__().

bool beginSend(SendObject* self, Value& sent) {
  GeneratorObject* generator = self->generator;
  if (self->state == StepState::Closed)
    return raise(runtimeErrorType, "cannot reuse already awaited __anext__()/asend()");
  if (self->state == StepState::Running)
    return true;
  if (generator->stepping)
    return raise(runtimeErrorType, "anext(): asynchronous generator is already running");
  if (sent.isNone() && self->value)
    sent = self->value;
  self->state = StepState::Running;
  generator->stepping = true;
  return true;
}

Ref sendStep(Value self, Value sent) {
  Ref result;
  Resumed outcome = sendToStep(self, sent, result);
  return resumedValue(outcome, std::move(result));
}
Ref sendSend(const Value* args) {
  return sendStep(args[0], args[1]);
}
Ref sendNext(Value self) {
  return sendStep(self, Value::none());
}

Ref sendThrow(const Value* args) {
  auto* self = args[0].as<SendObject>();
  GeneratorObject* generator = self->generator;
  if (self->state == StepState::Closed)
    return raise(runtimeErrorType, "cannot reuse already awaited __anext__()/asend()");
  if (self->state == StepState::Initial) {
    if (generator->stepping) {
      self->state = StepState::Closed;
      return raise(runtimeErrorType, "anext(): asynchronous generator is already running");
    }
    self->state = StepState::Running;
    generator->stepping = true;
  }
  if (!raiseThrown(args[1], args[2], args[3]))
    return {};
  Ref value;
  Resumed outcome = throwIntoGenerator(generator, value);
  Ref result = stepResult(generator, outcome, std::move(value));
  if (!result)
    self->state = StepState::Closed;
  return result;
}

Ref sendClose(const Value* args) {
  auto* self = args[0].as<SendObject>();
  if (self->state == StepState::Closed)
    return Ref::none();
  if (self->state == StepState::Initial) {
    self->state = StepState::Closed;
    return Ref::none();
  }
  Value exit[] = {args[0], Value(&generatorExitType.header), Value(), Value()};
  if (Ref value = sendThrow(exit))
    return raise(runtimeErrorType, "coroutine ignored GeneratorExit");
  if (catchRaised(stopIterationType) || catchRaised(stopAsyncIterationType) ||
      catchRaised(generatorExitType))
    return Ref::none();
  return {};
}

// athrow() and aclose().

/// The end of aclose(): the generator has ended as it should.
Ref finishClose(ThrowObject* self) {
  self->state = StepState::Closed;
  if (catchRaised(stopAsyncIterationType) || catchRaised(generatorExitType))
    return raiseStopIteration(Value());
  return {};
}

Ref ignoredExit(ThrowObject* self) {
  self->state = StepState::Closed;
  self->generator->stepping = false;
  return raise(runtimeErrorType, "async generator ignored GeneratorExit");
}

Ref throwResult(ThrowObject* self, Resumed outcome, Ref value) {
  bool closing = !self->type;
  if (closing && outcome == Resumed::Yielded && hasShape(value, kShapeAsyncGenWrapped))
    return ignoredExit(self);
  Ref result = stepResult(self->generator, outcome, std::move(value));
  if (result)
    return result;
  if (closing)
    return finishClose(self);
  self->state = StepState::Closed;
  return {};
}

Ref throwStart(ThrowObject* self) {
  GeneratorObject* generator = self->generator;
  bool closing = !self->type;
  if (generator->stepping) {
    self->state = StepState::Closed;
    return raise(runtimeErrorType, closing ? "aclose(): asynchronous generator is already running"
                                           : "athrow(): asynchronous generator is already running");
  }
  if (generator->closed) {
    self->state = StepState::Closed;
    return raiseWith(stopAsyncIterationType, Value());
  }
  self->state = StepState::Running;
  generator->stepping = true;
  if (closing) {
    generator->closed = true;
    (void)raiseWith(generatorExitType, Value());
  } else if (!raiseThrown(self->type, self->value, self->traceback)) {
    generator->stepping = false;
    self->state = StepState::Closed;
    return {};
  }
  Ref value;
  Resumed outcome = throwIntoGenerator(generator, value);
  return throwResult(self, outcome, std::move(value));
}

Ref throwStep(ThrowObject* self, Value sent) {
  GeneratorObject* generator = self->generator;
  if (self->state == StepState::Closed || generator->state == GeneratorState::Finished) {
    bool reused = self->state == StepState::Closed;
    self->state = StepState::Closed;
    if (reused)
      return raise(runtimeErrorType, "cannot reuse already awaited aclose()/athrow()");
    return raiseStopIteration(Value());
  }
  if (self->state == StepState::Initial) {
    if (!sent.isNone())
      return raise(runtimeErrorType, "can't send non-None value to a just-started coroutine");
    return throwStart(self);
  }
  Ref value;
  Resumed outcome = resumeGenerator(generator, sent, value);
  return throwResult(self, outcome, std::move(value));
}

Ref throwSend(const Value* args) {
  return throwStep(args[0].as<ThrowObject>(), args[1]);
}
Ref throwNext(Value self) {
  return throwStep(self.as<ThrowObject>(), Value::none());
}

Ref throwThrow(const Value* args) {
  auto* self = args[0].as<ThrowObject>();
  GeneratorObject* generator = self->generator;
  if (self->state == StepState::Closed)
    return raise(runtimeErrorType, "cannot reuse already awaited aclose()/athrow()");
  if (self->state == StepState::Initial) {
    if (generator->stepping) {
      self->state = StepState::Closed;
      return raise(runtimeErrorType, self->type
                                         ? "athrow(): asynchronous generator is already running"
                                         : "aclose(): asynchronous generator is already running");
    }
    self->state = StepState::Running;
    generator->stepping = true;
  }
  if (!raiseThrown(args[1], args[2], args[3]))
    return {};
  Ref value;
  Resumed outcome = throwIntoGenerator(generator, value);
  return throwResult(self, outcome, std::move(value));
}

Ref throwClose(const Value* args) {
  auto* self = args[0].as<ThrowObject>();
  if (self->state == StepState::Closed)
    return Ref::none();
  if (self->state == StepState::Initial) {
    self->state = StepState::Closed;
    return Ref::none();
  }
  Value exit[] = {args[0], Value(&generatorExitType.header), Value(), Value()};
  if (Ref value = throwThrow(exit))
    return raise(runtimeErrorType, "coroutine ignored GeneratorExit");
  if (catchRaised(stopIterationType) || catchRaised(stopAsyncIterationType) ||
      catchRaised(generatorExitType))
    return Ref::none();
  return {};
}

// The generator's own methods.

Ref makeSend(Value self, Value value) {
  if (!callHooks(asGenerator(self)))
    return {};
  PYC_TRY(step, makeStep<SendObject>(asyncGenSendType, self));
  step.as<SendObject>()->value = Ref::copy(value).release();
  return step;
}

Ref asendMethod(const Value* args) {
  return makeSend(args[0], args[1]);
}
Ref anextSlot(Value self) {
  return makeSend(self, Value());
}
Ref aiterSlot(Value self) {
  return Ref::copy(self);
}

Ref makeThrow(Value self, Value type, Value value, Value traceback) {
  if (!callHooks(asGenerator(self)))
    return {};
  PYC_TRY(step, makeStep<ThrowObject>(asyncGenThrowType, self));
  auto* object = step.as<ThrowObject>();
  object->type = Ref::copy(type).release();
  object->value = Ref::copy(value).release();
  object->traceback = Ref::copy(traceback).release();
  return step;
}

Ref athrowMethod(const Value* args) {
  if (args[2] &&
      !warn(deprecationWarningType, 1,
            "the (type, exc, tb) signature of athrow() is deprecated, use the single-arg signature "
            "instead."))
    return {};
  return makeThrow(args[0], args[1], args[2], args[3]);
}
Ref acloseMethod(const Value* args) {
  return makeThrow(args[0], Value(), Value(), Value());
}

/// The loop's finalizer hook gets a suspended generator, to aclose() it; else it is closed at once.
void finalize(Value self) {
  GeneratorObject* generator = asGenerator(self);
  if (generator->state == GeneratorState::Suspended && generator->finalizer && !generator->closed) {
    Ref hook = Ref::copy(generator->finalizer);
    if (!call(hook, self))
      writeUnraisable("Exception ignored in", self);
    return;
  }
  finalizeGenerator(self);
}

Ref getRunning(Value self) {
  return Ref::boolean(asGenerator(self)->stepping);
}
Ref getSuspended(Value self) {
  return Ref::boolean(asGenerator(self)->state == GeneratorState::Suspended);
}
Ref getCode(Value self) {
  return Ref::copy(Value(&asGenerator(self)->frame.code->header));
}
Ref getFrame(Value self) {
  GeneratorObject* generator = asGenerator(self);
  return generator->state == GeneratorState::Finished ? Ref::none()
                                                      : frameObject(&generator->frame);
}
Ref getAwait(Value self) {
  Value delegate = delegateOf(asGenerator(self));
  return delegate ? Ref::copy(delegate) : Ref::none();
}

const MethodDef kMethods[] = {
    {.signature = "asend($self, value, /)",
     .bound = asendMethod,
     .doc = "asend(v) -> send 'v' in generator."},
    {.signature = "athrow($self, typ, val=<unrepresentable>, tb=<unrepresentable>, /)",
     .bound = athrowMethod,
     .doc = "athrow(value)\nathrow(type[,value[,tb]])\n\nraise exception in generator.\nthe (type, "
            "val, tb) "
            "signature is deprecated, \nand may be removed in a future version of Python."},
    {.signature = "aclose($self, /)",
     .bound = acloseMethod,
     .doc = "aclose() -> raise GeneratorExit inside generator."},
    {.signature = "__class_getitem__($type, item, /)",
     .bound = classGetItem,
     .kind = MethodDef::Class},
};

const GetSetDef kGetSets[] = {
    {"__name__", generatorName, setGeneratorName, "name of the async generator"},
    {"__qualname__", generatorQualifiedName, setGeneratorQualifiedName,
     "qualified name of the async generator"},
    {"ag_running", getRunning},
    {"ag_suspended", getSuspended},
    {"ag_state", generatorState, nullptr, "state of the async generator"},
    {"ag_frame", getFrame},
    {"ag_code", getCode},
    {"ag_await", getAwait, nullptr, "object being awaited on, or None"},
};

const MethodDef kSendMethods[] = {
    {.signature = "send($self, value, /)", .bound = sendSend},
    {.signature = "throw($self, typ, val=<unrepresentable>, tb=<unrepresentable>, /)",
     .bound = sendThrow},
    {.signature = "close($self, /)", .bound = sendClose},
};
const MethodDef kThrowMethods[] = {
    {.signature = "send($self, value, /)", .bound = throwSend},
    {.signature = "throw($self, typ, val=<unrepresentable>, tb=<unrepresentable>, /)",
     .bound = throwThrow},
    {.signature = "close($self, /)", .bound = throwClose},
};

void deallocSend(Object* self) {
  auto* object = reinterpret_cast<SendObject*>(self);
  decref(Value(&object->generator->header));
  decrefMaybe(object->value);
  freeObject(self);
}
void traverseSend(Object* self, Visitor& visitor) {
  auto* object = reinterpret_cast<SendObject*>(self);
  visitor.visit(Value(&object->generator->header));
  visitor.visit(object->value);
}
void finalizeSend(Value self) {
  if (self.as<SendObject>()->state == StepState::Initial) {
    GeneratorObject* generator = self.as<SendObject>()->generator;
    if (!warn(runtimeWarningType, 1, "coroutine method 'asend' of '%S' was never awaited",
              generator->qualifiedName))
      writeUnraisableOf("finalizing async generator", Value(&generator->header));
  }
}

void deallocThrow(Object* self) {
  auto* object = reinterpret_cast<ThrowObject*>(self);
  decref(Value(&object->generator->header));
  decrefMaybe(object->type);
  decrefMaybe(object->value);
  decrefMaybe(object->traceback);
  freeObject(self);
}
void traverseThrow(Object* self, Visitor& visitor) {
  auto* object = reinterpret_cast<ThrowObject*>(self);
  visitor.visit(Value(&object->generator->header));
  visitor.visit(object->type);
  visitor.visit(object->value);
  visitor.visit(object->traceback);
}
void finalizeThrow(Value self) {
  auto* object = self.as<ThrowObject>();
  if (object->state == StepState::Initial &&
      !warn(runtimeWarningType, 1, "coroutine method '%s' of '%S' was never awaited",
            object->type ? "athrow" : "aclose", object->generator->qualifiedName))
    writeUnraisableOf("finalizing async generator", Value(&object->generator->header));
}

void deallocWrapped(Object* self) {
  decrefMaybe(reinterpret_cast<WrappedObject*>(self)->value);
  freeObject(self);
}
void traverseWrapped(Object* self, Visitor& visitor) {
  visitor.visit(reinterpret_cast<WrappedObject*>(self)->value);
}

Ref selfSlot(Value self) {
  return Ref::copy(self);
}

} // namespace

Resumed sendToStep(Value step, Value sent, Ref& result) {
  auto* self = step.as<SendObject>();
  if (!beginSend(self, sent))
    return Resumed::Raised;
  Resumed outcome = resumeGenerator(self->generator, sent, result);
  outcome = endStep(self->generator, outcome, result);
  if (outcome != Resumed::Yielded)
    self->state = StepState::Closed;
  return outcome;
}

Ref wrapAsyncValue(Value value) {
  Object* object = allocObject(&asyncGenWrappedType);
  if (!object)
    return {};
  reinterpret_cast<WrappedObject*>(object)->value = Ref::copy(value).release();
  return Ref::steal(object);
}

AsyncHooks& asyncHooks() {
  static thread_local AsyncHooks hooks;
  return hooks;
}

extern "C" constinit TypeObject asyncGeneratorType = {
    .name = "async_generator",
    .basicSize = sizeof(GeneratorObject),
    .itemSize = sizeof(Value),
    .flags = kTypeBuiltin | kTypeCollected | kTypeVarSized | kTypeWeakrefs | kTypeDisallowNew,
    .methods = kMethods,
    .getSets = kGetSets,
    .slots = {.dealloc = deallocGenerator,
              .traverse = traverseGenerator,
              .finalize = finalize,
              .repr = generatorRepr,
              .aiter = aiterSlot,
              .anext = anextSlot},
};

extern "C" constinit TypeObject asyncGenSendType = {
    .name = "async_generator_asend",
    .basicSize = sizeof(SendObject),
    .flags = kTypeBuiltin | kTypeCollected | kTypeDisallowNew,
    .methods = kSendMethods,
    .slots = {.dealloc = deallocSend,
              .traverse = traverseSend,
              .finalize = finalizeSend,
              .iter = selfSlot,
              .next = sendNext,
              .await = selfSlot},
};

extern "C" constinit TypeObject asyncGenThrowType = {
    .name = "async_generator_athrow",
    .basicSize = sizeof(ThrowObject),
    .flags = kTypeBuiltin | kTypeCollected | kTypeDisallowNew,
    .methods = kThrowMethods,
    .slots = {.dealloc = deallocThrow,
              .traverse = traverseThrow,
              .finalize = finalizeThrow,
              .iter = selfSlot,
              .next = throwNext,
              .await = selfSlot},
};

extern "C" constinit TypeObject asyncGenWrappedType = {
    .name = "async_generator_wrapped_value",
    .basicSize = sizeof(WrappedObject),
    .flags = kTypeBuiltin | kTypeCollected | kTypeDisallowNew,
    .slots = {.dealloc = deallocWrapped, .traverse = traverseWrapped},
};

} // namespace pyc::rt
