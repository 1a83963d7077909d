// Ints of at most 128 bits: the same as the general operators, or left to them.
#include "runtime/objects/int_short.h"
#include "tests/unit/runtime/objects/runtime_test.h"

namespace pyc::rt::testing {
namespace {

using IntShortTest = RuntimeTest;

std::vector<Ref> edges() {
  std::vector<Ref> numbers;
  for (int bits : {0, 1, 7, 31, 47, 48, 49, 62, 63, 64, 65, 96, 126, 127, 128, 129, 200}) {
    Ref power = intBinary(BinaryOp::LShift, num(1), num(bits));
    for (int64_t off : {-1, 0, 1, 12345})
      for (bool negative : {false, true}) {
        Ref number = intBinary(BinaryOp::Add, power, num(off));
        numbers.push_back(negative ? intBinary(BinaryOp::Sub, num(0), number) : std::move(number));
      }
  }
  return numbers;
}

TEST_F(IntShortTest, GivesWhatTheGeneralOperatorsGive) {
  std::vector<Ref> numbers = edges();
  int settled = 0;
  for (BinaryOp op : {BinaryOp::Add, BinaryOp::Sub, BinaryOp::Mul, BinaryOp::And, BinaryOp::Or,
                      BinaryOp::Xor, BinaryOp::FloorDiv, BinaryOp::Mod})
    for (const Ref& a : numbers)
      for (const Ref& b : numbers) {
        Ref result;
        if (!shortIntBinary(op, a, b, result))
          continue;
        ++settled;
        ASSERT_EQ(show(result), show(intBinary(op, a, b)))
            << static_cast<int>(op) << ' ' << show(a) << ' ' << show(b);
      }
  EXPECT_GT(settled, 30000);
}

TEST_F(IntShortTest, Shifts) {
  for (BinaryOp op : {BinaryOp::LShift, BinaryOp::RShift})
    for (const Ref& a : edges())
      for (int64_t shift : {0, 1, 13, 63, 64, 65, 127, 128, 1000}) {
        Ref result;
        if (!shortIntBinary(op, a, num(shift), result))
          continue;
        ASSERT_EQ(show(result), show(intBinary(op, a, num(shift)))) << show(a) << ' ' << shift;
      }
}

TEST_F(IntShortTest, LeavesTheRestAlone) {
  Ref big = intBinary(BinaryOp::LShift, num(1), num(100)), result;
  EXPECT_FALSE(shortIntBinary(BinaryOp::Mod, big, num(0), result));
  EXPECT_FALSE(shortIntBinary(BinaryOp::FloorDiv, num(-7), num(2), result));
  EXPECT_FALSE(shortIntBinary(BinaryOp::LShift, num(1), num(-1), result));
  EXPECT_FALSE(shortIntBinary(BinaryOp::Mul, big, big, result));
  EXPECT_FALSE(shortIntBinary(BinaryOp::TrueDiv, big, num(3), result));
  EXPECT_FALSE(shortIntBinary(BinaryOp::Add, Value::fromBool(true), num(3), result));
  EXPECT_FALSE(result);
}

} // namespace
} // namespace pyc::rt::testing
