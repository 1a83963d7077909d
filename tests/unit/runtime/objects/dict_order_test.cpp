#include "runtime/objects/dict_table.h"
#include "tests/unit/runtime/objects/runtime_test.h"

#include <deque>
#include <random>

namespace pyc::rt::testing {
namespace {

class DictOrderTest : public RuntimeTest {
protected:
  Ref dict = newDict();
  DictObject* d = asDict(dict);

  void set(Value key) { ASSERT_TRUE(dictSet(d, key, key)); }
  void move(Value key, bool last) {
    int64_t hash;
    int64_t number = dictLookup(d, key, &hash);
    ASSERT_GE(number, 0);
    ASSERT_TRUE(dictMoveToEnd(d, static_cast<uint32_t>(number), last));
  }
};

TEST_F(DictOrderTest, MovesKeysToBothEnds) {
  for (int64_t key = 0; key < 4; ++key)
    set(num(key));
  move(num(1), true);
  EXPECT_EQ(show(dict), "{0: 0, 2: 2, 3: 3, 1: 1}");
  move(num(3), false);
  EXPECT_EQ(show(dict), "{3: 3, 0: 0, 2: 2, 1: 1}");
  move(num(3), false);
  move(num(1), true);
  EXPECT_EQ(show(dict), "{3: 3, 0: 0, 2: 2, 1: 1}");
}

TEST_F(DictOrderTest, KnowsItsEnds) {
  for (int64_t key = 0; key < 3; ++key)
    set(num(key));
  bool removed;
  ASSERT_TRUE(dictRemove(d, num(0), removed));
  ASSERT_TRUE(dictRemove(d, num(2), removed));
  EXPECT_EQ(d->entries[dictEndEntry(d, false)].key, num(1));
  EXPECT_EQ(d->entries[dictEndEntry(d, true)].key, num(1));
}

TEST_F(DictOrderTest, FindsKeysOfAllKindsThatWereMovedToTheFront) {
  set(text("a"));
  set(num(1));
  set(Value::fromDouble(2.5));
  move(Value::fromDouble(2.5), false);
  move(text("a"), false);
  EXPECT_EQ(show(dict), "{'a': 'a', 2.5: 2.5, 1: 1}");
  Value found;
  ASSERT_TRUE(dictFind(d, Value::fromDouble(2.5), found));
  EXPECT_EQ(found, Value::fromDouble(2.5));
}

TEST_F(DictOrderTest, AgreesWithADequeOverManyMoves) {
  std::deque<int64_t> expected;
  for (int64_t key = 0; key < 500; ++key) {
    set(num(key));
    expected.push_back(key);
  }
  std::mt19937 random(1);
  for (int step = 0; step < 5000; ++step) {
    int64_t key = random() % 500;
    bool last = random() % 3 == 0;
    move(num(key), last);
    expected.erase(std::find(expected.begin(), expected.end(), key));
    last ? expected.push_back(key) : expected.push_front(key);
  }
  int64_t position = 0;
  Value key, value;
  for (int64_t wanted : expected) {
    ASSERT_TRUE(dictNext(d, position, key, value));
    ASSERT_EQ(key, num(wanted));
  }
  EXPECT_EQ(d->count, 500u);
}

} // namespace
} // namespace pyc::rt::testing
