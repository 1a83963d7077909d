// The runtime's entry points for compiled code: one a uop, named pyc_<uop>, and a few for the parts
// that the compiler makes out of uops. Their meaning is that of the semantic functions; nothing is
// decided here.
//
// Conventions: values are borrowed, results owned; null, false or a negative answer is a raised
// exception. Windows arrive as arrays and stay the caller's. (self, word): the running function and
// the place of the uop in its code.
//
// fast_entry.cpp is compiled to LLVM bitcode and inlined into compiled code; what it does not
// settle goes to the pyc_slow_* functions of slow_entry.cpp, which keep the caller's registers
// (preserve_most), so that the fast path needs no spills.
#pragma once

#include "runtime/abi/native.h"
#include "runtime/objects/function.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/slice.h"

// Cold to the callers alone, whose fast paths they are out of: not all of them are rare.
#ifdef PYC_SLOW_DEFINITIONS
#define PYC_SLOW [[clang::preserve_most, gnu::noinline]]
#else
#define PYC_SLOW [[clang::preserve_most, gnu::noinline, gnu::cold]]
#endif

/// X(uop, BinaryOp)
#define PYC_FOR_EACH_BINARY(X)                                                                     \
  X(add, Add)                                                                                      \
  X(sub, Sub)                                                                                      \
  X(mul, Mul)                                                                                      \
  X(matmul, MatMul)                                                                                \
  X(truediv, TrueDiv)                                                                              \
  X(floordiv, FloorDiv)                                                                            \
  X(mod, Mod) X(pow, Pow) X(lshift, LShift) X(rshift, RShift) X(and, And) X(or, Or) X(xor, Xor)
/// X(uop, CompareOp)
#define PYC_FOR_EACH_COMPARE(X) X(lt, Lt) X(le, Le) X(eq, Eq) X(ne, Ne) X(gt, Gt) X(ge, Ge)

// Value is a class of one word, passed like that word.
#pragma clang diagnostic ignored "-Wreturn-type-c-linkage"

namespace pyc::rt {

extern "C" {

/// The C library's pow, which compilers would turn into other operations where they see it.
double pyc_library_pow(double base, double exponent);

#define PYC_DECLARE(uop, op)                                                                       \
  PYC_SLOW Value pyc_slow_##uop(Value lhs, Value rhs);                                             \
  PYC_SLOW Value pyc_slow_inplace_##uop(Value lhs, Value rhs);
PYC_FOR_EACH_BINARY(PYC_DECLARE)
#undef PYC_DECLARE
#define PYC_DECLARE(uop, op)                                                                       \
  PYC_SLOW Value pyc_slow_##uop(Value lhs, Value rhs);                                             \
  PYC_SLOW int32_t pyc_slow_truth_##uop(Value lhs, Value rhs);
PYC_FOR_EACH_COMPARE(PYC_DECLARE)
#undef PYC_DECLARE

/// What native code has instead of a tuple: its items, or with count kNoItems the one value that
/// may be one.
inline constexpr int32_t kNoItems = -1;
PYC_SLOW Value pyc_slow_compare_items(CompareOp op, const Value* lhs, int32_t lhsCount,
                                      const Value* rhs, int32_t rhsCount);
PYC_SLOW int32_t pyc_slow_truth_items(CompareOp op, const Value* lhs, int32_t lhsCount,
                                      const Value* rhs, int32_t rhsCount);
PYC_SLOW Value pyc_slow_contains_items(Value item, const Value* items, int32_t count);
PYC_SLOW Value pyc_slow_format_part(Value value);

PYC_SLOW void pyc_slow_incref(Object* object);
PYC_SLOW void pyc_slow_decref(Object* object);
/// Drops a count, null's too, unless it may be the last one: false, with nothing done.
PYC_SLOW bool pyc_slow_drop_living(Value value);
/// The owner's count has just become zero.
PYC_SLOW void pyc_slow_decref_zero(Object* object);
PYC_SLOW Value pyc_slow_box_int(int64_t value);
PYC_SLOW int32_t pyc_slow_truth(Value value);
PYC_SLOW Value pyc_slow_load_global(Value self, uint32_t name);
/// The global if it is bound, borrowed; null else, and for a lazy import. Runs no Python code.
PYC_SLOW Value pyc_slow_view_global(Value self, uint32_t name);
/// Raises: the cell is empty.
PYC_SLOW Value pyc_slow_load_deref(Value self, uint32_t word);
bool pyc_store_global(Value self, uint32_t word, Value value, StrObject* name);
bool pyc_store_name(Value self, uint32_t word, Value value, StrObject* name);
PYC_SLOW bool pyc_slow_set_global(Value self, struct GlobalSlot* slot, Value value);
/// Whether the global is the running function itself. Runs no Python code.
PYC_SLOW bool pyc_is_self_global(Value self, uint32_t name);
PYC_SLOW Value pyc_slow_load_attr(Value object, StrObject* name, AttrCache* cache);
PYC_SLOW bool pyc_slow_store_attr(Value object, Value value, StrObject* name, AttrCache* cache);
PYC_SLOW bool pyc_adopt_layout(Value object, const struct LayoutGuard* guard,
                               StrObject* const* names);
/// The function, borrowed, if a cell holds it now.
/// The method of a built-in type, kept in the cell for the next time; null: none written in C++.
PYC_SLOW Value pyc_slow_builtin_method(Value object, StrObject* name, Value* cell);
PYC_SLOW Value pyc_adopt_method(Value object, StrObject* name, AttrCache* cells, uint32_t count);
PYC_SLOW Value pyc_adopt_special(Value object, uint32_t special, AttrCache* cells, uint32_t count);
PYC_SLOW Value pyc_adopt_manager(Value object, uint32_t which, AttrCache* cells, uint32_t count);
PYC_SLOW Value pyc_adopt_getter(Value object, StrObject* name, AttrCache* cells, uint32_t count);
PYC_SLOW Value pyc_adopt_setter(Value object, StrObject* name, AttrCache* cells, uint32_t count);
PYC_SLOW bool pyc_slow_load_method(Value object, StrObject* name, AttrCache* cache, Value* out);
PYC_SLOW Value pyc_slow_load_attr_ways(Value object, StrObject* name, AttrCache* ways,
                                       uint32_t count);
PYC_SLOW bool pyc_slow_store_attr_ways(Value object, Value value, StrObject* name, AttrCache* ways,
                                       uint32_t count);
PYC_SLOW bool pyc_slow_load_method_ways(Value object, StrObject* name, AttrCache* ways,
                                        uint32_t count, Value* out);
PYC_SLOW bool pyc_load_super_method(Value super, StrObject* name, struct SuperCache* cache,
                                    Value* out);
PYC_SLOW Value pyc_slow_find_operator(Value lhs, Value rhs, uint32_t op, AttrCache* cache,
                                      void* entry);
PYC_SLOW Value pyc_slow_find_inplace(Value lhs, uint32_t op, AttrCache* cache, void* entry);
/// item in container: -1 with an exception, else 0 or 1.
PYC_SLOW int32_t pyc_truth_contains(Value item, Value container);
PYC_SLOW Value pyc_slow_find_special(Value object, uint32_t special, AttrCache* cache, void* entry);
/// What a special method has answered, where that is not the plain answer: its count ends. They
/// raise (-1, null), or give what the answer means.
PYC_SLOW int32_t pyc_slow_finish_bool(Value object, Value answer);
PYC_SLOW int32_t pyc_slow_finish_truth_length(Value answer);
PYC_SLOW int32_t pyc_slow_finish_truth(Value answer);
PYC_SLOW Value pyc_slow_finish_iter(Value object, Value iterator);
/// len() of an object of a class made in Python; null without an exception for others.
PYC_SLOW Value pyc_slow_length_of_instance(Value object);
/// `__next__` has raised; a StopIteration is the end of a loop, and no exception any more.
PYC_SLOW void pyc_slow_end_iteration();
PYC_SLOW Value pyc_slow_begin_construction(Value callee, void* entry, Value* init,
                                           struct ConstructionCache* cache, bool isHeld);
/// Behind pyc_start_construction. Exceptions have got their arguments, and `init` may be null:
/// nothing is left to do.
PYC_SLOW Value pyc_begin_any_construction(const Value* window, uint32_t argc, Value* init,
                                          struct CallMemo* memo);
/// window[0](window[1..]) after __new__ has given `made`, which is used up.
PYC_SLOW Value pyc_finish_creation(const Value* window, uint32_t argc, Value made);
PYC_SLOW Value pyc_slow_match_exception(Value exception, Value type);
PYC_SLOW Value pyc_slow_match_class(Value subject, Value cls, Value names, uint32_t count);
PYC_SLOW Value pyc_slow_get_len(Value object);
/// Behind the pyc_known_ entry points: null without an exception when the cell can't hold it.
PYC_SLOW Value pyc_slow_known_construction(Value callee, void* entry, struct ClassCell* cell,
                                           StrObject* const* names, uint32_t count);
PYC_SLOW Value pyc_slow_known_class_method(Value callee, StrObject* name, struct ClassCell* cell);
PYC_SLOW Value pyc_slow_known_class_operator(Value lhs, Value rhs, uint32_t op, uint32_t classes,
                                             struct ClassCell* cell, void* entry);
/// The end of an instance that nobody saw, where its class has got a finaliser meanwhile: it is
/// made (rebuildInstance) and dropped. Counts of the class and the values are handed over.
PYC_SLOW void pyc_drop_instance(Value type, const uint64_t* names, Value* values, uint32_t count);
PYC_SLOW Value pyc_slow_load_item(Value object, Value key);
PYC_SLOW Value pyc_slow_load_item_int(Value object, int64_t index);
PYC_SLOW bool pyc_slow_store_item(Value object, Value key, Value value);
PYC_SLOW bool pyc_slow_store_item_int(Value object, int64_t index, Value value);
/// With a hint where the key was found last (runtime/objects/dict_hint.h), which they renew.
PYC_SLOW Value pyc_slow_load_item_hinted(Value object, Value key, uint32_t* hint);
PYC_SLOW bool pyc_slow_store_item_hinted(Value object, Value key, Value value, uint32_t* hint);
PYC_SLOW Value pyc_slow_contains_hinted(Value item, Value container, uint32_t* hint);
PYC_SLOW Value pyc_slow_contains_int(int64_t item, Value container, uint32_t* hint);
/// lhs + rhs where the caller's count of lhs ends: taken over when it succeeds.
PYC_SLOW Value pyc_slow_add_taking(Value lhs, Value rhs);
PYC_SLOW Value pyc_slow_inplace_add_taking(Value lhs, Value rhs);
PYC_SLOW Value pyc_slow_get_iter(Value iterable);
PYC_SLOW Value pyc_slow_get_local_iter(Value iterable, union LocalIterator* memory);
/// The iterator, for the interpreter: no longer in the function's frame.
PYC_SLOW Value pyc_move_local_iter(Value iterator, union LocalIterator* memory);
PYC_SLOW Value pyc_slow_next(Value iterator);
/// int(text) of few decimal digits; null without an exception for all other texts.
PYC_SLOW Value pyc_slow_parse_int(Value text);
/// str(number) of a small int.
PYC_SLOW Value pyc_slow_int_text(Value number);
/// dict.get; null without an exception when the key has to be compared by Python code.
PYC_SLOW Value pyc_slow_dict_get(Value dict, Value key, Value missing);
/// set.add; null without an exception when that takes Python code or memory.
PYC_SLOW Value pyc_slow_set_add(Value set, Value item);
PYC_SLOW Value pyc_slow_next_pair(Value iterator, Value* out);
/// Lists and clipped ranges of them.
PYC_SLOW bool pyc_slow_copy_slice(Value to, const SliceRange* target, Value from,
                                  const SliceRange* range);
PYC_SLOW void pyc_slow_list_append(Value list, Value item);
PYC_SLOW void pyc_slow_list_append_int(Value list, int64_t item);
PYC_SLOW bool pyc_slow_unpack_sequence(Value source, uint32_t count, Value* out);
PYC_SLOW bool pyc_slow_same(Value lhs, Value rhs);
PYC_SLOW Value pyc_slow_neg(Value operand);
PYC_SLOW Value pyc_slow_pos(Value operand);
PYC_SLOW Value pyc_slow_invert(Value operand);
}

} // namespace pyc::rt
