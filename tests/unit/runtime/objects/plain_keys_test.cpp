#include "runtime/objects/bytes.h"
#include "runtime/objects/float.h"
#include "runtime/objects/plain_keys.h"
#include "runtime/objects/protocol.h"
#include "tests/unit/runtime/objects/runtime_test.h"

namespace pyc::rt::testing {
namespace {

using PlainKeysTest = RuntimeTest;

TEST_F(PlainKeysTest, TellsWhatNumbersAndTextsAre) {
  EXPECT_EQ(matchKeys(num(1), num(1)), KeyMatch::Yes);
  EXPECT_EQ(matchKeys(num(1), num(2)), KeyMatch::No);
  EXPECT_EQ(matchKeys(text("word"), text("word")), KeyMatch::Yes);
  EXPECT_EQ(matchKeys(text("word"), text("ward")), KeyMatch::No);
  EXPECT_EQ(matchKeys(makeBytes("word"), makeBytes("word")), KeyMatch::Yes);
  EXPECT_EQ(matchKeys(makeBytes("word"), text("word")), KeyMatch::Unknown);
  EXPECT_EQ(matchKeys(num(1), Value::fromDouble(1)), KeyMatch::Unknown);
}

TEST_F(PlainKeysTest, ComparesTuplesItemByItem) {
  EXPECT_EQ(matchKeys(tupleOf(num(1), text("a")), tupleOf(num(1), text("a"))), KeyMatch::Yes);
  EXPECT_EQ(matchKeys(tupleOf(num(1), text("a")), tupleOf(num(1), text("b"))), KeyMatch::No);
  EXPECT_EQ(matchKeys(tupleOf(num(1)), tupleOf(num(1), num(2))), KeyMatch::No);
  EXPECT_EQ(matchKeys(tupleOf(tupleOf(num(1), text("xy"))), tupleOf(tupleOf(num(1), text("xy")))),
            KeyMatch::Yes);
  EXPECT_EQ(matchKeys(tupleOf(Value::fromDouble(0.0)), tupleOf(Value::fromDouble(-0.0))),
            KeyMatch::Yes);
  EXPECT_EQ(matchKeys(tupleOf(num(1), num(1)), tupleOf(Value::fromBool(true), num(2))),
            KeyMatch::Unknown);
}

TEST_F(PlainKeysTest, HashesPlainTuplesAsHashDoes) {
  for (const Ref& key :
       {tupleOf(), tupleOf(num(-1), text("a")), tupleOf(tupleOf(num(3)), num(4))}) {
    int64_t plain = 0, general = 1;
    EXPECT_TRUE(hashPlainTuple(key, plain));
    EXPECT_TRUE(hash(key, general));
    EXPECT_EQ(plain, general);
  }
  int64_t unused;
  EXPECT_FALSE(hashPlainTuple(tupleOf(Value::none()), unused));
  EXPECT_FALSE(hashPlainTuple(num(1), unused));
}

TEST_F(PlainKeysTest, LeavesDeepTuplesToOthers) {
  Ref deep = tupleOf(num(1)), other = tupleOf(num(1));
  for (int i = 0; i < 20; ++i) {
    deep = tupleOf(deep);
    other = tupleOf(other);
  }
  int64_t unused;
  EXPECT_FALSE(hashPlainTuple(deep, unused));
  EXPECT_EQ(matchKeys(deep, other), KeyMatch::Unknown);
}

} // namespace
} // namespace pyc::rt::testing
