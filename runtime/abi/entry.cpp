// Entry points without a fast path of their own. See entry.h.

#include "runtime/abi/entry.h"
#include "runtime/abi/context.h"
#include "runtime/abi/native_cells.h"
#include "runtime/abi/native_iterators.h"
#include "runtime/interp/build.h"
#include "runtime/interp/call.h"
#include "runtime/interp/generator.h"
#include "runtime/interp/handlers.h"
#include "runtime/interp/import.h"
#include "runtime/interp/intrinsics.h"
#include "runtime/interp/match.h"
#include "runtime/interp/names.h"
#include "runtime/interp/poll.h"
#include "runtime/interp/resume.h"
#include "runtime/interp/unpack.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/exception_fields.h"
#include "runtime/objects/int.h"
#include "runtime/objects/list_storage.h"
#include "runtime/objects/local_iterator.h"
#include "runtime/objects/set.h"
#include "runtime/objects/slice.h"
#include "runtime/objects/slot_functions.h"
#include "runtime/objects/template.h"
#include "runtime/objects/tuple.h"
#include "uop/layout.h"

#include <cmath>

namespace pyc::rt {

namespace {

static_assert(kLocalIteratorSize == sizeof(LocalIterator));
static_assert(kStrShape == kShapeStr && kBytesShape == kShapeBytes && kListShape == kShapeList &&
              kDictShape == kShapeDict && kSetShape == kShapeSet);
static_assert(kCacheValue == offsetof(AttrCache, value));
static_assert(TupleFields::kShape == kShapeTuple &&
              TupleFields::kCount == offsetof(TupleObject, count) &&
              TupleFields::kItems == sizeof(TupleObject));
static_assert(ListFields::kShape == kShapeList && ListFields::kData == offsetof(ListObject, data) &&
              ListFields::kCount == offsetof(ListObject, count) &&
              ListFields::kStorage == offsetof(ListObject, storage) &&
              kListValues == static_cast<uint32_t>(ListStorage::Values) &&
              kListInts == static_cast<uint32_t>(ListStorage::Ints) &&
              kListFloats == static_cast<uint32_t>(ListStorage::Floats) &&
              kListBools == static_cast<uint32_t>(ListStorage::Bools));

/// The instruction that a (self, word) pair names, as its operands' structure.
template <class Uop> const Uop& operandsAt(Value self, uint32_t word) {
  return *reinterpret_cast<const Uop*>(asFunction(self)->nativeCode->entry + word);
}

} // namespace

extern "C" {

void pyc_release(Value value) {
  decrefMaybe(value);
}

void pyc_add_traceback(Value self, uint32_t word) {
  FunctionObject* function = asFunction(self);
  addTraceback(function->nativeCode, function->globals, word);
}

/// An index outside of a list: null.
Value pyc_raise_list_index(bool isStore) {
  raise(indexErrorType, isStore ? "list assignment index out of range" : "list index out of range");
  return {};
}

bool pyc_poll() {
  return poll();
}
/// At a function's entry: out of stack, or a poll.
bool pyc_poll_entry() {
  uintptr_t here = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
  if (here < thisThread().stackEnd)
    return raise(recursionErrorType, "maximum recursion depth exceeded");
  return poll();
}

//===----------------------------------------------------------------------===//
// Exceptions and context managers
//===----------------------------------------------------------------------===//

void pyc_raise(Value exception) {
  raiseValue(exception);
}
void pyc_raise_from(Value exception, Value cause) {
  raiseFrom(exception, cause);
}
void pyc_raise_again() {
  raiseHandled();
}
void pyc_reraise(Value exception) {
  restoreRaised(Ref::copy(exception));
}
bool pyc_match_exception_group(Value exception, Value type, Value* out) {
  return matchExceptionGroup(exception, type, out);
}
Value pyc_prep_reraise_star(Value original, Value exceptions) {
  return prepReraiseStar(original, exceptions).release();
}
bool pyc_load_special(Value object, uint32_t which, Value* out) {
  return loadSpecial(object, static_cast<uop::SpecialMethod>(which), out);
}
Value pyc_with_except_start(Value* exit, Value exception) {
  return callExit(exit, exception).release();
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

double pyc_library_pow(double base, double exponent) {
  return std::pow(base, exponent);
}

bool pyc_check_local(Value self, uint32_t word, Value local) {
  if (PYC_LIKELY(local))
    return true;
  return raiseUnboundLocal(asFunction(self)->nativeCode,
                           operandsAt<uop::CheckLocalUop>(self, word).local);
}
bool pyc_store_global(Value self, uint32_t word, Value value, StrObject*) {
  NativeContext context(self, word);
  return storeGlobal(context.frame(), operandsAt<uop::StoreGlobalUop>(self, word).name, value);
}
bool pyc_delete_global(Value self, uint32_t word, StrObject*) {
  NativeContext context(self, word);
  return deleteGlobal(context.frame(), operandsAt<uop::DeleteGlobalUop>(self, word).name);
}
bool pyc_store_name(Value self, uint32_t word, Value value, StrObject*) {
  NativeContext context(self, word);
  return storeName(context.frame(), operandsAt<uop::StoreNameUop>(self, word).name, value);
}
bool pyc_delete_name(Value self, uint32_t word, StrObject*) {
  NativeContext context(self, word);
  return deleteName(context.frame(), operandsAt<uop::DeleteNameUop>(self, word).name);
}
Value pyc_load_locals(Value self, uint32_t) {
  return Ref::copy(&asFunction(self)->globals->header).release();
}
Value pyc_make_cell(Value content) {
  return makeCell(content).release();
}
Value pyc_slow_load_deref(Value self, uint32_t word) {
  raiseUnboundCell(asFunction(self)->nativeCode, operandsAt<uop::LoadDerefUop>(self, word).cell);
  return {};
}
bool pyc_delete_deref(Value self, uint32_t word, Value cell) {
  Value old = std::exchange(asCell(cell)->content, Value());
  if (!old)
    return raiseUnboundCell(asFunction(self)->nativeCode,
                            operandsAt<uop::DeleteDerefUop>(self, word).cell);
  decref(old);
  return true;
}
Value pyc_load_from_dict_or_globals(Value self, uint32_t word, Value mapping, StrObject* name) {
  Ref found;
  if (!findInMapping(mapping, name, found))
    return {};
  if (found)
    return found.release();
  NativeContext context(self, word);
  return loadGlobal(context.frame(), operandsAt<uop::LoadFromDictOrGlobalsUop>(self, word).name)
      .release();
}
Value pyc_load_from_dict_or_deref(Value self, uint32_t word, Value mapping, Value cell,
                                  StrObject* name) {
  Ref found;
  if (!findInMapping(mapping, name, found))
    return {};
  if (found)
    return found.release();
  if (Value value = asCell(cell)->content)
    return Ref::copy(value).release();
  raiseUnboundCell(asFunction(self)->nativeCode,
                   operandsAt<uop::LoadFromDictOrDerefUop>(self, word).cell);
  return {};
}
bool pyc_setup_annotations(Value self, uint32_t) {
  DictObject* globals = asFunction(self)->globals;
  if (dictFindStr(globals, names::__annotations__))
    return true;
  PYC_TRY(dict, newDict());
  return dictSetStr(globals, names::__annotations__, dict);
}

Value pyc_import_name(Value self, uint32_t word, Value fromList, StrObject* name, uint32_t level) {
  NativeContext context(self, word);
  auto laziness =
      static_cast<uop::ImportLaziness>(operandsAt<uop::ImportNameUop>(self, word).laziness);
  if (laziness == uop::ImportLaziness::Eager)
    return importName(context.frame(), name, fromList, static_cast<int>(level)).release();
  return importNameLazily(context.frame(), name, fromList, static_cast<int>(level), false)
      .release();
}
Value pyc_lazy_import_name(Value self, uint32_t word, Value fromList, StrObject* name,
                           uint32_t level) {
  NativeContext context(self, word);
  return importNameLazily(context.frame(), name, fromList, static_cast<int>(level), true).release();
}
Value pyc_import_from(Value self, uint32_t word, Value module, StrObject* name) {
  NativeContext context(self, word);
  return importFrom(context.frame(), module, name).release();
}
bool pyc_import_star(Value self, uint32_t word, Value module) {
  NativeContext context(self, word);
  return importStar(context.frame(), module);
}

//===----------------------------------------------------------------------===//
// Attributes, items, operators
//===----------------------------------------------------------------------===//

bool pyc_delete_attr(Value object, StrObject* name) {
  return setAttr(object, name, Value());
}
Value pyc_load_super(Value callee, Value cell, Value self) {
  return zeroArgumentSuper(callee, cell, self).release();
}
Value pyc_load_slice(Value* parts, Value object) {
  return getSlice(object, parts).release();
}
bool pyc_store_slice(Value* parts, Value object, Value value) {
  return setSlice(object, parts, value);
}
bool pyc_delete_item(Value object, Value key) {
  return setItem(object, key, Value());
}

//===----------------------------------------------------------------------===//
// Building
//===----------------------------------------------------------------------===//

Value pyc_build_tuple(Value* items, uint32_t count) {
  return makeTuple(items, count).release();
}
Value pyc_build_list(Value* items, uint32_t count) {
  return makeList(items, count).release();
}
/// An empty list for so many items, which are likely to be of this storage.
Value pyc_build_list_for(uint32_t storage, uint32_t room) {
  Ref list = newListOf(static_cast<ListStorage>(storage), room);
  PYC_CHECK(list); // out of memory, where nothing raises
  return list.release();
}
Value pyc_build_set(Value* items, uint32_t count) {
  return buildSet(items, count).release();
}
Value pyc_build_map(Value* items, uint32_t pairs) {
  return buildMap(items, pairs).release();
}
Value pyc_build_slice(Value* parts) {
  return makeSlice(parts[0], parts[1], parts[2]).release();
}
Value pyc_build_string(Value* parts, uint32_t count) {
  return strJoinParts(parts, count).release();
}
/// lhs % (items), of a tuple that was not made.
Value pyc_mod_items(Value lhs, const Value* items, uint32_t count) {
  if (hasShape(lhs, kShapeStr))
    return strPercentItems(asStr(lhs), items, count).release();
  Ref rhs = makeTuple(items, count);
  return rhs ? binaryOp(BinaryOp::Mod, lhs, rhs).release() : Value();
}
Value pyc_build_interpolation(Value* parts, uint32_t conversion) {
  return makeInterpolation(parts[0], parts[1], conversionName(conversion), parts[2]).release();
}
Value pyc_build_template(Value strings, Value interpolations) {
  return makeTemplate(strings, interpolations).release();
}
Value pyc_convert_value(Value value, uint32_t conversion) {
  return convertValue(value, conversion).release();
}
Value pyc_format_value(Value value, Value spec) {
  return format(value, spec).release();
}
Value pyc_format_simple(Value value) {
  return format(value, Value()).release();
}
bool pyc_list_extend(Value list, Value iterable) {
  return extendByUnpacking(list, iterable);
}
Value pyc_list_to_tuple(Value list) {
  return listToTuple(asList(list)).release();
}
bool pyc_set_add(Value set, Value item) {
  return addToSet(set, item);
}
bool pyc_set_update(Value set, Value iterable) {
  return setUpdate(asSet(set), iterable);
}
bool pyc_map_add(Value map, Value key, Value value) {
  return dictSet(asDict(map), key, value);
}
bool pyc_dict_update(Value map, Value mapping) {
  return updateByUnpacking(asDict(map), mapping);
}
bool pyc_dict_merge(Value map, Value mapping, Value callee) {
  return mergeKeywords(asDict(map), mapping, callee);
}
bool pyc_unpack_ex(Value source, uint32_t before, uint32_t total, Value* out) {
  return unpackExReversed(source, out, before, total);
}

//===----------------------------------------------------------------------===//
// Functions, iteration
//===----------------------------------------------------------------------===//

Value pyc_make_function(Value self, uint32_t, Value* parts, Value code) {
  return makeFunction(asCode(code), asFunction(self)->globals, parts[0], parts[1], parts[2],
                      parts[3])
      .release();
}
Value pyc_load_build_class(Value self, uint32_t word) {
  NativeContext context(self, word);
  return loadBuildClass(context.frame()).release();
}
Value pyc_load_common(uint32_t which) {
  return Ref::copy(commonConstant(static_cast<uop::CommonConstant>(which))).release();
}
Value pyc_intrinsic1(Value self, uint32_t word, Value operand, uint32_t which) {
  NativeContext context(self, word);
  return intrinsic1(context.frame(), static_cast<uop::Intrinsic1Kind>(which), operand).release();
}
Value pyc_intrinsic2(Value lhs, Value rhs, uint32_t which) {
  return intrinsic2(static_cast<uop::Intrinsic2Kind>(which), lhs, rhs).release();
}
Value pyc_get_yield_from_iter(Value self, uint32_t, Value iterable) {
  return yieldFromIterator(asFunction(self)->nativeCode, iterable).release();
}
Value pyc_get_awaitable(Value object, uint32_t context) {
  return awaitIterator(object, context).release();
}
Value pyc_get_anext(Value iterator) {
  return asyncNext(iterator).release();
}
Value pyc_async_gen_wrap(Value value) {
  return wrapAsyncValue(value).release();
}
bool pyc_ends_async_for(Value exception) {
  return isInstance(exception, &stopAsyncIterationType);
}
int32_t pyc_send(Value iterator, Value sent, Value* out) {
  bool isGenerator = hasShape(iterator, kShapeGenerator) || hasShape(iterator, kShapeCoroutine);
  if (isGenerator && sent.isNone() && isPlainlyResumable(asGenerator(iterator))) {
    bool yielded = stepNative(asGenerator(iterator), *out);
    return yielded ? 1 : *out ? 0 : -1;
  }
  Ref result;
  Resumed outcome = sendTo(iterator, sent, result);
  *out = result.release();
  return outcome == Resumed::Raised ? -1 : outcome == Resumed::Yielded;
}
Value pyc_get_aiter(Value iterable) {
  return asyncIterator(iterable).release();
}

/// An operator's method has returned `result`: NotImplemented means that the right operand is
/// asked.
Value pyc_finish_operator(Value result, Value lhs, Value rhs, uint32_t op) {
  if (result != Value::notImplemented())
    return result;
  decref(result);
  return operatorOfRight(op, lhs, rhs).release();
}
/// The same of lhs op= rhs; `asked`: the method is that of lhs op rhs.
Value pyc_finish_inplace(Value result, Value lhs, Value rhs, uint32_t op, bool asked) {
  if (result != Value::notImplemented())
    return result;
  decref(result);
  return finishInplace(static_cast<BinaryOp>(op), lhs, rhs, asked).release();
}

//===----------------------------------------------------------------------===//
// Construction
//===----------------------------------------------------------------------===//

/// __init__ has raised (null), or returned something else than None.
void pyc_fail_construction(Value result, Value instance) {
  if (result) {
    raise(typeErrorType, "__init__() should return None, not '%T'", result);
    decref(result);
  }
  Ref error = takeRaised();
  decref(instance);
  restoreRaised(std::move(error));
}

//===----------------------------------------------------------------------===//
// Pattern matching
//===----------------------------------------------------------------------===//

Value pyc_match_keys(Value subject, Value keys) {
  return matchKeys(subject, keys).release();
}
Value pyc_slow_match_class(Value subject, Value cls, Value names, uint32_t count) {
  return matchClass(subject, cls, count, names).release();
}
Value pyc_slow_get_len(Value object) {
  int64_t count;
  return length(object, count) ? Value::fromInt(count) : Value();
}
Value pyc_copy_dict_without_keys(Value subject, Value keys) {
  return copyWithoutKeys(subject, keys).release();
}
}

} // namespace pyc::rt
