// HMAC (RFC 2104), PBKDF2 (RFC 8018), scrypt (RFC 7914).
#include "runtime/modules/hash_engine.h"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <cstring>

namespace pyc::rt {

void MacState::init(const HashEngine* engine, std::string_view key) {
  engine_ = engine;
  uint8_t block[kMostBlock] = {};
  if (key.size() > engine->blockSize) {
    engine->init(inner_);
    update(key);
    engine->finish(inner_, block, engine->digestSize);
  } else {
    std::memcpy(block, key.data(), key.size());
  }
  auto start = [&](HashState& state, uint8_t pad) {
    uint8_t padded[kMostBlock];
    for (size_t i = 0; i < engine->blockSize; ++i)
      padded[i] = block[i] ^ pad;
    engine->init(state);
    engine->update(state, padded, engine->blockSize);
  };
  start(inner_, 0x36);
  start(outer_, 0x5C);
}

void MacState::finish(uint8_t* out) {
  uint8_t digest[kMostDigest];
  engine_->finish(inner_, digest, engine_->digestSize);
  engine_->update(outer_, digest, engine_->digestSize);
  engine_->finish(outer_, out, engine_->digestSize);
}

void deriveByPbkdf2(const HashEngine* engine, std::string_view password, std::string_view salt,
                    uint64_t iterations, std::string& out) {
  MacState keyed;
  keyed.init(engine, password);
  size_t size = engine->digestSize;
  uint32_t number = 0;
  for (size_t done = 0; done < out.size(); done += size) {
    ++number;
    char counter[4] = {static_cast<char>(number >> 24), static_cast<char>(number >> 16),
                       static_cast<char>(number >> 8), static_cast<char>(number)};
    uint8_t last[kMostDigest], sum[kMostDigest];
    MacState mac = keyed;
    mac.update(salt);
    mac.update({counter, sizeof counter});
    mac.finish(last);
    std::memcpy(sum, last, size);
    for (uint64_t i = 1; i < iterations; ++i) {
      mac = keyed;
      mac.update({reinterpret_cast<char*>(last), size});
      mac.finish(last);
      for (size_t k = 0; k < size; ++k)
        sum[k] ^= last[k];
    }
    std::memcpy(out.data() + done, sum, std::min(size, out.size() - done));
  }
}

namespace {

/// The core of Salsa20 with 8 rounds, added to its input.
void salsa(uint32_t* words) {
  static constexpr uint8_t kQuarters[8][4] = {{0, 4, 8, 12},  {5, 9, 13, 1},   {10, 14, 2, 6},
                                              {15, 3, 7, 11}, {0, 1, 2, 3},    {5, 6, 7, 4},
                                              {10, 11, 8, 9}, {15, 12, 13, 14}};
  uint32_t x[16];
  std::memcpy(x, words, sizeof x);
  for (int round = 0; round < 8; round += 2)
    for (const uint8_t* q : kQuarters) {
      x[q[1]] ^= std::rotl(x[q[0]] + x[q[3]], 7);
      x[q[2]] ^= std::rotl(x[q[1]] + x[q[0]], 9);
      x[q[3]] ^= std::rotl(x[q[2]] + x[q[1]], 13);
      x[q[0]] ^= std::rotl(x[q[3]] + x[q[2]], 18);
    }
  for (int i = 0; i < 16; ++i)
    words[i] += x[i];
}

/// scryptBlockMix of 2r blocks of 16 words; `out` must be elsewhere.
void mixBlocks(const uint32_t* in, uint32_t* out, uint64_t r) {
  uint32_t x[16];
  std::memcpy(x, in + (2 * r - 1) * 16, sizeof x);
  for (uint64_t i = 0; i < 2 * r; ++i) {
    for (int k = 0; k < 16; ++k)
      x[k] ^= in[i * 16 + static_cast<uint64_t>(k)];
    salsa(x);
    std::memcpy(out + (i / 2 + (i % 2) * r) * 16, x, sizeof x);
  }
}

/// scryptROMix of one block of 32 r words. `table` has room for n blocks, `other` for one.
void mixMemory(uint32_t* block, const ScryptCost& cost, uint32_t* table, uint32_t* other) {
  uint64_t words = 32 * cost.r;
  for (uint64_t i = 0; i < cost.n; ++i) {
    std::memcpy(table + i * words, block, words * 4);
    mixBlocks(block, other, cost.r);
    std::memcpy(block, other, words * 4);
  }
  for (uint64_t i = 0; i < cost.n; ++i) {
    const uint32_t* last = block + (2 * cost.r - 1) * 16;
    uint64_t place = (last[0] | static_cast<uint64_t>(last[1]) << 32) & (cost.n - 1);
    for (uint64_t k = 0; k < words; ++k)
      block[k] ^= table[place * words + k];
    mixBlocks(block, other, cost.r);
    std::memcpy(block, other, words * 4);
  }
}

} // namespace

bool deriveByScrypt(std::string_view password, std::string_view salt, const ScryptCost& cost,
                    std::string& out) {
  const HashEngine* sha256 = findHashEngine("sha256");
  uint64_t words = 32 * cost.r;
  std::string blocks(cost.p * words * 4, '\0');
  deriveByPbkdf2(sha256, password, salt, 1, blocks);
  auto* memory = static_cast<uint32_t*>(std::malloc((cost.n + 2) * words * 4));
  if (!memory)
    return false;
  uint32_t *block = memory, *other = memory + words, *table = memory + 2 * words;
  for (uint64_t i = 0; i < cost.p; ++i) {
    std::memcpy(block, blocks.data() + i * words * 4, words * 4);
    mixMemory(block, cost, table, other);
    std::memcpy(blocks.data() + i * words * 4, block, words * 4);
  }
  std::free(memory);
  deriveByPbkdf2(sha256, password, blocks, 1, out);
  return true;
}

} // namespace pyc::rt
