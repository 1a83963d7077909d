// The general cases behind fast_entry.cpp. See entry.h.

#define PYC_SLOW_DEFINITIONS
#include "runtime/abi/context.h"
#include "runtime/abi/entry.h"
#include "runtime/interp/build.h"
#include "runtime/interp/call_memo.h"
#include "runtime/interp/generator.h"
#include "runtime/interp/handlers.h"
#include "runtime/interp/names.h"
#include "runtime/interp/unpack.h"
#include "runtime/memory/release.h"
#include "runtime/objects/borrowed_functions.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/class_cell.h"
#include "runtime/objects/dict_hint.h"
#include "runtime/objects/dict_table.h"
#include "runtime/objects/exception_fields.h"
#include "runtime/objects/fast.h"
#include "runtime/objects/heap_type.h"
#include "runtime/objects/instance_memory.h"
#include "runtime/objects/int.h"
#include "runtime/objects/layout_cell.h"
#include "runtime/objects/list.h"
#include "runtime/objects/list_storage.h"
#include "runtime/objects/local_iterator.h"
#include "runtime/objects/next_pair.h"
#include "runtime/objects/set.h"
#include "runtime/objects/slice.h"
#include "runtime/objects/slot_functions.h"
#include "runtime/objects/str_append.h"
#include "runtime/objects/str_needle.h"
#include "runtime/objects/super.h"
#include "runtime/objects/tuple_items.h"
#include "runtime/objects/type_call.h"

#include <optional>

namespace pyc::rt {

/// Whether str % value asks str: a subclass of str would be asked first.
static bool isFormattedFirst(Value value) {
  return !isStr(value) || isExactStr(value);
}

namespace {

/// The items of a tuple that native code has as items, or as it is; none of another object.
std::optional<Items> knownItems(const Value* values, int32_t count) {
  if (count != kNoItems)
    return Items(values, static_cast<size_t>(count));
  if (isExactTuple(*values))
    return itemsOf(asTuple(*values));
  return std::nullopt;
}

/// The object itself.
Ref wholeOf(const Value* values, int32_t count) {
  return count == kNoItems ? Ref::copy(*values) : makeTuple(values, static_cast<size_t>(count));
}

/// dictLookup that leaves a hint where the key is.
int64_t findHinted(DictObject* dict, Value key, uint32_t* hint) {
  int64_t hash;
  int64_t number = dictLookup(dict, key, &hash);
  if (number >= 0)
    __atomic_store_n(hint, static_cast<uint32_t>(number), __ATOMIC_RELAXED);
  return number;
}

StrObject* specialName(uint32_t special) {
  StrObject* const all[] = {
      names::__getitem__,  names::__setitem__, names::__delitem__, names::__call__, names::__neg__,
      names::__pos__,      names::__invert__,  names::__bool__,    names::__len__,  names::__len__,
      names::__contains__, names::__iter__,    names::__next__};
  return all[special];
}

/// Whether a set looks for the frozenset of the item's items, or another item that is no common
/// key.
bool mayBeSet(Value item) {
  return item.isObject() && !isExactStr(item) && !isExactTuple(item);
}

/// item in container, as a bool; null with an exception.
[[gnu::always_inline]] inline Value containsHinted(Value item, Value container, uint32_t* hint) {
  if (hasShape(container, kShapeDict)) {
    int64_t number = findHinted(asDict(container), item, hint);
    return number != kDictError ? Value::fromBool(number >= 0) : Value();
  }
  if (isExactStr(container) && isExactStr(item))
    return Value::fromBool(isInStr(asStr(container), asStr(item)));
  bool result;
  if (isExactSet(container) && !mayBeSet(item))
    return setContains(asSet(container), item, result) ? Value::fromBool(result) : Value();
  return contains(container, item, result) ? Value::fromBool(result) : Value();
}

} // namespace

extern "C" {

#define PYC_BINARY(uop, op)                                                                        \
  Value pyc_slow_##uop(Value lhs, Value rhs) {                                                     \
    if (BinaryOp::op == BinaryOp::Mod && hasShape(lhs, kShapeStr) && isFormattedFirst(rhs))        \
      return strPercent(asStr(lhs), rhs).release();                                                \
    if (BinaryOp::op == BinaryOp::Add && hasShape(lhs, kShapeStr) && hasShape(rhs, kShapeStr))     \
      return strConcat(lhs, rhs).release();                                                        \
    if (BinaryOp::op == BinaryOp::Add && hasShape(lhs, kShapeBytes) && hasShape(rhs, kShapeBytes)) \
      return bytesConcat(lhs, rhs).release();                                                      \
    return binaryOp(BinaryOp::op, lhs, rhs).release();                                             \
  }                                                                                                \
  Value pyc_slow_inplace_##uop(Value lhs, Value rhs) {                                             \
    return inplaceOp(BinaryOp::op, lhs, rhs).release();                                            \
  }
PYC_FOR_EACH_BINARY(PYC_BINARY)
#undef PYC_BINARY

// An int and a float: as doubles, which small ints are exactly.
#define PYC_COMPARE(uop, op)                                                                       \
  Value pyc_slow_##uop(Value lhs, Value rhs) {                                                     \
    if (areNumbers(lhs, rhs))                                                                      \
      return Value::fromBool(compareAs(CompareOp::op, numberAsDouble(lhs), numberAsDouble(rhs)));  \
    return compare(CompareOp::op, lhs, rhs).release();                                             \
  }                                                                                                \
  int32_t pyc_slow_truth_##uop(Value lhs, Value rhs) {                                             \
    if (areNumbers(lhs, rhs))                                                                      \
      return compareAs(CompareOp::op, numberAsDouble(lhs), numberAsDouble(rhs));                   \
    bool result;                                                                                   \
    return compareBool(CompareOp::op, lhs, rhs, result) ? result : -1;                             \
  }
PYC_FOR_EACH_COMPARE(PYC_COMPARE)
#undef PYC_COMPARE

Value pyc_slow_compare_items(CompareOp op, const Value* lhs, int32_t lhsCount, const Value* rhs,
                             int32_t rhsCount) {
  auto left = knownItems(lhs, lhsCount), right = knownItems(rhs, rhsCount);
  if (PYC_LIKELY(left && right))
    return compareItems(op, *left, *right).release();
  Ref a = wholeOf(lhs, lhsCount), b = wholeOf(rhs, rhsCount);
  return a && b ? compare(op, a, b).release() : Value();
}
int32_t pyc_slow_truth_items(CompareOp op, const Value* lhs, int32_t lhsCount, const Value* rhs,
                             int32_t rhsCount) {
  Ref answer = Ref::steal(pyc_slow_compare_items(op, lhs, lhsCount, rhs, rhsCount));
  bool result;
  return answer && truth(answer, result) ? result : -1;
}
Value pyc_slow_contains_items(Value item, const Value* items, int32_t count) {
  bool result;
  return containsItem({items, static_cast<size_t>(count)}, item, result) ? Value::fromBool(result)
                                                                         : Value();
}

Value pyc_slow_format_part(Value value) {
  return formatPart(value).release();
}

bool pyc_adopt_layout(Value object, const LayoutGuard* guard, StrObject* const* names) {
  return adoptLayout(object, guard, names);
}
Value pyc_slow_builtin_method(Value object, StrObject* name, Value* cell) {
  Value method = findInType(typeOf(object), name);
  if (!method || !hasShape(method, kShapeMethodDescriptor))
    return {};
  __atomic_store_n(reinterpret_cast<uint64_t*>(cell), method.bits(), __ATOMIC_RELEASE);
  return method;
}
Value pyc_adopt_method(Value object, StrObject* name, AttrCache* cells, uint32_t count) {
  const AttrCache* cell = adoptMethod(object, name, cells, count);
  return cell ? cell->value : Value();
}
Value pyc_adopt_special(Value object, uint32_t special, AttrCache* cells, uint32_t count) {
  const AttrCache* cell = adoptSpecial(object, specialName(special), cells, count);
  return cell ? cell->value : Value();
}
Value pyc_adopt_manager(Value object, uint32_t which, AttrCache* cells, uint32_t count) {
  StrObject* name = specialMethodName(static_cast<uop::SpecialMethod>(which));
  const AttrCache* cell = adoptSpecial(object, name, cells, count);
  return cell ? cell->value : Value();
}
Value pyc_adopt_getter(Value object, StrObject* name, AttrCache* cells, uint32_t count) {
  const AttrCache* cell = adoptGetter(object, name, cells, count);
  return cell ? cell->value : Value();
}
Value pyc_adopt_setter(Value object, StrObject* name, AttrCache* cells, uint32_t count) {
  const AttrCache* cell = adoptSetter(object, name, cells, count);
  return cell ? cell->value : Value();
}
void pyc_slow_incref(Object* object) {
  increfObject(object);
}
void pyc_slow_decref(Object* object) {
  releaseObject(object);
}
bool pyc_slow_drop_living(Value value) {
  if (!value || !value.isObject())
    return true;
  Object* object = value.object();
  uint32_t count = __atomic_load_n(&object->localCount, __ATOMIC_RELAXED);
  if (object->owner != thisThread().id)
    return count == kImmortalCount;
  if (count == 1)
    return false;
  __atomic_store_n(&object->localCount, count - 1, __ATOMIC_RELAXED);
  return true;
}
void pyc_slow_decref_zero(Object* object) {
  if (PYC_LIKELY(__atomic_load_n(&object->sharedCount, __ATOMIC_ACQUIRE) == 0))
    pycDeallocObject(object);
  else
    pycDecrefZero(object);
}
Value pyc_slow_box_int(int64_t value) {
  return makeBigInt(value).release();
}
int32_t pyc_slow_truth(Value value) {
  if (hasShape(value, kShapeList))
    return asList(value)->count != 0;
  if (hasShape(value, kShapeStr))
    return asStr(value)->length != 0;
  if (hasShape(value, kShapeDict))
    return asDict(value)->count != 0;
  bool result;
  return truth(value, result) ? result : -1;
}
bool pyc_slow_same(Value lhs, Value rhs) {
  return isSame(lhs, rhs);
}
Value pyc_slow_neg(Value operand) {
  return unaryOp(UnaryOp::Neg, operand).release();
}
Value pyc_slow_pos(Value operand) {
  return unaryOp(UnaryOp::Pos, operand).release();
}
Value pyc_slow_invert(Value operand) {
  return unaryOp(UnaryOp::Invert, operand).release();
}

Value pyc_slow_load_global(Value self, uint32_t name) {
  NativeContext context(self, 0);
  return loadGlobal(context.frame(), name).release();
}
Value pyc_slow_view_global(Value self, uint32_t name) {
  FunctionObject* function = asFunction(self);
  StrObject* text = function->nativeCode->names[name];
  if (!isExactDict(Value(&function->globals->header)) ||
      !isExactDict(Value(&function->builtins->header)))
    return {};
  Value value = dictFindStr(function->globals, text);
  if (!value)
    value = dictFindStr(function->builtins, text);
  if (!value || hasShape(value, kShapeLazyImport))
    return {};
  decref(pyc_slow_load_global(self, name)); // fills the slot
  return value;
}
bool pyc_slow_set_global(Value self, GlobalSlot* slot, Value value) {
  return dictSetSlot(asFunction(self)->globals, slot, value);
}
bool pyc_is_self_global(Value self, uint32_t name) {
  StrObject* text = asFunction(self)->nativeCode->names[name];
  if (dictFindStr(asFunction(self)->globals, text) != self)
    return false;
  decref(pyc_slow_load_global(self, name)); // fills the slot
  return true;
}
Value pyc_slow_load_attr(Value object, StrObject* name, AttrCache* cache) {
  return loadAttrCached(object, name, *cache);
}
bool pyc_slow_store_attr(Value object, Value value, StrObject* name, AttrCache* cache) {
  return setAttrCached(object, name, value, *cache);
}
bool pyc_slow_load_method(Value object, StrObject* name, AttrCache* cache, Value* out) {
  return loadMethodCached(object, name, *cache, out);
}
/// The one to fill: that of the object's shape, the first that is empty, or the last.
static AttrCache& wayFor(Value object, AttrCache* ways, uint32_t count) {
  AttrCache* way = ways;
  while (way + 1 < ways + count && way->shape != 0 &&
         !(object.isObject() && object.object()->shape == way->shape))
    ++way;
  return *way;
}
Value pyc_slow_load_attr_ways(Value object, StrObject* name, AttrCache* ways, uint32_t count) {
  return loadAttrCached(object, name, wayFor(object, ways, count));
}
bool pyc_slow_store_attr_ways(Value object, Value value, StrObject* name, AttrCache* ways,
                              uint32_t count) {
  return setAttrCached(object, name, value, wayFor(object, ways, count));
}
bool pyc_slow_load_method_ways(Value object, StrObject* name, AttrCache* ways, uint32_t count,
                               Value* out) {
  return loadMethodCached(object, name, wayFor(object, ways, count), out);
}
bool pyc_load_super_method(Value super, StrObject* name, SuperCache* cache, Value* out) {
  return loadSuperMethod(super, name, *cache, out);
}
Value pyc_slow_find_operator(Value lhs, Value rhs, uint32_t op, AttrCache* cache, void* entry) {
  if (!findOperatorMethod(op, lhs, rhs, *cache) || asFunction(cache->value)->nativeEntry != entry)
    return {};
  return cache->value;
}
Value pyc_slow_find_inplace(Value lhs, uint32_t op, AttrCache* cache, void* entry) {
  if (!findInplaceMethod(static_cast<BinaryOp>(op), lhs, *cache) ||
      asFunction(cache->value)->nativeEntry != entry)
    return {};
  return cache->value;
}
int32_t pyc_truth_contains(Value item, Value container) {
  bool result;
  return contains(container, item, result) ? result : -1;
}
Value pyc_slow_find_special(Value object, uint32_t special, AttrCache* cache, void* entry) {
  if (!object.isObject() || !fillSpecialMethod(*cache, object, specialName(special)) ||
      asFunction(cache->value)->nativeEntry != entry)
    return {};
  return cache->value;
}
Value pyc_slow_begin_construction(Value callee, void* entry, Value* init, ConstructionCache* cache,
                                  bool isHeld) {
  if (!isPlainClass(callee))
    return {};
  TypeObject* type = asType(callee);
  Value function = plainInit(type);
  if (!function || asFunction(function)->nativeEntry != entry)
    return {};
  Ref instance = newPlainInstance(type);
  if (!instance) { // out of memory: the general call says so
    clearRaised();
    return {};
  }
  if (cache->type != type || cache->version != type->version || cache->init != function)
    rememberConstruction(type, function, *cache);
  noteBorrowed(function);
  if (isHeld)
    incref(function);
  *init = function;
  return instance.release();
}
Value pyc_begin_any_construction(const Value* window, uint32_t argc, Value* init, CallMemo* memo) {
  if (!isPlainClass(window[0]))
    return {};
  TypeObject* type = asType(window[0]);
  if (isTypeQuery(type, argc)) {
    *init = Value();
    return Ref::copy(Value(typeOf(window[1]))).release();
  }
  bool isException = type->slots.create == createException; // no place remembers these
  if (!isException && !isHeapType(type))
    return {};
  const ConstructionCache* known = isException ? nullptr : constructionAt(*memo, type);
  if (known && known->shape == 0) {
    if (asFunction(known->init)->directArgs != argc + 1 || !asFunction(known->init)->nativeEntry)
      return {};
    *init = known->init;
    return window[0];
  }
  Value function;
  Ref instance = constructDirectly(type, window + 1, argc, function);
  if (function)
    noteBorrowed(function);
  *init = function;
  return instance.release();
}
Value pyc_finish_creation(const Value* window, uint32_t argc, Value made) {
  return finishCreation(asType(window[0]), Ref::steal(made), window + 1, argc, Value()).release();
}
Value pyc_slow_match_exception(Value exception, Value type) {
  bool matches;
  return exceptionMatches(exception, type, matches) ? Value::fromBool(matches) : Value();
}
Value pyc_slow_known_construction(Value callee, void* entry, ClassCell* cell,
                                  StrObject* const* names, uint32_t count) {
  return adoptConstruction(callee, entry, names, count, *cell) ? cell->function : Value();
}
Value pyc_slow_known_class_method(Value callee, StrObject* name, ClassCell* cell) {
  return adoptClassMethod(asType(callee), name, *cell) ? cell->function : Value();
}
Value pyc_slow_known_class_operator(Value lhs, Value rhs, uint32_t op, uint32_t classes,
                                    ClassCell* cell, void* entry) {
  TypeObject* left = classes & 1 ? asType(lhs) : typeOf(lhs);
  TypeObject* right = classes & 2 ? asType(rhs) : typeOf(rhs);
  return adoptClassOperator(static_cast<BinaryOp>(op), left, right, entry, *cell) ? cell->function
                                                                                  : Value();
}
void pyc_drop_instance(Value type, const uint64_t* names, Value* values, uint32_t count) {
  Ref error = takeRaised();
  Ref instance = rebuildInstance(asType(type), names, values, count);
  PYC_CHECK(instance); // out of memory, where the program can't go on
  for (uint32_t i = 0; i < count; ++i)
    decref(values[i]);
  decref(type);
  instance = Ref();
  restoreRaised(std::move(error));
}
Value pyc_slow_load_item(Value object, Value key) {
  uint32_t hint;
  return pyc_slow_load_item_hinted(object, key, &hint);
}
Value pyc_slow_load_item_int(Value object, int64_t index) {
  if (hasShape(object, kShapeDict) && Value::fitsInt(index) &&
      tableOf(asDict(object))->keys != DictKeys::General) {
    DictEntry* entries = asDict(object)->entries;
    if (int64_t number = dictFindIntEntry(entries, Value::fromInt(index));
        PYC_LIKELY(number >= 0)) {
      incref(entries[number].value);
      return entries[number].value;
    }
  }
  if (Value item = plainTupleItem(object, index)) {
    incref(item);
    return item;
  }
  Ref key = makeInt(index);
  return key ? pyc_slow_load_item(object, key) : Value();
}
bool pyc_slow_store_item(Value object, Value key, Value value) {
  if (hasShape(object, kShapeDict))
    return dictSet(asDict(object), key, value);
  return setItem(object, key, value);
}
bool pyc_slow_store_item_int(Value object, int64_t index, Value value) {
  if (hasShape(object, kShapeDict) && Value::fitsInt(index))
    return dictSet(asDict(object), Value::fromInt(index), value);
  Ref key = makeInt(index);
  return key && pyc_slow_store_item(object, key, value);
}
Value pyc_slow_load_item_hinted(Value object, Value key, uint32_t* hint) {
  if (!hasShape(object, kShapeDict))
    return getItem(object, key).release();
  int64_t number = findHinted(asDict(object), key, hint);
  if (number >= 0)
    return Ref::copy(asDict(object)->entries[number].value).release();
  if (number == kDictMissing)
    raiseKeyError(key);
  return {};
}
bool pyc_slow_store_item_hinted(Value object, Value key, Value value, uint32_t* hint) {
  if (hasShape(object, kShapeDict))
    if (DictEntry* entry = dictEntryAt(asDict(object), key, hint)) {
      incref(value);
      auto number = static_cast<uint32_t>(entry - asDict(object)->entries);
      dictReplace(asDict(object), number, value); // mirrors of a namespace want to know
      return true;
    }
  return pyc_slow_store_item(object, key, value);
}
Value pyc_slow_contains_hinted(Value item, Value container, uint32_t* hint) {
  return containsHinted(item, container, hint);
}
Value pyc_slow_contains_int(int64_t item, Value container, uint32_t* hint) {
  if (PYC_LIKELY(Value::fitsInt(item)))
    return pyc_slow_contains_hinted(Value::fromInt(item), container, hint);
  Ref number = makeInt(item);
  return number ? pyc_slow_contains_hinted(number, container, hint) : Value();
}
bool pyc_slow_copy_slice(Value to, const SliceRange* target, Value from, const SliceRange* range) {
  return target->step == 1 && target->count == range->count &&
         listCopyItems(asList(to), target->start, asList(from), *range);
}
void pyc_slow_list_append(Value list, Value item) {
  PYC_CHECK(listAppend(asList(list), item));
}
void pyc_slow_list_append_int(Value list, int64_t item) {
  Ref number = makeInt(item);
  PYC_CHECK(number && listAppend(asList(list), number));
}
bool pyc_slow_unpack_sequence(Value source, uint32_t count, Value* out) {
  return unpackReversed(source, out, count);
}
Value pyc_slow_add_taking(Value lhs, Value rhs) {
  if (hasShape(lhs, kShapeStr) && hasShape(rhs, kShapeStr))
    return strAppendTaking(lhs, rhs).release();
  // A list that nobody else has becomes the sum.
  if (hasShape(lhs, kShapeList) && hasShape(rhs, kShapeList) && isUnshared(lhs.object()))
    return listExtendByList(asList(lhs), asList(rhs)) ? lhs : Value();
  Value result = binaryOp(BinaryOp::Add, lhs, rhs).release();
  if (result)
    decref(lhs);
  return result;
}
Value pyc_slow_inplace_add_taking(Value lhs, Value rhs) {
  if (hasShape(lhs, kShapeStr) && hasShape(rhs, kShapeStr))
    return strAppendTaking(lhs, rhs).release();
  Value result = inplaceOp(BinaryOp::Add, lhs, rhs).release();
  if (result)
    decref(lhs);
  return result;
}
Value pyc_slow_get_iter(Value iterable) {
  return getIter(iterable).release();
}
Value pyc_slow_get_local_iter(Value iterable, LocalIterator* memory) {
  return makeLocalIterator(iterable, memory).release();
}
Value pyc_move_local_iter(Value iterator, LocalIterator* memory) {
  return iterator == Value(&memory->header) ? moveToHeap(memory) : iterator;
}
Value pyc_slow_next(Value iterator) {
  if (hasShape(iterator, kShapeGenerator))
    return nextOfGenerator(asGenerator(iterator));
  return iterNext(iterator).release();
}
Value pyc_slow_int_text(Value number) {
  return intToStr(number).release();
}
Value pyc_slow_parse_int(Value text) {
  constexpr int64_t kMostDigits = 14; // fit a small int
  const StrObject* str = asStr(text);
  if (!str->isNarrow() || str->length == 0 || str->length > kMostDigits)
    return {};
  const uint8_t *at = str->data(), *end = at + str->length;
  bool isNegative = *at == '-';
  if ((isNegative || *at == '+') && ++at == end)
    return {};
  int64_t value = 0;
  for (; at != end; ++at) {
    unsigned digit = *at - unsigned('0');
    if (digit > 9)
      return {};
    value = value * 10 + digit;
  }
  return Value::fromInt(isNegative ? -value : value);
}
Value pyc_slow_dict_get(Value dict, Value key, Value missing) {
  Value found;
  if (!dictFindFast(asDict(dict), key, found))
    return {};
  return Ref::copy(found ? found : missing).release();
}
Value pyc_slow_set_add(Value set, Value item) {
  return setAddFast(asSet(set), item) ? Value::none() : Value();
}
Value pyc_slow_next_pair(Value iterator, Value* out) {
  return nextPair(iterator, out);
}
}

} // namespace pyc::rt
