#include "compiler/passes/uop/layouts.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace pyc {

std::optional<unsigned> offsetIn(StringRef layout, StringRef name) {
  if (!layout.starts_with("instance "))
    return {};
  StringRef names = layout.rsplit('{').second, place = names.rsplit("}@").second;
  names = names.rsplit("}@").first;
  unsigned offset;
  if (place.getAsInteger(10, offset))
    return {};
  for (StringRef each : split(names, ',')) {
    if (each == name)
      return offset;
    offset += 8;
  }
  return {};
}

std::optional<unsigned> commonOffset(ArrayRef<StringRef> layouts, StringRef name) {
  std::optional<unsigned> offset;
  for (StringRef layout : layouts) {
    auto own = offsetIn(layout, name);
    if (!own || (offset && *own != *offset))
      return {};
    offset = own;
  }
  return offset;
}

std::string joinLayouts(SmallVector<StringRef> layouts) {
  llvm::sort(layouts);
  layouts.erase(llvm::unique(layouts), layouts.end());
  return join(layouts, "|");
}

} // namespace pyc
