// Building containers and strings (uops_build.td).
#include "runtime/interp/build.h"
#include "runtime/interp/unpack.h"
#include "runtime/interp/uops/vocabulary.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/list.h"
#include "runtime/objects/set.h"
#include "runtime/objects/slice.h"
#include "runtime/objects/str.h"
#include "runtime/objects/template.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

namespace {
/// Releases the temporaries of a window.
void consumeWindow(Value* window, unsigned count) {
  for (unsigned k = 0; k < count; ++k)
    decrefMaybe(window[k]);
}
} // namespace

UOP(BuildTuple) {
  OPERANDS(BuildTuple);
  SAVE_PC();
  Value result = makeTupleStealing(regs + i.items, i.count).release();
  if (!result)
    RAISE();
  SET(dst, result);
  NEXT();
}

UOP(BuildList) {
  OPERANDS(BuildList);
  SAVE_PC();
  Value result = makeListStealing(regs + i.items, i.count).release();
  if (!result)
    RAISE();
  SET(dst, result);
  NEXT();
}

UOP(BuildSet) {
  OPERANDS(BuildSet);
  SAVE_PC();
  Value result = buildSet(regs + i.items, i.count).release();
  if (!result)
    RAISE();
  consumeWindow(regs + i.items, i.count);
  SET(dst, result);
  NEXT();
}

UOP(BuildMap) {
  OPERANDS(BuildMap);
  SAVE_PC();
  Value result = buildMap(regs + i.items, i.count).release();
  if (!result)
    RAISE();
  consumeWindow(regs + i.items, 2u * i.count);
  SET(dst, result);
  NEXT();
}

UOP(BuildSlice) {
  OPERANDS(BuildSlice);
  SAVE_PC();
  Value* parts = regs + i.parts;
  Value result = makeSlice(parts[0], parts[1], parts[2]).release();
  if (!result)
    RAISE();
  consumeWindow(parts, 3);
  SET(dst, result);
  NEXT();
}

UOP(BuildString) {
  OPERANDS(BuildString);
  SAVE_PC();
  Value result = strJoinParts(regs + i.parts, i.count).release();
  if (!result)
    RAISE();
  consumeWindow(regs + i.parts, i.count);
  SET(dst, result);
  NEXT();
}

UOP(BuildInterpolation) {
  OPERANDS(BuildInterpolation);
  SAVE_PC();
  Value* parts = regs + i.parts;
  Value result =
      makeInterpolation(parts[0], parts[1], conversionName(i.conversion), parts[2]).release();
  if (!result)
    RAISE();
  consumeWindow(parts, 3);
  SET(dst, result);
  NEXT();
}

UOP(BuildTemplate) {
  OPERANDS(BuildTemplate);
  SAVE_PC();
  Value strings = IN(strings), interpolations = IN(interpolations);
  Value result = makeTemplate(strings, interpolations).release();
  if (!result)
    RAISE();
  consumeRegister(i.strings, strings);
  consumeRegister(i.interpolations, interpolations);
  SET(dst, result);
  NEXT();
}

UOP(ConvertValue) {
  OPERANDS(ConvertValue);
  SAVE_PC();
  Value src = IN(src);
  Value result = convertValue(src, i.conversion).release();
  if (!result)
    RAISE();
  consumeRegister(i.src, src);
  SET(dst, result);
  NEXT();
}

UOP(FormatValue) {
  OPERANDS(FormatValue);
  SAVE_PC();
  Value src = IN(src), spec = IN(spec);
  Value result = format(src, spec).release();
  if (!result)
    RAISE();
  consumeRegister(i.src, src);
  consumeRegister(i.spec, spec);
  SET(dst, result);
  NEXT();
}

UOP(FormatSimple) {
  OPERANDS(FormatSimple);
  Value src = IN(src);
  SAVE_PC();
  Value result = format(src, Value()).release();
  if (!result)
    RAISE();
  consumeRegister(i.src, src);
  SET(dst, result);
  NEXT();
}

UOP(FormatPart) {
  OPERANDS(FormatPart);
  Value src = IN(src);
  SAVE_PC();
  Value result = formatPart(src).release();
  if (!result)
    RAISE();
  consumeRegister(i.src, src);
  SET(dst, result);
  NEXT();
}

SLOW_PART(listAppendSlow) {
  OPERANDS(ListAppend);
  SAVE_PC();
  Value item = IN(item);
  if (!listAppend(asList(IN(list_)), item))
    RAISE();
  consumeRegister(i.item, item);
  NEXT();
}

UOP(ListAppend) {
  OPERANDS(ListAppend);
  ListObject* list = asList(IN(list_));
  Value item = IN(item);
  if (PYC_LIKELY(list->count < list->capacity)) {
    if (PYC_LIKELY(list->storage == ListStorage::Values)) {
      if (PYC_LIKELY(i.item >= 0 || increfFast(item))) {
        list->values()[list->count++] = item;
        NEXT();
      }
    } else if (list->storage == ListStorage::Ints && item.isInt()) {
      list->ints()[list->count++] = item.asInt();
      NEXT();
    } else if (list->storage == ListStorage::Floats && item.isDouble()) {
      list->floats()[list->count++] = item.asDouble();
      NEXT();
    } else if (list->storage == ListStorage::Bools && item.isBool()) {
      list->bools()[list->count++] = item.isTrue();
      NEXT();
    }
  }
  SLOW(listAppendSlow);
}

UOP(ListExtend) {
  OPERANDS(ListExtend);
  SAVE_PC();
  Value iterable = IN(iterable);
  if (!extendByUnpacking(IN(list_), iterable))
    RAISE();
  consumeRegister(i.iterable, iterable);
  NEXT();
}

UOP(ListToTuple) {
  OPERANDS(ListToTuple);
  SAVE_PC();
  Value list = IN(list_);
  Value result = listToTuple(asList(list)).release();
  if (!result)
    RAISE();
  consumeRegister(i.list_, list);
  SET(dst, result);
  NEXT();
}

UOP(SetAdd) {
  OPERANDS(SetAdd);
  SAVE_PC();
  Value item = IN(item);
  if (!addToSet(IN(set_), item))
    RAISE();
  consumeRegister(i.item, item);
  NEXT();
}

UOP(SetUpdate) {
  OPERANDS(SetUpdate);
  SAVE_PC();
  Value iterable = IN(iterable);
  if (!setUpdate(asSet(IN(set_)), iterable))
    RAISE();
  consumeRegister(i.iterable, iterable);
  NEXT();
}

UOP(MapAdd) {
  OPERANDS(MapAdd);
  SAVE_PC();
  Value key = IN(key), value = IN(value);
  if (!dictSet(asDict(IN(map)), key, value))
    RAISE();
  consumeRegister(i.key, key);
  consumeRegister(i.value, value);
  NEXT();
}

UOP(DictUpdate) {
  OPERANDS(DictUpdate);
  SAVE_PC();
  Value mapping = IN(mapping);
  if (!updateByUnpacking(asDict(IN(map)), mapping))
    RAISE();
  consumeRegister(i.mapping, mapping);
  NEXT();
}

UOP(DictMerge) {
  OPERANDS(DictMerge);
  SAVE_PC();
  Value mapping = IN(mapping);
  if (!mergeKeywords(asDict(IN(map)), mapping, IN(callee)))
    RAISE();
  consumeRegister(i.mapping, mapping);
  NEXT();
}

// Unpacking: the first item goes into the window's last register.

SLOW_PART(unpackSlow) {
  OPERANDS(UnpackSequence);
  SAVE_PC();
  Value src = IN(src);
  if (!unpackReversed(src, regs + i.dst, i.count)) {
    regs[i.src] = src; // the window may have covered it
    RAISE();
  }
  consumeRegister(i.src, src);
  NEXT();
}

UOP(UnpackSequence) {
  OPERANDS(UnpackSequence);
  Value src = IN(src);
  if (PYC_LIKELY(hasShape(src, kShapeTuple) && asTuple(src)->count == i.count)) {
    Value* top = regs + i.dst + i.count - 1;
    const Value* items = asTuple(src)->items();
    for (int64_t k = 0; k < i.count; ++k) {
      Value item = items[k];
      if (PYC_UNLIKELY(!increfFast(item))) {
        while (--k >= 0)
          needsRelease(items[k]); // gives the counts back: the tuple holds others
        regs[i.src] = src;
        SLOW(unpackSlow);
      }
      top[-k] = item;
    }
    if (i.src >= 0 && PYC_UNLIKELY(needsRelease(src))) {
      SAVE_PC();
      pc += i.kWords;
      RELEASE_AND_GO(src, Value());
    }
    NEXT();
  }
  SLOW(unpackSlow);
}

UOP(UnpackEx) {
  OPERANDS(UnpackEx);
  SAVE_PC();
  Value src = IN(src);
  if (!unpackExReversed(src, regs + i.dst, i.before, i.total)) {
    regs[i.src] = src;
    RAISE();
  }
  consumeRegister(i.src, src);
  NEXT();
}

} // namespace pyc::rt
