// When to collect, and what gc.* asks.
#include "runtime/objects/collector.h"

#include "runtime/objects/borrowed_functions.h"
#include "runtime/objects/collected_heap.h"
#include "runtime/objects/garbage.h"
#include "runtime/objects/list.h"

#include <algorithm>
#include <chrono>

namespace pyc::rt {

void (*collectorCallback)(const char* phase, int generation, const CollectorStats& stats) = nullptr;
Value collectorSaveAll;

namespace {

constexpr int64_t kDefaultThreshold = 2000;

struct Collector {
  bool isEnabled = true;
  bool isRunning = false;
  int64_t threshold = kDefaultThreshold;
  HeapCensus last;      // of the last collection
  int64_t patience = 1; // grows while collections find nothing
  CollectorStats stats[kGenerations];
};
constinit Collector collector;

constexpr int64_t kMostPatience = 4;

/// Young objects that make a collection due: in proportion to the old ones, so that a growing heap
/// is not walked again and again. A fourth of them; as many where collections find nothing.
int64_t debtLimit() {
  int64_t old = collector.patience == 1 ? collector.last.survivors : collector.last.walked;
  return std::max(collector.threshold, old / 4 * collector.patience);
}

void tell(const char* phase, int generation, const CollectorStats& stats) {
  if (collectorCallback)
    collectorCallback(phase, generation, stats);
}

CollectorStats collectOnce() {
  auto start = std::chrono::steady_clock::now();
  CollectorStats run{.collections = 1};
  HeapCensus census;
  std::vector<Object*> garbage = findGarbage(census);
  auto found = static_cast<int64_t>(garbage.size());
  run.candidates = census.survivors + found;
  collector.last = census;
  collector.patience = found == 0 ? std::min(collector.patience * 2, kMostPatience) : 1;
  if (collectorSaveAll)
    run.collected = saveAll(std::move(garbage), asList(collectorSaveAll));
  else
    run.collected = disposeOf(std::move(garbage));
  thisThread().collectorDebt = -debtLimit();
  run.duration = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return run;
}

int64_t runCollection(int generation) {
  AsideScope aside;
  tell("start", generation, {});
  CollectorStats run = collectOnce();
  CollectorStats& sum = collector.stats[generation];
  sum.collections += run.collections;
  sum.collected += run.collected;
  sum.candidates += run.candidates;
  sum.duration += run.duration;
  tell("stop", generation, run);
  return run.collected;
}

/// Found by comparing what an object refers to with the values asked for.
class ReferrerVisitor final : public Visitor {
public:
  explicit ReferrerVisitor(std::span<const Value> values) : values_(values) {}
  bool refers(Object* object) {
    found_ = false;
    traverseObject(object, *this);
    return found_;
  }
  void visit(Value value) override {
    found_ = found_ || std::find(values_.begin(), values_.end(), value) != values_.end();
  }

private:
  std::span<const Value> values_;
  bool found_ = false;
};

class ListVisitor final : public Visitor {
public:
  explicit ListVisitor(std::vector<Value>& out) : out_(out) {}
  void visit(Value value) override {
    if (value)
      out_.push_back(value);
  }

private:
  std::vector<Value>& out_;
};

} // namespace

void requestCollection() {
  if (collector.isEnabled && !collector.isRunning && collector.threshold != 0)
    requestPoll(thisThread(), kPollCollect);
}

void collectIfDue() {
  if (collector.isEnabled && thisThread().collectorDebt > 0)
    collectGarbage(0);
}

int64_t collectGarbage(int generation) {
  if (collector.isRunning)
    return 0;
  collector.isRunning = true;
  releaseEndedFunctions();
  int64_t collected = runCollection(generation);
  collector.isRunning = false;
  return collected;
}

void enableCollector(bool enabled) {
  collector.isEnabled = enabled;
}
bool isCollectorEnabled() {
  return collector.isEnabled;
}

int64_t collectorThreshold() {
  return collector.threshold;
}
void setCollectorThreshold(int64_t threshold) {
  int64_t young = youngCount();
  collector.threshold = threshold;
  thisThread().collectorDebt = young - debtLimit();
}

int64_t youngCount() {
  return std::max<int64_t>(thisThread().collectorDebt + debtLimit(), 0);
}

const CollectorStats& collectorStats(int generation) {
  return collector.stats[generation];
}

// Frozen objects are tracked to nobody; the mark, which such objects never have otherwise, tells
// them from those that are untracked by nature.
constexpr uint8_t kFrozen = kObjectUntracked | kObjectMarked;

void freezeObjects() {
  eachCandidate([](Object* object) { object->flags |= kFrozen; });
}

void unfreezeObjects() {
  eachCollected([](Object* object) {
    if ((object->flags & kFrozen) == kFrozen)
      trackObject(object);
  });
}

int64_t frozenCount() {
  int64_t count = 0;
  eachCollected([&](Object* object) { count += (object->flags & kFrozen) == kFrozen; });
  return count;
}

Ref trackedObjects() {
  std::vector<Value> found;
  eachCandidate([&](Object* object) { found.push_back(object); });
  return makeList(found.data(), found.size());
}

Ref referrersOf(const Value* values, size_t count) {
  std::vector<Value> found;
  ReferrerVisitor visitor({values, count});
  eachCandidate([&](Object* object) {
    if (visitor.refers(object))
      found.push_back(object);
  });
  return makeList(found.data(), found.size());
}

Ref referentsOf(const Value* values, size_t count) {
  std::vector<Value> found;
  std::vector<Ref> held;
  ListVisitor visitor(found);
  for (size_t i = 0; i < count; ++i)
    if (isList(values[i])) { // whose numbers may be kept in another form
      for (int64_t k = 0; k < asList(values[i])->count; ++k)
        found.push_back(held.emplace_back(listGet(asList(values[i]), k)));
    } else if (values[i].isObject() && (typeOf(values[i])->flags & kTypeCollected)) {
      traverseObject(values[i].object(), visitor);
      if (typeOf(values[i])->flags & kTypeHeap)
        found.push_back(typeOf(values[i]));
    }
  return makeList(found.data(), found.size());
}

bool isTracked(Value value) {
  return isCandidate(value);
}

} // namespace pyc::rt
