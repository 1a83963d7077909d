#include "runtime/interp/native_places.h"

#include "runtime/abi/native.h"
#include "gtest/gtest.h"

using namespace pyc::rt;

namespace {

/// A module whose function 0 has function 1 in line, and whose function 2 was never made.
class NativePlaces : public testing::Test {
protected:
  void SetUp() override {
    natives_[0].code = &outer_;
    natives_[1].code = &inner_;
    setNativeProgram(&program_);
  }
  void TearDown() override { setNativeProgram(nullptr); }

  uintptr_t at(uint32_t offset) const { return reinterpret_cast<uintptr_t>(code_) + offset; }

  CodeObject outer_{}, inner_{};
  NativeCode natives_[3] = {};
  NativeCode* const nativeTable_[3] = {&natives_[0], &natives_[1], &natives_[2]};
  const char code_[64] = {};
  const CallPlace places_[4] = {{0, 7, 0}, {1, 3, 1}, {2, 1, 1}, {2, 1, 0}};
  const CallSite sites_[4] = {{8, 0}, {16, 1}, {24, 2}, {32, 3}};
  const CallTable calls_ = {code_, sites_, places_, nullptr, 4, 0};
  const NativeModule module_ = {"m", nullptr, nativeTable_, "m.py", 0, 0, nullptr, &calls_};
  const NativeModule interpreted_ = {"n", nullptr, nullptr, "n.py", 0, 0, nullptr, nullptr};
  const NativeModule* const modules_[2] = {&interpreted_, &module_};
  const NativeProgram program_ = {modules_, 2, 0, nullptr, nullptr};
};

TEST_F(NativePlaces, FindsTheFunctionOfAReturnAddress) {
  NativePlace place;
  ASSERT_TRUE(place.find(at(8)));
  EXPECT_EQ(place.code(), &outer_);
  EXPECT_EQ(place.word(), 7u);
  EXPECT_FALSE(place.findCaller());
}

TEST_F(NativePlaces, GoesFromAnInlinedFunctionToItsCaller) {
  NativePlace place;
  ASSERT_TRUE(place.find(at(16)));
  EXPECT_EQ(place.code(), &inner_);
  EXPECT_EQ(place.word(), 3u);
  ASSERT_TRUE(place.findCaller());
  EXPECT_EQ(place.code(), &outer_);
  EXPECT_FALSE(place.findCaller());
}

TEST_F(NativePlaces, PassesOverCodeWithoutAnObject) {
  NativePlace place;
  ASSERT_TRUE(place.find(at(24)));
  EXPECT_EQ(place.code(), &outer_);
  EXPECT_FALSE(place.find(at(32)));
}

TEST_F(NativePlaces, KnowsNoOtherAddresses) {
  NativePlace place;
  EXPECT_FALSE(place.find(at(0)));
  EXPECT_FALSE(place.find(at(12)));
  EXPECT_FALSE(place.find(at(33)));
  EXPECT_FALSE(place.find(at(0) - 1));
  setNativeProgram(nullptr);
  EXPECT_FALSE(place.find(at(8)));
}

} // namespace
