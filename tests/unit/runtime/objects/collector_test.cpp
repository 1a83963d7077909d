#include "tests/unit/runtime/objects/python_class.h"

#include "runtime/objects/collector.h"
#include "runtime/objects/list.h"
#include "runtime/objects/weakref.h"

#include <gtest/gtest.h>

namespace pyc::rt {
namespace {

class CollectorTest : public testing::Test {
protected:
  void SetUp() override {
    initRuntime();
    collectGarbage();
  }
  void TearDown() override { EXPECT_FALSE(isRaised()) << takeError(); }
};

TEST_F(CollectorTest, FreesACycleOfLists) {
  {
    Ref a = newList(0);
    Ref b = newList(0);
    EXPECT_TRUE(listAppend(asList(a), b) && listAppend(asList(b), a));
    EXPECT_EQ(collectGarbage(), 0);
    EXPECT_EQ(asList(a)->count, 1);
    b = Ref();
    EXPECT_EQ(collectGarbage(), 0); // still reachable through a
  }
  EXPECT_EQ(collectGarbage(), 2);
  EXPECT_EQ(collectGarbage(), 0);
}

TEST_F(CollectorTest, KeepsCountsWhole) {
  Ref shared = newList(0);
  Ref holder = newList(0);
  for (int i = 0; i < 10; ++i)
    EXPECT_TRUE(listAppend(asList(holder), shared));
  EXPECT_TRUE(listAppend(asList(shared), holder));
  int64_t before = refcountOf(shared.get().object());
  for (int i = 0; i < 3; ++i)
    collectGarbage();
  EXPECT_EQ(refcountOf(shared.get().object()), before);
  EXPECT_EQ(shared.get().object()->sharedCount, 0u);
  EXPECT_TRUE(callMethod(holder, nameStr("clear")));
}

TEST_F(CollectorTest, FreesInstancesAndTheirClasses) {
  Ref weak;
  {
    Ref cls = makeTestClass("A");
    Ref a = call(cls);
    EXPECT_TRUE(setAttr(a, nameStr("self"), a));
    weak = makeWeakReference(cls, Value());
    ASSERT_TRUE(weak) << takeError();
    cls = Ref();
    collectGarbage();
    Ref alive = weakReferenceGet(weak.as<WeakReferenceObject>());
    EXPECT_FALSE(alive.isNone()) << "an instance keeps its class alive";
  }
  EXPECT_GT(collectGarbage(), 2);
  Ref dead = weakReferenceGet(weak.as<WeakReferenceObject>());
  EXPECT_TRUE(dead.isNone());
}

TEST_F(CollectorTest, ManyClassesDoNotLeak) {
  for (int i = 0; i < 200; ++i) {
    Ref base = makeTestClass("A");
    Ref derived = makeTestClass("B", {base});
    Ref instance = call(derived);
    EXPECT_TRUE(setAttr(instance, nameStr("x"), derived));
  }
  collectGarbage();
  Ref before = trackedObjects();
  for (int i = 0; i < 200; ++i) {
    Ref base = makeTestClass("A");
    Ref derived = makeTestClass("B", {base});
    Ref instance = call(derived);
  }
  collectGarbage();
  Ref after = trackedObjects();
  EXPECT_LE(asList(after)->count, asList(before)->count + 2);
}

TEST_F(CollectorTest, DeepNestingDoesNotOverflowTheStack) {
  Ref list = newList(0);
  for (int i = 0; i < 300000; ++i) {
    Ref outer = newList(1);
    ASSERT_TRUE(listAppendStealing(asList(outer), list.release()));
    list = std::move(outer);
  }
  list = Ref();
  Ref tuple = newTuple(0);
  for (int i = 0; i < 300000; ++i)
    tuple = tupleOf(tuple);
  tuple = Ref();
  Ref cls = makeTestClass("Node");
  Ref node = call(cls);
  for (int i = 0; i < 300000; ++i) {
    Ref outer = call(cls);
    ASSERT_TRUE(setAttr(outer, nameStr("next"), node));
    node = std::move(outer);
  }
  node = Ref();
}

TEST_F(CollectorTest, FreezesAndUntracks) {
  Ref list = newList(0);
  EXPECT_TRUE(listAppend(asList(list), list));
  EXPECT_TRUE(isTracked(list));
  freezeObjects();
  EXPECT_FALSE(isTracked(list));
  EXPECT_GT(frozenCount(), 0);
  collectGarbage();
  EXPECT_EQ(asList(list)->count, 1);
  unfreezeObjects();
  EXPECT_EQ(frozenCount(), 0);
  EXPECT_TRUE(isTracked(list));
  list = Ref();
  EXPECT_EQ(collectGarbage(), 1);
}

TEST_F(CollectorTest, DebtAsksForACollection) {
  thisThread().pollRequests = 0;
  std::vector<Ref> keep;
  for (int i = 0; i < 100000 && !(thisThread().pollRequests & kPollCollect); ++i)
    keep.push_back(newList(0));
  EXPECT_TRUE(thisThread().pollRequests & kPollCollect);
  EXPECT_EQ(thisThread().stackLimit, UINTPTR_MAX);
  collectIfDue();
  EXPECT_LT(youngCount(), 10);
  thisThread().pollRequests = 0;
  thisThread().stackLimit = thisThread().stackEnd;
}

/// Lists that can be made before a collection is asked for, up to `most`.
int64_t listsUntilDue(int64_t most) {
  thisThread().pollRequests = 0;
  std::vector<Ref> keep;
  while (static_cast<int64_t>(keep.size()) < most && !(thisThread().pollRequests & kPollCollect))
    keep.push_back(newList(0));
  thisThread().pollRequests = 0;
  thisThread().stackLimit = thisThread().stackEnd;
  return static_cast<int64_t>(keep.size());
}

TEST_F(CollectorTest, WaitsForAsMuchAsItHasToWalk) {
  std::vector<Ref> tuples; // untracked by the collection, and walked all the same
  Value one = Value::fromInt(1);
  for (int i = 0; i < 40000; ++i)
    tuples.push_back(makeTuple(&one, 1));
  for (int i = 0; i < 2; ++i)
    collectGarbage(); // which finds nothing, and gets patient
  EXPECT_EQ(listsUntilDue(30000), 30000);
  for (int i = 0; i < 20000; ++i) {
    Ref cycle = newList(0);
    EXPECT_TRUE(listAppend(asList(cycle), cycle));
  }
  collectGarbage(); // worth its while: the next one comes sooner
  EXPECT_LT(listsUntilDue(30000), 20000);
}

TEST_F(CollectorTest, Referents) {
  Ref list = newList(0);
  Ref inner = newList(0);
  EXPECT_TRUE(listAppend(asList(list), inner));
  Value value = list;
  Ref referents = referentsOf(&value, 1);
  EXPECT_EQ(asList(referents)->count, 1);
  value = inner;
  Ref referrers = referrersOf(&value, 1);
  EXPECT_EQ(asList(referrers)->count, 2); // list, and the list of referents
}

} // namespace
} // namespace pyc::rt
