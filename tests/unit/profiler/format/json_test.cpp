#include "profiler/format/json.h"

#include "profiler/format/files.h"
#include "tests/unit/profiler/format/samples.h"

#include <gtest/gtest.h>
#include <random>

namespace pyc::profile {
namespace {

std::string problemOf(const std::string& text) {
  Profile profile;
  std::string error;
  return parse(text, profile, error) ? "none" : error;
}

TEST(Json, RoundTrip) {
  Profile profile = sampleProfile(), again;
  std::string text = toJson(profile), error;
  ASSERT_TRUE(parse(text, again, error)) << error << "\n" << text;
  EXPECT_EQ(profile, again);
  EXPECT_EQ(text, toJson(again));
}

TEST(Json, SaysWhatIsWrong) {
  const std::string head = R"({"format": "pyc profile", "version": 2, "program": "", )";
  EXPECT_EQ(problemOf(head + R"("runs": 1, "functions": []})"), "none");
  EXPECT_EQ(problemOf(head + R"("runs": 1, "functions": [], "more": {}})"), "none");
  EXPECT_EQ(problemOf("{}"), "is not a profile");
  EXPECT_EQ(problemOf("{"), "is not JSON, or is cut off");
  EXPECT_EQ(problemOf(head + R"("runs": -1, "functions": []})"),
            "is damaged (\"runs\" is missing or is not a number in the right range)");
  EXPECT_EQ(problemOf(head + R"("runs": 1, "functions": [3]})"),
            "is damaged (\"module\" is missing or is not a string)");
  EXPECT_EQ(problemOf(head + R"("runs": 1, "functions": [], "texts": [{"source": "", "file": "f",
                                "mode": "sing", "flags": 0, "optimize": 0}]})"),
            "is damaged (\"mode\" is missing or is not one of compile()'s)");
  EXPECT_EQ(problemOf(R"({"format": "pyc profile", "version": 7})").substr(0, 13), "has version 7");
}

TEST(Json, BadTextIsReplaced) {
  Profile profile = sampleProfile(), again;
  profile.functions[0].name = "f\xED\xA0\x80";
  std::string error;
  ASSERT_TRUE(fromJson(toJson(profile), again, error)) << error;
  EXPECT_EQ(again.functions[0].name.substr(0, 4), "f\xEF\xBF\xBD");
}

TEST(Json, AnyTextIsTaken) {
  std::mt19937 random(2);
  std::string good = toJson(sampleProfile());
  const std::string alphabet = "{}[]\":,0123456789eE-+. \\nulltrue\xFF";
  for (int round = 0; round < 5000; ++round) {
    std::string text = good, error;
    for (unsigned changes = 1 + random() % 3; changes != 0; --changes)
      text[random() % text.size()] = alphabet[random() % alphabet.size()];
    Profile profile, again;
    if (fromJson(text, profile, error)) {
      EXPECT_TRUE(fromJson(toJson(profile), again, error)) << error;
    }
  }
}

} // namespace
} // namespace pyc::profile
