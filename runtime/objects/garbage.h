// The two halves of a collection: finding what is unreachable, and getting rid of it.
#pragma once

#include "runtime/objects/type.h"

#include <vector>

namespace pyc::rt {

struct ListObject;

/// What a search for garbage came by.
struct HeapCensus {
  int64_t walked = 0;    // objects that stay in the collected heap, the untracked ones as well
  int64_t survivors = 0; // reachable ones among those that it is about
};

/// Unreachable objects, each with one reference that the list holds, marked kObjectMarked.
std::vector<Object*> findGarbage(HeapCensus& census);

/// Drops from the list, with their reference and mark, the objects that have become reachable
/// again.
void dropRevived(std::vector<Object*>& garbage);

/// Finalizers, weak references, breaking cycles; gives the list's references back. The number of
/// objects that were freed or are about to be.
int64_t disposeOf(std::vector<Object*> garbage);

/// Keeps the garbage alive in a list instead (gc.DEBUG_SAVEALL); its length.
int64_t saveAll(std::vector<Object*> garbage, ListObject* into);

} // namespace pyc::rt
