// Counts objects as they are made: for the statistics of a run (runtime/stats) and for tests. While
// nobody asked for it, it is one branch an allocation.
#pragma once

#include "runtime/objects/shape.h"

#include <cstddef>
#include <string>
#include <vector>

namespace pyc::rt {

/// Whether objects are counted.
extern "C" bool pycCountsAllocations;
/// Keeps the caller's registers, so that the usual way past it stays short.
extern "C" __attribute__((preserve_most, cold)) void pycCountAllocation(ShapeRef root, size_t size);

/// To be called where an object comes to be: with its type's root shape and its size in bytes.
inline void noteAllocation(ShapeRef root, size_t size) {
  if (PYC_UNLIKELY(pycCountsAllocations))
    pycCountAllocation(root, size);
}

/// Begins to count objects of all threads; again: does nothing.
void countAllocations();
/// Begins to count by type as well. False when there is no memory for that.
bool countAllocationsByType();

/// Objects that this thread has made since counting began.
uint64_t allocationsOfThread();

/// Instances of one type that were made, by all threads.
struct TypeAllocations {
  std::string type; // qualified name
  uint64_t objects;
  uint64_t bytes; // without buffers that the objects refer to
};
/// By type, in no particular order. Types of one name are one.
std::vector<TypeAllocations> allocationsByType();

/// Keeps the name of a type that is about to die, where its instances are counted.
void nameDyingType(const TypeObject* type);

} // namespace pyc::rt
