#include "runtime/modules/array.h"
#include "runtime/objects/buffer.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/generic_alias.h"
#include "runtime/objects/int.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/sequence.h"
#include "runtime/objects/text_args.h"

#include <algorithm>
#include <cstring>

namespace pyc::rt {

namespace {

constexpr int64_t kBlockSize = 64 * 1024; // bytes that tofile() writes at once

ArrayObject* selfOf(const Value* args) {
  return asArray(args[0]);
}
Ref noneIf(bool done) {
  return done ? Ref::none() : Ref();
}

Ref append(const Value* args) {
  return noneIf(arrayAppend(selfOf(args), args[1]));
}
Ref extend(const Value* args) {
  return noneIf(arrayExtend(selfOf(args), args[1]));
}
Ref insert(const Value* args) {
  int64_t index = 0;
  return sizeArg(args[1], index) ? noneIf(arrayInsert(selfOf(args), index, args[2])) : Ref();
}
Ref clear(const Value* args) {
  return noneIf(arrayResize(selfOf(args), 0));
}

Ref pop(const Value* args) {
  ArrayObject* array = selfOf(args);
  int64_t index = -1;
  if (!sizeArg(args[1], index))
    return {};
  if (array->count == 0)
    return raise(indexErrorType, "pop from empty array");
  if (index < 0)
    index += array->count;
  if (index < 0 || index >= array->count)
    return raise(indexErrorType, "pop index out of range");
  PYC_TRY(item, loadItem(*array->kind, array->at(index)));
  return arrayReplace(array, index, index + 1, {}) ? std::move(item) : Ref();
}

Ref reverse(const Value* args) {
  ArrayObject* array = selfOf(args);
  size_t size = array->kind->itemSize;
  for (int64_t low = 0, high = array->count - 1; low < high; ++low, --high)
    std::swap_ranges(array->at(low), array->at(low) + size, array->at(high));
  return Ref::none();
}

Ref byteswap(const Value* args) {
  ArrayObject* array = selfOf(args);
  bool isComplex = array->kind->letter == 'F' || array->kind->letter == 'D';
  int64_t size = isComplex ? array->kind->itemSize / 2 : array->kind->itemSize;
  for (uint8_t* at = array->data; at < array->data + array->byteCount(); at += size)
    std::reverse(at, at + size);
  return Ref::none();
}

// Looking for items.

/// The first place from `start` on that is before `stop`; -1 for none, -2 with an exception.
int64_t find(ArrayObject* array, Value wanted, int64_t start, int64_t stop) {
  for (int64_t i = start; i < stop && i < array->count; ++i) {
    Ref item = loadItem(*array->kind, array->at(i));
    bool isEqual;
    if (!item || !compareBool(CompareOp::Eq, item, wanted, isEqual))
      return -2;
    if (isEqual)
      return i;
  }
  return -1;
}

Ref count(const Value* args) {
  int64_t total = 0;
  for (int64_t at = 0; (at = find(selfOf(args), args[1], at, INT64_MAX)) >= 0; ++at)
    ++total;
  return isRaised() ? Ref() : makeInt(total);
}

Ref index(const Value* args) {
  int64_t start, stop, length = selfOf(args)->count;
  if (!searchBound(args[2], length, 0, start) || !searchBound(args[3], length, INT64_MAX, stop))
    return {};
  int64_t place = find(selfOf(args), args[1], start, stop);
  if (place == -1)
    return raise(valueErrorType, "array.index(x): x not in array");
  return place < 0 ? Ref() : makeInt(place);
}

Ref remove(const Value* args) {
  int64_t place = find(selfOf(args), args[1], 0, INT64_MAX);
  if (place == -1)
    return raise(valueErrorType, "array.remove(x): x not in array");
  return place < 0 ? Ref() : noneIf(arrayReplace(selfOf(args), place, place + 1, {}));
}

// From and to other forms.

Ref frombytes(const Value* args) {
  BytesLike bytes;
  if (!bytes.open(args[1]))
    return {};
  return noneIf(arrayAppendBytes(selfOf(args), bytes.get()));
}

Ref tobytes(const Value* args) {
  return makeBytes(selfOf(args)->view());
}
Ref tolist(const Value* args) {
  return arrayToList(selfOf(args));
}

Ref fromlist(const Value* args) {
  ArrayObject* array = selfOf(args);
  if (!isList(args[1]))
    return raise(typeErrorType, "arg must be list");
  ListObject* list = asList(args[1]);
  int64_t before = array->count, added = list->count;
  if (added == 0)
    return Ref::none();
  if (!arrayResize(array, before + added))
    return {};
  bool done = true;
  for (int64_t i = 0; i < added && done; ++i) {
    Ref item = listGet(list, i);
    done = item && storeItemAt(array, before + i, item);
    if (done && list->count != added)
      done = static_cast<bool>(raise(runtimeErrorType, "list changed size during iteration"));
  }
  if (done)
    return Ref::none();
  Ref error = takeRaised();
  if (!arrayResize(array, before))
    clearRaised();
  restoreRaised(std::move(error));
  return {};
}

bool checkText(const Value* args, const char* method) {
  return holdsText(selfOf(args)->kind) ||
         static_cast<bool>(raise(valueErrorType,
                                 "%s() may only be called on unicode type arrays ('u' or 'w')",
                                 method));
}

Ref fromunicode(const Value* args) {
  if (!isStr(args[1]))
    return raiseBadArgument("fromunicode", 0, "str", args[1]);
  return checkText(args, "fromunicode") ? noneIf(arrayAppendText(selfOf(args), args[1])) : Ref();
}
Ref tounicode(const Value* args) {
  return checkText(args, "tounicode") ? arrayToText(selfOf(args)) : Ref();
}

Ref tofile(const Value* args) {
  ArrayObject* array = selfOf(args);
  for (int64_t done = 0; done < array->byteCount(); done += kBlockSize) {
    PYC_TRY(block, makeBytes(array->view().substr(static_cast<size_t>(done), kBlockSize)));
    PYC_TRY(written, callMethod(args[1], internLiteral("write"), block));
  }
  if (array->count == 0) {
    PYC_TRY(method, getAttr(args[1], internLiteral("write")));
  }
  return Ref::none();
}

Ref fromfile(const Value* args) {
  ArrayObject* array = selfOf(args);
  int64_t count = 0, bytes;
  if (!sizeArg(args[2], count))
    return {};
  if (count < 0)
    return raise(valueErrorType, "negative count");
  if (__builtin_mul_overflow(count, int64_t(array->kind->itemSize), &bytes))
    return raiseMemoryError();
  PYC_TRY(wanted, makeInt(bytes));
  PYC_TRY(data, callMethod(args[1], internLiteral("read"), wanted));
  if (!isBytes(data))
    return raise(typeErrorType, "read() didn't return bytes");
  if (!arrayAppendBytes(array, asBytes(data)->view()))
    return {};
  if (asBytes(data)->length != bytes)
    return raise(eofErrorType, "read() didn't return enough bytes");
  return Ref::none();
}

Ref bufferInfo(const Value* args) {
  PYC_TRY(address, makeIntUnsigned(reinterpret_cast<uint64_t>(selfOf(args)->data)));
  PYC_TRY(count, makeInt(selfOf(args)->count));
  return tupleOf(address, count);
}

Ref copy(const Value* args) {
  return arrayFromBytes(selfOf(args)->kind, selfOf(args)->view());
}

Ref sizeOf(const Value* args) {
  return makeInt(static_cast<int64_t>(sizeof(ArrayObject)) +
                 selfOf(args)->capacity * selfOf(args)->kind->itemSize);
}

} // namespace

constinit const MethodDef kArrayMethods[kArrayMethodCount] = {
    {.signature = "append($self, v, /)", .bound = append, .doc = "Adds an item at the end."},
    {.signature = "buffer_info($self, /)",
     .bound = bufferInfo,
     .doc = "The address of the items and their number."},
    {.signature = "byteswap($self, /)",
     .bound = byteswap,
     .doc = "Turns the order of bytes of every item round."},
    {.signature = "clear($self, /)", .bound = clear, .doc = "Removes all items."},
    {.signature = "__copy__($self, /)", .bound = copy, .doc = "An array with the same items."},
    {.signature = "__deepcopy__($self, unused, /)",
     .bound = copy,
     .doc = "An array with the same items."},
    {.signature = "count($self, v, /)", .bound = count, .doc = "How many items are equal to v."},
    {.signature = "extend($self, bb, /)",
     .bound = extend,
     .doc = "Adds the items of an iterable at the end."},
    {.signature = "fromfile($self, f, n, /)",
     .bound = fromfile,
     .doc = "Reads n items from a binary file."},
    {.signature = "fromlist($self, list, /)",
     .bound = fromlist,
     .doc = "Adds the items of a list; none of them when one does not fit."},
    {.signature = "frombytes($self, buffer, /)",
     .bound = frombytes,
     .doc = "Adds the items whose bytes are in a buffer."},
    {.signature = "fromunicode($self, ustr, /)",
     .bound = fromunicode,
     .doc = "Adds the characters of a str to an array of characters."},
    {.signature = "index($self, v, start=0, stop=sys.maxsize, /)",
     .bound = index,
     .doc = "The first place of v; ValueError when it is not there."},
    {.signature = "insert($self, i, v, /)", .bound = insert, .doc = "Adds v before item i."},
    {.signature = "pop($self, i=-1, /)",
     .bound = pop,
     .doc = "Removes item i and returns it; the last one by default."},
    {.signature = "__reduce_ex__($self, value, /)",
     .bound = reduceArray,
     .doc = "Return state information for pickling."},
    {.signature = "remove($self, v, /)",
     .bound = remove,
     .doc = "Removes the first item equal to v."},
    {.signature = "reverse($self, /)", .bound = reverse, .doc = "Turns the order of items round."},
    {.signature = "tofile($self, f, /)",
     .bound = tofile,
     .doc = "Writes the items' bytes to a binary file."},
    {.signature = "tolist($self, /)", .bound = tolist, .doc = "A list of the items."},
    {.signature = "tobytes($self, /)", .bound = tobytes, .doc = "The items' bytes."},
    {.signature = "tounicode($self, /)",
     .bound = tounicode,
     .doc = "The characters of an array of characters as str."},
    {.signature = "__sizeof__($self, /)", .bound = sizeOf, .doc = "Its size in memory, in bytes."},
    {.signature = "__class_getitem__($type, object, /)",
     .bound = classGetItem,
     .kind = MethodDef::Class,
     .doc = "See PEP 585"},
};

} // namespace pyc::rt
