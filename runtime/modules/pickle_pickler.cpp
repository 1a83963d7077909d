// _pickle.Pickler, its memo as Python code sees it, dump() and dumps().
#include "runtime/modules/pickle_writer.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/int.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/text_args.h"
#include "runtime/objects/tuple.h"

#include <new>

namespace pyc::rt::pickle {

namespace {

struct PicklerObject {
  Object header;
  Value write, dispatchTable, persistentId, bufferCallback; // null: not given
  PickleMemo memo;
  int protocol, binary, fast;
  bool fixImports, isInUse;

  void each(auto f) {
    for (Value* value : {&write, &dispatchTable, &persistentId, &bufferCallback})
      f(*value);
  }
};
PicklerObject* asPickler(Value value) {
  return value.as<PicklerObject>();
}

/// The protocol that an argument asks for.
bool takeProtocol(Value argument, int& protocol) {
  protocol = kDefaultProtocol;
  if (!argument || argument.isNone())
    return true;
  if (!intArg(argument, protocol))
    return false;
  if (protocol < 0)
    protocol = kHighestProtocol;
  return protocol <= kHighestProtocol ||
         raise(valueErrorType, "pickle protocol must be <= %d", kHighestProtocol);
}

bool takeCallback(Value argument, int protocol, Value& callback) {
  callback = argument && !argument.isNone() ? argument : Value();
  return !callback || protocol >= 5 || raise(valueErrorType, "buffer_callback needs protocol >= 5");
}

/// file.write of a file to write to.
Ref writerOf(Value file) {
  Ref write;
  if (!findAttr(file, names::write, write))
    return {};
  return write ? std::move(write) : Ref(raise(typeErrorType, "file must have a 'write' attribute"));
}

// The type.

void deallocPickler(Object* self) {
  auto* pickler = reinterpret_cast<PicklerObject*>(self);
  pickler->each([](Value& value) { clearField(value); });
  pickler->memo.clear();
  freeObject(self);
}
void traversePickler(Object* self, Visitor& visitor) {
  auto* pickler = reinterpret_cast<PicklerObject*>(self);
  pickler->each([&](Value& value) {
    if (value)
      visitor.visit(value);
  });
  pickler->memo.each([&](const PickleMemo::Entry& entry) { visitor.visit(entry.object); });
}
void clearPickler(Object* self) {
  auto* pickler = reinterpret_cast<PicklerObject*>(self);
  pickler->each([](Value& value) { clearField(value); });
  pickler->memo.clear();
}

Ref createPickler(TypeObject* type, const Value*, size_t, Value) {
  Ref self = Ref::steal(allocObject(type));
  if (self)
    new (&asPickler(self)->memo) PickleMemo;
  return self;
}

bool initPickler(Value self, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature(
      "Pickler(file, protocol=None, fix_imports=True, buffer_callback=None)");
  Value bound[4], callback;
  int protocol;
  bool fixImports = true;
  PicklerObject* pickler = asPickler(self);
  InUse use(pickler->isInUse, "Pickler");
  if (!use || !signature.bind(args, argc, kwnames, bound) || !boolArg(bound[2], fixImports) ||
      !takeProtocol(bound[1], protocol) || !takeCallback(bound[3], protocol, callback))
    return false;
  PYC_TRY(write, writerOf(bound[0]));
  pickler->protocol = protocol;
  pickler->binary = protocol > 0;
  pickler->fast = 0;
  pickler->fixImports = fixImports;
  setField(pickler->bufferCallback, callback);
  setField(pickler->write, std::move(write));
  pickler->memo.clear();
  return true;
}

/// Attributes that subclasses may define as they like: null where the object has none.
bool optionalAttr(Value self, const char* name, Ref& result) {
  return findAttr(self, internLiteral(name), result);
}

Ref dumpMethod(const Value* args) {
  PicklerObject* pickler = asPickler(args[0]);
  InUse use(pickler->isInUse, "Pickler");
  if (!use)
    return {};
  if (!pickler->write)
    return raise(picklingErrorType, "Pickler.__init__() was not called by %s.__init__()",
                 nameOf(typeOf(args[0])));
  Ref override, table, identify;
  if (!optionalAttr(args[0], "reducer_override", override) ||
      !optionalAttr(args[0], "dispatch_table", table))
    return {};
  // The type's own method finds nothing: it is not called.
  StrObject* persistentId = internLiteral("persistent_id");
  if (pickler->persistentId ||
      findInType(typeOf(args[0]), persistentId) != findInType(&picklerType, persistentId) ||
      (typeOf(args[0])->flags & kTypeHasStore))
    if (!findAttr(args[0], persistentId, identify))
      return {};
  if (identify && hasShape(identify, kShapeBuiltinFunction) && !pickler->persistentId)
    identify = {};
  Ref write = Ref::copy(pickler->write), callback = Ref::copy(pickler->bufferCallback);
  WriterSettings settings = {.protocol = pickler->protocol,
                             .binary = pickler->binary != 0,
                             .fast = pickler->fast != 0,
                             .fixImports = pickler->fixImports,
                             .isMemoHidden = false,
                             .write = write,
                             .bufferCallback = callback,
                             .persistentId = identify,
                             .reducerOverride = override,
                             .dispatchTable = table};
  return Writer(pickler->memo, settings).dump(args[1]) ? Ref::none() : Ref();
}

Ref clearMemoMethod(const Value* args) {
  asPickler(args[0])->memo.clear();
  return Ref::none();
}

Ref persistentIdMethod(const Value*) {
  return Ref::none();
}

Ref sizeofMethod(const Value* args) {
  int64_t size = typeOf(args[0])->instanceSize;
  asPickler(args[0])->memo.each(
      [&](const PickleMemo::Entry&) { size += sizeof(PickleMemo::Entry); });
  return makeInt(size);
}

template <auto kField> Ref getNumber(Value self) {
  return makeInt(asPickler(self)->*kField);
}
template <auto kField> bool setNumber(Value self, Value value) {
  if (!value)
    return raise(typeErrorType, "can't delete numeric/char attribute");
  return intArg(value, asPickler(self)->*kField);
}

// pickler.persistent_id may be set; the method is there as well.
Ref getPicklerAttr(Value self, StrObject* name) {
  if (asPickler(self)->persistentId && strEquals(name, "persistent_id"))
    return Ref::copy(asPickler(self)->persistentId);
  return genericGetAttr(self, name);
}
bool setPicklerAttr(Value self, StrObject* name, Value value) {
  if (!strEquals(name, "persistent_id"))
    return genericSetAttr(self, name, value);
  if (!value && !asPickler(self)->persistentId)
    return raiseAttributeError(self, Value(name), "'%Q' object has no attribute '%S'", self,
                               Value(name));
  setField(asPickler(self)->persistentId, value);
  return true;
}

// The memo.

PicklerObject* picklerOf(Value proxy) {
  return asPickler(ownerOf(proxy));
}

Ref getMemo(Value self) {
  return makeMemoProxy(&picklerMemoType, self);
}

Ref memoCopy(const Value* args) {
  PYC_TRY(dict, newDict());
  bool isDone = true;
  picklerOf(args[0])->memo.each([&](const PickleMemo::Entry& entry) {
    if (!isDone)
      return;
    Ref key = makeIntUnsigned(entry.object.bits());
    Ref item = tupleOf(Value::fromInt(entry.index), entry.object);
    isDone = key && item && dictSet(asDict(dict), key, item);
  });
  return isDone ? std::move(dict) : Ref();
}

Ref memoClear(const Value* args) {
  picklerOf(args[0])->memo.clear();
  return Ref::none();
}

Ref memoReduce(const Value* args) {
  PYC_TRY(copy, memoCopy(args));
  PYC_TRY(arguments, tupleOf(copy));
  return tupleOf(Value(&dictType), arguments);
}

/// From a dict as copy() gives it.
bool fillMemo(PickleMemo& memo, Value dict) {
  int64_t position = 0;
  Value key, item;
  while (dictNext(asDict(dict), position, key, item)) {
    int64_t index;
    if (!isTuple(item) || asTuple(item)->count != 2)
      return raise(typeErrorType, "'memo' values must be 2-item tuples");
    Value number = asTuple(item)->items()[0], object = asTuple(item)->items()[1];
    if (!isInteger(number) || !intFits64(number, index))
      return raise(typeErrorType, "an integer is required");
    if (!memo.put(object, index))
      return false;
  }
  return true;
}

bool setMemo(Value self, Value value) {
  if (!value)
    return raise(typeErrorType, "attribute deletion is not supported");
  PickleMemo memo;
  bool isDone = true;
  if (typeOf(value) == &picklerMemoType) {
    picklerOf(value)->memo.each([&](const PickleMemo::Entry& entry) {
      isDone = isDone && memo.put(entry.object, entry.index);
    });
  } else if (isDict(value)) {
    isDone = fillMemo(memo, value);
  } else {
    return raise(typeErrorType,
                 "'memo' attribute must be a PicklerMemoProxy object or dict, not %Q", value);
  }
  if (isDone)
    asPickler(self)->memo.swap(memo);
  return isDone;
}

constexpr MethodDef kMethods[] = {
    {.signature = "dump($self, obj, /)",
     .bound = dumpMethod,
     .doc = "Writes a pickle of the object to the file."},
    {.signature = "clear_memo($self, /)",
     .bound = clearMemoMethod,
     .doc = "Forgets which objects have been written: they will be written again, not referred "
            "to."},
    {.signature = "persistent_id($self, obj, /)",
     .bound = persistentIdMethod,
     .doc = "What the object is to be written as, by reference; None: as usual."},
    {.signature = "__sizeof__($self, /)",
     .bound = sizeofMethod,
     .doc = "Returns size in memory, in bytes."},
};
constexpr GetSetDef kGetSets[] = {
    {"bin", getNumber<&PicklerObject::binary>, setNumber<&PicklerObject::binary>},
    {"fast", getNumber<&PicklerObject::fast>, setNumber<&PicklerObject::fast>},
    {"memo", getMemo, setMemo},
};
constexpr MemberDef kMembers[] = {
    {"dispatch_table", offsetof(PicklerObject, dispatchTable), MemberDef::Writable},
};
constexpr MethodDef kMemoMethods[] = {
    {.signature = "clear($self, /)", .bound = memoClear, .doc = "Remove all items from memo."},
    {.signature = "copy($self, /)", .bound = memoCopy, .doc = "Copy the memo to a new object."},
    {.signature = "__reduce__($self, /)", .bound = memoReduce, .doc = "Implement pickle support."},
};

} // namespace

constinit TypeObject picklerType = {
    .name = "_pickle.Pickler",
    .base = &objectType,
    .basicSize = sizeof(PicklerObject),
    .flags = kTypeBuiltin | kTypeBase | kTypeCollected | kTypeCustomGetAttr,
    .methods = kMethods,
    .getSets = kGetSets,
    .members = kMembers,
    .doc = "Pickler(file, protocol=None, fix_imports=True, buffer_callback=None)\n--\n\nWrites "
           "pickles to a binary file.",
    .slots = {.dealloc = deallocPickler,
              .traverse = traversePickler,
              .clear = clearPickler,
              .getAttr = getPicklerAttr,
              .setAttr = setPicklerAttr,
              .create = createPickler,
              .init = initPickler},
};

constinit TypeObject picklerMemoType = {
    .name = "_pickle.PicklerMemoProxy",
    .base = &objectType,
    .basicSize = sizeof(MemoProxyObject),
    .flags = kTypeBuiltin | kTypeCollected | kTypeDisallowNew,
    .methods = kMemoMethods,
    .slots = {.dealloc = deallocMemoProxy,
              .traverse = traverseMemoProxy,
              .clear = clearMemoProxy,
              .hash = unhashable},
};

// dump(obj, file, protocol, *, fix_imports, buffer_callback), dumps without the file.

Ref dumpFunction(const Value* args) {
  WriterSettings settings;
  if (!boolArg(args[3], settings.fixImports) || !takeProtocol(args[2], settings.protocol) ||
      !takeCallback(args[4], settings.protocol, settings.bufferCallback))
    return {};
  PYC_TRY(write, writerOf(args[1]));
  settings.binary = settings.protocol > 0;
  settings.write = write;
  PickleMemo memo;
  return Writer(memo, settings).dump(args[0]) ? Ref::none() : Ref();
}

Ref dumpsFunction(const Value* args) {
  WriterSettings settings;
  if (!boolArg(args[2], settings.fixImports) || !takeProtocol(args[1], settings.protocol) ||
      !takeCallback(args[3], settings.protocol, settings.bufferCallback))
    return {};
  settings.binary = settings.protocol > 0;
  PickleMemo memo;
  Writer writer(memo, settings);
  return writer.dump(args[0]) ? makeBytes(writer.view()) : Ref();
}

} // namespace pyc::rt::pickle
