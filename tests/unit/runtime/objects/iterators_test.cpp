// enumerate, zip, map, filter, reversed.
#include "runtime/objects/iterators.h"
#include "tests/unit/runtime/objects/runtime_test.h"

namespace pyc::rt::testing {
namespace {

class IteratorsTest : public RuntimeTest {
protected:
  /// type(args...), the last one `strict` when asked for.
  Ref make(TypeObject& type, std::initializer_list<Value> args, bool strict = false) {
    std::vector<Value> values(args);
    if (!strict)
      return call(&type, values.data(), values.size());
    values.push_back(Value::fromBool(true));
    Ref names = tupleOf(names::strict);
    return call(&type, values.data(), values.size() - 1, names);
  }
  std::string items(const Ref& iterator) {
    return iterator ? show(sequenceList(iterator)) : takeError();
  }
};

TEST_F(IteratorsTest, EnumerateCounts) {
  Ref list = intList({7, 8});
  EXPECT_EQ(items(make(enumerateType, {list})), "[(0, 7), (1, 8)]");
  EXPECT_EQ(items(make(enumerateType, {list, num(5)})), "[(5, 7), (6, 8)]");
  EXPECT_EQ(items(make(enumerateType, {num(1)})), "TypeError: 'int' object is not iterable");
  EXPECT_EQ(items(make(enumerateType, {})),
            "TypeError: enumerate() missing required argument 'iterable'");
}

TEST_F(IteratorsTest, ZipEndsWithTheShortest) {
  Ref longer = intList({1, 2, 3}), shorter = intList({4, 5});
  EXPECT_EQ(items(make(zipType, {longer, shorter})), "[(1, 4), (2, 5)]");
  EXPECT_EQ(items(make(zipType, {})), "[]");
  EXPECT_EQ(items(make(zipType, {longer, shorter}, true)),
            "ValueError: zip() argument 2 is shorter than argument 1");
  EXPECT_EQ(items(make(zipType, {shorter, shorter, longer}, true)),
            "ValueError: zip() argument 3 is longer than arguments 1-2");
  EXPECT_EQ(items(make(zipType, {longer, num(1)})), "TypeError: 'int' object is not iterable");
}

TEST_F(IteratorsTest, TuplesAreReusedOnlyWhenDropped) {
  Ref zip = make(zipType, {intList({1, 2, 3, 4}), intList({5, 6, 7, 8})});
  Ref first = iterNext(zip);
  Object* place = first.get().object();
  Ref second = iterNext(zip);
  EXPECT_EQ(show(first), "(1, 5)");
  EXPECT_EQ(show(second), "(2, 6)");
  first = Ref();
  second = Ref();
  Ref third = iterNext(zip);
  EXPECT_EQ(show(third), "(3, 7)");
  EXPECT_NE(third.get().object(), place);
}

TEST_F(IteratorsTest, MapCalls) {
  Ref list = intList({0, 1, 2});
  EXPECT_EQ(items(make(mapType, {&boolType, list})), "[False, True, True]");
  EXPECT_EQ(items(make(mapType, {&boolType})),
            "TypeError: map() must have at least two arguments.");
}

TEST_F(IteratorsTest, FilterKeepsTrueItems) {
  Ref list = intList({0, 1, 0, 2});
  EXPECT_EQ(items(make(filterType, {Value::none(), list})), "[1, 2]");
  EXPECT_EQ(items(make(filterType, {&boolType, list})), "[1, 2]");
  EXPECT_EQ(items(make(filterType, {list})), "TypeError: filter expected 2 arguments, got 1");
}

TEST_F(IteratorsTest, ReversedTakesSequences) {
  EXPECT_EQ(items(make(reversedType, {tupleOf(num(1), num(2))})), "[2, 1]");
  EXPECT_EQ(items(make(reversedType, {intList({1, 2})})), "[2, 1]");
  EXPECT_EQ(items(make(reversedType, {text("abc")})), "['c', 'b', 'a']");
  EXPECT_EQ(items(make(reversedType, {newSet()})), "TypeError: 'set' object is not reversible");
}

TEST_F(IteratorsTest, HintTheirLength) {
  for (const Ref& iterator :
       {getIter(intList({1, 2, 3})), getIter(tupleOf(num(1), num(2), num(3))), getIter(text("abc")),
        getIter(makeSet(intList({1, 2, 3}))), getIter(makeRange(num(0), num(3), num(1)))}) {
    EXPECT_EQ(show(invoke(iterator, "__length_hint__")), "3");
    Ref item = iterNext(iterator);
    EXPECT_EQ(show(invoke(iterator, "__length_hint__")), "2");
  }
}

} // namespace
} // namespace pyc::rt::testing
