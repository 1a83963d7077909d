#include "dialects/uop/image.h"

#include <algorithm>

namespace pyc::uop {

const PositionEntry* findPosition(ImageView image, const CodeRecord& code, uint32_t word) {
  const PositionEntry* first = image.array<PositionEntry>(code.positions);
  const PositionEntry* last = first + code.positionCount;
  const PositionEntry* found = std::lower_bound(
      first, last, word, [](const PositionEntry& e, uint32_t w) { return e.word < w; });
  return found != last && found->word == word ? found : nullptr;
}

const ExceptionEntry* findHandler(ImageView image, const CodeRecord& code, uint32_t word) {
  const ExceptionEntry* entry = image.array<ExceptionEntry>(code.exceptions);
  for (const ExceptionEntry* last = entry + code.exceptionCount; entry != last; ++entry)
    if (word >= entry->start && word < entry->end)
      return entry;
  return nullptr;
}

} // namespace pyc::uop
