// Subscripts with slices written in place (a[i:j]): no slice object where nobody would see it.
#include "runtime/objects/slice.h"

#include "runtime/objects/bytes.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

Ref getSlice(Value object, const Value* parts) {
  if (hasShape(object, kShapeList) && parts[0].isNone() && parts[1].isNone() && parts[2].isNone())
    return listSlice(asList(object), 0, asList(object)->count); // list[:]
  SliceRange range;
  if (PYC_LIKELY(object.isObject() && plainRange(parts, range))) {
    switch (object.object()->shape) {
    case kShapeList:
      clipSlice(range, asList(object)->count);
      return listSliced(asList(object), range);
    case kShapeStr:
      clipSlice(range, asStr(object)->length);
      return strSliced(asStr(object), range);
    case kShapeTuple:
      clipSlice(range, asTuple(object)->count);
      return tupleSliced(asTuple(object), range);
    case kShapeBytes:
      clipSlice(range, asBytes(object)->length);
      return bytesSliced(asBytes(object), range);
    case kShapeByteArray:
      clipSlice(range, asByteArray(object)->length);
      return byteArraySliced(asByteArray(object), range);
    }
  }
  PYC_TRY(slice, makeSlice(parts[0], parts[1], parts[2]));
  return getItem(object, slice);
}

bool setSlice(Value object, const Value* parts, Value value) {
  SliceRange range;
  if (PYC_LIKELY(object.isObject() && plainRange(parts, range))) {
    if (object.object()->shape == kShapeList)
      return listAssignSlice(asList(object), range, value);
    if (object.object()->shape == kShapeByteArray)
      return byteArrayAssignSlice(asByteArray(object), range, value);
  }
  PYC_TRY(slice, makeSlice(parts[0], parts[1], parts[2]));
  return setItem(object, slice, value);
}

} // namespace pyc::rt
