// Feeds any bytes to the readers of profiles, behind a right checksum where the first byte is odd:
// they must not crash, and what is read must be written and read again the same.
#include "profiler/format/files.h"
#include "profiler/format/json.h"
#include "runtime/base/check.h"

#include <cstdint>
#include <zlib.h>

using namespace pyc;

/// The bytes as the content of a binary profile.
static std::string withHeader(const std::string& payload) {
  std::string file = profile::encode({}).substr(0, 12); // magic and version
  auto sum = static_cast<uint32_t>(
      crc32_z(0, reinterpret_cast<const unsigned char*>(payload.data()), payload.size()));
  for (unsigned i = 0; i < 4; ++i)
    file.push_back(static_cast<char>(sum >> (8 * i)));
  for (unsigned i = 0; i < 8; ++i)
    file.push_back(static_cast<char>(static_cast<uint64_t>(payload.size()) >> (8 * i)));
  return file + payload;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0)
    return 0;
  std::string bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  profile::Profile profile, again;
  std::string error;
  if (!profile::parse(data[0] & 1 ? withHeader(bytes) : bytes, profile, error)) {
    PYC_CHECK(!error.empty());
    return 0;
  }
  profile::normalize(profile);
  PYC_CHECK(profile::decode(profile::encode(profile), again, error));
  PYC_CHECK(profile == again);
  PYC_CHECK(profile::fromJson(profile::toJson(profile), again, error));
  profile::merge(profile, again, data[0]);
  return 0;
}
