// BaseException: arguments, traceback, context, cause, notes.
#include "runtime/objects/exception.h"

#include "runtime/objects/dict.h"
#include "runtime/objects/exception_fields.h"
#include "runtime/objects/instance.h"
#include "runtime/objects/instance_memory.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str.h"
#include "runtime/objects/traceback.h"
#include "runtime/objects/tuple_memory.h"
#include "runtime/objects/type_call.h"

#include <algorithm>

namespace pyc::rt {

void traverseException(Object* self, Visitor& visitor) {
  auto* exception = reinterpret_cast<ExceptionObject*>(self);
  visitField(visitor, exception->args);
  visitField(visitor, exception->traceback);
  visitField(visitor, exception->context);
  visitField(visitor, exception->cause);
}

void clearException(Object* self) {
  auto* exception = reinterpret_cast<ExceptionObject*>(self);
  if (Value args = std::exchange(exception->args, Value()))
    releaseTuple(asTuple(args));
  if (Value traceback = std::exchange(exception->traceback, Value()))
    releaseTraceback(traceback.object());
  clearField(exception->context);
  clearField(exception->cause);
}

void deallocException(Object* self) {
  uint32_t storeOffset = shapeOf(self)->type->storeOffset;
  if (PYC_UNLIKELY(storeOffset == 0)) {
    clearException(self);
    freeObject(self);
    return;
  }
  auto* word = reinterpret_cast<Value*>(reinterpret_cast<char*>(self) + storeOffset);
  // Attributes go first. Few exceptions have them elsewhere: in a dict, or in an overflow array.
  if (PYC_UNLIKELY(*word))
    clearStore(self);
  const Shape* shape = shapeOf(self);
  uint32_t inlineSlots = 0;
  if (shape->kind == ShapeKind::Slots) {
    inlineSlots = shape->inlineSlots;
    for (uint32_t i = 0, count = shape->slotCount; i < count; ++i)
      decref(word[1 + i]);
  }
  clearException(self);
  uint32_t size = storeOffset + static_cast<uint32_t>((1 + inlineSlots) * sizeof(Value));
  if (PYC_LIKELY(size % kInstanceGrain == 0)) {
    keepInstance(self, size / kInstanceGrain);
    return;
  }
  if (self->flags & kObjectCollected)
    --thisThread().collectorDebt;
  freeMemory(self);
}

/// allocObject, from the memory of dead exceptions if there is some.
static Object* allocException(TypeObject* type) {
  readyType(type);
  uint32_t size = type->instanceSize;
  uint32_t grains = size / kInstanceGrain;
  if (PYC_LIKELY(size % kInstanceGrain == 0 && grains < kSpareSizes &&
                 (type->flags & kTypeVarSized) == 0))
    if (Object* object = reuseBlock(type->rootShape, grains)) {
      // The fields and the store's word; slots behind it get their values with their shapes.
      auto* exception = reinterpret_cast<ExceptionObject*>(object);
      exception->args = exception->traceback = exception->context = exception->cause = Value();
      exception->suppressContext = false;
      auto* words = reinterpret_cast<uint64_t*>(object);
      uint32_t store = type->storeOffset / 8;
      if (PYC_UNLIKELY(store != sizeof(ExceptionObject) / 8)) // the fields of some built-in types
        std::fill(words + sizeof(ExceptionObject) / 8, words + store, 0);
      words[store] = 0;
      return object;
    }
  return allocObject(type);
}

Ref createException(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  roomForAttributes(type);
  Object* self = allocException(type);
  if (!self)
    return {};
  Ref result = Ref::steal(self);
  Ref tuple = makeTuple(args, argc);
  if (!tuple)
    return {};
  result.as<ExceptionObject>()->args = tuple.release();
  return result;
}

/// Whether the arguments are the very ones that create() has stored; an only one takes the place of
/// another in a tuple that nobody else has.
static bool keepsArguments(Value tuple, const Value* args, size_t argc) {
  if (!tuple || static_cast<size_t>(asTuple(tuple)->count) != argc)
    return false;
  Value* items = asTuple(tuple)->items();
  if (argc != 1)
    return std::equal(args, args + argc, items);
  if (args[0] == items[0])
    return true;
  if (!isExactTuple(tuple) || !isUnshared(tuple.object()))
    return false;
  incref(args[0]);
  decref(std::exchange(items[0], args[0]));
  return true;
}

bool initException(Value self, const Value* args, size_t argc, Value kwnames) {
  if (kwnames && asTuple(kwnames)->count > 0)
    return raise(typeErrorType, "%T() takes no keyword arguments", self);
  ExceptionObject* exception = asException(self);
  if (keepsArguments(exception->args, args, argc))
    return true;
  Ref tuple = makeTuple(args, argc);
  if (!tuple)
    return false;
  setField(exception->args, std::move(tuple));
  return true;
}

Ref makeException(TypeObject* type, const Value* args, size_t argc) {
  readyType(type);
  if (type->flags & kTypeHeap)
    return call(Value(type), args, argc);
  Ref exception = type->slots.create(type, args, argc, {});
  if (!exception)
    return {};
  // OSError's create may choose a subclass, whose init is the same.
  if (type->slots.init != initException && !type->slots.init(exception, args, argc, {}))
    return {};
  return exception;
}

Ref strException(Value self) {
  Value args = asException(self)->args;
  if (!args || asTuple(args)->count == 0)
    return Ref::copy(Value(names::empty));
  return asTuple(args)->count == 1 ? str(asTuple(args)->items()[0]) : str(args);
}

Ref reprException(Value self) {
  Value args = asException(self)->args;
  if (!args)
    return formatText("%s()", typeName(self));
  if (asTuple(args)->count == 1)
    return formatText("%s(%R)", typeName(self), asTuple(args)->items()[0]);
  return formatText("%s%R", typeName(self), args);
}

namespace {

Ref getArgs(Value self) {
  Value args = asException(self)->args;
  return args ? Ref::copy(args) : makeTuple(nullptr, 0);
}

bool setArgs(Value self, Value value) {
  if (!value)
    return raise(typeErrorType, "args may not be deleted");
  Ref tuple = sequenceTuple(value);
  if (!tuple)
    return false;
  setField(asException(self)->args, std::move(tuple));
  return true;
}

Ref getTraceback(Value self) {
  return fieldOrNone(asException(self)->traceback);
}

bool setTraceback(Value self, Value value) {
  if (!value)
    return raise(typeErrorType, "__traceback__ may not be deleted");
  if (!value.isNone() && !hasShape(value, kShapeTraceback))
    return raise(typeErrorType, "__traceback__ must be a traceback or None");
  setField(asException(self)->traceback, value.isNone() ? Value() : value);
  return true;
}

Ref getContext(Value self) {
  return fieldOrNone(asException(self)->context);
}

bool setContext(Value self, Value value) {
  if (!value)
    return raise(typeErrorType, "__context__ may not be deleted");
  if (!value.isNone() && !isException(value))
    return raise(typeErrorType, "exception context must be None or derive from BaseException");
  setField(asException(self)->context, value.isNone() ? Value() : value);
  return true;
}

Ref getCause(Value self) {
  return fieldOrNone(asException(self)->cause);
}

bool setCause(Value self, Value value) {
  if (!value)
    return raise(typeErrorType, "__cause__ may not be deleted");
  if (!value.isNone() && !isException(value))
    return raise(typeErrorType, "exception cause must be None or derive from BaseException");
  setField(asException(self)->cause, value.isNone() ? Value() : value);
  asException(self)->suppressContext = true;
  return true;
}

Ref getSuppressContext(Value self) {
  return Ref::boolean(asException(self)->suppressContext);
}

bool setSuppressContext(Value self, Value value) {
  if (!value)
    return raise(typeErrorType, "can't delete numeric/char attribute");
  if (!value.isBool())
    return raise(typeErrorType, "attribute value type must be bool");
  asException(self)->suppressContext = value.isTrue();
  return true;
}

/// The instance's __dict__, or None when it is empty.
Ref attributesOrNone(Value self) {
  PYC_TRY(dict, getAttr(self, names::__dict__));
  return isDict(dict) && asDict(dict)->count > 0 ? std::move(dict) : Ref::none();
}

Ref reduceException(const Value* args) {
  PYC_TRY(arguments, getArgs(args[0]));
  PYC_TRY(dict, attributesOrNone(args[0]));
  Value type = Value(typeOf(args[0]));
  return dict.isNone() ? tupleOf(type, arguments.get())
                       : tupleOf(type, arguments.get(), dict.get());
}

Ref setState(const Value* args) {
  if (args[1].isNone())
    return Ref::none();
  if (!isDict(args[1]))
    return raise(typeErrorType, "state is not a dictionary");
  PYC_TRY(items, dictCopy(asDict(args[1])));
  int64_t position = 0;
  Value key, value;
  while (dictNext(asDict(items), position, key, value)) {
    if (!isStr(key))
      return raise(typeErrorType, "attribute name must be string, not '%T'", key);
    if (!setAttr(args[0], asStr(key), value))
      return {};
  }
  return Ref::none();
}

Ref withTraceback(const Value* args) {
  if (!setTraceback(args[0], args[1]))
    return {};
  return Ref::copy(args[0]);
}

Ref addNote(const Value* args) {
  if (!isStr(args[1]))
    return raise(typeErrorType, "add_note() argument must be str, not %T", args[1]);
  Ref notes;
  if (!findAttr(args[0], names::__notes__, notes))
    return {};
  if (!notes) {
    notes = newList(1);
    if (!notes || !setAttr(args[0], names::__notes__, notes))
      return {};
  }
  if (!isList(notes))
    return raise(typeErrorType, "Cannot add note: __notes__ is not a list");
  return listAppend(asList(notes), args[1]) ? Ref::none() : Ref();
}

const MethodDef kMethods[] = {
    {"__reduce__($self, /)", reduceException},
    {"__setstate__($self, state, /)", setState},
    {"with_traceback($self, tb, /)", withTraceback, nullptr, MethodDef::Instance,
     "Set self.__traceback__ to tb and return self."},
    {"add_note($self, note, /)", addNote, nullptr, MethodDef::Instance,
     "Add a note to the exception"},
};

const GetSetDef kGetSets[] = {
    {"args", getArgs, setArgs},
    {"__traceback__", getTraceback, setTraceback},
    {"__context__", getContext, setContext, "exception context"},
    {"__cause__", getCause, setCause, "exception cause"},
    {"__suppress_context__", getSuppressContext, setSuppressContext},
};

} // namespace

bool takeKeywords(Value self, const Value* values, Value kwnames, const char* const* keywords,
                  Value* const* fields, size_t count) {
  size_t given = kwnames ? static_cast<size_t>(asTuple(kwnames)->count) : 0;
  if (given > count)
    return raise(typeErrorType, "%T() takes at most %zu keyword argument%s (%zu given)", self,
                 count, count == 1 ? "" : "s", given);
  for (size_t i = 0; i < given; i++) {
    Value name = asTuple(kwnames)->items()[i];
    size_t k = 0;
    while (k < count && !strEquals(asStr(name), keywords[k]))
      k++;
    if (k == count)
      return raise(typeErrorType, "%T() got an unexpected keyword argument '%S'", self, name);
    setField(*fields[k], values[i]);
  }
  return true;
}

extern "C" constinit TypeObject baseExceptionType = {
    .name = "BaseException",
    .base = &objectType,
    .basicSize = sizeof(ExceptionObject),
    .flags = kExceptionFlags,
    .methods = kMethods,
    .getSets = kGetSets,
    .doc = "Common base class for all exceptions",
    .slots = {.dealloc = deallocException,
              .traverse = traverseException,
              .clear = clearException,
              .repr = reprException,
              .str = strException,
              .create = createException,
              .init = initException},
};

} // namespace pyc::rt
