// Entry points whose common case is short: compiled to bitcode, linked into each compiled module
// and inlined there. See entry.h.

#include "runtime/abi/fast_arrays.h"
#include "runtime/abi/fast_builtins.h"
#include "runtime/abi/fast_calls.h"
#include "runtime/abi/fast_items.h"
#include "runtime/abi/fast_iteration.h"
#include "runtime/abi/fast_match.h"
#include "runtime/abi/fast_methods.h"
#include "runtime/abi/fast_numbers.h"
#include "runtime/abi/fast_parts.h"
#include "runtime/abi/fast_sets.h"
#include "runtime/abi/fast_slices.h"
#include "runtime/objects/class_cell.h"
#include "runtime/objects/dict_hint.h"
#include "runtime/objects/fast.h"
#include "runtime/objects/global_watch.h"
#include "runtime/objects/instance_memory.h"
#include "runtime/objects/list_storage.h"
#include "runtime/objects/range.h"
#include "runtime/objects/super.h"
#include "runtime/objects/tuple_getter.h"

namespace pyc::rt {

namespace {

[[gnu::always_inline]] inline uintptr_t stackPointer() {
  uintptr_t sp;
#if defined(__x86_64__)
  asm("mov %%rsp, %0" : "=r"(sp));
#else
  asm("mov %0, sp" : "=r"(sp));
#endif
  return sp;
}

[[gnu::always_inline]] inline Value* slotAt(Object* object, unsigned offset) {
  return reinterpret_cast<Value*>(reinterpret_cast<char*>(object) + offset);
}

} // namespace

extern "C" {

PYC_FAST void pyc_incref(Value value) {
  if (value)
    increfInline(value);
}
PYC_FAST void pyc_decref(Value value) {
  if (value)
    decrefInline(value);
}
/// Of what is known to be an object.
PYC_FAST void pyc_incref_object(Value value) {
  increfObjectInline(value.object());
}
PYC_FAST void pyc_decref_object(Value value) {
  decrefObjectInline(value.object());
}
PYC_FAST bool pyc_is_last(Value value) {
  return value && isLast(value);
}
PYC_FAST bool pyc_poll_needed() {
  // Atomic, for a loop that does nothing else has to see a request as well.
  return stackPointer() < __atomic_load_n(&thisThread().stackLimit, __ATOMIC_RELAXED);
}
PYC_FAST bool pyc_is_raised() {
  return isRaised();
}

//===----------------------------------------------------------------------===//
// Truth and identity
//===----------------------------------------------------------------------===//

/// Containers, and instances whose class says nothing about it: one copy a module.
PYC_OUTLINED static int32_t other_truth(Value value) {
  if (value.isDouble())
    return value.asDouble() != 0;
  ShapeRef shape = value.object()->shape;
  if (shape == kShapeList)
    return asList(value)->count != 0;
  if (shape == kShapeStr)
    return asStr(value)->length != 0;
  if (shape == kShapeTuple)
    return asTuple(value)->count != 0;
  if (shape == kShapeDict)
    return asDict(value)->count != 0;
  if (shape == kShapeSet)
    return asSet(value)->count != 0;
  const TypeSlots& slots = shapeAt(shape)->type->slots;
  return slots.truth || slots.length ? pyc_slow_truth(value) : 1;
}
PYC_FAST int32_t pyc_truth(Value value) {
  bool result;
  if (PYC_LIKELY(truthFast(value, result)))
    return result;
  return other_truth(value);
}
/// Numbers with the same bits are the same; other bits may still be the same number (NaN is not
/// 0.0, but a big int is a big int).
PYC_FAST bool pyc_same(Value lhs, Value rhs) {
  if (lhs == rhs)
    return true;
  if (lhs.isObject() && (lhs.object()->shape != kShapeInt || !rhs.isObject()))
    return false;
  return pyc_slow_same(lhs, rhs);
}
PYC_FAST Value pyc_is(Value lhs, Value rhs) {
  return Value::fromBool(pyc_same(lhs, rhs));
}
PYC_FAST Value pyc_is_not(Value lhs, Value rhs) {
  return Value::fromBool(!pyc_same(lhs, rhs));
}
PYC_FAST Value pyc_not(Value operand) {
  int32_t answer = pyc_truth(operand);
  return answer < 0 ? Value() : Value::fromBool(answer == 0);
}
PYC_FAST Value pyc_to_bool(Value operand) {
  int32_t answer = pyc_truth(operand);
  return answer < 0 ? Value() : Value::fromBool(answer != 0);
}

//===----------------------------------------------------------------------===//
// Names, attributes, items
//===----------------------------------------------------------------------===//

PYC_FAST Value pyc_free_variable(Value self, uint32_t index) {
  return asTuple(asFunction(self)->closure)->items()[index];
}
PYC_FAST Value pyc_load_deref(Value self, uint32_t word, Value cell) {
  Value value = asCell(cell)->content;
  return PYC_LIKELY(value) ? withCount(value) : pyc_slow_load_deref(self, word);
}
/// The same for a value that is only looked at; null where the cell is empty.
PYC_FAST Value pyc_view_deref(Value cell) {
  return asCell(cell)->content;
}
PYC_FAST void pyc_store_deref(Value cell, Value value) {
  increfInline(value);
  Value old = asCell(cell)->content;
  asCell(cell)->content = value;
  if (old)
    decrefInline(old);
}
PYC_FAST Value pyc_load_global(Value self, uint32_t name, GlobalSlot** slot) {
  if (PYC_LIKELY(*slot != nullptr)) {
    Value value = (*slot)->value;
    if (PYC_LIKELY(value))
      return withCount(value);
  }
  return pyc_slow_load_global(self, name);
}

/// The same for a value that is only looked at; null where only code could tell.
PYC_FAST Value pyc_view_global(Value self, uint32_t name, GlobalSlot** slot) {
  return PYC_LIKELY(*slot != nullptr) ? (*slot)->value : pyc_slow_view_global(self, name);
}
/// Numbers that replace numbers are stored in line.
[[gnu::always_inline]] static bool setSlot(Value self, Value value, GlobalSlot* slot) {
  return PYC_LIKELY(replaceNumberInSlot(asFunction(self)->globals, slot, value)) ||
         pyc_slow_set_global(self, slot, value);
}
PYC_FAST bool pyc_set_global(Value self, uint32_t word, Value value, StrObject* name,
                             GlobalSlot** slot) {
  return PYC_LIKELY(*slot != nullptr) ? setSlot(self, value, *slot)
                                      : pyc_store_global(self, word, value, name);
}
/// In a module's code, whose names are its globals.
PYC_FAST bool pyc_set_name(Value self, uint32_t word, Value value, StrObject* name,
                           GlobalSlot** slot) {
  return PYC_LIKELY(*slot != nullptr) ? setSlot(self, value, *slot)
                                      : pyc_store_name(self, word, value, name);
}

/// A kind that few sites have: one copy a module.
PYC_OUTLINED static Value load_other_attr(Value object, StrObject* name, AttrCache* cache) {
  if (cache->kind == AttrKind::Property && cache->offset != 0)
    if (Value item = itemAtOffset(asTuple(object), cache->offset); PYC_LIKELY(item))
      return withCount(item);
  return pyc_slow_load_attr(object, name, cache);
}
PYC_FAST Value pyc_load_attr(Value object, StrObject* name, AttrCache* cache) {
  if (PYC_LIKELY(object.isObject() && object.object()->shape == cache->shape)) {
    // A slot is empty after `del`, and before the first store to a member of __slots__.
    if (PYC_LIKELY(cache->kind == AttrKind::InlineSlot)) {
      if (Value value = *slotAt(object.object(), cache->offset); PYC_LIKELY(value))
        return withCount(value);
    } else if (cache->kind == AttrKind::TypeValue) {
      return withCount(cache->value);
    } else {
      return load_other_attr(object, name, cache);
    }
  }
  return pyc_slow_load_attr(object, name, cache);
}
PYC_FAST bool pyc_store_attr(Value object, Value value, StrObject* name, AttrCache* cache) {
  if (PYC_LIKELY(object.isObject() && object.object()->shape == cache->shape)) {
    Object* target = object.object();
    if (PYC_LIKELY(cache->kind == AttrKind::InlineSlot)) {
      increfInline(value);
      Value* slot = slotAt(target, cache->offset);
      Value old = *slot;
      *slot = value;
      if (PYC_LIKELY(old))
        decrefInline(old);
      return true;
    }
    if (cache->kind == AttrKind::AddInline) {
      increfInline(value);
      *slotAt(target, cache->offset) = value;
      target->shape = cache->newShape;
      return true;
    }
  }
  return pyc_slow_store_attr(object, value, name, cache);
}
/// The same with several caches, one a class.
PYC_FAST Value pyc_load_attr_ways(Value object, StrObject* name, AttrCache* ways, uint32_t count) {
  if (PYC_LIKELY(object.isObject())) {
    ShapeRef shape = object.object()->shape;
    for (uint32_t way = 0; way < count; ++way)
      if (ways[way].shape == shape && ways[way].kind == AttrKind::InlineSlot)
        if (Value value = *slotAt(object.object(), ways[way].offset); PYC_LIKELY(value))
          return withCount(value);
  }
  return pyc_slow_load_attr_ways(object, name, ways, count);
}
PYC_FAST bool pyc_store_attr_ways(Value object, Value value, StrObject* name, AttrCache* ways,
                                  uint32_t count) {
  if (PYC_LIKELY(object.isObject())) {
    ShapeRef shape = object.object()->shape;
    for (uint32_t way = 0; way < count; ++way) {
      const AttrCache& cache = ways[way];
      if (cache.shape != shape)
        continue;
      if (cache.kind != AttrKind::InlineSlot && cache.kind != AttrKind::AddInline)
        break;
      increfInline(value);
      Value& slot = *slotAt(object.object(), cache.offset);
      if (cache.kind == AttrKind::AddInline) {
        slot = value;
        object.object()->shape = cache.newShape;
        return true;
      }
      Value old = slot;
      slot = value;
      if (PYC_LIKELY(old))
        decrefInline(old);
      return true;
    }
  }
  return pyc_slow_store_attr_ways(object, value, name, ways, count);
}
PYC_FAST bool pyc_load_method(Value object, StrObject* name, AttrCache* cache, Value* out) {
  if (PYC_LIKELY(object.isObject() && object.object()->shape == cache->shape &&
                 cache->kind == AttrKind::Method)) {
    out[0] = withCount(cache->value);
    out[1] = withCount(object);
    return true;
  }
  return pyc_slow_load_method(object, name, cache, out);
}

/// The same with several caches, one a class.
PYC_FAST bool pyc_load_method_ways(Value object, StrObject* name, AttrCache* ways, uint32_t count,
                                   Value* out) {
  if (PYC_LIKELY(object.isObject())) {
    ShapeRef shape = object.object()->shape;
    for (uint32_t way = 0; way < count; ++way)
      if (ways[way].shape == shape && ways[way].kind == AttrKind::Method) {
        out[0] = withCount(ways[way].value);
        out[1] = withCount(object);
        return true;
      }
  }
  return pyc_slow_load_method_ways(object, name, ways, count, out);
}

/// Characters and bytes: one copy a module.
PYC_OUTLINED static Value other_item(Value object, int64_t index) {
  if (hasShape(object, kShapeStr)) {
    StrObject* text = asStr(object);
    int64_t place = index < 0 ? index + text->length : index;
    if (PYC_LIKELY(static_cast<uint64_t>(place) < static_cast<uint64_t>(text->length)))
      if (uint32_t character = text->at(place); PYC_LIKELY(character < 256))
        return Value(latin1Char(character)); // immortal
  } else if (hasShape(object, kShapeBytes)) {
    auto* bytes = object.as<BytesObject>();
    int64_t place = index < 0 ? index + bytes->length : index;
    if (PYC_LIKELY(static_cast<uint64_t>(place) < static_cast<uint64_t>(bytes->length)))
      return Value::fromInt(bytes->data()[place]);
  } else if (hasShape(object, kShapeByteArray)) {
    auto* array = object.as<ByteArrayObject>();
    int64_t place = index < 0 ? index + array->length : index;
    if (PYC_LIKELY(static_cast<uint64_t>(place) < static_cast<uint64_t>(array->length)))
      return Value::fromInt(array->data[place]);
  }
  return pyc_slow_load_item_int(object, index);
}
// Where a profile saw one type only.

PYC_FAST Value pyc_load_item_str(Value object, int64_t index) {
  if (PYC_LIKELY(hasShape(object, kShapeStr))) {
    StrObject* text = asStr(object);
    if (PYC_LIKELY(static_cast<uint64_t>(index) < static_cast<uint64_t>(text->length) &&
                   text->isNarrow()))
      return Value(latin1Char(text->data<uint8_t>()[index])); // immortal
  }
  return other_item(object, index);
}
PYC_FAST Value pyc_load_item_bytes(Value object, int64_t index) {
  if (PYC_LIKELY(hasShape(object, kShapeBytes))) {
    auto* bytes = object.as<BytesObject>();
    if (PYC_LIKELY(static_cast<uint64_t>(index) < static_cast<uint64_t>(bytes->length)))
      return Value::fromInt(bytes->data()[index]);
  }
  return other_item(object, index);
}
PYC_FAST Value pyc_load_item_bytearray(Value object, int64_t index) {
  if (PYC_LIKELY(hasShape(object, kShapeByteArray))) {
    auto* array = object.as<ByteArrayObject>();
    if (PYC_LIKELY(static_cast<uint64_t>(index) < static_cast<uint64_t>(array->length)))
      return Value::fromInt(array->data[index]);
  }
  return other_item(object, index);
}
PYC_FAST Value pyc_load_item_int(Value object, int64_t index);
PYC_FAST Value pyc_load_item_dict(Value object, int64_t index) {
  if (PYC_LIKELY(hasShape(object, kShapeDict) && Value::fitsInt(index)))
    if (int64_t number = dictFirstInt(asDict(object), index); PYC_LIKELY(number >= 0))
      return withCount(asDict(object)->entries[number].value);
  return pyc_load_item_int(object, index);
}
/// What the place remembers of super(), called without arguments, for `self`; null: nothing.
PYC_FAST SuperWay* pyc_super_way(Value callee, Value cell, Value self, SuperCache* cache) {
  if (PYC_UNLIKELY(callee != Value(&superType.header) || !self.isObject() || !self ||
                   !hasShape(cell, kShapeCell)))
    return nullptr;
  for (SuperWay& way : cache->ways)
    if (PYC_LIKELY(way.method.shape == self.object()->shape &&
                   way.type == cell.as<CellObject>()->content))
      return &way;
  return nullptr;
}

PYC_FAST Value pyc_load_item_int(Value object, int64_t index) {
  if (PYC_LIKELY(hasShape(object, kShapeList))) {
    ListObject* list = asList(object);
    int64_t place = index < 0 ? index + list->count : index;
    if (PYC_LIKELY(static_cast<uint64_t>(place) < static_cast<uint64_t>(list->count))) {
      return itemOf(list, place);
    }
  } else if (hasShape(object, kShapeTuple)) {
    TupleObject* tuple = asTuple(object);
    int64_t place = index < 0 ? index + tuple->count : index;
    if (PYC_LIKELY(static_cast<uint64_t>(place) < static_cast<uint64_t>(tuple->count)))
      return withCount(tuple->items()[place]);
  } else {
    return other_item(object, index);
  }
  return pyc_slow_load_item_int(object, index);
}
/// A view: where the items lie and how many there are; none for a list of another storage.
PYC_FAST void* pyc_view_list(Value object, uint32_t storage, int64_t* count) {
  *count = 0;
  if (PYC_UNLIKELY(!object || !hasShape(object, kShapeList)))
    return nullptr;
  ListObject* list = asList(object);
  if (PYC_LIKELY(list->storage == static_cast<ListStorage>(storage)))
    *count = list->count;
  return list->data;
}
PYC_FAST Value pyc_view_item(Value* items, int64_t count, int64_t index) {
  int64_t place = index < 0 ? index + count : index;
  return static_cast<uint64_t>(place) < static_cast<uint64_t>(count) ? items[place] : Value();
}
PYC_FAST Value pyc_load_item(Value object, Value key) {
  if (PYC_LIKELY(key.isInt()) && (hasShape(object, kShapeList) || hasShape(object, kShapeTuple))) {
    // Out of range goes through the general path with the index as written.
    int64_t count = hasShape(object, kShapeList) ? asList(object)->count : asTuple(object)->count;
    int64_t index = key.asInt();
    if (index >= -count && index < count)
      return pyc_load_item_int(object, index);
  } else if (key.isInt() && (hasShape(object, kShapeStr) || hasShape(object, kShapeBytes) ||
                             hasShape(object, kShapeByteArray))) {
    return other_item(object, key.asInt());
  }
  return pyc_slow_load_item(object, key);
}
PYC_FAST bool pyc_store_item_int(Value object, int64_t index, Value value) {
  if (PYC_LIKELY(hasShape(object, kShapeList))) {
    ListObject* list = asList(object);
    int64_t place = index < 0 ? index + list->count : index;
    if (PYC_LIKELY(static_cast<uint64_t>(place) < static_cast<uint64_t>(list->count))) {
      if (list->storage == ListStorage::Values) {
        increfInline(value);
        Value old = list->values()[place];
        list->values()[place] = value;
        decrefInline(old);
        return true;
      }
      if (list->storage == ListStorage::Ints && value.isInt()) {
        list->ints()[place] = value.asInt();
        return true;
      }
      if (list->storage == ListStorage::Floats && value.isDouble()) {
        list->floats()[place] = value.asDouble();
        return true;
      }
      if (list->storage == ListStorage::Bools && value.isBool()) {
        list->bools()[place] = value.isTrue();
        return true;
      }
    }
  }
  return pyc_slow_store_item_int(object, index, value);
}
PYC_FAST bool pyc_store_item(Value object, Value key, Value value) {
  if (PYC_LIKELY(key.isInt()) && hasShape(object, kShapeList))
    return pyc_store_item_int(object, key.asInt(), value);
  return pyc_slow_store_item(object, key, value);
}

// With a hint where the key was found last: inlined where it is still right.

PYC_FAST Value pyc_load_item_hinted(Value object, Value key, uint32_t* hint) {
  if (PYC_LIKELY(hasShape(object, kShapeDict))) {
    if (DictEntry* entry = dictEntryAt(asDict(object), key, hint))
      return withCount(entry->value);
    return pyc_slow_load_item_hinted(object, key, hint);
  }
  return pyc_load_item(object, key);
}
PYC_FAST Value pyc_load_item_int_hinted(Value object, int64_t index, uint32_t* hint) {
  if (PYC_LIKELY(hasShape(object, kShapeDict) && Value::fitsInt(index)))
    return pyc_load_item_hinted(object, Value::fromInt(index), hint);
  return pyc_load_item_int(object, index);
}
PYC_FAST bool pyc_store_item_hinted(Value object, Value key, Value value, uint32_t* hint) {
  if (PYC_LIKELY(hasShape(object, kShapeDict))) {
    DictEntry* entry = dictEntryAt(asDict(object), key, hint);
    if (PYC_LIKELY(entry && !asDict(object)->watch)) {
      increfInline(value);
      Value old = entry->value;
      entry->value = value;
      decrefInline(old);
      return true;
    }
    return pyc_slow_store_item_hinted(object, key, value, hint);
  }
  return pyc_store_item(object, key, value);
}
PYC_FAST bool pyc_store_item_int_hinted(Value object, int64_t index, Value value, uint32_t* hint) {
  if (PYC_LIKELY(hasShape(object, kShapeDict) && Value::fitsInt(index)))
    return pyc_store_item_hinted(object, Value::fromInt(index), value, hint);
  return pyc_store_item_int(object, index, value);
}
PYC_FAST Value pyc_contains_hinted(Value item, Value container, uint32_t* hint) {
  if (PYC_LIKELY(hasShape(container, kShapeDict)) && dictEntryAt(asDict(container), item, hint))
    return Value::fromBool(true);
  return pyc_slow_contains_hinted(item, container, hint);
}
PYC_FAST Value pyc_not_contains_hinted(Value item, Value container, uint32_t* hint) {
  Value answer = pyc_contains_hinted(item, container, hint);
  return PYC_LIKELY(answer) ? Value::fromBool(!answer.isTrue()) : Value();
}
/// Of an int in a register; the hint gets the place.
PYC_FAST Value pyc_contains_int(int64_t item, Value container, uint32_t* hint) {
  if (PYC_LIKELY(hasShape(container, kShapeDict) && Value::fitsInt(item))) {
    int64_t number = dictFirstInt(asDict(container), item);
    if (number >= 0)
      *hint = static_cast<uint32_t>(number);
    if (PYC_LIKELY(number != kDictFurther))
      return Value::fromBool(number >= 0);
  }
  return pyc_slow_contains_int(item, container, hint);
}
PYC_FAST Value pyc_not_contains_int(int64_t item, Value container, uint32_t* hint) {
  Value answer = pyc_contains_int(item, container, hint);
  return PYC_LIKELY(answer) ? Value::fromBool(!answer.isTrue()) : Value();
}
}

} // namespace pyc::rt
