#include "runtime/objects/suggestions.h"

#include <gtest/gtest.h>

namespace pyc::rt {
namespace {

std::string_view suggest(std::string_view name,
                         std::initializer_list<std::string_view> candidates) {
  Suggestion suggestion(name);
  for (std::string_view candidate : candidates)
    suggestion.offer(candidate);
  return suggestion.best();
}

TEST(SuggestionsTest, DistanceWeighsMovesAndCase) {
  EXPECT_EQ(editDistance("abc", "abc", 10), 0u);
  EXPECT_EQ(editDistance("abc", "abd", 10), 2u);
  EXPECT_EQ(editDistance("abc", "aBc", 10), 1u);
  EXPECT_EQ(editDistance("abc", "ab", 10), 2u);
  EXPECT_EQ(editDistance("", "abcd", 10), 8u);
  EXPECT_GT(editDistance("kitten", "sitting", 3), 3u);
}

TEST(SuggestionsTest, NearestNameWins) {
  EXPECT_EQ(suggest("lenght", {"length", "strength", "len"}), "length");
  EXPECT_EQ(suggest("sepp", {"sep", "maxsplit"}), "sep");
  EXPECT_EQ(suggest("aa", {"a", "b"}), "a");
}

TEST(SuggestionsTest, FarNamesAreNotSuggested) {
  EXPECT_EQ(suggest("xyz", {"abc", "abcdef"}), "");
  EXPECT_EQ(suggest("c", {"a", "b"}), "");
  EXPECT_EQ(suggest("same", {"same"}), "");
}

} // namespace
} // namespace pyc::rt
