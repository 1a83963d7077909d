// tuple, range, slice.
#include "runtime/objects/range.h"
#include "runtime/objects/slice.h"
#include "tests/unit/runtime/objects/runtime_test.h"

namespace pyc::rt::testing {
namespace {

using TupleTest = RuntimeTest;
using RangeTest = RuntimeTest;
using SliceTest = RuntimeTest;

Ref range(int64_t start, int64_t stop, int64_t step = 1) {
  return makeRange(num(start), num(stop), num(step));
}
Ref slice(Value start, Value stop, Value step = Value::none()) {
  return makeSlice(start, stop, step);
}

TEST_F(TupleTest, ShowsItself) {
  EXPECT_EQ(show(tupleOf()), "()");
  EXPECT_EQ(show(tupleOf(num(1))), "(1,)");
  EXPECT_EQ(show(tupleOf(num(1), text("a"))), "(1, 'a')");
}

TEST_F(TupleTest, HasOperators) {
  Ref tuple = tupleOf(num(1), num(2), num(1));
  EXPECT_EQ(show(binaryOp(BinaryOp::Add, tuple, tupleOf(num(3)))), "(1, 2, 1, 3)");
  EXPECT_EQ(show(binaryOp(BinaryOp::Mul, num(2), tupleOf(num(1), num(2)))), "(1, 2, 1, 2)");
  EXPECT_EQ(show(binaryOp(BinaryOp::Mul, tuple, num(0))), "()");
  EXPECT_EQ(show(compare(CompareOp::Lt, tuple, tupleOf(num(1), num(3)))), "True");
  EXPECT_EQ(show(compare(CompareOp::Eq, tuple, intList({1, 2, 1}))), "False");
  EXPECT_EQ(show(getItem(tuple, slice(Value::none(), Value::none(), num(-1)))), "(1, 2, 1)");
  EXPECT_EQ(show(getItem(tuple, num(-4))), "IndexError: tuple index out of range");
  EXPECT_EQ(show(invoke(tuple, "count", {num(1)})), "2");
  EXPECT_EQ(show(invoke(tuple, "index", {num(1), num(1)})), "2");
  EXPECT_EQ(show(invoke(tuple, "index", {num(5)})), "ValueError: tuple.index(x): x not in tuple");
}

TEST_F(TupleTest, WholeSlicesAndTriflesAreShared) {
  Ref tuple = tupleOf(num(1), num(2));
  EXPECT_EQ(getItem(tuple, slice(Value::none(), Value::none())).get(), tuple.get());
  EXPECT_EQ(newTuple(0).get(), tupleOf().get());
}

TEST_F(RangeTest, CountsItsItems) {
  EXPECT_EQ(rangeLength(0, 10, 3), 4);
  EXPECT_EQ(rangeLength(0, 9, 3), 3);
  EXPECT_EQ(rangeLength(10, 0, -3), 4);
  EXPECT_EQ(rangeLength(0, 0, 1), 0);
  EXPECT_EQ(rangeLength(5, 0, 1), 0);
  EXPECT_EQ(rangeLength(Value::kMinInt, Value::kMaxInt, 1), Value::kMaxInt - Value::kMinInt);
}

TEST_F(RangeTest, IsASequence) {
  Ref numbers = range(1, 10, 3);
  EXPECT_EQ(show(numbers), "range(1, 10, 3)");
  EXPECT_EQ(show(sequenceList(numbers)), "[1, 4, 7]");
  EXPECT_EQ(show(getItem(numbers, num(-1))), "7");
  EXPECT_EQ(show(getItem(numbers, num(3))), "IndexError: range object index out of range");
  EXPECT_EQ(show(getItem(range(0, 10), slice(num(2), num(8), num(3)))), "range(2, 8, 3)");
  EXPECT_EQ(show(getItem(range(0, 10), slice(Value::none(), Value::none(), num(-1)))),
            "range(9, -1, -1)");
  EXPECT_EQ(show(invoke(numbers, "index", {num(7)})), "2");
  EXPECT_EQ(show(invoke(numbers, "index", {num(8)})), "ValueError: range.index(x): x not in range");
  EXPECT_EQ(show(invoke(numbers, "count", {Value::fromDouble(4)})), "1");
  EXPECT_EQ(show(sequenceList(invoke(numbers, "__reversed__"))), "[7, 4, 1]");
  bool found = true;
  ASSERT_TRUE(contains(range(10, 0, -2), num(3), found));
  EXPECT_FALSE(found);
  ASSERT_TRUE(contains(range(10, 0, -2), num(2), found));
  EXPECT_TRUE(found);
}

TEST_F(RangeTest, EqualityIsThatOfTheItems) {
  EXPECT_EQ(show(compare(CompareOp::Eq, range(0, 3, 2), range(0, 4, 2))), "True");
  EXPECT_EQ(show(compare(CompareOp::Eq, range(5, 5), range(2, 1))), "True");
  EXPECT_EQ(show(compare(CompareOp::Ne, range(0, 3), range(0, 4))), "True");
  int64_t result;
  ASSERT_TRUE(hash(range(0, 3), result));
  EXPECT_EQ(result, -8338477496398685190);
}

TEST_F(RangeTest, StepZeroIsAnError) {
  EXPECT_EQ(show(range(0, 1, 0)), "ValueError: range() arg 3 must not be zero");
}

TEST_F(SliceTest, ClipsToALength) {
  struct Case {
    int64_t start, stop, step, length, expectedStart, expectedStop, count;
  };
  constexpr Case kCases[] = {
      {0, INT64_MAX, 1, 5, 0, 5, 5},
      {-3, INT64_MAX, 1, 5, 2, 5, 3},
      {1, -1, 2, 6, 1, 5, 2},
      {7, 2, 1, 5, 5, 2, 0},
      {INT64_MAX, INT64_MIN, -1, 5, 4, -1, 5},
      {3, 0, -2, 5, 3, 0, 2},
      {-100, 100, 1, 4, 0, 4, 4},
      {100, -100, -INT64_MAX, 4, 3, -1, 1},
  };
  for (const Case& c : kCases) {
    SliceRange range = {c.start, c.stop, c.step, 0};
    clipSlice(range, c.length);
    EXPECT_EQ(range.start, c.expectedStart);
    EXPECT_EQ(range.stop, c.expectedStop);
    EXPECT_EQ(range.count, c.count);
  }
}

TEST_F(SliceTest, BehavesLikeATriple) {
  Ref part = slice(num(1), num(2));
  EXPECT_EQ(show(part), "slice(1, 2, None)");
  EXPECT_EQ(show(compare(CompareOp::Eq, part, slice(num(1), num(2)))), "True");
  EXPECT_EQ(show(compare(CompareOp::Lt, part, slice(num(1), num(3)))), "True");
  EXPECT_EQ(show(invoke(part, "indices", {num(5)})), "(1, 2, 1)");
  EXPECT_EQ(show(invoke(slice(Value::none(), Value::none(), num(-1)), "indices", {num(5)})),
            "(4, -1, -1)");
  EXPECT_EQ(show(invoke(part, "indices", {num(-1)})), "ValueError: length should not be negative");
  int64_t result;
  ASSERT_TRUE(hash(part, result));
  EXPECT_EQ(show(getItem(intList({1}), slice(names::empty, num(1)))),
            "TypeError: slice indices must be integers or have an __index__ method");
  EXPECT_EQ(show(getItem(intList({1}), slice(num(0), num(1), num(0)))),
            "ValueError: slice step cannot be zero");
}

} // namespace
} // namespace pyc::rt::testing
