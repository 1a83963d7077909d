#include "runtime/objects/set.h"
#include "tests/unit/runtime/objects/runtime_test.h"

#include <random>
#include <set>

namespace pyc::rt::testing {
namespace {

using SetTest = RuntimeTest;

TEST_F(SetTest, ShowsNumbersInCPythonsOrder) {
  EXPECT_EQ(show(makeSet(intList({3, 1, 2}))), "{1, 2, 3}");
  EXPECT_EQ(show(makeSet(intList({100, 5, 33, 17, 8}))), "{33, 100, 5, 8, 17}");
  EXPECT_EQ(show(newSet()), "set()");
  EXPECT_EQ(show(makeFrozenSet(intList({8, 0}))), "frozenset({8, 0})");
  EXPECT_EQ(show(makeFrozenSet(Value())), "frozenset()");
}

TEST_F(SetTest, AgreesWithAModelUnderRandomOperations) {
  std::mt19937 random(1);
  std::set<int64_t> model;
  Ref set = newSet();
  for (int step = 0; step < 100000; ++step) {
    int64_t item = random() % (step % 20000 < 10000 ? 100 : 5000);
    bool isThere = model.contains(item), answer;
    switch (random() % 3) {
    case 0:
      ASSERT_TRUE(setAdd(asSet(set), num(item)));
      model.insert(item);
      break;
    case 1:
      ASSERT_TRUE(setRemove(asSet(set), num(item), answer));
      EXPECT_EQ(answer, isThere);
      model.erase(item);
      break;
    default:
      ASSERT_TRUE(setContains(asSet(set), num(item), answer));
      EXPECT_EQ(answer, isThere);
    }
    ASSERT_EQ(asSet(set)->count, static_cast<int64_t>(model.size()));
  }
}

TEST_F(SetTest, HasOperators) {
  Ref a = makeSet(intList({1, 2, 3})), b = makeSet(intList({2, 3, 4}));
  EXPECT_EQ(show(binaryOp(BinaryOp::Or, a, b)), "{1, 2, 3, 4}");
  EXPECT_EQ(show(binaryOp(BinaryOp::And, a, b)), "{2, 3}");
  EXPECT_EQ(show(binaryOp(BinaryOp::Sub, a, b)), "{1}");
  EXPECT_EQ(show(binaryOp(BinaryOp::Xor, a, b)), "{1, 4}");
  EXPECT_EQ(show(compare(CompareOp::Le, makeSet(intList({1})), a)), "True");
  EXPECT_EQ(show(compare(CompareOp::Lt, a, a)), "False");
  EXPECT_EQ(show(compare(CompareOp::Eq, a, makeFrozenSet(a))), "True");
  EXPECT_EQ(show(compare(CompareOp::Gt, a, makeFrozenSet(intList({1, 3})))), "True");
  EXPECT_EQ(show(binaryOp(BinaryOp::Or, a, intList({1}))),
            "TypeError: unsupported operand type(s) for |: 'set' and 'list'");
}

TEST_F(SetTest, AUnionWithItselfKeepsTheTable) {
  Ref set = makeSet(intList({-80, -5, 172, 214}));
  EXPECT_EQ(show(binaryOp(BinaryOp::Or, set, set)), show(invoke(set, "copy")));
}

TEST_F(SetTest, HasMethodsForAnyIterable) {
  Ref set = makeSet(intList({1, 2, 3}));
  EXPECT_EQ(show(invoke(set, "union", {intList({4}), intList({5})})), "{1, 2, 3, 4, 5}");
  EXPECT_EQ(show(invoke(set, "intersection", {intList({3, 9, 1})})), "{1, 3}");
  EXPECT_EQ(show(invoke(set, "difference", {intList({3}), intList({1})})), "{2}");
  EXPECT_EQ(show(invoke(set, "symmetric_difference", {intList({3, 4})})), "{1, 2, 4}");
  EXPECT_EQ(show(invoke(set, "issubset", {intList({1, 2, 3, 4})})), "True");
  EXPECT_EQ(show(invoke(set, "issuperset", {intList({1, 7})})), "False");
  EXPECT_EQ(show(invoke(set, "isdisjoint", {intList({7})})), "True");
  EXPECT_EQ(show(invoke(set, "update", {intList({7})})), "None");
  EXPECT_EQ(show(invoke(set, "intersection_update", {intList({7, 1})})), "None");
  EXPECT_EQ(show(set), "{1, 7}");
  EXPECT_EQ(show(invoke(set, "remove", {num(3)})), "KeyError: 3");
  EXPECT_EQ(show(invoke(set, "discard", {num(3)})), "None");
  EXPECT_EQ(show(invoke(set, "pop")), "1");
  EXPECT_EQ(show(invoke(set, "clear")), "None");
  EXPECT_EQ(show(invoke(set, "pop")), "KeyError: 'pop from an empty set'");
}

TEST_F(SetTest, HashesAsCPython) {
  int64_t result;
  ASSERT_TRUE(hash(makeFrozenSet(intList({1, 2, 3})), result));
  EXPECT_EQ(result, -272375401224217160);
  ASSERT_TRUE(hash(makeFrozenSet(Value()), result));
  EXPECT_EQ(result, 133146708735736);
  ASSERT_TRUE(hash(tupleOf(num(1), tupleOf(num(2), num(3))), result));
  EXPECT_EQ(result, 7267574591690527098);
}

TEST_F(SetTest, RefusesWhatCannotBeHashed) {
  Ref set = newSet();
  EXPECT_FALSE(setAdd(asSet(set), intList({})));
  EXPECT_EQ(takeError(), "TypeError: cannot use 'list' as a set element (unhashable type: 'list')");
}

TEST_F(SetTest, FindsASetByItsItems) {
  Ref inner = makeFrozenSet(intList({1}));
  Ref set = makeSet(tupleOf(inner));
  bool found = false;
  ASSERT_TRUE(contains(set, makeSet(intList({1})), found));
  EXPECT_TRUE(found);
}

TEST_F(SetTest, IterationNoticesChanges) {
  Ref set = makeSet(intList({1, 2}));
  Ref iterator = getIter(set);
  EXPECT_EQ(show(iterNext(iterator)), "1");
  ASSERT_TRUE(setAdd(asSet(set), num(3)));
  EXPECT_EQ(show(iterNext(iterator)), "RuntimeError: Set changed size during iteration");
}

} // namespace
} // namespace pyc::rt::testing
