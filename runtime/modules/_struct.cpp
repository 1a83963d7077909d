// The module _struct: the class Struct, and functions that keep the Structs of the formats that
// they meet.
#include "runtime/modules/registry.h"
#include "runtime/modules/struct_format.h"
#include "runtime/objects/arguments.h"
#include "runtime/objects/buffer.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/text_args.h"
#include "runtime/objects/tuple.h"

#include <cstring>
#include <new>

namespace pyc::rt {

namespace {

struct StructObject {
  Object header;
  StructFormat* format; // null: not initialised
  Value text;           // str, or null
  bool wasInitialised;  // by __init__
};
StructObject* asStruct(Value value) {
  return value.as<StructObject>();
}
extern TypeObject structType, unpackIteratorType;

bool checkReady(Value self) {
  return asStruct(self)->format ||
         static_cast<bool>(raise(runtimeErrorType, "Struct object is not initialized"));
}

// Making Structs.

/// A format argument as str of ASCII.
Ref formatTextOf(Value argument) {
  if (isStr(argument)) {
    if (!asStr(argument)->isAscii())
      return raise(valueErrorType, "non-ASCII character in struct format");
    return exactStr(asStr(argument));
  }
  if (!isBytes(argument))
    return raise(typeErrorType, "Struct() argument 1 must be a str or bytes object, not %T",
                 argument);
  for (char c : asBytes(argument)->view())
    if (static_cast<unsigned char>(c) >= 128)
      return raise(valueErrorType, "non-ASCII character in struct format");
  return makeStrAscii(asBytes(argument)->view());
}

bool setFormat(Value self, Value argument) {
  PYC_TRY(text, formatTextOf(argument));
  auto* format = new (std::nothrow) StructFormat;
  if (!format)
    return raiseMemoryError();
  if (!format->parse(asStr(text)->asciiView())) {
    delete format;
    return false;
  }
  delete std::exchange(asStruct(self)->format, format);
  setField(asStruct(self)->text, std::move(text));
  return true;
}

ConstructorSignature constructorSignature("Struct(format)");

/// A subclass with an __init__ of its own may take any arguments: what __new__ can't use is only
/// warned about.
bool warnInsteadOfRaising(const char* prefix) {
  if (!isRaised(exceptionType))
    return false;
  Ref exception = takeRaised();
  return warn(deprecationWarningType, 1, "%s%S", prefix, exception.get());
}

Ref createStruct(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  Object* object = allocObject(type);
  if (!object)
    return {};
  Ref self = Ref::steal(object);
  if (type == &structType && argc == 0 && !kwnames)
    return self;
  bool isLenient =
      type->slots.create == structType.slots.create && type->slots.init != structType.slots.init;
  Value format;
  if (!constructorSignature.bind(args, argc, kwnames, &format))
    return isLenient && warnInsteadOfRaising("") ? std::move(self) : Ref();
  if (!setFormat(self, format))
    return isLenient && warnInsteadOfRaising("Invalid 'format' argument for Struct.__new__(): ")
               ? std::move(self)
               : Ref();
  return self;
}

bool isSameFormat(Value self, Value format) {
  if (isStr(format))
    return strEquals(asStr(asStruct(self)->text), asStr(format));
  return isBytes(format) && asStr(asStruct(self)->text)->asciiView() == asBytes(format)->view();
}

bool initStruct(Value self, const Value* args, size_t argc, Value kwnames) {
  TypeObject* type = typeOf(self);
  StructObject* object = asStruct(self);
  // The arguments are those of the subclass's own __new__.
  if (type->slots.create != structType.slots.create && type->slots.init == structType.slots.init &&
      object->format)
    return true;
  Value format;
  if (!constructorSignature.bind(args, argc, kwnames, &format))
    return false;
  bool wasInitialised = std::exchange(object->wasInitialised, true);
  if (!object->format)
    return setFormat(self, format);
  if (isSameFormat(self, format))
    return true;
  const char* warning =
      wasInitialised ? "Re-initialization of Struct by calling the __init__() method will not work "
                       "in future Python versions"
                     : "Different format arguments for __new__() and __init__() methods of Struct";
  return warn(futureWarningType, 1, "%s", warning) && setFormat(self, format);
}

void deallocStruct(Object* self) {
  delete asStruct(self)->format;
  decrefMaybe(asStruct(self)->text);
  freeObject(self);
}

// Unpacking.

Ref unpackAll(const StructFormat& format, const uint8_t* from) {
  PYC_TRY(result, newTuple(static_cast<size_t>(format.itemCount)));
  size_t filled = 0;
  for (const StructCode& code : format.codes)
    for (int64_t i = 0; i < code.repeat; ++i) {
      Ref item = unpackItem(code, from + code.offset + i * code.size, format.isBig);
      if (!item)
        return {};
      asTuple(result)->items()[filled++] = item.release();
    }
  return result;
}

Ref unpackBuffer(Value self, Value buffer) {
  BytesLike bytes;
  if (!checkReady(self) || !bytes.open(buffer))
    return {};
  const StructFormat& format = *asStruct(self)->format;
  if (bytes.size() != format.size)
    return raise(structErrorType, "unpack requires a buffer of %lld bytes",
                 static_cast<long long>(format.size));
  return unpackAll(format, bytes.data());
}

Ref unpackFrom(Value self, Value buffer, Value offsetArgument) {
  BytesLike bytes;
  int64_t offset = 0;
  if (!checkReady(self) || !bytes.open(buffer) || !sizeArg(offsetArgument, offset))
    return {};
  const StructFormat& format = *asStruct(self)->format;
  auto size = static_cast<long long>(format.size), length = static_cast<long long>(bytes.size());
  if (offset < 0) {
    if (offset + size > 0)
      return raise(structErrorType, "not enough data to unpack %lld bytes at offset %lld", size,
                   static_cast<long long>(offset));
    if (offset + length < 0)
      return raise(structErrorType, "offset %lld out of range for %lld-byte buffer",
                   static_cast<long long>(offset), length);
    offset += length;
  }
  if (length - offset < size)
    return raise(structErrorType,
                 "unpack_from requires a buffer of at least %llu bytes for unpacking %lld bytes at "
                 "offset %lld (actual buffer size is %lld)",
                 static_cast<unsigned long long>(size) + static_cast<unsigned long long>(offset),
                 size, static_cast<long long>(offset), length);
  return unpackAll(format, bytes.data() + offset);
}

// Unpacking one by one.

struct UnpackIteratorObject {
  Object header;
  Value structure;
  BufferView view; // without an owner once it is exhausted
  int64_t position;
};
UnpackIteratorObject* asUnpackIterator(Value value) {
  return value.as<UnpackIteratorObject>();
}

Ref iterUnpack(Value self, Value buffer) {
  if (!checkReady(self))
    return {};
  auto size = static_cast<long long>(asStruct(self)->format->size);
  if (size == 0)
    return raise(structErrorType, "cannot iteratively unpack with a struct of length 0");
  readyType(&unpackIteratorType);
  Ref result = Ref::steal(allocObject(&unpackIteratorType));
  if (!result)
    return {};
  UnpackIteratorObject* iterator = asUnpackIterator(result);
  iterator->structure = Ref::copy(self).release();
  new (&iterator->view) BufferView;
  if (!getBuffer(buffer, iterator->view, kBufferSimple))
    return {};
  if (iterator->view.size % size != 0)
    return raise(structErrorType,
                 "iterative unpacking requires a buffer of a multiple of %lld bytes", size);
  return result;
}

void closeView(UnpackIteratorObject* iterator) {
  if (iterator->view.owner)
    releaseBuffer(iterator->view);
}

void deallocUnpackIterator(Object* self) {
  closeView(asUnpackIterator(self));
  decrefMaybe(asUnpackIterator(self)->structure);
  freeObject(self);
}

void traverseUnpackIterator(Object* self, Visitor& visitor) {
  if (asUnpackIterator(self)->structure)
    visitor.visit(asUnpackIterator(self)->structure);
  if (asUnpackIterator(self)->view.owner)
    visitor.visit(asUnpackIterator(self)->view.owner);
}

Ref iterSelf(Value self) {
  return Ref::copy(self);
}

Ref nextUnpacked(Value self) {
  UnpackIteratorObject* iterator = asUnpackIterator(self);
  if (!iterator->view.owner)
    return {};
  if (iterator->position >= iterator->view.size) {
    closeView(iterator);
    return {};
  }
  const StructFormat& format = *asStruct(iterator->structure)->format;
  Ref result = unpackAll(format, iterator->view.data + iterator->position);
  iterator->position += format.size;
  return result;
}

Ref unpackIteratorHint(const Value* args) {
  UnpackIteratorObject* iterator = asUnpackIterator(args[0]);
  if (!iterator->view.owner)
    return makeInt(0);
  return makeInt((iterator->view.size - iterator->position) /
                 asStruct(iterator->structure)->format->size);
}

// Packing.

bool packAll(const StructFormat& format, uint8_t* to, const Value* values) {
  std::memset(to, 0, static_cast<size_t>(format.size));
  for (const StructCode& code : format.codes)
    for (int64_t i = 0; i < code.repeat; ++i)
      if (!packItem(code, to + code.offset + i * code.size, format.isBig, *values++))
        return false;
  return true;
}

bool checkItemCount(const StructFormat& format, const char* function, size_t count) {
  return static_cast<int64_t>(count) == format.itemCount ||
         static_cast<bool>(raise(structErrorType, "%s expected %lld items for packing (got %zu)",
                                 function, static_cast<long long>(format.itemCount), count));
}

Ref packValues(Value self, const Value* values, size_t count) {
  if (!checkReady(self))
    return {};
  const StructFormat& format = *asStruct(self)->format;
  if (!checkItemCount(format, "pack", count))
    return {};
  if (format.size == 0)
    return makeBytes({});
  BytesObject* bytes = newBytes(format.size);
  if (!bytes)
    return {};
  Ref result = Ref::steal(&bytes->header);
  return packAll(format, bytes->data(), values) ? std::move(result) : Ref();
}

bool packPlace(const StructFormat& format, int64_t length, int64_t& offset) {
  auto size = static_cast<long long>(format.size);
  if (offset < 0) {
    if (offset + size > 0)
      return raise(structErrorType, "no space to pack %lld bytes at offset %lld", size,
                   static_cast<long long>(offset));
    if (offset + length < 0)
      return raise(structErrorType, "offset %lld out of range for %lld-byte buffer",
                   static_cast<long long>(offset), static_cast<long long>(length));
    offset += length;
  }
  if (length - offset < size)
    return raise(structErrorType,
                 "pack_into requires a buffer of at least %llu bytes for packing %lld bytes at "
                 "offset %lld (actual buffer size is %lld)",
                 static_cast<unsigned long long>(size) + static_cast<unsigned long long>(offset),
                 size, static_cast<long long>(offset), static_cast<long long>(length));
  return true;
}

/// values: buffer, offset, items.
Ref packInto(Value self, const Value* values, size_t count) {
  if (!checkReady(self))
    return {};
  const StructFormat& format = *asStruct(self)->format;
  if (!checkItemCount(format, "pack_into", count - 2))
    return {};
  BytesLike buffer;
  if (!buffer.openWritable(values[0])) {
    clearRaised();
    return raise(typeErrorType,
                 "pack_into() argument 2 must be read-write bytes-like object, not %T", values[0]);
  }
  int64_t offset = 0;
  if (!sizeArg(values[1], offset) || !packPlace(format, buffer.size(), offset) ||
      !packAll(format, buffer.writable() + offset, values + 2))
    return {};
  return Ref::none();
}

// The class.

Ref packMethod(const Value* args, size_t argc, Value kwnames) {
  return checkNoKeywords("Struct.pack", kwnames) ? packValues(args[0], args + 1, argc - 1) : Ref();
}
Ref packIntoMethod(const Value* args, size_t argc, Value kwnames) {
  if (!checkNoKeywords("Struct.pack_into", kwnames))
    return {};
  if (!checkReady(args[0]))
    return {};
  if (argc < 3)
    return raise(typeErrorType, "pack_into expected at least 2 arguments, got %zu", argc - 1);
  return packInto(args[0], args + 1, argc - 1);
}
Ref unpackMethod(const Value* args) {
  return unpackBuffer(args[0], args[1]);
}
Ref unpackFromMethod(const Value* args) {
  return unpackFrom(args[0], args[1], args[2]);
}
Ref iterUnpackMethod(const Value* args) {
  return iterUnpack(args[0], args[1]);
}
Ref sizeOfStruct(const Value* args) {
  if (!checkReady(args[0]))
    return {};
  return makeInt(static_cast<int64_t>(
      sizeof(StructObject) + (asStruct(args[0])->format->codes.size() + 1) * sizeof(StructCode)));
}
Ref sizeGetter(Value self) {
  return makeInt(asStruct(self)->format ? asStruct(self)->format->size : -1);
}
Ref reprStruct(Value self) {
  return checkReady(self) ? formatText("%s(%R)", typeName(self), asStruct(self)->text) : Ref();
}

constexpr MethodDef kMethods[] = {
    {.signature = "iter_unpack($self, buffer, /)",
     .bound = iterUnpackMethod,
     .doc = "An iterator that unpacks a buffer piece by piece."},
    {.signature = "pack($self, /, *values)",
     .raw = packMethod,
     .doc = "The values as bytes in this format."},
    {.signature = "pack_into($self, buffer, offset, /, *values)",
     .raw = packIntoMethod,
     .doc = "Writes the values in this format into a buffer, from offset on."},
    {.signature = "unpack($self, buffer, /)",
     .bound = unpackMethod,
     .doc = "The values in a buffer of exactly the size of the format: a tuple."},
    {.signature = "unpack_from($self, /, buffer, offset=0)",
     .bound = unpackFromMethod,
     .doc = "The values in a buffer from offset on: a tuple."},
    {.signature = "__sizeof__($self, /)", .bound = sizeOfStruct},
};
constexpr GetSetDef kGetSets[] = {
    {"size", sizeGetter, nullptr, "Bytes that the format takes."},
};
constexpr MemberDef kMembers[] = {
    {"format", offsetof(StructObject, text), MemberDef::ReadOnly, "The format."},
};

constinit TypeObject structType = {
    .name = "_struct.Struct",
    .base = &objectType,
    .basicSize = sizeof(StructObject),
    .flags = kTypeBuiltin | kTypeBase | kTypeWeakrefs,
    .methods = kMethods,
    .getSets = kGetSets,
    .members = kMembers,
    .doc = "Struct(format)\n--\n\nA format of binary data, read once.",
    .slots = {.dealloc = deallocStruct,
              .repr = reprStruct,
              .create = createStruct,
              .init = initStruct},
};

constexpr MethodDef kIteratorMethods[] = {
    {.signature = "__length_hint__($self, /)", .bound = unpackIteratorHint},
};
constinit TypeObject unpackIteratorType = {
    .name = "_struct.unpack_iterator",
    .base = &objectType,
    .basicSize = sizeof(UnpackIteratorObject),
    .flags = kTypeBuiltin | kTypeCollected | kTypeDisallowNew,
    .methods = kIteratorMethods,
    .slots = {.dealloc = deallocUnpackIterator,
              .traverse = traverseUnpackIterator,
              .iter = iterSelf,
              .next = nextUnpacked},
};

// The functions.

constexpr uint32_t kMostCached = 100;

/// Structs by format. Made at the first use; dicts are safe for threads.
DictObject* cache() {
  static Value dict = newDict().release();
  return dict ? asDict(dict) : nullptr;
}

Ref structOf(Value format) {
  if (isStr(format) || isBytes(format)) {
    Ref found;
    if (!dictGet(cache(), format, found))
      return {};
    if (found)
      return found;
  }
  PYC_TRY(made, call(Value(&structType.header), format));
  if (cache()->count >= kMostCached)
    dictClear(cache());
  return dictSet(cache(), format, made) ? std::move(made) : Ref();
}

Ref clearCache(const Value*) {
  dictClear(cache());
  return Ref::none();
}

Ref calcsize(const Value* args) {
  PYC_TRY(structure, structOf(args[1]));
  return makeInt(asStruct(structure)->format->size);
}

bool takeFormat(const char* name, const Value* args, size_t argc, Value kwnames, Ref& structure) {
  if (!checkNoKeywords(name, kwnames))
    return false;
  if (argc < 2)
    return raise(typeErrorType, "%s expected at least 1 argument, got 0", name);
  structure = structOf(args[1]);
  return static_cast<bool>(structure);
}

Ref pack(const Value* args, size_t argc, Value kwnames) {
  Ref structure;
  return takeFormat("pack", args, argc, kwnames, structure)
             ? packValues(structure, args + 2, argc - 2)
             : Ref();
}

Ref packIntoFunction(const Value* args, size_t argc, Value kwnames) {
  Ref structure;
  if (argc < 4)
    return checkNoKeywords("pack_into", kwnames)
               ? Ref(raise(typeErrorType, "pack_into expected at least 3 arguments, got %zu",
                           argc - 1))
               : Ref();
  return takeFormat("pack_into", args, argc, kwnames, structure)
             ? packInto(structure, args + 2, argc - 2)
             : Ref();
}

Ref unpack(const Value* args) {
  PYC_TRY(structure, structOf(args[1]));
  return unpackBuffer(structure, args[2]);
}
Ref unpackFromFunction(const Value* args) {
  PYC_TRY(structure, structOf(args[1]));
  return unpackFrom(structure, args[2], args[3]);
}
Ref iterUnpackFunction(const Value* args) {
  PYC_TRY(structure, structOf(args[1]));
  return iterUnpack(structure, args[2]);
}

constexpr MethodDef kFunctions[] = {
    {.signature = "_clearcache($module, /)",
     .bound = clearCache,
     .doc = "Forgets the formats met so far."},
    {.signature = "calcsize($module, format, /)",
     .bound = calcsize,
     .doc = "Bytes that the format takes."},
    {.signature = "iter_unpack($module, format, buffer, /)",
     .bound = iterUnpackFunction,
     .doc = "An iterator that unpacks a buffer piece by piece."},
    {.signature = "pack($module, format, /, *values)",
     .raw = pack,
     .doc = "The values as bytes in the format."},
    {.signature = "pack_into($module, format, buffer, offset, /, *values)",
     .raw = packIntoFunction,
     .doc = "Writes the values in the format into a buffer, from offset on."},
    {.signature = "unpack($module, format, buffer, /)",
     .bound = unpack,
     .doc = "The values in a buffer of exactly the size of the format: a tuple."},
    {.signature = "unpack_from($module, format, /, buffer, offset=0)",
     .bound = unpackFromFunction,
     .doc = "The values in a buffer from offset on: a tuple."},
};

} // namespace

bool fillModule__struct(ModuleObject* module) {
  return addFunctions(module, kFunctions, std::size(kFunctions)) && addType(module, structType) &&
         addType(module, structErrorType) &&
         addStr(module, "__doc__",
                "Python values as the bytes of C structs, and back. A format has one letter an "
                "item, counts in front of them, and at its start the byte order.");
}

} // namespace pyc::rt
