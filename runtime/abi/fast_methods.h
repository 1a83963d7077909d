// Calls of methods of built-in types that a profile saw: part of fast_entry.cpp.
#pragma once

#include "runtime/abi/fast_parts.h"
#include "runtime/interp/call_memo.h"
#include "runtime/objects/descriptors.h"
#include "runtime/objects/plain_data.h"

namespace pyc::rt {

extern "C" {

Value pyc_call_method(Value self, uint32_t word, Value* window, uint32_t argc,
                      CallMemo* memo); // call_entry.cpp

/// The method (borrowed) of an object with this shape, a built-in type's; null for other objects.
PYC_FAST Value pyc_builtin_method(Value object, uint32_t shape, StrObject* name, Value* cell) {
  if (PYC_UNLIKELY(!object.isObject() || object.object()->shape != shape))
    return {};
  uint64_t method = __atomic_load_n(reinterpret_cast<uint64_t*>(cell), __ATOMIC_ACQUIRE);
  return PYC_LIKELY(method != 0) ? Value::fromBits(method)
                                 : pyc_slow_builtin_method(object, name, cell);
}

/// As pyc_call_method, of what pyc_builtin_method gave. Without a frame of the caller where the
/// arguments are plain data.
PYC_FAST Value pyc_call_builtin_method(Value self, uint32_t word, Value* window, uint32_t argc,
                                       CallMemo* memo) {
  auto* method = window[0].as<MethodDescriptorObject>();
  uint32_t most = __atomic_load_n(&method->mostQuiet, __ATOMIC_ACQUIRE);
  bool isQuiet = true;
  for (uint32_t i = 1; i <= argc; ++i)
    isQuiet &= isPlainData(window[1 + i]);
  if (PYC_LIKELY(argc + 1 == most && isQuiet))
    return method->def->bound(window + 1).release();
  return pyc_call_method(self, word, window, argc, memo);
}
}

} // namespace pyc::rt
