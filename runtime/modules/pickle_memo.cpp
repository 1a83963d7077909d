// The memo of a pickler.
#include "runtime/modules/pickle_memo.h"

#include "runtime/objects/errors.h"

#include <mimalloc.h>

namespace pyc::rt::pickle {

bool PickleMemo::grow() {
  size_t places = entries_ ? (mask_ + 1) * 4 : 32;
  auto* entries = static_cast<Entry*>(mi_calloc(places, sizeof(Entry)));
  if (!entries)
    return raiseMemoryError();
  Entry* old = std::exchange(entries_, entries);
  size_t oldPlaces = old ? mask_ + 1 : 0;
  mask_ = places - 1;
  for (size_t i = 0; i < oldPlaces; ++i) {
    if (!old[i].object)
      continue;
    size_t place = placeOf(old[i].object);
    while (entries_[place].object)
      place = (place + 1) & mask_;
    entries_[place] = old[i];
  }
  mi_free(old);
  return true;
}

bool PickleMemo::put(Value object, int64_t index) {
  if ((count_ + 1) * 2 > mask_ && !grow())
    return false;
  size_t place = placeOf(object);
  while (entries_[place].object && !(entries_[place].object == object))
    place = (place + 1) & mask_;
  if (!entries_[place].object) {
    incref(object);
    entries_[place].object = object;
    ++count_;
    ++next_;
  }
  entries_[place].index = index;
  return true;
}

void PickleMemo::clear() {
  Entry* entries = std::exchange(entries_, nullptr);
  size_t places = entries ? mask_ + 1 : 0;
  mask_ = count_ = 0;
  next_ = 0;
  for (size_t i = 0; i < places; ++i)
    decrefMaybe(entries[i].object);
  mi_free(entries);
}

void PickleMemo::swap(PickleMemo& other) {
  std::swap(entries_, other.entries_);
  std::swap(mask_, other.mask_);
  std::swap(count_, other.count_);
  std::swap(next_, other.next_);
}

} // namespace pyc::rt::pickle
