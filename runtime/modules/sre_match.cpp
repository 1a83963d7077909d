#include "runtime/modules/sre_match.h"

#include "runtime/objects/errors.h"

#include <cstring>
#include <mimalloc.h>

namespace pyc::rt::sre {

bool Matching::prepare() {
  size_t marksCount = 2 * static_cast<size_t>(program.groups);
  size_t count = marksCount + 2 * static_cast<size_t>(program.registers);
  words_ = ownWords_;
  if (count > kOwnWords)
    words_ = static_cast<int64_t*>(mi_mallocn(count, sizeof(int64_t)));
  if (!words_)
    return raiseMemoryError();
  for (size_t i = 0; i < count; ++i)
    words_[i] = -1;
  marks = words_;
  registers = reinterpret_cast<Register*>(words_ + marksCount);
  stack = ownStack_;
  capacity = kOwnEntries;
  return true;
}

Matching::~Matching() {
  if (words_ != ownWords_)
    mi_free(words_);
  if (stack != ownStack_)
    mi_free(stack);
}

bool Matching::grow() {
  auto* larger = static_cast<Entry*>(mi_mallocn(capacity * 2, sizeof(Entry)));
  if (!larger)
    return raiseMemoryError();
  memcpy(static_cast<void*>(larger), stack, capacity * sizeof(Entry));
  if (stack != ownStack_)
    mi_free(stack);
  stack = larger;
  capacity *= 2;
  return true;
}

Outcome Matching::matchAt(int64_t at, bool full, bool mustAdvance) {
  switch (width) {
  case 1:
    return matchText<uint8_t>(*this, at, full, mustAdvance);
  case 2:
    return matchText<uint16_t>(*this, at, full, mustAdvance);
  default:
    return matchText<uint32_t>(*this, at, full, mustAdvance);
  }
}

Outcome Matching::search(int64_t from, bool mustAdvance) {
  switch (width) {
  case 1:
    return searchText<uint8_t>(*this, from, mustAdvance);
  case 2:
    return searchText<uint16_t>(*this, from, mustAdvance);
  default:
    return searchText<uint32_t>(*this, from, mustAdvance);
  }
}

} // namespace pyc::rt::sre
