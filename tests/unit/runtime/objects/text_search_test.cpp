#include "runtime/objects/text_search.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace pyc::rt {
namespace {

template <class Char> class TextSearch : public testing::Test {
protected:
  using Text = std::vector<Char>;

  static int64_t naiveFind(const Text& text, const Text& needle) {
    auto found = std::search(text.begin(), text.end(), needle.begin(), needle.end());
    return found == text.end() && !needle.empty() ? -1 : found - text.begin();
  }
  static int64_t naiveRfind(const Text& text, const Text& needle) {
    auto found = std::find_end(text.begin(), text.end(), needle.begin(), needle.end());
    if (needle.empty())
      return static_cast<int64_t>(text.size());
    return found == text.end() ? -1 : found - text.begin();
  }
  static int64_t naiveCount(Text text, const Text& needle) {
    if (needle.empty())
      return static_cast<int64_t>(text.size()) + 1;
    int64_t total = 0;
    for (int64_t at; (at = naiveFind(text, needle)) >= 0; ++total)
      text.erase(text.begin(), text.begin() + at + static_cast<int64_t>(needle.size()));
    return total;
  }
  static int64_t size(const Text& text) { return static_cast<int64_t>(text.size()); }

  void check(const Text& text, const Text& needle) {
    const Char* t = text.data();
    const Char* n = needle.data();
    ASSERT_EQ(text::find(t, size(text), n, size(needle)), naiveFind(text, needle));
    ASSERT_EQ(text::rfind(t, size(text), n, size(needle)), naiveRfind(text, needle));
    ASSERT_EQ(text::count(t, size(text), n, size(needle)), naiveCount(text, needle));
    if (needle.size() > 1) {
      text::TwoWay<Char> twoWay(n, size(needle));
      ASSERT_EQ(twoWay.find(t, size(text)), naiveFind(text, needle));
    }
  }
};

using Widths = testing::Types<uint8_t, uint16_t, uint32_t>;
TYPED_TEST_SUITE(TextSearch, Widths);

TYPED_TEST(TextSearch, AgreesWithTheNaiveSearchOnRandomTexts) {
  std::mt19937 random(42);
  for (int round = 0; round < 20000; ++round) {
    unsigned letters = 1 + random() % 4;
    auto make = [&](unsigned most) {
      std::vector<TypeParam> text(random() % (most + 1));
      for (TypeParam& c : text)
        c = static_cast<TypeParam>('a' + random() % letters);
      return text;
    };
    this->check(make(round % 2 ? 200 : 40), make(round % 3 ? 6 : 30));
  }
}

TYPED_TEST(TextSearch, StaysLinearOnPeriodicTexts) {
  // Each of these takes seconds with a quadratic search.
  constexpr size_t kLength = 1 << 20;
  std::vector<TypeParam> text(kLength, TypeParam('a'));
  std::vector<TypeParam> needle(kLength / 2, TypeParam('a'));
  needle[needle.size() / 2] = 'b';
  auto size = [](auto& v) { return static_cast<int64_t>(v.size()); };
  EXPECT_EQ(text::find(text.data(), size(text), needle.data(), size(needle)), -1);
  EXPECT_EQ(text::rfind(text.data(), size(text), needle.data(), size(needle)), -1);
  needle[needle.size() / 2] = 'a';
  needle.front() = 'b';
  EXPECT_EQ(text::find(text.data(), size(text), needle.data(), size(needle)), -1);
  EXPECT_EQ(text::rfind(text.data(), size(text), needle.data(), size(needle)), -1);
}

} // namespace
} // namespace pyc::rt
