// More of what compiled code knows of the runtime's memory (see native.h): the tests of bools and
// of shapes.
#pragma once

#include <cstdint>

namespace pyc::rt {

/// The address of False is that of True with this bit set (runtime/objects/bool.cpp).
inline constexpr uint32_t kFalseBit = 16;

/// The shapes of objects of exactly these types (checked in runtime/abi/entry.cpp).
inline constexpr uint32_t kStrShape = 10 * 64, kBytesShape = 11 * 64, kListShape = 17 * 64,
                          kDictShape = 18 * 64, kSetShape = 20 * 64;

/// Where the parts of an exact tuple are (runtime/objects/tuple.h; checked in the same place).
struct TupleFields {
  static constexpr uint32_t kShape = 16 * 64;
  static constexpr uint32_t kCount = 16, kItems = 24;
};

/// Guards that expect several shapes have so many caches, two by two: a shape's are found by these
/// bits of its reference, which are their offset in bytes (runtime/objects/layout_cell.cpp).
inline constexpr uint32_t kHashedCells = 32, kCellSetMask = 15 * 64;

} // namespace pyc::rt
