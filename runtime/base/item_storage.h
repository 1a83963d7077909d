// Numbers that containers other than lists store side by side, for the runtime, the profiler and
// the compiler.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

namespace pyc::rt {

/// The numbers from 1 to 3 are those of lists (ListStorageKind in runtime/abi/native.h).
enum class ItemStorage : uint32_t {
  None = 0, // what native code does not look at
  BeforeFirst = 3,
#define PYC_ITEMS(id, type, CType) id,
#include "runtime/base/item_storage.def"
};

struct ItemFormat {
  ItemStorage storage;
  const char* type; // as a profile has it
  uint8_t bytes;
  bool isFloat, isSigned;
};
inline constexpr ItemFormat kItemFormats[] = {
#define PYC_ITEMS(id, type, CType)                                                                 \
  {ItemStorage::id, type, sizeof(CType), std::is_floating_point_v<CType>, std::is_signed_v<CType>},
#include "runtime/base/item_storage.def"
};

/// Of any storage but None.
inline const ItemFormat& formatOf(ItemStorage storage) {
  return kItemFormats[static_cast<uint32_t>(storage) -
                      static_cast<uint32_t>(ItemStorage::BeforeFirst) - 1];
}
/// The storage that a profile names, if there is one.
inline std::optional<ItemStorage> itemStorageOf(std::string_view type) {
  for (const ItemFormat& format : kItemFormats)
    if (type == format.type)
      return format.storage;
  return {};
}

} // namespace pyc::rt
