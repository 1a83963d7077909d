// Arithmetic on short decimals gives what libmpdec gives, conditions included, wherever it gives
// anything; and it does give something for the numbers that programs have.
#include "runtime/modules/decimal_short.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

namespace pyc::rt {

namespace {

using Operation = void (*)(mpd_t*, const mpd_t*, const mpd_t*, const mpd_context_t*, uint32_t*);
using ShortOperation = bool (*)(mpd_t*, const mpd_t*, const mpd_t*, const mpd_context_t*,
                                uint32_t*);

struct Number {
  mpd_uint_t words[4] = {};
  mpd_t number = {MPD_STATIC | MPD_STATIC_DATA, 0, 0, 0, 4, words};

  Number() = default;
  Number(const Number&) = delete;
  Number& operator=(const Number&) = delete;
  ~Number() { mpd_del(&number); }
  void set(const std::string& text) {
    uint32_t status = 0;
    mpd_qset_string_exact(&number, text.c_str(), &status);
    ASSERT_EQ(status, 0u) << text;
  }
  std::string text() const {
    char* scientific = mpd_to_sci(&number, 1);
    std::string result = std::string(scientific) + " of " + std::to_string(number.digits) +
                         " digits, " + std::to_string(number.len) + " words";
    mpd_free(scientific);
    return result;
  }
};

class DecimalShort : public ::testing::Test {
protected:
  static void SetUpTestSuite() {
    static const bool isSet = (mpd_setminalloc(4), true);
    (void)isSet;
  }

  unsigned below(unsigned bound) { return static_cast<unsigned>(random_() % bound); }

  /// Mostly ordinary; with runs of zeros and nines, where rounding has its corners.
  std::string randomNumber() {
    static constexpr const char* kSpecial[] = {"NaN", "Infinity", "sNaN", "0", "-0.00", "0E+9"};
    if (below(40) == 0)
      return kSpecial[below(std::size(kSpecial))];
    std::string text = below(2) ? "-" : "";
    unsigned digits = 1 + below(below(3) ? 12 : 40), style = below(4);
    for (unsigned i = 0; i < digits; ++i)
      text += style == 0   ? '9'
              : style == 1 ? (i == 0            ? '1'
                              : i + 1 == digits ? '5'
                                                : '0')
                           : static_cast<char>('0' + below(10));
    int exponent = below(2) ? static_cast<int>(below(30)) - 20 : static_cast<int>(below(90)) - 60;
    return text + "E" + std::to_string(exponent);
  }

  mpd_context_t randomContext() {
    mpd_context_t context;
    mpd_maxcontext(&context);
    static constexpr int kPrecisions[] = {28, 28, 9, 1, 2, 19, 20, 34, 37, 38, 40};
    context.prec = kPrecisions[below(std::size(kPrecisions))];
    context.round = static_cast<int>(below(MPD_ROUND_TRUNC));
    bool isNarrow = below(4) == 0;
    context.emax = isNarrow ? 20 : 999'999;
    context.emin = isNarrow ? -15 : -999'999;
    context.clamp = below(10) == 0;
    context.traps = 0;
    return context;
  }

  /// How often the short operation gave a result.
  int compare(Operation operation, ShortOperation shortOperation) {
    int given = 0;
    for (int i = 0; i < kRounds; ++i) {
      Number a, b, expected, found;
      a.set(randomNumber());
      b.set(randomNumber());
      mpd_context_t context = randomContext();
      uint32_t expectedStatus = 0, status = 0;
      if (!shortOperation(&found.number, &a.number, &b.number, &context, &status)) {
        EXPECT_EQ(status, 0u);
        EXPECT_EQ(found.number.len, 0);
        continue;
      }
      ++given;
      operation(&expected.number, &a.number, &b.number, &context, &expectedStatus);
      EXPECT_EQ(found.text(), expected.text())
          << a.text() << "; " << b.text() << "; " << context.prec << "; " << context.round;
      EXPECT_EQ(status, expectedStatus)
          << a.text() << "; " << b.text() << "; " << context.prec << "; " << context.round;
      if (HasFailure())
        break;
    }
    return given;
  }

  static constexpr int kRounds = 200'000;
  std::mt19937_64 random_{7};
};

TEST_F(DecimalShort, Adds) {
  EXPECT_GT(compare(mpd_qadd, addShort), kRounds / 4);
}
TEST_F(DecimalShort, Subtracts) {
  EXPECT_GT(compare(mpd_qsub, subtractShort), kRounds / 4);
}
TEST_F(DecimalShort, Multiplies) {
  EXPECT_GT(compare(mpd_qmul, multiplyShort), kRounds / 4);
}
TEST_F(DecimalShort, Divides) {
  EXPECT_GT(compare(mpd_qdiv, divideShort), kRounds / 8);
}
TEST_F(DecimalShort, Quantizes) {
  EXPECT_GT(compare(mpd_qquantize, quantizeShort), kRounds / 10);
}

TEST_F(DecimalShort, Compares) {
  int given = 0;
  for (int i = 0; i < kRounds; ++i) {
    Number a, b;
    a.set(randomNumber());
    b.set(randomNumber());
    if (below(2))
      b.number.exp = a.number.exp;
    int order;
    uint32_t status = 0;
    if (compareShort(&a.number, &b.number, order)) {
      ++given;
      ASSERT_EQ(order, mpd_qcmp(&a.number, &b.number, &status)) << a.text() << "; " << b.text();
    }
  }
  EXPECT_GT(given, kRounds / 50);
}

} // namespace

} // namespace pyc::rt
