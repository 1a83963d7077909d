#include "runtime/objects/allocation_count.h"

#include "runtime/objects/str.h"
#include "runtime/objects/type.h"
#include "runtime/threads/spin_lock.h"

#include <atomic>
#include <map>
#include <sys/mman.h>

namespace pyc::rt {

constinit bool pycCountsAllocations = false;

namespace {

struct Counter {
  std::atomic<uint64_t> objects, bytes;
};

thread_local uint64_t ofThread = 0;

/// By the index of the type's root shape: address space for all there can be, which takes memory
/// where it is used. Null: types are not told apart.
std::atomic<Counter*> counters;
constexpr size_t kCounterBytes = (size_t{1} << 32) / sizeof(Shape) * sizeof(Counter);
std::atomic<size_t> counterEnd; // behind the last one that counted

SpinLock namesLock;
std::map<ShapeRef, std::string>& namesOfDead() {
  static std::map<ShapeRef, std::string> names;
  return names;
}

std::string nameOfType(const TypeObject* type) {
  std::string storage;
  return type->qualifiedName ? std::string(utf8View(type->qualifiedName, storage)) : type->name;
}

std::string nameOfRoot(ShapeRef root) {
  SpinGuard guard(namesLock);
  auto dead = namesOfDead().find(root);
  return dead != namesOfDead().end() ? dead->second : nameOfType(shapeAt(root)->type);
}

void raiseTo(std::atomic<size_t>& greatest, size_t value) {
  size_t old = greatest.load(std::memory_order_relaxed);
  while (old < value && !greatest.compare_exchange_weak(old, value, std::memory_order_relaxed)) {
  }
}

} // namespace

void pycCountAllocation(ShapeRef root, size_t size) {
  ++ofThread;
  Counter* table = counters.load(std::memory_order_acquire);
  if (!table)
    return;
  size_t index = root / sizeof(Shape);
  table[index].objects.fetch_add(1, std::memory_order_relaxed);
  table[index].bytes.fetch_add(size, std::memory_order_relaxed);
  raiseTo(counterEnd, index + 1);
}

void countAllocations() {
  pycCountsAllocations = true;
}

bool countAllocationsByType() {
  if (!counters) {
    void* memory = mmap(nullptr, kCounterBytes, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED)
      return false;
    counters = static_cast<Counter*>(memory);
  }
  countAllocations();
  return true;
}

uint64_t allocationsOfThread() {
  return ofThread;
}

std::vector<TypeAllocations> allocationsByType() {
  std::map<std::string, TypeAllocations> byName;
  Counter* table = counters;
  for (size_t i = 0; table && i < counterEnd; ++i) {
    uint64_t objects = table[i].objects;
    if (objects == 0)
      continue;
    std::string name = nameOfRoot(static_cast<ShapeRef>(i * sizeof(Shape)));
    TypeAllocations& sum = byName.try_emplace(name, TypeAllocations{name, 0, 0}).first->second;
    sum.objects += objects;
    sum.bytes += table[i].bytes;
  }
  std::vector<TypeAllocations> all;
  for (auto& entry : byName)
    all.push_back(std::move(entry.second));
  return all;
}

void nameDyingType(const TypeObject* type) {
  if (!pycCountsAllocations || !counters)
    return;
  SpinGuard guard(namesLock);
  namesOfDead()[type->rootShape] = nameOfType(type);
}

} // namespace pyc::rt
