// Finding garbage. A candidate's references from other candidates are subtracted from its count (in
// sharedCount, four at a time, so that the state bits below stay); who still has references is in
// use from outside, and so is all that they reach. Marking visits each edge again and adds it back,
// so that the counts are whole at the end without having been saved.
//
// Instances do not count a reference to their class; marking follows that edge all the same. A
// class counts a reference to itself, which its traverse slot shows and only its clear slot drops,
// so that nothing but the collector ever frees one.
#include "runtime/objects/garbage.h"

#include "runtime/objects/collected_heap.h"
#include "runtime/objects/collector.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

namespace {

constexpr uint32_t kOneShared = 4;

void addToCount(Object* object, int32_t count) {
  object->sharedCount += static_cast<uint32_t>(count) * kOneShared;
}

/// References from outside, modulo 2^30, are not zero.
bool isReferencedFromOutside(const Object* object) {
  return object->localCount == kImmortalCount ||
         object->localCount * kOneShared + (object->sharedCount & ~(kOneShared - 1)) != 0;
}

bool isMarked(const Object* object) {
  return (object->flags & kObjectMarked) != 0;
}
void unmark(Object* object) {
  object->flags &= static_cast<uint8_t>(~kObjectMarked);
}

/// Objects that a search is about: all candidates, or those of a list, which are marked.
struct AllCandidates {
  static bool has(const Object* object) { return isCandidate(object); }
};
struct MarkedOnly {
  static bool has(const Object* object) { return isCandidate(object) && isMarked(object); }
};

/// Adds a number to the count of each object of the set that is visited.
template <class Set> class CountVisitor final : public Visitor {
public:
  explicit CountVisitor(int32_t change) : Visitor(false), change_(change) {}
  void visit(Value value) override {
    if (value.isObject() && value && Set::has(value.object()))
      addToCount(value.object(), change_);
  }

private:
  int32_t change_;
};

/// Marks what is reachable from the objects given to it, adding references back on the way.
class MarkVisitor final : public Visitor {
public:
  MarkVisitor() : Visitor(false) {}
  void markFrom(Object* root) {
    mark(root);
    while (!pending_.empty()) {
      Object* object = pending_.back();
      pending_.pop_back();
      traverseObject(object, *this);
      TypeObject* type = shapeOf(object)->type;
      if ((type->flags & kTypeHeap) && isCandidate(&type->header))
        mark(&type->header);
    }
  }
  void markClassOf(Object* object) {
    if (object->shape < kBuiltinShapeCount * sizeof(Shape))
      return;
    TypeObject* type = shapeOf(object)->type;
    if ((type->flags & kTypeHeap) && isCandidate(&type->header))
      markFrom(&type->header);
  }
  void visit(Value value) override {
    if (isCandidate(value)) {
      addToCount(value.object(), 1);
      mark(value.object());
    }
  }

private:
  void mark(Object* object) {
    if (isMarked(object))
      return;
    object->flags |= kObjectMarked;
    pending_.push_back(object);
  }
  std::vector<Object*> pending_;
};

/// A tuple that holds nothing collectable never will.
void untrackTuple(Object* object) {
  auto* tuple = reinterpret_cast<TupleObject*>(object);
  for (int64_t i = 0; i < tuple->count; ++i) {
    Value item = tuple->items()[i];
    if (!item || isCandidate(item))
      return;
  }
  untrackObject(object);
}

/// Takes the marks off what is reachable; returns the rest, whose edges it adds back.
std::vector<Object*> sweep(int64_t& survivors) {
  std::vector<Object*> garbage;
  CountVisitor<AllCandidates> addBack(1);
  survivors = 0;
  eachCandidate([&](Object* object) {
    if (!isMarked(object)) {
      garbage.push_back(object);
      return;
    }
    unmark(object);
    ++survivors;
    if (object->shape == kShapeTuple)
      untrackTuple(object);
  });
  for (Object* object : garbage)
    traverseObject(object, addBack);
  return garbage;
}

/// Marks, in `revived`, what is reachable within the list from the given object.
class ReviveVisitor final : public Visitor {
public:
  ReviveVisitor() : Visitor(false) {}
  void reviveFrom(Object* root) {
    revive(root);
    while (!pending_.empty()) {
      Object* object = pending_.back();
      pending_.pop_back();
      traverseObject(object, *this);
      TypeObject* type = shapeOf(object)->type;
      if ((type->flags & kTypeHeap) && MarkedOnly::has(&type->header))
        revive(&type->header);
    }
  }
  void visit(Value value) override {
    if (value.isObject() && value && MarkedOnly::has(value.object()))
      revive(value.object());
  }

private:
  void revive(Object* object) {
    unmark(object);
    pending_.push_back(object);
  }
  std::vector<Object*> pending_;
};

} // namespace

std::vector<Object*> findGarbage(HeapCensus& census) {
  CountVisitor<AllCandidates> subtract(-1);
  eachCandidate([&](Object* object) { traverseObject(object, subtract); });
  MarkVisitor marker;
  eachCollected([&](Object* object) {
    ++census.walked;
    if (!isCandidate(object))
      marker.markClassOf(object); // untracked or dying, it needs its class all the same
    else if (!isMarked(object) && isReferencedFromOutside(object))
      marker.markFrom(object);
  });
  std::vector<Object*> garbage = sweep(census.survivors);
  census.walked -= static_cast<int64_t>(garbage.size());
  for (Object* object : garbage) {
    incref(object);
    object->flags |= kObjectMarked;
  }
  return garbage;
}

void dropRevived(std::vector<Object*>& garbage) {
  // The counts without the list's own reference and those from within the list...
  CountVisitor<MarkedOnly> subtract(-1);
  for (Object* object : garbage)
    if (isMarked(object)) {
      addToCount(object, -1);
      traverseObject(object, subtract);
    }
  std::vector<Object*> roots;
  for (Object* object : garbage)
    if (isMarked(object) && isReferencedFromOutside(object))
      roots.push_back(object);
  // ...which are put back before any mark goes.
  CountVisitor<MarkedOnly> addBack(1);
  for (Object* object : garbage)
    if (isMarked(object)) {
      addToCount(object, 1);
      traverseObject(object, addBack);
    }
  ReviveVisitor reviver;
  for (Object* object : roots)
    if (isMarked(object))
      reviver.reviveFrom(object);
  std::vector<Object*> revived;
  std::erase_if(garbage, [&](Object* object) {
    if (isMarked(object))
      return false;
    revived.push_back(object);
    return true;
  });
  for (Object* object : revived)
    decref(object);
}

} // namespace pyc::rt
