// Entry points for calls of what the compiler knows nothing about. The commonest callees are called
// without detours: functions and methods written in C++, bound methods, classes. See entry.h.

#include "runtime/abi/context.h"
#include "runtime/abi/entry.h"
#include "runtime/interp/call.h"
#include "runtime/interp/call_memo.h"
#include "runtime/interp/generator.h"
#include "runtime/interp/resume.h"
#include "runtime/interp/start_call.h"
#include "runtime/objects/descriptors.h"
#include "runtime/objects/exception_fields.h"
#include "runtime/objects/heap_type.h"
#include "runtime/objects/list_methods.h"
#include "runtime/objects/new_function.h"
#include "runtime/objects/plain_data.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/slot_functions.h"
#include "runtime/objects/tuple.h"
#include "runtime/objects/type_call.h"

namespace pyc::rt {

namespace {

/// A call without keywords of a function written in C++.
inline Value callPlain(const MethodDef* def, const Signature& signature, const Value* args,
                       size_t argc) {
  if (PYC_LIKELY(def->bound && argc == signature.count && signature.isPlain()))
    return def->bound(args).release();
  return def->raw ? def->raw(args, argc, Value()).release()
                  : callMethodDef(def, signature, args, argc, Value()).release();
}

/// Whether methods of `owner` take objects of the type. Most classes have one built-in base.
inline bool isOfType(const TypeObject* type, const TypeObject* owner) {
  if (PYC_LIKELY(type == owner))
    return true;
  // Another metaclass could have an mro() that leaves the base out.
  bool hasBase = type->base == owner && typeOf(type) == &typeType;
  return PYC_LIKELY(hasBase) || isSubtypeSlow(type, owner);
}

/// Whether a call without keywords may be made without a frame of the caller. The arguments are the
/// object and `argc` others.
inline bool isQuietCall(const MethodDescriptorObject* method, const Value* args, uint32_t argc) {
  uint32_t most = __atomic_load_n(&method->mostQuiet, __ATOMIC_ACQUIRE);
  if (argc >= most || argc + 1 < __atomic_load_n(&method->leastQuiet, __ATOMIC_RELAXED) ||
      !isOfType(typeOf(args[0]), method->type))
    return false;
  for (uint32_t i = 1; i <= argc; ++i)
    if (!isPlainData(args[i])) // what is appended to a list is not even looked at
      return method->def->bound == listAppendMethod;
  return true;
}

inline Value callQuietly(const MethodDescriptorObject* method, const Value* args, uint32_t argc) {
  if (argc + 1 == method->mostQuiet)
    return method->def->bound(args).release();
  // Those that are left out are null. Written out: a call of memcpy costs more.
  static_assert(kFewParameters == 4);
  Value all[kFewParameters] = {args[0]};
  if (argc > 0)
    all[1] = args[1];
  if (argc > 1)
    all[2] = args[2];
  return method->def->bound(all).release();
}

/// A method of a built-in type that is not quiet; `args`: the object and `argc` others.
[[gnu::noinline]] Value callMethodInFrame(Value self, uint32_t word, MethodDescriptorObject* method,
                                          const Value* args, uint32_t argc) {
  NativeContext context(self, word);
  if (PYC_LIKELY(method->signature && isOfType(typeOf(args[0]), method->type)))
    return callPlain(method->def, *method->signature, args, argc + 1);
  return call(Value(&method->header), args, argc + 1).release();
}

// Calls of callee(*window[1..argc]); window[0] may be overwritten.

[[gnu::always_inline]] inline Value callBuiltin(Value callee, Value* window, uint32_t argc) {
  auto* function = callee.as<BuiltinFunctionObject>();
  const Signature* signature = function->signature;
  if (PYC_UNLIKELY(!signature))
    return call(callee, window + 1, argc).release();
  if (!signature->takesSelf)
    return callPlain(function->def, *signature, window + 1, argc);
  if (TypeObject* owner = ownerOfNewFunction(callee))
    return callNewFunction(owner, window, argc).release();
  window[0] = function->self;
  return callPlain(function->def, *signature, window, argc + 1);
}

Value callClass(Value callee, Value* window, uint32_t argc, CallMemo* memo) {
  Ref result;
  if (isHeapType(asType(callee)) &&
      callRemembering(*memo, callee, window + 1, argc, Value(), result))
    return result.release();
  window[0] = callee;
  return construct(window, argc).release();
}

/// Whether the bound method's function has native code for just the object and `argc` arguments,
/// which needs no frame of the caller.
inline bool isBoundNative(Value callee, uint32_t argc) {
  if (!hasShape(callee, kShapeBoundMethod) ||
      !hasShape(asBoundMethod(callee)->function, kShapeFunction))
    return false;
  const FunctionObject* function = asFunction(asBoundMethod(callee)->function);
  return function->nativeEntry && function->directArgs == argc + 1;
}

/// A special method of a built-in class that is called as the class has it, with the object among
/// the arguments window[1..argc]: object.__setattr__(x, "a", 1).
inline bool isUnboundSpecial(Value callee, const Value* window, uint32_t argc) {
  return hasShape(callee, kShapeSlotWrapper) && argc != 0 &&
         isOfType(typeOf(window[1]), callee.as<SlotWrapperObject>()->type);
}

[[gnu::always_inline]] inline Value callAnything(Value self, uint32_t word, Value callee,
                                                 Value* window, uint32_t argc, CallMemo* memo) {
  if (isBoundNative(callee, argc)) {
    window[0] = asBoundMethod(callee)->self;
    return callFunctionEntry(asBoundMethod(callee)->function, window, argc + 1, Value()).release();
  }
  NativeContext context(self, word);
  if (hasShape(callee, kShapeBuiltinFunction))
    return callBuiltin(callee, window, argc);
  if (isType(callee))
    return callClass(callee, window, argc, memo);
  if (isUnboundSpecial(callee, window, argc)) {
    auto* wrapper = callee.as<SlotWrapperObject>();
    return wrapper->def->call(wrapper->type, window[1], window + 2, argc - 1, {}).release();
  }
  return call(callee, window + 1, argc).release();
}

/// What load_method found is a function, class or method as it is.
[[gnu::noinline]] Value callWithoutObject(Value self, uint32_t word, Value* window, uint32_t argc,
                                          CallMemo* memo) {
  return callAnything(self, word, window[0], window + 1, argc, memo);
}

/// BaseException.__init__, which looks at no frame.
bool isExceptionInit(Value method) {
  auto* wrapper = method.as<SlotWrapperObject>();
  return wrapper->type == &baseExceptionType && wrapper->name == names::__init__;
}

/// A method that is called with the object in window[1].
Value callMethodOf(Value self, uint32_t word, Value* window, uint32_t argc) {
  Value method = window[0], object = window[1];
  if (hasShape(method, kShapeFunction) && makesPlainGenerator(asFunction(method), argc + 1))
    return makeGenerator(asFunction(method), window + 1, argc + 1, Value()).release();
  bool isWrapper = hasShape(method, kShapeSlotWrapper);
  if (isWrapper && isException(object) && isExceptionInit(method))
    return initException(object, window + 2, argc, {}) ? Value::none() : Value();
  NativeContext context(self, word);
  auto* wrapper = isWrapper ? method.as<SlotWrapperObject>() : nullptr;
  if (wrapper && PYC_LIKELY(isInstance(object, wrapper->type)))
    return wrapper->def->call(wrapper->type, object, window + 2, argc, {}).release();
  return call(method, window + 1, argc + 1).release();
}

/// A call with keywords; `args`: the arguments, `argc`: the positional ones.
Value callWithKeywords(Value self, uint32_t word, Value callee, const Value* args, size_t argc,
                       Value names, CallMemo* memo) {
  NativeContext context(self, word);
  if (Ref result; callRemembering(*memo, callee, args, argc, names, result))
    return result.release();
  return call(callee, args, argc, names).release();
}

} // namespace

extern "C" {

Value pyc_call(Value self, uint32_t word, Value* window, uint32_t argc, CallMemo* memo) {
  Value callee = window[0];
  if (hasShape(callee, kShapeFunction) && makesPlainGenerator(asFunction(callee), argc))
    return makeGenerator(asFunction(callee), window + 1, argc, Value()).release();
  return callAnything(self, word, callee, window, argc, memo);
}
Value pyc_call_method(Value self, uint32_t word, Value* window, uint32_t argc, CallMemo* memo) {
  if (!window[1])
    return callWithoutObject(self, word, window, argc, memo);
  if (PYC_UNLIKELY(!hasShape(window[0], kShapeMethodDescriptor)))
    return callMethodOf(self, word, window, argc);
  auto* method = window[0].as<MethodDescriptorObject>();
  if (isQuietCall(method, window + 1, argc))
    return callQuietly(method, window + 1, argc);
  return callMethodInFrame(self, word, method, window + 1, argc);
}
Value pyc_call_kw(Value self, uint32_t word, Value* window, uint32_t argc, Value names,
                  CallMemo* memo) {
  auto keywords = static_cast<uint32_t>(asTuple(names)->count);
  return callWithKeywords(self, word, window[0], window + 1, argc - keywords, names, memo);
}
Value pyc_call_method_kw(Value self, uint32_t word, Value* window, uint32_t argc, Value names,
                         CallMemo* memo) {
  auto keywords = static_cast<uint32_t>(asTuple(names)->count);
  bool bound = !window[1];
  return callWithKeywords(self, word, window[0], window + 1 + bound, argc + !bound - keywords,
                          names, memo);
}
Value pyc_call_ex(Value self, uint32_t word, Value* window) {
  NativeContext context(self, word);
  return callUnpacked(window).release();
}
/// As pyc_call_ex, where window[2] is the one mapping behind **, which the callee does not get.
Value pyc_call_forwarding(Value self, uint32_t word, Value* window) {
  NativeContext context(self, word);
  return callForwarding(window).release();
}
}

} // namespace pyc::rt
