// _pickle.Unpickler, its memo as Python code sees it, load() and loads().
#include "runtime/modules/pickle_reader.h"
#include "runtime/objects/buffer.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/function.h"
#include "runtime/objects/instance.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/text_args.h"
#include "runtime/objects/tuple.h"

#include <new>

namespace pyc::rt::pickle {

namespace {

struct UnpicklerObject {
  Object header;
  // Of the file; null: it has none, or __init__ has not run.
  Value read, readLine, readInto, peek;
  Value encoding, errors, buffers, persistentLoad; // null: not given
  ReadMemo memo;
  int protocol;
  bool fixImports, isInUse;

  void each(auto f) {
    for (Value* value :
         {&read, &readLine, &readInto, &peek, &encoding, &errors, &buffers, &persistentLoad})
      f(*value);
  }
};
UnpicklerObject* asUnpickler(Value value) {
  return value.as<UnpicklerObject>();
}

/// What load(), loads() and Unpickler() are told beyond the data.
struct Options {
  bool fixImports = true;
  Value encoding, errors;
  Ref buffers;

  /// fix_imports, encoding, errors, buffers; null where left out.
  bool take(const char* function, const Value* args) {
    if (!boolArg(args[0], fixImports))
      return false;
    encoding = args[1];
    errors = args[2];
    if (encoding && !isStr(encoding))
      return raiseBadArgument(function, "encoding", "str", encoding);
    if (errors && !isStr(errors))
      return raiseBadArgument(function, "errors", "str", errors);
    if (!args[3] || args[3].isNone())
      return true;
    buffers = getIter(args[3]);
    return static_cast<bool>(buffers);
  }
};

/// The methods of a file.
struct FileMethods {
  Ref read, readLine, readInto, peek;

  bool find(Value file) {
    if (!findAttr(file, names::read, read) || !findAttr(file, names::readline, readLine) ||
        !findAttr(file, internLiteral("readinto"), readInto) ||
        !findAttr(file, internLiteral("peek"), peek))
      return false;
    return (read && readLine) ||
           raise(typeErrorType, "file must have 'read' and 'readline' attributes");
  }
};

// The type.

void clearUnpickler(Object* self) {
  auto* unpickler = reinterpret_cast<UnpicklerObject*>(self);
  unpickler->each([](Value& value) { clearField(value); });
  unpickler->memo.clear();
}
void deallocUnpickler(Object* self) {
  clearUnpickler(self);
  reinterpret_cast<UnpicklerObject*>(self)->memo.~ReadMemo();
  freeObject(self);
}
void traverseUnpickler(Object* self, Visitor& visitor) {
  auto* unpickler = reinterpret_cast<UnpicklerObject*>(self);
  unpickler->each([&](Value& value) {
    if (value)
      visitor.visit(value);
  });
  unpickler->memo.each([&](uint64_t, Value object) { visitor.visit(object); });
}

Ref createUnpickler(TypeObject* type, const Value*, size_t, Value) {
  Ref self = Ref::steal(allocObject(type));
  if (self)
    new (&asUnpickler(self)->memo) ReadMemo;
  return self;
}

bool initUnpickler(Value self, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("Unpickler(file, *, fix_imports=True, encoding='ASCII', "
                                        "errors='strict', buffers=())");
  Value bound[5];
  UnpicklerObject* unpickler = asUnpickler(self);
  InUse use(unpickler->isInUse, "Unpickler");
  FileMethods file;
  Options options;
  if (!use || !signature.bind(args, argc, kwnames, bound) ||
      !options.take("Unpickler", bound + 1) || !file.find(bound[0]))
    return false;
  setField(unpickler->read, std::move(file.read));
  setField(unpickler->readLine, std::move(file.readLine));
  setField(unpickler->readInto, std::move(file.readInto));
  setField(unpickler->peek, std::move(file.peek));
  setField(unpickler->encoding, options.encoding);
  setField(unpickler->errors, options.errors);
  setField(unpickler->buffers, std::move(options.buffers));
  unpickler->fixImports = options.fixImports;
  unpickler->protocol = 0;
  unpickler->memo.clear();
  return true;
}

/// The persistent_load to call; null: none is set or defined.
bool findPersistentLoad(Value self, Ref& result) {
  StrObject* name = internLiteral("persistent_load");
  if (!findAttr(self, name, result))
    return false;
  if (result && hasShape(result, kShapeBuiltinFunction) && !asUnpickler(self)->persistentLoad)
    result = {};
  return true;
}

Ref loadMethod(const Value* args) {
  UnpicklerObject* unpickler = asUnpickler(args[0]);
  InUse use(unpickler->isInUse, "Unpickler");
  if (!use)
    return {};
  if (!unpickler->read)
    return raise(unpicklingErrorType, "Unpickler.__init__() was not called by %s.__init__()",
                 nameOf(typeOf(args[0])));
  Ref persistentLoad;
  if (!findPersistentLoad(args[0], persistentLoad))
    return {};
  StrObject* findClassName = internLiteral("find_class");
  bool isOwnSearch =
      findInType(typeOf(args[0]), findClassName) == findInType(&unpicklerType, findClassName) &&
      (!(typeOf(args[0])->flags & kTypeHasStore) || !ownAttr(args[0].object(), findClassName));
  ReaderSettings settings = {.fixImports = unpickler->fixImports,
                             .encoding = unpickler->encoding,
                             .errors = unpickler->errors,
                             .buffers = unpickler->buffers,
                             .unpickler = isOwnSearch ? Value() : args[0],
                             .persistentLoad = persistentLoad};
  PickleInput input(unpickler->read, unpickler->readLine, unpickler->readInto, unpickler->peek);
  return Reader(input, unpickler->memo, settings, unpickler->protocol).load();
}

Ref findClassMethod(const Value* args) {
  UnpicklerObject* unpickler = asUnpickler(args[0]);
  return findClass(args[1], args[2], unpickler->protocol, unpickler->fixImports);
}

Ref persistentLoadMethod(const Value*) {
  return raise(unpicklingErrorType, "A load persistent id instruction was encountered, but no "
                                    "persistent_load function was specified.");
}

Ref sizeofMethod(const Value* args) {
  return makeInt(typeOf(args[0])->instanceSize +
                 static_cast<int64_t>(asUnpickler(args[0])->memo.count() * sizeof(Value)));
}

Ref getUnpicklerAttr(Value self, StrObject* name) {
  if (asUnpickler(self)->persistentLoad && strEquals(name, "persistent_load"))
    return Ref::copy(asUnpickler(self)->persistentLoad);
  return genericGetAttr(self, name);
}
bool setUnpicklerAttr(Value self, StrObject* name, Value value) {
  if (!strEquals(name, "persistent_load"))
    return genericSetAttr(self, name, value);
  if (!value && !asUnpickler(self)->persistentLoad)
    return raiseAttributeError(self, Value(name), "'%Q' object has no attribute '%S'", self,
                               Value(name));
  setField(asUnpickler(self)->persistentLoad, value);
  return true;
}

// The memo.

UnpicklerObject* unpicklerOf(Value proxy) {
  return asUnpickler(ownerOf(proxy));
}

Ref getMemo(Value self) {
  return makeMemoProxy(&unpicklerMemoType, self);
}

Ref memoCopy(const Value* args) {
  PYC_TRY(dict, newDict());
  bool isDone = true;
  unpicklerOf(args[0])->memo.each([&](uint64_t index, Value object) {
    if (isDone) {
      Ref key = makeIntUnsigned(index);
      isDone = key && dictSet(asDict(dict), key, object);
    }
  });
  return isDone ? std::move(dict) : Ref();
}

Ref memoClear(const Value* args) {
  unpicklerOf(args[0])->memo.clear();
  return Ref::none();
}

Ref memoReduce(const Value* args) {
  PYC_TRY(copy, memoCopy(args));
  PYC_TRY(arguments, tupleOf(copy));
  return tupleOf(Value(&dictType), arguments);
}

bool fillMemo(ReadMemo& memo, Value dict) {
  int64_t position = 0;
  Value key, object;
  while (dictNext(asDict(dict), position, key, object)) {
    int64_t index;
    if (!isInteger(key))
      return raise(typeErrorType, "memo key must be integers");
    if (!toInt64(key, index, &overflowErrorType))
      return false;
    if (index < 0)
      return raise(valueErrorType, "memo key must be positive integers.");
    memo.put(static_cast<uint64_t>(index), object);
  }
  return true;
}

bool setMemo(Value self, Value value) {
  if (!value)
    return raise(typeErrorType, "attribute deletion is not supported");
  ReadMemo memo;
  if (typeOf(value) == &unpicklerMemoType)
    unpicklerOf(value)->memo.each([&](uint64_t index, Value object) { memo.put(index, object); });
  else if (!isDict(value))
    return raise(typeErrorType,
                 "'memo' attribute must be an UnpicklerMemoProxy object or dict, not %Q", value);
  else if (!fillMemo(memo, value))
    return false;
  asUnpickler(self)->memo.swap(memo);
  return true;
}

constexpr MethodDef kMethods[] = {
    {.signature = "load($self, /)",
     .bound = loadMethod,
     .doc = "Reads a pickle from the file: the object that was written."},
    {.signature = "find_class($self, module_name, global_name, /)",
     .bound = findClassMethod,
     .doc = "The class or function of that name in a module, which is imported if need be.\n\n"
            "Subclasses may override this, to restrict what pickles can have made."},
    {.signature = "persistent_load($self, pid, /)", .bound = persistentLoadMethod},
    {.signature = "__sizeof__($self, /)",
     .bound = sizeofMethod,
     .doc = "Returns size in memory, in bytes."},
};
constexpr GetSetDef kGetSets[] = {{"memo", getMemo, setMemo}};
constexpr MethodDef kMemoMethods[] = {
    {.signature = "clear($self, /)", .bound = memoClear, .doc = "Remove all items from memo."},
    {.signature = "copy($self, /)", .bound = memoCopy, .doc = "Copy the memo to a new object."},
    {.signature = "__reduce__($self, /)",
     .bound = memoReduce,
     .doc = "Implement pickling support."},
};

} // namespace

constinit TypeObject unpicklerType = {
    .name = "_pickle.Unpickler",
    .base = &objectType,
    .basicSize = sizeof(UnpicklerObject),
    .flags = kTypeBuiltin | kTypeBase | kTypeCollected | kTypeCustomGetAttr,
    .methods = kMethods,
    .getSets = kGetSets,
    .doc = "Unpickler(file, *, fix_imports=True, encoding='ASCII', errors='strict',\n          "
           "buffers=())\n--\n\nReads pickles from a binary file.",
    .slots = {.dealloc = deallocUnpickler,
              .traverse = traverseUnpickler,
              .clear = clearUnpickler,
              .getAttr = getUnpicklerAttr,
              .setAttr = setUnpicklerAttr,
              .create = createUnpickler,
              .init = initUnpickler},
};

constinit TypeObject unpicklerMemoType = {
    .name = "_pickle.UnpicklerMemoProxy",
    .base = &objectType,
    .basicSize = sizeof(MemoProxyObject),
    .flags = kTypeBuiltin | kTypeCollected | kTypeDisallowNew,
    .methods = kMemoMethods,
    .slots = {.dealloc = deallocMemoProxy,
              .traverse = traverseMemoProxy,
              .clear = clearMemoProxy,
              .hash = unhashable},
};

static Ref loadFrom(PickleInput& input, const Options& options) {
  ReaderSettings settings = {.fixImports = options.fixImports,
                             .encoding = options.encoding,
                             .errors = options.errors,
                             .buffers = options.buffers,
                             .unpickler = {},
                             .persistentLoad = {}};
  ReadMemo memo;
  int protocol;
  return Reader(input, memo, settings, protocol).load();
}

// load(file, *, fix_imports, encoding, errors, buffers), loads(data, /, ...).

Ref loadFunction(const Value* args) {
  Options options;
  FileMethods file;
  if (!options.take("load", args + 1) || !file.find(args[0]))
    return {};
  PickleInput input(file.read, file.readLine, file.readInto, file.peek);
  return loadFrom(input, options);
}

Ref loadsFunction(const Value* args) {
  Options options;
  BytesLike data;
  if (!options.take("loads", args + 1) || !data.open(args[0]))
    return {};
  PickleInput input(data.get());
  return loadFrom(input, options);
}

} // namespace pyc::rt::pickle
