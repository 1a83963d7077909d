// Traceback objects: where an exception came along.
#include "runtime/objects/traceback.h"

#include "runtime/objects/instance_memory.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"

namespace pyc::rt {

Ref (*tracebackFrameMaker)(TracebackObject* traceback) = nullptr;

static constexpr uint32_t kTracebackGrains = sizeof(TracebackObject) / kInstanceGrain;

/// The entry takes over the counts of all that it gets.
static void fillEntry(Object* object, CodeObject* code, DictObject* globals, uint32_t word,
                      Value frame) {
  auto* entry = reinterpret_cast<TracebackObject*>(object);
  entry->code = code;
  entry->globals = globals;
  entry->frame = frame;
  entry->word = word;
  entry->line = kLineOfWord;
  ExceptionObject* exception = asException(thisThread().raised);
  entry->next = exception->traceback; // its count goes along
  exception->traceback = Value(object);
}

[[gnu::noinline]] static void addAnyEntry(CodeObject* code, DictObject* globals, uint32_t word,
                                          Value frame) {
  Value raised = thisThread().raised;
  Object* object = allocObject(&tracebackType);
  if (!object) {
    // A missing entry is better than another exception.
    restoreRaised(Ref::copy(raised));
    return;
  }
  increfObject(&code->header);
  if (globals)
    increfObject(&globals->header);
  fillEntry(object, code, globals, word, Ref::copy(frame).release());
}

/// increfObject without a call; false, with nothing done, for another thread's object.
static bool increfHere(Object* object) {
  uint32_t count = __atomic_load_n(&object->localCount, __ATOMIC_RELAXED);
  if (count == kImmortalCount)
    return true;
  if (object->owner != thisThread().id)
    return false;
  __atomic_store_n(&object->localCount, count + 1, __ATOMIC_RELAXED);
  return true;
}

/// Undoes that.
static void decrefHere(Object* object) {
  uint32_t count = __atomic_load_n(&object->localCount, __ATOMIC_RELAXED);
  if (count != kImmortalCount)
    __atomic_store_n(&object->localCount, count - 1, __ATOMIC_RELAXED);
}

void addTraceback(CodeObject* code, DictObject* globals, uint32_t word, Value frame) {
  // The usual case without calls: each frame that an exception leaves comes here.
  if (PYC_LIKELY(!frame && globals && increfHere(&code->header))) {
    if (PYC_LIKELY(increfHere(&globals->header))) {
      if (Object* object = reuseBlock(kShapeTraceback, kTracebackGrains); PYC_LIKELY(object))
        return fillEntry(object, code, globals, word, {});
      decrefHere(&globals->header);
    }
    decrefHere(&code->header);
  }
  addAnyEntry(code, globals, word, frame);
}

int tracebackLine(const TracebackObject* traceback) {
  if (traceback->line != kLineOfWord)
    return traceback->line;
  int line = codeLine(traceback->code, traceback->word);
  return line < 0 ? static_cast<int>(traceback->code->record->firstLine) : line;
}

namespace {

void traverseTraceback(Object* self, Visitor& visitor) {
  auto* traceback = reinterpret_cast<TracebackObject*>(self);
  if (traceback->next)
    visitor.visit(traceback->next);
  if (traceback->frame)
    visitor.visit(traceback->frame);
  if (traceback->globals)
    visitor.visit(Value(traceback->globals));
}

void clearTraceback(Object* self) {
  auto* traceback = reinterpret_cast<TracebackObject*>(self);
  clearField(traceback->next);
  clearField(traceback->frame);
}

void deallocTraceback(Object* self) {
  while (self) {
    auto* traceback = reinterpret_cast<TracebackObject*>(self);
    Value next = traceback->next, frame = traceback->frame;
    Value code = Value(traceback->code), globals = Value(traceback->globals);
    keepInstance(self, kTracebackGrains);
    decrefMaybe(code);
    decrefMaybe(globals);
    decrefMaybe(frame);
    // The rest of the chain, which nothing else needs: neither weak references nor finalizers.
    self = next && isUnshared(next.object()) ? next.object() : nullptr;
    if (!self)
      decrefMaybe(next);
  }
}

} // namespace

/// Drops a reference that is not the last one, without a call; false, with nothing done, for
/// others.
static bool dropHere(Object* object) {
  uint32_t count = __atomic_load_n(&object->localCount, __ATOMIC_RELAXED);
  if (count == kImmortalCount)
    return true;
  if (object->owner != thisThread().id || count == 1)
    return false;
  __atomic_store_n(&object->localCount, count - 1, __ATOMIC_RELAXED);
  return true;
}

void releaseTraceback(Object* object) {
  // As addTraceback: entries that nobody has seen, of functions that live on.
  while (PYC_LIKELY(isUnshared(object))) {
    TracebackObject* entry = asTraceback(Value(object));
    if (entry->frame || !entry->globals || !dropHere(&entry->code->header))
      return deallocTraceback(object);
    if (!dropHere(&entry->globals->header)) {
      increfHere(&entry->code->header);
      return deallocTraceback(object);
    }
    Value next = entry->next;
    keepInstance(object, kTracebackGrains);
    if (!next)
      return;
    object = next.object();
  }
  decrefObject(object);
}

namespace {

/// types.TracebackType(tb_next, tb_frame, tb_lasti, tb_lineno)
Ref createTraceback(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("traceback(tb_next, tb_frame, tb_lasti, tb_lineno)");
  Value in[4];
  if (!signature.bind(args, argc, kwnames, in))
    return {};
  if (!in[0].isNone() && !hasShape(in[0], kShapeTraceback))
    return raise(typeErrorType, "expected traceback object or None, got '%T'", in[0]);
  if (!hasShape(in[1], kShapeFrame))
    return raise(typeErrorType, "traceback() argument 'tb_frame' must be frame, not %T", in[1]);
  int64_t last = 0, line = 0;
  if (!toInt64(in[2], last, &overflowErrorType) || !toInt64(in[3], line, &overflowErrorType))
    return {};
  PYC_TRY(code, getAttr(in[1], internLiteral("f_code")));
  PYC_TRY(globals, getAttr(in[1], internLiteral("f_globals")));
  Ref result = Ref::steal(allocObject(type));
  if (!result)
    return {};
  TracebackObject* traceback = asTraceback(result);
  setField(traceback->next, in[0].isNone() ? Value() : in[0]);
  setField(traceback->frame, in[1]);
  traceback->code = asCode(code.release());
  traceback->globals = asDict(globals.release());
  traceback->word = last < 0 ? UINT32_MAX : static_cast<uint32_t>(last / kOffsetsPerWord);
  traceback->line = static_cast<int32_t>(line);
  return result;
}

Ref getNext(Value self) {
  Value next = asTraceback(self)->next;
  return next ? Ref::copy(next) : Ref::none();
}

bool setNext(Value self, Value value) {
  if (!value)
    return raise(typeErrorType, "can't delete tb_next attribute");
  if (!value.isNone() && !hasShape(value, kShapeTraceback))
    return raise(typeErrorType, "expected traceback object or None, got '%T'", value);
  for (Value at = value; !value.isNone() && at; at = asTraceback(at)->next)
    if (at == self)
      return raise(valueErrorType, "traceback loop detected");
  setField(asTraceback(self)->next, value.isNone() ? Value() : value);
  return true;
}

Ref getFrame(Value self) {
  TracebackObject* traceback = asTraceback(self);
  if (!traceback->frame && tracebackFrameMaker) {
    Ref frame = tracebackFrameMaker(traceback);
    if (!frame)
      return {};
    setField(traceback->frame, std::move(frame));
  }
  return traceback->frame ? Ref::copy(traceback->frame) : Ref::none();
}

Ref getLastInstruction(Value self) {
  uint32_t word = asTraceback(self)->word;
  return makeInt(word == UINT32_MAX ? -1 : int64_t{word} * kOffsetsPerWord);
}

Ref getLine(Value self) {
  return makeInt(tracebackLine(asTraceback(self)));
}

Ref dirOfTraceback(const Value* args) {
  PYC_TRY(names, tupleOf(Value(internLiteral("tb_frame")), Value(internLiteral("tb_next")),
                         Value(internLiteral("tb_lasti")), Value(internLiteral("tb_lineno"))));
  return sequenceList(names);
}

const MethodDef kMethods[] = {{"__dir__($self, /)", dirOfTraceback}};
const GetSetDef kGetSets[] = {
    {"tb_next", getNext, setNext},
    {"tb_frame", getFrame},
    {"tb_lasti", getLastInstruction},
    {"tb_lineno", getLine},
};

} // namespace

extern "C" constinit TypeObject tracebackType = {
    .name = "traceback",
    .basicSize = sizeof(TracebackObject),
    .flags = kTypeBuiltin | kTypeCollected,
    .methods = kMethods,
    .getSets = kGetSets,
    .doc = "Create a new traceback object.",
    .slots = {.dealloc = deallocTraceback,
              .traverse = traverseTraceback,
              .clear = clearTraceback,
              .create = createTraceback},
};

} // namespace pyc::rt
