#include "dialects/uop/image.h"

#include <algorithm>
#include <cstring>

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

uint64_t hashImage(const void* bytes, size_t size) {
  uint64_t hash = 0x9E3779B97F4A7C15ull ^ size;
  for (size_t at = 0; at + sizeof(uint64_t) <= size; at += sizeof(uint64_t)) {
    uint64_t word;
    std::memcpy(&word, static_cast<const char*>(bytes) + at, sizeof word);
    hash = (hash ^ word) * 0xBF58476D1CE4E5B9ull;
    hash ^= hash >> 29;
  }
  return hash;
}

} // namespace pyc::uop
