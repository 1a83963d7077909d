#include "runtime/interp/frame_object.h"

#include "runtime/interp/delegation.h"
#include "runtime/interp/frame_locals.h"
#include "runtime/interp/frame_stack.h"
#include "runtime/interp/generator.h"
#include "runtime/interp/namespaces.h"
#include "runtime/interp/stack_walk.h"
#include "runtime/objects/fast_alloc.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/traceback.h"

#include <algorithm>
#include <new>
#include <vector>

namespace pyc::rt {

namespace {

/// Room behind the object for what saveLocals() moves.
size_t savedBytes(const CodeObject* code) {
  bool hasLocals = (code->flags() & uop::kCodeOptimized) && code->localCount;
  return hasLocals ? sizeof(Frame) + code->localCount * sizeof(Value) : 0;
}

Ref newFrameObject(CodeObject* code, DictObject* globals, uint32_t word) {
  Object* object = allocFast<true>(&frameType, sizeof(FrameObject) + savedBytes(code));
  if (!object)
    return {};
  auto* result = reinterpret_cast<FrameObject*>(object);
  Object header = *object;
  *result = FrameObject{};
  result->header = header;
  result->code = code;
  result->globals = globals;
  result->word = word;
  incref(Value(&code->header));
  if (globals)
    incref(Value(&globals->header));
  return Ref::steal(object);
}

int lineOf(const CodeObject* code, uint32_t word) {
  const uop::PositionEntry* position = uop::findPosition(code->image, *code->record, word);
  return position && position->line > 0 ? position->line : 0;
}

} // namespace

int frameLine(const Frame* frame) {
  return lineOf(frame->code, wordOf(frame));
}

Ref frameLocals(Frame* frame) {
  if (frame->locals && !hasShownLocals(frame))
    return Ref::copy(frame->locals);
  PYC_TRY(dict, newDict());
  // A comprehension in a class body is a scope of its own.
  bool isClass = (frame->code->flags() & uop::kCodeClassBody) != 0;
  if (frame->locals && !isClass && !dictUpdate(asDict(dict), frame->locals))
    return {};
  if (!collectLocals(frame, asDict(dict)))
    return {};
  Value extras = frame->object ? asFrameObject(frame->object)->extras : Value();
  if (extras && !dictUpdate(asDict(dict), extras))
    return {};
  return dict;
}

Ref frameObject(Frame* frame) {
  if (frame->object)
    return Ref::copy(frame->object);
  PYC_TRY(object, newFrameObject(frame->code, frame->globals, wordOf(frame)));
  asFrameObject(object)->frame = frame;
  frame->object = object;
  frame->flags |= kFrameObserved;
  return object;
}

Ref frameObjectOf(TracebackObject* traceback) {
  PYC_TRY(object, newFrameObject(traceback->code, traceback->globals, traceback->word));
  asFrameObject(object)->isOfTraceback = true;
  return object;
}

/// Moves a function's locals behind the object, and behind a frame that has nothing else.
static Frame* saveLocals(Frame* frame, FrameObject* object) {
  CodeObject* code = frame->code;
  if (!savedBytes(code) || (frame->flags & kFrameNative))
    return nullptr;
  auto* saved = new (object + 1) Frame{};
  saved->code = code;
  saved->registers = registersOf(saved, code);
  size_t count = code->localCount;
  Value* from = frame->registers - count;
  std::copy_n(from, count, saved->registers - count);
  std::fill_n(from, count, Value());
  return saved;
}

static void releaseSaved(FrameObject* object) {
  Frame* saved = std::exchange(object->saved, nullptr);
  if (!saved)
    return;
  for (int local = 1; local <= static_cast<int>(saved->code->localCount); ++local)
    decrefMaybe(saved->registers[-local]);
}

/// Frame objects of native code, which know no frame, and of the frame behind them (or null): the
/// innermost, or null without any.
static Ref linkFrameObjects(const std::vector<StackEntry>& natives, Frame* behind) {
  Ref outer = behind ? frameObject(behind) : Ref();
  for (auto entry = natives.rbegin(); entry != natives.rend() && !isRaised(); ++entry) {
    Ref object = newFrameObject(entry->code, entry->globals(), entry->word);
    if (object)
      asFrameObject(object)->back = outer.release();
    outer = std::move(object);
  }
  return outer;
}

/// The object of the first function that `skip` is false for; null without one, or with an
/// exception. `innermost` as in walkStack().
template <class Skip> static Ref firstFrameObject(Frame* innermost, bool& isFound, Skip skip) {
  std::vector<StackEntry> natives;
  Frame* behind = nullptr;
  isFound = false;
  walkStack(innermost, [&](const StackEntry& entry) {
    if (!isFound && skip(entry))
      return true;
    isFound = true;
    behind = entry.frame;
    if (!behind)
      natives.push_back(entry);
    return !behind;
  });
  return linkFrameObjects(natives, behind);
}

Ref frameObjectAt(int64_t depth) {
  bool isFound;
  Ref object =
      firstFrameObject(thisThread().frame, isFound, [&](const StackEntry&) { return depth-- > 0; });
  return isFound ? std::move(object) : Ref(raise(valueErrorType, "call stack is not deep enough"));
}

/// The object of the caller of the first function that `isCallee` is true for.
template <class IsCallee>
static Ref callerFrameObject(Frame* innermost, bool& isCalleeFound, IsCallee isCallee) {
  bool isFound;
  isCalleeFound = false;
  return firstFrameObject(innermost, isFound, [&](const StackEntry& entry) {
    return !std::exchange(isCalleeFound, isCalleeFound || isCallee(entry));
  });
}

static Ref outerFrameObject(Frame* innermost, const Frame* frame) {
  if (frame->back && !(frame->flags & (kFrameEntry | kFrameNative)))
    return frameObject(frame->back); // the interpreter's own call
  bool isFound;
  Ref object = callerFrameObject(innermost, isFound,
                                 [frame](const StackEntry& entry) { return entry.frame == frame; });
  if (!isFound && frame->back) // another thread's, or one that only native code runs
    return frameObject(frame->back);
  return object;
}

/// For the last function with this code that runs.
static Ref callerOfCode(const CodeObject* code) {
  bool isFound;
  return callerFrameObject(thisThread().frame, isFound,
                           [code](const StackEntry& entry) { return entry.code == code; });
}

/// The caller of a frame that ends. An exception takes many frames along, few of which are looked
/// at: then only the interpreter's are known.
static Ref backOfEndingFrame(Frame* frame, bool isRaising) {
  if (!frame->back)
    return {};
  return isRaising || (frame->flags & kFrameRaising) ? frameObject(frame->back)
                                                     : outerFrameObject(frame, frame);
}

void detachFrameObject(Frame* frame) {
  FrameObject* object = asFrameObject(frame->object);
  object->word = wordOf(frame);
  object->frame = nullptr;
  frame->object = Value(); // what f_locals has added stays apart
  frame->flags &= ~kFrameObserved;
  Ref pending = takeRaised();
  object->saved = saveLocals(frame, object);
  object->locals = Ref::copy(frame->locals).release();
  object->back = backOfEndingFrame(frame, bool(pending)).release();
  if (object->isHeld)
    decref(Value(&object->header));
  clearRaised(); // out of memory: the object knows less
  restoreRaised(std::move(pending));
}

void holdFrameObject(FrameObject* object) {
  if (!object->frame || object->isHeld)
    return;
  incref(Value(&object->header));
  object->isHeld = true;
}

namespace {

void dealloc(Object* self) {
  auto* object = reinterpret_cast<FrameObject*>(self);
  if (object->frame) {
    object->frame->object = Value();
    object->frame->flags &= ~kFrameObserved;
  }
  releaseSaved(object);
  decref(Value(&object->code->header));
  if (object->globals)
    decref(Value(&object->globals->header));
  decrefMaybe(object->locals);
  decrefMaybe(object->back);
  decrefMaybe(object->extras);
  decrefMaybe(object->overwritten);
  freeFast<true>(self);
}

void traverse(Object* self, Visitor& visitor) {
  auto* object = reinterpret_cast<FrameObject*>(self);
  if (object->globals)
    visitor.visit(Value(&object->globals->header));
  for (int local = object->saved ? static_cast<int>(object->code->localCount) : 0; local > 0;
       --local)
    if (Value value = object->saved->registers[-local])
      visitor.visit(value);
  for (Value value : {object->locals, object->back, object->extras, object->overwritten})
    if (value)
      visitor.visit(value);
}

void clear(Object* self) {
  auto* object = reinterpret_cast<FrameObject*>(self);
  releaseSaved(object);
  decrefMaybe(std::exchange(object->locals, Value()));
  decrefMaybe(std::exchange(object->back, Value()));
  decrefMaybe(std::exchange(object->extras, Value()));
  decrefMaybe(std::exchange(object->overwritten, Value()));
}

uint32_t currentWord(const FrameObject* object) {
  return object->frame ? wordOf(object->frame) : object->word;
}

Ref frameRepr(Value self) {
  FrameObject* object = asFrameObject(self);
  return formatText("<frame at 0x%llx, file %R, line %d, code %S>",
                    static_cast<unsigned long long>(self.bits()), Value(object->code->fileName),
                    lineOf(object->code, currentWord(object)), Value(object->code->name));
}

Ref noneOr(Value value) {
  return value ? Ref::copy(value) : Ref::none();
}

Ref getBack(Value self) {
  FrameObject* object = asFrameObject(self);
  if (object->isOfTraceback && !object->back)
    object->back = callerOfCode(object->code).release();
  if (!object->frame)
    return isRaised() ? Ref() : noneOr(object->back);
  if (!object->frame->back && object->frame != thisThread().frame)
    return Ref::none(); // a suspended generator's
  Ref outer = outerFrameObject(thisThread().frame, object->frame);
  return outer || isRaised() ? std::move(outer) : Ref::none();
}
Ref getCode(Value self) {
  return Ref::copy(Value(&asFrameObject(self)->code->header));
}
Ref getGlobals(Value self) {
  DictObject* globals = asFrameObject(self)->globals;
  return globals ? Ref::copy(Value(&globals->header)) : newDict();
}
Ref getBuiltins(Value self) {
  FrameObject* object = asFrameObject(self);
  DictObject* builtins = object->frame ? object->frame->builtins : builtinsOf(object->globals);
  return builtins ? Ref::copy(Value(&builtins->header)) : Ref();
}
Ref getLocals(Value self) {
  FrameObject* object = asFrameObject(self);
  if (object->code->flags() & uop::kCodeOptimized)
    return makeLocalsProxy(object);
  if (object->frame)
    return frameLocals(object->frame);
  if (!object->locals) {
    // A module's frame that is gone: its namespace is all there is to show.
    if ((object->code->flags() & uop::kCodeModule) && object->globals)
      return Ref::copy(Value(&object->globals->header));
    object->locals = newDict().release();
  }
  return Ref::copy(object->locals);
}
/// Of a generator or coroutine that has not begun.
bool isAtStart(const FrameObject* object) {
  const GeneratorObject* generator = object->frame ? object->frame->generator : nullptr;
  return generator && generator->state == GeneratorState::Created;
}

Ref getLine(Value self) {
  FrameObject* object = asFrameObject(self);
  int line = isAtStart(object) ? static_cast<int>(object->code->record->firstLine)
                               : lineOf(object->code, currentWord(object));
  return line ? Ref::number(Value::fromInt(line)) : Ref::none();
}
Ref getLastInstruction(Value self) {
  return Ref::number(Value::fromInt(currentWord(asFrameObject(self)) * kOffsetsPerWord));
}
Ref getGenerator(Value self) {
  Frame* frame = asFrameObject(self)->frame;
  return frame && frame->generator ? Ref::copy(Value(&frame->generator->header)) : Ref::none();
}
Ref getNone(Value) {
  return Ref::none();
}
Ref getTrue(Value) {
  return Ref::boolean(true);
}
Ref getFalse(Value) {
  return Ref::boolean(false);
}
bool ignore(Value, Value) {
  return true;
}

Ref clearMethod(const Value* args) {
  FrameObject* object = asFrameObject(args[0]);
  if (Frame* frame = object->frame) {
    if (!frame->generator || isExecuting(frame->generator))
      return raise(runtimeErrorType, "cannot clear an executing frame");
    if (frame->generator->state == GeneratorState::Suspended)
      return raise(runtimeErrorType, "cannot clear a suspended frame");
    Ref ignored;
    if (!closeGenerator(frame->generator, ignored))
      return {};
  }
  clear(&object->header);
  return Ref::none();
}

const MethodDef kMethods[] = {
    {.signature = "clear($self, /)",
     .bound = clearMethod,
     .doc = "Clear all references held by the frame."},
};

const GetSetDef kGetSets[] = {
    {"f_back", getBack},
    {"f_code", getCode},
    {"f_globals", getGlobals},
    {"f_builtins", getBuiltins},
    {"f_locals", getLocals},
    {"f_lineno", getLine},
    {"f_lasti", getLastInstruction},
    {"f_generator", getGenerator},
    {"f_trace", getNone, ignore},
    {"f_trace_lines", getTrue, ignore},
    {"f_trace_opcodes", getFalse, ignore},
};

} // namespace

extern "C" constinit TypeObject frameType = {
    .name = "frame",
    .basicSize = sizeof(FrameObject),
    .flags = kTypeBuiltin | kTypeCollected | kTypeDisallowNew,
    .methods = kMethods,
    .getSets = kGetSets,
    .slots = {.dealloc = dealloc, .traverse = traverse, .clear = clear, .repr = frameRepr},
};

} // namespace pyc::rt
