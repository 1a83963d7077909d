// The memo of a pickler: numbers by identity, in the order in which objects come.
#include "runtime/modules/pickle_memo.h"
#include "runtime/objects/list.h"
#include "tests/unit/runtime/objects/runtime_test.h"

#include <gtest/gtest.h>

#include <vector>

namespace pyc::rt::pickle {
namespace {

using PickleMemoTest = ::pyc::rt::testing::RuntimeTest;

TEST_F(PickleMemoTest, NumbersObjectsAsTheyCome) {
  PickleMemo memo;
  std::vector<Ref> lists;
  for (int64_t i = 0; i < 1000; ++i) {
    lists.push_back(newList(0));
    EXPECT_EQ(memo.find(lists.back()), -1);
    EXPECT_EQ(memo.add(lists.back()), i);
  }
  for (int64_t i = 0; i < 1000; ++i)
    EXPECT_EQ(memo.find(lists[static_cast<size_t>(i)]), i);
}

TEST_F(PickleMemoTest, KeepsObjectsAlive) {
  PickleMemo memo;
  Ref list = newList(0);
  memo.add(list);
  EXPECT_EQ(refcountOf(list.get().object()), 2);
  memo.clear();
  EXPECT_EQ(refcountOf(list.get().object()), 1);
  EXPECT_EQ(memo.find(list), -1);
  EXPECT_EQ(memo.add(list), 0);
}

TEST_F(PickleMemoTest, LeavesNumbersOut) {
  PickleMemo memo;
  Ref first = newList(0), second = newList(0);
  EXPECT_EQ(memo.add(first), 0);
  EXPECT_EQ(memo.skip(), 1);
  EXPECT_EQ(memo.add(second), 2);
}

TEST_F(PickleMemoTest, ChangesNumbers) {
  PickleMemo memo, other;
  Ref list = newList(0);
  EXPECT_TRUE(memo.put(list, 7));
  EXPECT_TRUE(memo.put(list, 8));
  EXPECT_EQ(memo.find(list), 8);
  other.swap(memo);
  EXPECT_EQ(memo.find(list), -1);
  EXPECT_EQ(other.find(list), 8);
  int64_t count = 0;
  other.each([&](const PickleMemo::Entry&) { ++count; });
  EXPECT_EQ(count, 1);
}

} // namespace
} // namespace pyc::rt::pickle
