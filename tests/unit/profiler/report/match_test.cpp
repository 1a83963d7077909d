#include "profiler/report/match.h"

#include "compiler/frontend/compile.h"
#include "compiler/frontend/parse/parser.h"
#include "dialects/uop/body_hash.h"

#include <gtest/gtest.h>

namespace pyc::profile {
namespace {

std::vector<uint64_t> compile(const std::string& text) {
  DiagnosticSink sink;
  Source source;
  EXPECT_TRUE(readSource(text, "prog.py", SourceForm::File, sink, source));
  ParseResult parsed = pyc::parse(source, {}, sink);
  return compileTree(parsed.tree, source, {}, sink).image;
}

/// What a run would record that executes the first instruction of each function `count` times.
Profile profileOf(const std::vector<uint64_t>& words, uint64_t count) {
  uop::ImageView image(words.data());
  Profile profile;
  for (uint32_t i = 0; i < image.header().codeCount; ++i) {
    const uop::CodeRecord& code = image.code(i);
    profile.functions.push_back({"m",
                                 std::string(image.string(code.qualifiedName)),
                                 uop::ordinalOf(image, code),
                                 uop::hashBody(image, code),
                                 code.firstLine,
                                 1,
                                 {},
                                 {{0, 0, count, {}}}});
  }
  normalize(profile);
  return profile;
}

constexpr char kProgram[] = "def f(x):\n  return x + 1\n"
                            "def g(x):\n  return x * 2\n"
                            "h = lambda: 1\nk = lambda: 2\n";

TEST(Match, AllOfTheSameText) {
  auto words = compile(kProgram);
  Profile profile = profileOf(words, 10);
  Coverage coverage(profile);
  coverage.add(uop::ImageView(words.data()), "m");
  EXPECT_EQ(coverage.codeCount(), 5u);
  EXPECT_EQ(coverage.foundCodes(), 5u);
  EXPECT_EQ(coverage.relevance(), 100.0);
  EXPECT_EQ(coverage.applicability(), 100.0);
  EXPECT_TRUE(coverage.lost().empty());
}

TEST(Match, EditsElsewhereDoNotMatter) {
  auto old = compile(kProgram);
  Profile profile = profileOf(old, 10);
  // f has moved, a lambda has come before the others, g is another function.
  auto words = compile("# comment\nnew = lambda: 0\ndef f(x):\n\n  return x + 1\n"
                       "def g(x):\n  return x * 3\nh = lambda: 1\nk = lambda: 2\n");
  Coverage coverage(profile);
  uop::ImageView image(words.data());
  auto matches = coverage.add(image, "m");
  for (uint32_t i = 0; i < matches.size(); ++i) {
    std::string name(image.string(image.code(i).qualifiedName));
    bool isFound = matches[i].fit == Fit::Found;
    if (name == "f")
      EXPECT_TRUE(isFound);
    if (name == "g")
      EXPECT_EQ(matches[i].fit, Fit::Changed);
    if (isFound)
      EXPECT_EQ(matches[i].function->hash, uop::hashBody(image, image.code(i)));
  }
  EXPECT_EQ(coverage.foundCodes(), 3u); // f and two lambdas; the module's body has changed, too
  auto lost = coverage.lost();
  ASSERT_EQ(lost.size(), 2u);
  EXPECT_TRUE(lost[0].why == Coverage::Loss::Changed && lost[1].why == Coverage::Loss::Changed);
  EXPECT_EQ(coverage.relevance(), 60.0);
}

TEST(Match, WhatIsGoneIsNamed) {
  auto old = compile(kProgram);
  Profile profile = profileOf(old, 10);
  Function elsewhere{"other", "x", 0, 1, 1, 1, {}, {{0, 0, 50, {}}}};
  profile.functions.push_back(elsewhere);
  auto words = compile("def f(x):\n  return x + 1\n");
  Coverage coverage(profile);
  coverage.add(uop::ImageView(words.data()), "m");
  auto lost = coverage.lost();
  ASSERT_EQ(lost.size(), 5u);
  EXPECT_EQ(lost[0].why, Coverage::Loss::NoModule);
  EXPECT_EQ(lost[0].weight, 50u);
  EXPECT_EQ(coverage.relevance(), 10.0);
}

/// `sites` instructions that ran `count` times each.
Function functionOf(uint32_t sites, uint64_t count) {
  Function function;
  for (uint32_t word = 0; word < sites; ++word)
    function.sites.push_back({word, 0, count, {}});
  return function;
}

TEST(Match, LongFunctionsThatRunNowAndThenAreNotHot) {
  EXPECT_TRUE(isHot(functionOf(10, 500), 5000));
  EXPECT_FALSE(isHot(functionOf(10, 499), 5000));
  EXPECT_FALSE(isHot(functionOf(1000, 50), 5000));
  EXPECT_TRUE(isHot(functionOf(1000, 100), 5000));
}

TEST(Match, HotIsAShareOfTheProgram) {
  Profile profile;
  profile.functions.push_back(functionOf(1, 10));
  EXPECT_EQ(hotWeight(profile), 1000u);
  profile.functions.push_back(functionOf(1, 2'000'000));
  EXPECT_EQ(hotWeight(profile), 10'000u);
}

} // namespace
} // namespace pyc::profile
