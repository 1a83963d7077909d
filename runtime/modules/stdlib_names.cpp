#include "runtime/modules/stdlib_names.h"

#include "runtime/objects/set.h"
#include "runtime/objects/str.h"

#include <algorithm>
#include <iterator>

namespace pyc::rt {

namespace {
constexpr std::string_view kNames[] = {
#define PYC_STDLIB(name) #name,
#include "runtime/modules/stdlib_names.def"
};
} // namespace

Ref stdlibModuleNames() {
  Value items[std::size(kNames)];
  std::transform(std::begin(kNames), std::end(kNames), items, internLiteral);
  return makeFrozenSet(items, std::size(kNames));
}

bool isStdlibModule(std::string_view name) {
  return std::binary_search(std::begin(kNames), std::end(kNames), name);
}

} // namespace pyc::rt
