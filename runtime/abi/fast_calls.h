// Handlers of exceptions, and ways into functions and out of containers, whose common case is in
// line: part of fast_entry.cpp.
#pragma once

#include "runtime/abi/fast_parts.h"
#include "runtime/interp/call_memo.h"
#include "runtime/objects/class_cell.h"
#include "runtime/objects/fast.h"
#include "runtime/objects/instance_memory.h"

namespace pyc::rt {

namespace {

[[gnu::always_inline]] inline FunctionObject* asPlainFunction(Value value) {
  return hasShape(value, kShapeFunction) ? asFunction(value) : nullptr;
}

} // namespace

extern "C" {

/// Gives back a count of a function in native code's frame (runtime/objects/local_function.h).
PYC_FAST void pyc_end_local_function(Value function, FunctionObject* memory) {
  if (PYC_UNLIKELY(function != Value(&memory->header)))
    return decrefInline(function);
  if (--memory->header.localCount == 0 && memory->closure)
    decrefInline(memory->closure);
}

PYC_FAST Value pyc_take_exception() {
  ThreadState& thread = thisThread();
  Value exception = thread.raised;
  thread.raised = Value();
  return exception;
}
PYC_FAST Value pyc_enter_handler(Value exception) {
  HandledException* handled = thisThread().handled;
  Value previous = handled->exception;
  increfInline(exception);
  handled->exception = exception;
  return previous ? previous : Value::none();
}
PYC_FAST void pyc_leave_handler(Value previous) {
  HandledException* handled = thisThread().handled;
  Value left = handled->exception;
  handled->exception = previous.isNone() ? Value() : withCount(previous);
  if (left)
    decrefInline(left);
}
/// Inlined: the very class that stands behind `except`. The class of an exception is one.
PYC_FAST Value pyc_match_exception(Value exception, Value type) {
  if (Value(&typeOf(exception)->header) == type)
    return Value::fromBool(true);
  return pyc_slow_match_exception(exception, type);
}

PYC_FAST void* pyc_direct_entry(Value callee, uint32_t argc) {
  FunctionObject* function = asPlainFunction(callee);
  return function && function->directArgs == argc ? function->nativeEntry : nullptr;
}
/// The native code of a function that was made with it; null for others.
PYC_FAST void* pyc_native_entry(Value callee) {
  FunctionObject* function = asPlainFunction(callee);
  return function ? function->nativeEntry : nullptr;
}
/// The same of what is known to be a function.
PYC_FAST void* pyc_function_entry(Value callee) {
  return asFunction(callee)->nativeEntry;
}
/// A new instance if `callee` is a class that makes them in the plain way and whose __init__ is the
/// function with this native code, which is handed over in `init`, counted if it `isHeld`; else
/// null, with nothing raised.
PYC_FAST Value pyc_begin_construction(Value callee, void* entry, Value* init,
                                      ConstructionCache* cache, bool isHeld) {
  TypeObject* type = cache->type;
  if (PYC_LIKELY(callee == Value(type) && type->version == cache->version &&
                 asFunction(cache->init)->nativeEntry == entry))
    if (Object* object = reuseInstance(cache->shape, cache->grains, cache->cleared);
        PYC_LIKELY(object != nullptr)) {
      if (isHeld)
        increfObjectInline(cache->init.object());
      *init = cache->init;
      return object;
    }
  return pyc_slow_begin_construction(callee, entry, init, cache, isHeld);
}
/// What the place remembers of the class, if that is still so.
[[gnu::always_inline]] inline const ConstructionCache* knownConstruction(Value callee,
                                                                         const CallMemo* memo) {
  const ConstructionCache* known = __atomic_load_n(&memo->construction, __ATOMIC_ACQUIRE);
  return PYC_LIKELY(known && callee == Value(known->type) && known->type->version == known->version)
             ? known
             : nullptr;
}
/// callee(...) with `argc` arguments, where the place knows the class: the first argument of the
/// function in `init`, whose native code takes one more. That is a new instance for __init__, or
/// the class itself for __new__, neither of them counted. Null, with nothing done, for all else.
PYC_FAST Value pyc_start_construction(Value callee, uint32_t argc, Value* init,
                                      const CallMemo* memo) {
  const ConstructionCache* known = knownConstruction(callee, memo);
  if (PYC_UNLIKELY(!known))
    return {};
  FunctionObject* function = asFunction(known->init);
  if (PYC_UNLIKELY(function->directArgs != argc + 1 || !function->nativeEntry))
    return {};
  Value first = callee;
  if (known->shape != 0) {
    Object* object = reuseInstance(known->shape, known->grains, known->cleared);
    if (PYC_UNLIKELY(!object))
      return {};
    first = object;
  }
  *init = known->init;
  return first;
}
/// Whether nothing is left to do with what __new__ has given.
PYC_FAST bool pyc_is_created(Value callee, Value made, const CallMemo* memo) {
  return made.isObject() && typeOf(made) == asType(callee) && knownConstruction(callee, memo);
}
// The functions that these give are not counted: their classes hold them.

/// The function with this native code that lhs op rhs calls first, if the cache or a
/// look-up says so; else null.
PYC_FAST Value pyc_find_operator(Value lhs, Value rhs, uint32_t op, AttrCache* cache, void* entry) {
  if (PYC_LIKELY(lhs.isObject() && lhs.object()->shape == cache->shape &&
                 (!rhs.isObject() || rhs.object()->shape == cache->shape) &&
                 asFunction(cache->value)->nativeEntry == entry))
    return cache->value;
  return pyc_slow_find_operator(lhs, rhs, op, cache, entry);
}
/// The method of lhs op= rhs; not `own`: that of lhs op rhs, where the class has none for op=.
PYC_FAST Value pyc_find_inplace(Value lhs, Value rhs, uint32_t op, AttrCache* cache, void* entry,
                                bool own) {
  if (!own)
    return lhs.isObject() && !typeOf(lhs)->slots.inplace[op]
               ? pyc_find_operator(lhs, rhs, op, cache, entry)
               : Value();
  if (PYC_LIKELY(lhs.isObject() && lhs.object()->shape == cache->shape &&
                 asFunction(cache->value)->nativeEntry == entry))
    return cache->value;
  return pyc_slow_find_inplace(lhs, op, cache, entry);
}
/// The object's special method if it is the function with this native code.
PYC_FAST Value pyc_find_special(Value object, uint32_t special, AttrCache* cache, void* entry) {
  constexpr auto kTruthLength = static_cast<uint32_t>(SpecialMethod::TruthLength);
  if (special == kTruthLength && object.isObject() && typeOf(object)->slots.truth)
    return {};
  if (PYC_LIKELY(object.isObject() && object.object()->shape == cache->shape &&
                 asFunction(cache->value)->nativeEntry == entry))
    return cache->value;
  return pyc_slow_find_special(object, special, cache, entry);
}

// What special methods have answered (null: raised), and what that means.

PYC_FAST int32_t pyc_finish_bool(Value object, Value answer) {
  return PYC_LIKELY(answer.isTrue() || answer.isFalse()) ? answer.isTrue()
                                                         : pyc_slow_finish_bool(object, answer);
}
PYC_FAST int32_t pyc_finish_truth_length(Value answer) {
  return PYC_LIKELY(answer.isInt() && answer.asInt() >= 0) ? answer.asInt() != 0
                                                           : pyc_slow_finish_truth_length(answer);
}
/// Any answer of which only the truth value counts.
PYC_FAST int32_t pyc_finish_truth(Value answer) {
  bool result;
  return PYC_LIKELY(answer && truthFast(answer, result)) ? result : pyc_slow_finish_truth(answer);
}
PYC_FAST Value pyc_finish_iter(Value object, Value iterator) {
  return PYC_LIKELY(iterator && typeOf(iterator)->slots.next)
             ? iterator
             : pyc_slow_finish_iter(object, iterator);
}
PYC_FAST Value pyc_finish_next(Value item) {
  if (!item)
    pyc_slow_end_iteration();
  return item;
}
/// The defaults of a function, counted, if it has so many; else null.
PYC_FAST Value pyc_take_defaults(Value function, uint32_t count) {
  Value defaults = asFunction(function)->defaults;
  return PYC_LIKELY(defaults && asTuple(defaults)->count >= int64_t{count}) ? withCount(defaults)
                                                                            : Value();
}
/// Borrowed.
PYC_FAST Value pyc_default_of(Value defaults, uint32_t fromEnd) {
  return asTuple(defaults)->items()[asTuple(defaults)->count - fromEnd];
}
/// The class's __init__, if the cell says that it has this native code and that instances
/// which nobody sees need not be made; else null: pyc_slow_known_construction.
PYC_FAST Value pyc_known_construction(Value callee, void* entry, ClassCell* cell) {
  TypeObject* type = cell->type;
  return callee == Value(type) && type->version == cell->version &&
                 asFunction(cell->function)->nativeEntry == entry
             ? cell->function
             : Value();
}
PYC_FAST Value pyc_known_class_method(Value callee, ClassCell* cell) {
  TypeObject* type = cell->type;
  return callee == Value(type) && type->version == cell->version ? cell->function : Value();
}
/// The function that lhs op rhs calls first. The bits of `classes` say which operand is
/// the class of one (1: lhs, 2: rhs).
PYC_FAST Value pyc_known_class_operator(Value lhs, Value rhs, uint32_t op, uint32_t classes,
                                        ClassCell* cell, void* entry) {
  TypeObject* left = classes & 1 ? lhs.as<TypeObject>() : typeOf(lhs);
  TypeObject* right = classes & 2 ? rhs.as<TypeObject>() : typeOf(rhs);
  if (PYC_LIKELY(left == cell->type && right == cell->right && left->version == cell->version &&
                 right->version == cell->rightVersion &&
                 asFunction(cell->function)->nativeEntry == entry))
    return cell->function;
  return pyc_slow_known_class_operator(lhs, rhs, op, classes, cell, entry);
}
/// Whether instances of the class (null: no class) run code when they die.
PYC_FAST bool pyc_has_finalizer(Value type) {
  return type && type.as<TypeObject>()->slots.finalize;
}
PYC_FAST void* pyc_direct_method_entry(Value callee, Value self, uint32_t argc) {
  return self ? pyc_direct_entry(callee, argc) : nullptr;
}

/// To a list that a comprehension builds.
PYC_FAST void pyc_list_append(Value object, Value item) {
  if (PYC_UNLIKELY(!appendInPlace(asList(object), item)))
    pyc_slow_list_append(object, item);
}

PYC_FAST void pyc_list_append_int(Value object, int64_t item) {
  if (PYC_UNLIKELY(!appendInt(asList(object), item)))
    pyc_slow_list_append_int(object, item);
}
PYC_FAST void pyc_list_append_float(Value object, double item) {
  if (PYC_UNLIKELY(!appendFloat(asList(object), item)))
    pyc_slow_list_append(object, Value::fromDouble(item));
}
PYC_FAST void pyc_list_append_bool(Value object, bool item) {
  pyc_list_append(object, Value::fromBool(item));
}

/// Lists, named tuples: one copy a module.
PYC_OUTLINED static bool unpack_other(Value source, uint32_t count, Value* out) {
  if (isTuple(source) && typeOf(source)->slots.iter == tupleType.slots.iter &&
      asTuple(source)->count == count) {
    for (uint32_t k = 0; k < count; ++k)
      out[count - 1 - k] = withCount(asTuple(source)->items()[k]);
    return true;
  }
  if (!hasShape(source, kShapeList) || asList(source)->count != count)
    return pyc_slow_unpack_sequence(source, count, out);
  for (uint32_t k = 0; k < count; ++k)
    out[count - 1 - k] = itemOf(asList(source), k);
  return true;
}
/// The first item comes last, as registers are written.
PYC_FAST bool pyc_unpack_sequence(Value source, uint32_t count, Value* out) {
  constexpr uint32_t kFew = 4;
  if (count <= kFew && hasShape(source, kShapeTuple) && asTuple(source)->count == count) {
    for (uint32_t k = 0; k < count; ++k)
      out[count - 1 - k] = withCount(asTuple(source)->items()[k]);
    return true;
  }
  return unpack_other(source, count, out);
}
}

} // namespace pyc::rt
