// Attributes and subscripts (uops_attr.td).
#include "runtime/interp/call.h"
#include "runtime/interp/uops/vocabulary.h"
#include "runtime/objects/fast.h"
#include "runtime/objects/list.h"
#include "runtime/objects/slice.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

namespace {
inline Value& slotAt(Value object, uint32_t offset) {
  return *reinterpret_cast<Value*>(reinterpret_cast<char*>(object.object()) + offset);
}
} // namespace

SLOW_PART(loadAttrSlow) {
  OPERANDS(LoadAttr);
  Value object = IN(object);
  SAVE_PC();
  Value result = loadAttrCached(object, code->names[i.name], code->attrCaches[i.attr]);
  if (!result)
    RAISE();
  consumeRegister(i.object, object);
  SET(dst, result);
  NEXT();
}

UOP(LoadAttr) {
  OPERANDS(LoadAttr);
  Value object = IN(object);
  const AttrCache& cache = code->attrCaches[i.attr];
  if (PYC_LIKELY(object.isObject() && object.object()->shape == cache.shape)) {
    Value value;
    if (PYC_LIKELY(cache.kind == AttrKind::InlineSlot))
      value = slotAt(object, cache.offset);
    else if (cache.kind == AttrKind::TypeValue)
      value = cache.value;
    if (PYC_LIKELY(value && increfFast(value)))
      SET_CONSUME_NEXT(dst, value, object, object);
  }
  SLOW(loadAttrSlow);
}

SLOW_PART(storeAttrSlow) {
  OPERANDS(StoreAttr);
  Value object = IN(object), value = IN(src);
  SAVE_PC();
  if (!setAttrCached(object, code->names[i.name], value, code->attrCaches[i.attr]))
    RAISE();
  consumeRegister(i.object, object);
  consumeRegister(i.src, value);
  NEXT();
}

UOP(StoreAttr) {
  OPERANDS(StoreAttr);
  Value object = IN(object), value = IN(src);
  const AttrCache& cache = code->attrCaches[i.attr];
  if (PYC_LIKELY(object.isObject() && object.object()->shape == cache.shape &&
                 cache.kind == AttrKind::InlineSlot)) {
    if (PYC_LIKELY(i.src >= 0 || increfFast(value))) {
      Value& slot = slotAt(object, cache.offset);
      Value old = std::exchange(slot, value);
      if (!needsReleaseMaybe(old))
        old = Value();
      Value last = i.object >= 0 && needsRelease(object) ? object : Value();
      if (PYC_UNLIKELY((old.bits() | last.bits()) != 0)) {
        SAVE_PC();
        pc += i.kWords;
        RELEASE_AND_GO(old, last);
      }
      NEXT();
    }
  }
  SLOW(storeAttrSlow);
}

UOP(DeleteAttr) {
  OPERANDS(DeleteAttr);
  SAVE_PC();
  if (!setAttr(IN(object), code->names[i.name], Value()))
    RAISE();
  CONSUME(object);
  NEXT();
}

SLOW_PART(loadMethodSlow) {
  OPERANDS(LoadMethod);
  Value object = IN(object);
  SAVE_PC();
  Value pair[2];
  if (!loadMethodCached(object, code->names[i.name], code->attrCaches[i.attr], pair))
    RAISE();
  consumeRegister(i.object, object);
  regs[i.dst] = pair[0];
  regs[i.dst + 1] = pair[1];
  NEXT();
}

UOP(LoadMethod) {
  OPERANDS(LoadMethod);
  Value object = IN(object);
  const AttrCache& cache = code->attrCaches[i.attr];
  if (PYC_LIKELY(object.isObject() && object.object()->shape == cache.shape &&
                 cache.kind == AttrKind::Method)) {
    Value method = cache.value;
    // The object moves from a temporary, or is copied from a local.
    if (PYC_LIKELY((i.object >= 0 || increfFast(object)))) {
      if (PYC_LIKELY(increfFast(method))) {
        regs[i.dst] = method;
        regs[i.dst + 1] = object;
        NEXT();
      }
      if (i.object < 0)
        needsRelease(object); // gives the count back
    }
  }
  SLOW(loadMethodSlow);
}

UOP(LoadSuper) {
  OPERANDS(LoadSuper);
  SAVE_PC();
  Value result = zeroArgumentSuper(IN(callee), IN(cell), IN(self)).release();
  if (!result)
    RAISE();
  CONSUME(callee);
  SET(dst, result);
  NEXT();
}

// Subscripts.

SLOW_PART(loadItemSlow) {
  OPERANDS(LoadItem);
  Value object = IN(object), key = IN(key);
  SAVE_PC();
  Value result = getItem(object, key).release();
  if (!result)
    RAISE();
  consumeRegister(i.object, object);
  consumeRegister(i.key, key);
  SET(dst, result);
  NEXT();
}

UOP(LoadItem) {
  OPERANDS(LoadItem);
  Value object = IN(object), key = IN(key);
  if (PYC_LIKELY(key.isInt() && object.isObject())) {
    int64_t index = key.asInt();
    Value value;
    ShapeRef shape = object.object()->shape;
    if (shape == kShapeList) {
      ListObject* list = asList(object);
      if (index < 0)
        index += list->count;
      if (PYC_LIKELY(static_cast<uint64_t>(index) < static_cast<uint64_t>(list->count))) {
        if (PYC_LIKELY(list->storage == ListStorage::Values))
          value = list->values()[index];
        else
          value = list->storage == ListStorage::Ints ? Value::fromInt(list->ints()[index])
                  : list->storage == ListStorage::Floats
                      ? Value::fromForeignDouble(list->floats()[index])
                      : Value::fromBool(list->bools()[index] != 0);
      }
    } else if (shape == kShapeTuple) {
      TupleObject* tuple = asTuple(object);
      if (index < 0)
        index += tuple->count;
      if (PYC_LIKELY(static_cast<uint64_t>(index) < static_cast<uint64_t>(tuple->count)))
        value = tuple->items()[index];
    }
    if (PYC_LIKELY(value && increfFast(value)))
      SET_CONSUME_NEXT(dst, value, object, object);
  }
  SLOW(loadItemSlow);
}

SLOW_PART(storeItemSlow) {
  OPERANDS(StoreItem);
  Value object = IN(object), key = IN(key), value = IN(src);
  SAVE_PC();
  if (!setItem(object, key, value))
    RAISE();
  consumeRegister(i.object, object);
  consumeRegister(i.key, key);
  consumeRegister(i.src, value);
  NEXT();
}

UOP(StoreItem) {
  OPERANDS(StoreItem);
  Value object = IN(object), key = IN(key), value = IN(src);
  if (PYC_LIKELY(key.isInt() && hasShape(object, kShapeList))) {
    ListObject* list = asList(object);
    int64_t index = key.asInt();
    if (index < 0)
      index += list->count;
    if (PYC_LIKELY(static_cast<uint64_t>(index) < static_cast<uint64_t>(list->count))) {
      Value old;
      bool stored = true;
      if (PYC_LIKELY(list->storage == ListStorage::Values)) {
        stored = i.src >= 0 || increfFast(value);
        if (PYC_LIKELY(stored))
          old = std::exchange(list->values()[index], value);
      } else if (list->storage == ListStorage::Ints && value.isInt()) {
        list->ints()[index] = value.asInt();
      } else if (list->storage == ListStorage::Floats && value.isDouble()) {
        list->floats()[index] = value.asDouble();
      } else if (list->storage == ListStorage::Bools && value.isBool()) {
        list->bools()[index] = value.isTrue();
      } else {
        stored = false;
      }
      if (PYC_LIKELY(stored)) {
        if (!needsReleaseMaybe(old))
          old = Value();
        Value last = i.object >= 0 && needsRelease(object) ? object : Value();
        if (PYC_UNLIKELY((old.bits() | last.bits()) != 0)) {
          SAVE_PC();
          pc += i.kWords;
          RELEASE_AND_GO(old, last);
        }
        NEXT();
      }
    }
  }
  SLOW(storeItemSlow);
}

UOP(LoadSlice) {
  OPERANDS(LoadSlice);
  SAVE_PC();
  Value object = IN(object);
  Value* parts = regs + i.parts;
  Value result = getSlice(object, parts).release();
  if (!result)
    RAISE();
  for (unsigned k = 0; k < 3; ++k)
    decref(parts[k]);
  consumeRegister(i.object, object);
  SET(dst, result);
  NEXT();
}

UOP(StoreSlice) {
  OPERANDS(StoreSlice);
  SAVE_PC();
  Value object = IN(object), value = IN(src);
  Value* parts = regs + i.parts;
  if (!setSlice(object, parts, value))
    RAISE();
  for (unsigned k = 0; k < 3; ++k)
    decref(parts[k]);
  consumeRegister(i.object, object);
  consumeRegister(i.src, value);
  NEXT();
}

UOP(DeleteItem) {
  OPERANDS(DeleteItem);
  Value object = IN(object), key = IN(key);
  SAVE_PC();
  if (!setItem(object, key, Value()))
    RAISE();
  consumeRegister(i.object, object);
  consumeRegister(i.key, key);
  NEXT();
}

} // namespace pyc::rt
