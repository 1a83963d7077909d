// The cycle collector: finds objects of the collected heap that only each other refer to. Stops the
// world, marks, and frees what is left; after CPython's free-threaded collector and PEP 442.
//
// It never runs inside an allocation: allocations only ask for it, and the thread's next poll calls
// collectIfDue(). References in frames, registers and C++ code are counted, so they need no scan.
#pragma once

#include "runtime/objects/type.h"

namespace pyc::rt {

/// Runs a collection when it is due and enabled. For polls.
void collectIfDue();
/// Asks the next poll for one. For allocObject.
void requestCollection();

inline constexpr int kGenerations = 3; // as programs see it; every collection looks at all objects

/// gc.collect(): objects found unreachable. Zero when a collection is running already. `generation`
/// is for the statistics.
int64_t collectGarbage(int generation = kGenerations - 1);
void enableCollector(bool enabled);
bool isCollectorEnabled();
/// gc.freeze(), gc.unfreeze(), gc.get_freeze_count()
void freezeObjects();
void unfreezeObjects();
int64_t frozenCount();
/// Young objects that make a collection due; 0: never.
void setCollectorThreshold(int64_t threshold);
int64_t collectorThreshold();
/// Allocations less deallocations since the last collection.
int64_t youngCount();

/// What one collection, or all of a generation, did.
struct CollectorStats {
  int64_t collections = 0;
  int64_t collected = 0;
  int64_t uncollectable = 0;
  int64_t candidates = 0; // objects looked at
  double duration = 0;    // seconds
};
const CollectorStats& collectorStats(int generation);

/// gc.garbage: where unreachable objects go instead of being freed, while set. Borrowed.
extern Value collectorSaveAll;

/// Objects that the collector tracks, as a list (gc.get_objects()).
Ref trackedObjects();
/// Those that refer directly to any of the values.
Ref referrersOf(const Value* values, size_t count);
/// What the values refer to directly.
Ref referentsOf(const Value* values, size_t count);
bool isTracked(Value value);

/// Called around each collection (gc.callbacks); `phase` is "start" or "stop". May be null.
extern void (*collectorCallback)(const char* phase, int generation, const CollectorStats& stats);

/// Containers that turn out to hold no objects leave the collector's sight, and come back.
inline void untrackObject(Object* object) {
  object->flags |= kObjectUntracked;
}
inline void trackObject(Object* object) {
  object->flags &= ~(kObjectUntracked | kObjectMarked);
}

/// Runs the finalize slot in an AsideScope.
void finalizeObject(Object* object, const TypeObject* type);

/// While it lives, code of the program's may run from within a deallocation or a collection: the
/// exception being raised is put aside, and what the code drops dies at once, however deep this
/// thread's deallocations are nested.
class AsideScope {
public:
  AsideScope();
  ~AsideScope();
  AsideScope(const AsideScope&) = delete;
  AsideScope& operator=(const AsideScope&) = delete;

private:
  Value raised_;
  Object** trashcan_;
  uint32_t trashcanCount_, trashcanCapacity_, deallocDepth_;
};

} // namespace pyc::rt
