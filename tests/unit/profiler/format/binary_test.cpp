#include "profiler/format/files.h"
#include "tests/unit/profiler/format/samples.h"

#include <gtest/gtest.h>
#include <random>
#include <zlib.h>

namespace pyc::profile {
namespace {

constexpr size_t kHeaderSize = 24;

TEST(Binary, RoundTrip) {
  Profile profile = sampleProfile(), again;
  std::string bytes = encode(profile), error;
  ASSERT_TRUE(parse(bytes, again, error)) << error;
  EXPECT_EQ(profile, again);
  EXPECT_EQ(bytes, encode(again));
}

TEST(Binary, EveryCutIsNoticed) {
  std::string bytes = encode(sampleProfile());
  for (size_t size = 0; size < bytes.size(); ++size) {
    Profile profile;
    std::string error;
    EXPECT_FALSE(decode(bytes.substr(0, size), profile, error));
    EXPECT_EQ(error, size < 8 ? "is not a profile" : "is cut off");
  }
}

TEST(Binary, EveryChangedByteIsNoticed) {
  std::string bytes = encode(sampleProfile());
  for (size_t i = 0; i < bytes.size(); ++i) {
    std::string changed = bytes, error;
    changed[i] = static_cast<char>(changed[i] ^ 0x20);
    Profile profile;
    EXPECT_FALSE(decode(changed, profile, error)) << i;
  }
}

TEST(Binary, OtherVersionsAreNamed) {
  std::string bytes = encode(sampleProfile()), error;
  bytes[8] = 9;
  Profile profile;
  EXPECT_FALSE(decode(bytes, profile, error));
  EXPECT_NE(error.find("has version 9"), std::string::npos) << error;
}

TEST(Binary, VersionOneHasNoTexts) {
  Profile profile, again;
  profile.program = "p";
  std::string bytes = encode(profile), error; // the text, runs, and no types, texts and functions
  std::string payload = bytes.substr(kHeaderSize, bytes.size() - kHeaderSize - 1);
  auto sum = static_cast<uint32_t>(
      crc32_z(0, reinterpret_cast<const unsigned char*>(payload.data()), payload.size()));
  bytes = bytes.substr(0, kHeaderSize) + payload;
  bytes[8] = 1;
  for (unsigned i = 0; i < 4; ++i)
    bytes[12 + i] = static_cast<char>(sum >> (8 * i));
  bytes[16] = static_cast<char>(payload.size());
  ASSERT_TRUE(decode(bytes, again, error)) << error;
  EXPECT_EQ(profile, again);
}

/// Content that lies behind a right checksum.
TEST(Binary, AnyPayloadIsTaken) {
  std::mt19937 random(1);
  std::string good = encode(sampleProfile());
  for (int round = 0; round < 20000; ++round) {
    std::string bytes = good;
    for (unsigned changes = 1 + random() % 4; changes != 0; --changes)
      bytes[kHeaderSize + random() % (bytes.size() - kHeaderSize)] = static_cast<char>(random());
    auto sum = static_cast<uint32_t>(
        crc32_z(0, reinterpret_cast<const unsigned char*>(bytes.data()) + kHeaderSize,
                bytes.size() - kHeaderSize));
    for (unsigned i = 0; i < 4; ++i)
      bytes[12 + i] = static_cast<char>(sum >> (8 * i));
    Profile profile;
    std::string error;
    if (!decode(bytes, profile, error))
      continue;
    normalize(profile);
    Profile again;
    EXPECT_TRUE(decode(encode(profile), again, error)) << error;
    EXPECT_EQ(profile, again);
  }
}

TEST(Binary, MissingFile) {
  Profile profile;
  std::string error;
  EXPECT_FALSE(readProfile("/nowhere/a.pycprof", profile, error));
  EXPECT_EQ(error, "cannot read '/nowhere/a.pycprof': No such file or directory");
  EXPECT_FALSE(readProfile("/dev/null", profile, error));
  EXPECT_EQ(error, "'/dev/null' is not a profile");
}

} // namespace
} // namespace pyc::profile
