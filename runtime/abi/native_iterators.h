// Iterators and functions in the frames of native functions, as the compiler knows them.
#pragma once

#include <cstdint>

namespace pyc::rt {

/// Bytes of a LocalIterator (runtime/objects/local_iterator.h; checked in runtime/abi/entry.cpp).
inline constexpr uint32_t kLocalIteratorSize = 56;
/// Bytes of a FunctionObject (checked in runtime/abi/generator_entry.cpp).
inline constexpr uint32_t kLocalFunctionSize = 144;

} // namespace pyc::rt
