// Short texts of decimals are read and written without libmpdec, but as it does.
#include "runtime/modules/decimal_convert.h"
#include "tests/unit/runtime/objects/runtime_test.h"

#include <random>

namespace pyc::rt {

namespace {

using DecimalText = testing::RuntimeTest;

std::string textOf(const mpd_t* number) {
  Ref text = decimalText(number, true);
  return std::string(asStr(text)->asciiView());
}

std::string libraryTextOf(const mpd_t* number) {
  char* text = mpd_to_sci(number, 1);
  std::string result(text);
  mpd_free(text);
  return result;
}

/// What libmpdec makes of a text.
std::string libraryReads(const char* text) {
  ScratchNumber number;
  uint32_t status = 0;
  mpd_qset_string_exact(number.get(), text, &status);
  return libraryTextOf(number.get());
}

TEST_F(DecimalText, ReadsShortNumbers) {
  for (const char* text :
       {"0", "1", "-1", "007", "1.50", "-0.00", ".5", "5.", "0.000001", "-.001",
        "9999999999999999999", "0.000000000000000001", "-123456789.0123456789"}) {
    ScratchNumber number;
    ASSERT_TRUE(setFromShortText(number.get(), text)) << text;
    EXPECT_EQ(libraryTextOf(number.get()), libraryReads(text)) << text;
  }
}

TEST_F(DecimalText, LeavesOtherTextsAlone) {
  for (const char* text : {"", "-", ".", "-.", "+1", "1e5", "1_0", " 1", "1.2.3", "--1", "nan",
                           "Inf", "99999999999999999999", "0.00000000000000000001", "1-"}) {
    ScratchNumber number;
    EXPECT_FALSE(setFromShortText(number.get(), text)) << text;
  }
}

TEST_F(DecimalText, WritesAsTheLibraryDoes) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 20'000; ++i) {
    ScratchNumber number;
    uint32_t status = 0;
    mpd_qset_u64_exact(number.get(), (random() % MPD_RADIX) >> (random() % 64), &status);
    number.get()->exp = static_cast<mpd_ssize_t>(random() % 40) - 30;
    if (random() % 2)
      mpd_set_negative(number.get());
    ASSERT_EQ(textOf(number.get()), libraryTextOf(number.get()));
  }
}

} // namespace

} // namespace pyc::rt
