#include "runtime/objects/iterators.h"
#include "runtime/objects/slice.h"
#include "tests/unit/runtime/objects/runtime_test.h"

#include <algorithm>
#include <random>

namespace pyc::rt::testing {
namespace {

using ListTest = RuntimeTest;

Ref slice(Value start, Value stop, Value step = Value::none()) {
  return makeSlice(start, stop, step);
}

TEST_F(ListTest, KeepsNumbersUnboxed) {
  Ref list = intList({1, 2, 3});
  EXPECT_EQ(asList(list)->storage, ListStorage::Ints);
  ASSERT_TRUE(listAppend(asList(list), text("x")));
  EXPECT_EQ(asList(list)->storage, ListStorage::Values);
  EXPECT_EQ(show(list), "[1, 2, 3, 'x']");
  Value floats[] = {Value::fromDouble(1.5), Value::fromDouble(2.5)};
  Ref other = makeList(floats, 2);
  EXPECT_EQ(asList(other)->storage, ListStorage::Floats);
  ASSERT_TRUE(listSet(asList(other), 0, num(1)));
  EXPECT_EQ(show(other), "[1, 2.5]");
}

TEST_F(ListTest, BoolsStayBools) {
  Ref list = intList({1, 0});
  ASSERT_TRUE(listAppend(asList(list), Value::fromBool(true)));
  EXPECT_EQ(show(list), "[1, 0, True]");
  Value mixed[] = {num(1), Value::fromBool(false)};
  EXPECT_EQ(show(makeList(mixed, 2)), "[1, False]");
}

Ref boolList(std::initializer_list<bool> items) {
  Ref list = newList(0);
  for (bool item : items)
    EXPECT_TRUE(listAppend(asList(list), Value::fromBool(item)));
  return list;
}

TEST_F(ListTest, KeepsBoolsAsBytes) {
  Ref list = boolList({true, false, true});
  EXPECT_EQ(asList(list)->storage, ListStorage::Bools);
  EXPECT_EQ(show(listSlice(asList(list), 1, 3)), "[False, True]");
  EXPECT_EQ(asList(listRepeat(asList(list), 5))->storage, ListStorage::Bools);
  ASSERT_TRUE(listSet(asList(list), 0, Value::fromBool(false)));
  listReverse(asList(list));
  EXPECT_EQ(show(list), "[True, False, False]");
  ASSERT_TRUE(listAppend(asList(list), num(1)));
  EXPECT_EQ(asList(list)->storage, ListStorage::Values);
  EXPECT_EQ(show(list), "[True, False, False, 1]");
}

TEST_F(ListTest, CapacitiesFollowTheSizeOfItems) {
  Ref list = newList(3);
  EXPECT_EQ(asList(list)->capacity, 3);
  for (int i = 0; i < 100; ++i)
    ASSERT_TRUE(listAppend(asList(list), Value::fromBool(i % 3 == 0)));
  EXPECT_EQ(asList(list)->storage, ListStorage::Bools);
  ASSERT_TRUE(listSet(asList(list), 50, names::empty));
  EXPECT_GE(asList(list)->capacity, 100);
  EXPECT_TRUE(asList(list)->values()[99].isTrue());
  for (int i = 0; i < 1000; ++i)
    ASSERT_TRUE(listAppend(asList(list), num(i)));
  EXPECT_EQ(show(listSlice(asList(list), 97, 102)), "[False, False, True, 0, 1]");
  // Emptied, with another storage afterwards: the array is the same, its capacity is not.
  Ref bools = boolList({true, true, true, true, true, true, true, true, true});
  while (asList(bools)->count != 0)
    (void)listPop(asList(bools), 0);
  for (int i = 0; i < 9; ++i)
    ASSERT_TRUE(listAppend(asList(bools), num(i)));
  EXPECT_EQ(show(bools), "[0, 1, 2, 3, 4, 5, 6, 7, 8]");
}

TEST_F(ListTest, AnEmptyListTakesAnyStorage) {
  Ref list = intList({1});
  (void)listPop(asList(list), 0);
  ASSERT_TRUE(listAppend(asList(list), Value::fromDouble(2.0)));
  EXPECT_EQ(asList(list)->storage, ListStorage::Floats);
}

TEST_F(ListTest, InsertsAndPops) {
  Ref list = intList({1, 2, 3});
  ASSERT_TRUE(listInsert(asList(list), 0, num(0)));
  ASSERT_TRUE(listInsert(asList(list), -1, num(9)));
  ASSERT_TRUE(listInsert(asList(list), 100, num(10)));
  EXPECT_EQ(show(list), "[0, 1, 2, 9, 3, 10]");
  EXPECT_EQ(show(invoke(list, "pop")), "10");
  EXPECT_EQ(show(invoke(list, "pop", {num(0)})), "0");
  EXPECT_EQ(show(invoke(list, "pop", {num(7)})), "IndexError: pop index out of range");
  EXPECT_EQ(show(invoke(newList(0), "pop")), "IndexError: pop from empty list");
}

TEST_F(ListTest, ReadsSlices) {
  Ref list = intList({0, 1, 2, 3, 4, 5});
  EXPECT_EQ(show(getItem(list, slice(num(1), num(-1)))), "[1, 2, 3, 4]");
  EXPECT_EQ(show(getItem(list, slice(Value::none(), Value::none(), num(-2)))), "[5, 3, 1]");
  EXPECT_EQ(show(getItem(list, slice(num(4), num(2)))), "[]");
  EXPECT_EQ(show(getItem(list, num(-1))), "5");
  EXPECT_EQ(show(getItem(list, num(6))), "IndexError: list index out of range");
  EXPECT_EQ(show(getItem(list, names::empty)),
            "TypeError: list indices must be integers or slices, not str");
}

TEST_F(ListTest, AssignsSlices) {
  Ref list = intList({0, 1, 2, 3, 4, 5});
  ASSERT_TRUE(setItem(list, slice(num(1), num(3)), intList({10, 11, 12})));
  EXPECT_EQ(show(list), "[0, 10, 11, 12, 3, 4, 5]");
  ASSERT_TRUE(setItem(list, slice(num(0), num(4)), tupleOf(names::empty)));
  EXPECT_EQ(show(list), "['', 3, 4, 5]");
  ASSERT_TRUE(setItem(list, slice(Value::none(), Value::none(), num(2)), intList({1, 2})));
  EXPECT_EQ(show(list), "[1, 3, 2, 5]");
  ASSERT_TRUE(setItem(list, slice(num(2), num(2)), list));
  EXPECT_EQ(show(list), "[1, 3, 1, 3, 2, 5, 2, 5]");
  EXPECT_FALSE(setItem(list, slice(Value::none(), Value::none(), num(2)), intList({1})));
  EXPECT_EQ(takeError(),
            "ValueError: attempt to assign sequence of size 1 to extended slice of size 4");
}

TEST_F(ListTest, AWholeListTakesTheStorageOfWhatReplacesIt) {
  Ref list = intList({1, 2, 3});
  Ref values = newList(0);
  ASSERT_TRUE(listAppend(asList(values), Value::none()));
  ASSERT_TRUE(setItem(list, slice(Value::none(), Value::none()), values));
  EXPECT_EQ(show(list), "[None]");
  ASSERT_TRUE(setItem(list, slice(Value::none(), Value::none()), intList({5, 6})));
  EXPECT_EQ(show(list), "[5, 6]");
}

TEST_F(ListTest, DeletesSlices) {
  Ref list = intList({0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
  ASSERT_TRUE(setItem(list, slice(num(8), num(1), num(-3)), Value()));
  EXPECT_EQ(show(list), "[0, 1, 3, 4, 6, 7, 9]");
  ASSERT_TRUE(setItem(list, slice(num(1), num(3)), Value()));
  EXPECT_EQ(show(list), "[0, 4, 6, 7, 9]");
  ASSERT_TRUE(setItem(list, num(-1), Value()));
  EXPECT_EQ(show(list), "[0, 4, 6, 7]");
  ASSERT_TRUE(setItem(list, slice(Value::none(), Value::none()), Value()));
  EXPECT_EQ(show(list), "[]");
}

TEST_F(ListTest, AddsAndRepeats) {
  Ref list = intList({1, 2});
  EXPECT_EQ(show(binaryOp(BinaryOp::Add, list, intList({3}))), "[1, 2, 3]");
  EXPECT_EQ(show(binaryOp(BinaryOp::Mul, list, num(2))), "[1, 2, 1, 2]");
  EXPECT_EQ(show(binaryOp(BinaryOp::Mul, num(3), list)), "[1, 2, 1, 2, 1, 2]");
  EXPECT_EQ(show(binaryOp(BinaryOp::Mul, list, num(-1))), "[]");
  Ref extended = inplaceOp(BinaryOp::Add, list, tupleOf(Value::none()));
  EXPECT_EQ(extended.get(), list.get());
  EXPECT_EQ(show(inplaceOp(BinaryOp::Mul, list, num(2))), "[1, 2, None, 1, 2, None]");
  EXPECT_EQ(show(binaryOp(BinaryOp::Add, list, tupleOf(num(1)))),
            "TypeError: can only concatenate list (not \"tuple\") to list");
}

TEST_F(ListTest, ExtendsByItself) {
  Ref list = intList({1, 2, 3});
  ASSERT_TRUE(listExtend(asList(list), list));
  EXPECT_EQ(show(list), "[1, 2, 3, 1, 2, 3]");
}

TEST_F(ListTest, Searches) {
  Ref list = intList({3, 1, 2, 1});
  EXPECT_EQ(show(invoke(list, "index", {num(1)})), "1");
  EXPECT_EQ(show(invoke(list, "index", {num(1), num(2)})), "3");
  EXPECT_EQ(show(invoke(list, "index", {num(1), num(-2), num(-1)})),
            "ValueError: list.index(x): x not in list");
  EXPECT_EQ(show(invoke(list, "index", {Value::fromDouble(2)})), "2");
  EXPECT_EQ(show(invoke(list, "count", {num(1)})), "2");
  EXPECT_EQ(show(invoke(list, "count", {Value::fromBool(true)})), "2");
  EXPECT_EQ(show(invoke(list, "remove", {num(1)})), "None");
  EXPECT_EQ(show(list), "[3, 2, 1]");
  EXPECT_EQ(show(invoke(list, "remove", {num(7)})), "ValueError: list.remove(x): x not in list");
}

TEST_F(ListTest, Compares) {
  EXPECT_EQ(show(compare(CompareOp::Eq, intList({1, 2}), intList({1, 2}))), "True");
  EXPECT_EQ(show(compare(CompareOp::Lt, intList({1, 2}), intList({1, 3}))), "True");
  EXPECT_EQ(show(compare(CompareOp::Lt, intList({1, 2}), intList({1, 2, 0}))), "True");
  EXPECT_EQ(show(compare(CompareOp::Gt, intList({2}), intList({1, 9}))), "True");
  EXPECT_EQ(show(compare(CompareOp::Ne, intList({2}), intList({2, 1}))), "True");
}

TEST_F(ListTest, SortsIntsOfAllPatterns) {
  std::mt19937_64 random(3);
  for (int64_t count : {0, 1, 2, 3, 31, 64, 65, 500, 1023, 1024, 5000})
    for (int pattern = 0; pattern < 6; ++pattern) {
      std::vector<int64_t> model;
      for (int64_t i = 0; i < count; ++i)
        model.push_back(pattern == 0   ? static_cast<int64_t>(random()) >> 15
                        : pattern == 1 ? static_cast<int64_t>(random() % 10)
                        : pattern == 2 ? i
                        : pattern == 3 ? count - i
                        : pattern == 4 ? i % 100
                                       : -static_cast<int64_t>(random() % 100000));
      Ref list = newList(0);
      for (int64_t item : model)
        ASSERT_TRUE(listAppend(asList(list), num(item)));
      bool reverse = random() % 2;
      std::sort(model.begin(), model.end());
      if (reverse)
        std::reverse(model.begin(), model.end());
      ASSERT_TRUE(listSort(asList(list), Value(), reverse));
      for (int64_t i = 0; i < count; ++i)
        ASSERT_EQ(listGet(asList(list), i).get(), num(model[static_cast<size_t>(i)]));
    }
}

TEST_F(ListTest, SortsFloatsStably) {
  std::mt19937_64 random(5);
  for (size_t count : {3, 50, 3000}) {
    std::vector<std::pair<double, size_t>> model; // with the place, to sort zeros stably
    Ref list = newList(0);
    for (size_t i = 0; i < count; ++i) {
      bool isZero = random() % 10 == 0;
      double item = isZero ? (random() % 2 ? 0.0 : -0.0)
                           : (static_cast<double>(random() % 2000001) - 1e6) / 64;
      model.emplace_back(item, i);
      ASSERT_TRUE(listAppend(asList(list), Value::fromDouble(item)));
    }
    std::sort(model.begin(), model.end());
    ASSERT_TRUE(listSort(asList(list), Value(), false));
    for (size_t i = 0; i < count; ++i)
      ASSERT_EQ(listGet(asList(list), static_cast<int64_t>(i)).get(),
                Value::fromDouble(model[i].first));
  }
}

TEST_F(ListTest, SortsTuplesInBothDirections) {
  std::mt19937 random(11);
  for (size_t count : {10, 100, 2000}) {
    std::vector<std::pair<int64_t, int64_t>> model;
    Ref list = newList(0);
    for (size_t i = 0; i < count; ++i) {
      model.emplace_back(random() % 20, random() % 5);
      ASSERT_TRUE(listAppend(asList(list), tupleOf(num(model[i].first), num(model[i].second))));
    }
    bool reverse = count == 100;
    std::sort(model.begin(), model.end());
    if (reverse)
      std::reverse(model.begin(), model.end());
    ASSERT_TRUE(listSort(asList(list), Value(), reverse));
    for (size_t i = 0; i < count; ++i) {
      Ref item = listGet(asList(list), static_cast<int64_t>(i));
      ASSERT_EQ(asTuple(item)->items()[0], num(model[i].first));
      ASSERT_EQ(asTuple(item)->items()[1], num(model[i].second));
    }
  }
}

TEST_F(ListTest, EqualItemsKeepTheirOrder) {
  std::mt19937 random(13);
  Ref list = newList(0);
  std::vector<std::pair<int64_t, int64_t>> model;
  for (int64_t i = 0; i < 500; ++i) {
    model.emplace_back(random() % 7, i);
    // Lists of one number compare by it; identity tells them apart.
    Ref item = intList({model.back().first});
    ASSERT_TRUE(listAppend(asList(list), item));
  }
  std::vector<Object*> places;
  for (int64_t i = 0; i < 500; ++i)
    places.push_back(listGet(asList(list), i).get().object());
  std::sort(model.begin(), model.end());
  ASSERT_TRUE(listSort(asList(list), Value(), false));
  for (size_t i = 0; i < 500; ++i)
    ASSERT_EQ(listGet(asList(list), static_cast<int64_t>(i)).get().object(),
              places[static_cast<size_t>(model[i].second)]);
}

TEST_F(ListTest, AFailedSortKeepsAllItems) {
  Ref list = newList(0);
  for (int64_t i = 0; i < 100; ++i)
    ASSERT_TRUE(i == 70 ? listAppend(asList(list), Value::none())
                        : listAppend(asList(list), num((i * 37) % 100)));
  EXPECT_FALSE(listSort(asList(list), Value(), false));
  EXPECT_EQ(takeError().substr(0, 10), "TypeError:");
  EXPECT_EQ(asList(list)->count, 100);
  EXPECT_EQ(show(invoke(list, "count", {Value::none()})), "1");
}

TEST_F(ListTest, ReprStopsAtItself) {
  Ref list = intList({1});
  ASSERT_TRUE(listAppend(asList(list), list));
  EXPECT_EQ(show(list), "[1, [...]]");
  listClear(asList(list));
}

TEST_F(ListTest, IteratorsSeeGrowthAndEndForGood) {
  Ref list = intList({1, 2});
  Ref iterator = getIter(list);
  EXPECT_EQ(show(iterNext(iterator)), "1");
  ASSERT_TRUE(listAppend(asList(list), num(3)));
  EXPECT_EQ(show(iterNext(iterator)), "2");
  EXPECT_EQ(show(iterNext(iterator)), "3");
  EXPECT_TRUE(iterNext(iterator).get().isNull());
  ASSERT_TRUE(listAppend(asList(list), num(4)));
  EXPECT_TRUE(iterNext(iterator).get().isNull());
  EXPECT_EQ(show(sequenceList(makeListReverseIterator(list))), "[4, 3, 2, 1]");
}

TEST_F(ListTest, ExportedListsKeepTheirSize) {
  Ref list = intList({1, 2});
  asList(list)->exports = 1;
  EXPECT_FALSE(listAppend(asList(list), num(3)));
  EXPECT_EQ(takeError(), "BufferError: Existing exports of data: object cannot be re-sized");
  EXPECT_FALSE(listSet(asList(list), 0, Value::none()));
  EXPECT_EQ(takeError(), "BufferError: Existing exports of data: object cannot be re-sized");
  EXPECT_TRUE(listSet(asList(list), 0, num(5)));
  asList(list)->exports = 0;
  EXPECT_EQ(show(list), "[5, 2]");
}

} // namespace
} // namespace pyc::rt::testing
