#include "runtime/modules/array.h"

#include "runtime/memory/heap.h"
#include "runtime/modules/import_system.h"
#include "runtime/modules/registry.h"
#include "runtime/objects/iterate.h"
#include "runtime/objects/tuple.h"

#include <cstring>

namespace pyc::rt {

Ref newArray(TypeObject* type, const ArrayKind* kind, int64_t count) {
  readyType(type);
  Object* object = allocObject(type);
  if (!object)
    return {};
  Ref result = Ref::steal(object);
  asArray(result)->kind = kind;
  asArray(result)->storage = kind->storage;
  if (!arrayResize(asArray(result), count))
    return {};
  if (count)
    std::memset(asArray(result)->data, 0, static_cast<size_t>(asArray(result)->byteCount()));
  return result;
}

Ref arrayFromBytes(const ArrayKind* kind, std::string_view bytes) {
  PYC_TRY(result, newArray(&arrayType, kind, 0));
  return arrayAppendBytes(asArray(result), bytes) ? std::move(result) : Ref();
}

bool mayResize(ArrayObject* array) {
  return array->exports == 0 ||
         static_cast<bool>(
             raise(bufferErrorType, "cannot resize an array that is exporting buffers"));
}

bool arrayResize(ArrayObject* array, int64_t count) {
  if (count == array->count)
    return true;
  if (!mayResize(array))
    return false;
  bool fits = count <= array->capacity && count >= array->capacity / 2;
  if (!fits) {
    if (count > INT64_MAX / 2 / array->kind->itemSize)
      return raiseMemoryError();
    int64_t capacity = count == 0 ? 0 : count + (array->count ? count / 16 + 6 : 0);
    void* data = nullptr;
    if (capacity == 0)
      freeMemory(array->data);
    else
      data = reallocPlain(array->data, static_cast<size_t>(capacity * array->kind->itemSize));
    if (capacity && !data)
      return raiseMemoryError();
    array->data = static_cast<uint8_t*>(data);
    array->capacity = capacity;
  }
  array->count = count;
  return true;
}

bool arrayInsert(ArrayObject* array, int64_t index, Value item) {
  uint8_t converted[16];
  if (!storeItem(*array->kind, converted, item))
    return false;
  int64_t count = array->count;
  if (!arrayResize(array, count + 1))
    return false;
  index = index < 0 ? std::max<int64_t>(index + count, 0) : std::min(index, count);
  size_t size = array->kind->itemSize;
  if (index < count)
    std::memmove(array->at(index + 1), array->at(index), static_cast<size_t>(count - index) * size);
  std::memcpy(array->at(index), converted, size);
  return true;
}

bool arrayAppend(ArrayObject* array, Value item) {
  return arrayInsert(array, array->count, item);
}

bool arrayAppendBytes(ArrayObject* array, std::string_view bytes) {
  auto size = static_cast<int64_t>(bytes.size());
  int64_t itemSize = array->kind->itemSize;
  if (size % itemSize != 0)
    return raise(valueErrorType, "bytes length not a multiple of item size");
  int64_t count = array->count;
  if (size == 0)
    return true;
  if (!arrayResize(array, count + size / itemSize))
    return false;
  std::memcpy(array->at(count), bytes.data(), bytes.size());
  return true;
}

bool arrayAppendText(ArrayObject* array, Value text) {
  int64_t count = array->count, length = asStr(text)->length;
  if (!arrayResize(array, count + length))
    return false;
  for (int64_t i = 0; i < length; ++i) {
    uint32_t codePoint = asStr(text)->at(i);
    std::memcpy(array->at(count + i), &codePoint, sizeof codePoint);
  }
  return true;
}

bool arrayExtend(ArrayObject* array, Value source) {
  if (!isArray(source))
    return forEach(source, [&](Value item) { return arrayAppend(array, item); });
  ArrayObject* other = asArray(source);
  if (other->kind != array->kind)
    return raise(typeErrorType, "can only extend with array of same kind");
  int64_t count = array->count, added = other->count; // other may be the array itself
  if (!arrayResize(array, count + added))
    return false;
  if (added)
    std::memcpy(array->at(count), other->data, static_cast<size_t>(added) * array->kind->itemSize);
  return true;
}

bool arrayReplace(ArrayObject* array, int64_t start, int64_t stop, std::string_view bytes) {
  size_t size = array->kind->itemSize;
  auto added = static_cast<int64_t>(bytes.size() / size);
  int64_t growth = added - (stop - start), tail = array->count - stop;
  if (growth < 0 && !mayResize(array))
    return false;
  if (growth < 0 && tail)
    std::memmove(array->at(stop + growth), array->at(stop), static_cast<size_t>(tail) * size);
  if (!arrayResize(array, array->count + growth))
    return false;
  if (growth > 0 && tail)
    std::memmove(array->at(stop + growth), array->at(stop), static_cast<size_t>(tail) * size);
  if (added)
    std::memcpy(array->at(start), bytes.data(), bytes.size());
  return true;
}

Ref arrayToList(ArrayObject* array) {
  PYC_TRY(list, newList(static_cast<size_t>(array->count)));
  for (int64_t i = 0; i < array->count; ++i) {
    Ref item = loadItem(*array->kind, array->at(i));
    if (!item || !listAppendStealing(asList(list), item.release()))
      return {};
  }
  return list;
}

Ref arrayToText(ArrayObject* array) {
  StrBuilder text;
  for (int64_t i = 0; i < array->count; ++i) {
    Ref item = loadItem(*array->kind, array->at(i));
    if (!item)
      return {};
    text.append(item);
  }
  return text.finish();
}

bool arrayRepeat(ArrayObject* array, int64_t times) {
  int64_t count = array->count, total;
  if (__builtin_mul_overflow(count, times < 0 ? 0 : times, &total))
    return raiseMemoryError();
  int64_t size = count * array->kind->itemSize;
  if (!arrayResize(array, total))
    return false;
  for (int64_t i = 1; i < times && size; ++i)
    std::memcpy(array->data + i * size, array->data, static_cast<size_t>(size));
  return true;
}

namespace {

constexpr MethodDef kFunctions[] = {
    {.signature = "_array_reconstructor($module, arraytype, typecode, mformat_code, items, /)",
     .bound = reconstructArray,
     .doc = "Makes a pickled array again."},
};

Ref typeCodes() {
  PYC_TRY(codes, newTuple(arrayKinds().size()));
  Value* item = asTuple(codes)->items();
  for (const ArrayKind& kind : arrayKinds())
    *item++ = internLiteral(kind.code);
  return codes;
}

/// array.array is a mutable sequence for isinstance() and in match statements.
bool registerSequence() {
  PYC_TRY(abc, importModuleNamed("_collections_abc"));
  PYC_TRY(sequence, getAttr(abc, internLiteral("MutableSequence")));
  return static_cast<bool>(
      callMethod(sequence, internLiteral("register"), Value(&arrayType.header)));
}

} // namespace

bool fillModule_array(ModuleObject* module) {
  readyArrayType();
  return addFunctions(module, kFunctions, std::size(kFunctions)) && addType(module, arrayType) &&
         addValue(module, "ArrayType", Ref::copy(Value(&arrayType.header))) &&
         addValue(module, "typecodes", typeCodes()) && registerSequence() &&
         addStr(module, "__doc__", "Arrays of numbers or characters of one C type.");
}

} // namespace pyc::rt
