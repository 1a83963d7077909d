#include "tests/unit/profiler/format/samples.h"

#include <gtest/gtest.h>

namespace pyc::profile {
namespace {

Profile ofTypes(std::vector<std::string> types, uint64_t count) {
  Slot slot;
  for (uint32_t i = 0; i < types.size(); ++i)
    slot.seen.push_back({i, count});
  Function function{"m", "f", 0, 7, 1, count, {slot}, {{0, 0, count, {slot}}}};
  return onlyFunction(function, std::move(types));
}

TEST(Merge, AddsUp) {
  Profile sum = ofTypes({"str", "int"}, 10);
  merge(sum, ofTypes({"int", "float"}, 4), 3);
  ASSERT_EQ(sum.functions.size(), 1u);
  const Function& function = sum.functions[0];
  EXPECT_EQ(function.calls, 22u);
  EXPECT_EQ(sum.runs, 2u);
  EXPECT_EQ(sum.types, (std::vector<std::string>{"float", "int", "str"}));
  EXPECT_EQ(function.parameters[0].seen, (std::vector<Seen>{{1, 22}, {0, 12}, {2, 10}}));
  EXPECT_EQ(function.sites[0].slots[0], function.parameters[0]);
}

TEST(Merge, AddsExits) {
  Profile sum = ofTypes({"int"}, 10);
  sum.functions[0].sites[0].exits = 5;
  Profile exits =
      onlyFunction({"m", "f", 0, 7, 1, 0, {}, {{0, 0, 0, {}, 2}, {9, 1, 0, {}, 1}}}, {});
  merge(sum, exits, 3);
  const std::vector<Site>& sites = sum.functions[0].sites;
  ASSERT_EQ(sites.size(), 2u);
  EXPECT_EQ(sites[0].exits, 11u);
  EXPECT_EQ(sites[0].count, 10u);
  EXPECT_EQ(sites[1].exits, 3u);
}

TEST(Merge, KeepsBodiesApart) {
  Profile sum = ofTypes({"int"}, 1), other = ofTypes({"int"}, 1);
  other.functions[0].hash = 8;
  merge(sum, other);
  EXPECT_EQ(sum.functions.size(), 2u);
}

TEST(Merge, RangesUnite) {
  Profile sum = ofTypes({"int"}, 1), other = sum;
  sum.functions[0].sites[0].slots[0].least = sum.functions[0].sites[0].slots[0].greatest = 4;
  merge(sum, other);
  const Slot& one = sum.functions[0].sites[0].slots[0];
  EXPECT_TRUE(one.least == 4 && one.greatest == 4);
  other.functions[0].sites[0].slots[0].least = -9;
  other.functions[0].sites[0].slots[0].greatest = 2;
  merge(sum, other);
  EXPECT_TRUE(one.least == -9 && one.greatest == 4);
}

TEST(Merge, Saturates) {
  Profile sum = ofTypes({"int"}, UINT64_MAX / 2);
  merge(sum, ofTypes({"int"}, UINT64_MAX / 2), UINT64_MAX);
  EXPECT_EQ(sum.functions[0].sites[0].count, UINT64_MAX);
  EXPECT_EQ(sum.functions[0].parameters[0].seen[0].count, UINT64_MAX);
}

TEST(Merge, LimitsTypes) {
  std::vector<std::string> types;
  for (size_t i = 0; i < kMaxTypes + 3; ++i)
    types.push_back("t" + std::to_string(i));
  Profile profile = ofTypes(types, 2);
  normalize(profile);
  EXPECT_EQ(profile.functions[0].parameters[0].seen.size(), kMaxTypes);
  EXPECT_EQ(profile.functions[0].parameters[0].other, 6u);
}

TEST(Merge, OrderDoesNotMatter) {
  Profile a = ofTypes({"str", "int"}, 10), b = sampleProfile();
  Profile ab = a, ba = b;
  merge(ab, b);
  merge(ba, a);
  EXPECT_EQ(encode(ab), encode(ba));
}

} // namespace
} // namespace pyc::profile
