// SHA-3 and SHAKE (FIPS 202): the sponge over the permutation Keccak-f[1600].
#include "runtime/modules/hash_engine.h"

#include <bit>
#include <cstring>

namespace pyc::rt {

namespace {

constexpr uint64_t kRoundConstants[24] = {
    0x0000000000000001, 0x0000000000008082, 0x800000000000808A, 0x8000000080008000,
    0x000000000000808B, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
    0x000000000000008A, 0x0000000000000088, 0x0000000080008009, 0x000000008000000A,
    0x000000008000808B, 0x800000000000008B, 0x8000000000008089, 0x8000000000008003,
    0x8000000000008002, 0x8000000000000080, 0x000000000000800A, 0x800000008000000A,
    0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008};

/// Along the walk of rho and pi through the lanes: how far to rotate, and where to.
constexpr int kRotations[24] = {1,  3,  6,  10, 15, 21, 28, 36, 45, 55, 2,  14,
                                27, 41, 56, 8,  25, 43, 62, 18, 39, 61, 20, 44};
constexpr int kTargets[24] = {10, 7,  11, 17, 18, 3, 5,  16, 8,  21, 24, 4,
                              15, 23, 19, 13, 12, 2, 20, 14, 22, 9,  6,  1};

void mixColumns(uint64_t* a) {
  uint64_t parity[5];
  for (int x = 0; x < 5; ++x)
    parity[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
  for (int x = 0; x < 5; ++x) {
    uint64_t change = parity[(x + 4) % 5] ^ std::rotl(parity[(x + 1) % 5], 1);
    for (int y = 0; y < 25; y += 5)
      a[y + x] ^= change;
  }
}

void permute(uint64_t* a) {
  for (uint64_t constant : kRoundConstants) {
    mixColumns(a);
    uint64_t moved = a[1];
    for (int i = 0; i < 24; ++i) {
      uint64_t next = a[kTargets[i]];
      a[kTargets[i]] = std::rotl(moved, kRotations[i]);
      moved = next;
    }
    for (int y = 0; y < 25; y += 5) {
      uint64_t row[5];
      std::memcpy(row, a + y, sizeof row);
      for (int x = 0; x < 5; ++x)
        a[y + x] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]);
    }
    a[0] ^= constant;
  }
}

void xorByte(KeccakState& state, uint32_t position, uint8_t byte) {
  state.lanes[position / 8] ^= static_cast<uint64_t>(byte) << (position % 8 * 8);
}

} // namespace

void initKeccak(KeccakState& state, uint32_t rate, uint8_t suffix) {
  state = {};
  state.rate = rate;
  state.suffix = suffix;
}

void updateKeccak(HashState& hash, const uint8_t* data, size_t size) {
  KeccakState& state = hash.keccak;
  while (size > 0) {
    if (state.position % 8 == 0 && size >= 8 && state.position < state.rate) {
      uint64_t lane;
      std::memcpy(&lane, data, sizeof lane);
      state.lanes[state.position / 8] ^= lane;
      state.position += 8;
      data += 8;
      size -= 8;
    } else {
      xorByte(state, state.position++, *data++);
      --size;
    }
    if (state.position == state.rate) {
      permute(state.lanes);
      state.position = 0;
    }
  }
}

void finishKeccak(HashState& hash, uint8_t* out, size_t length) {
  KeccakState& state = hash.keccak;
  xorByte(state, state.position, state.suffix);
  xorByte(state, state.rate - 1, 0x80);
  for (;;) {
    permute(state.lanes);
    size_t part = length < state.rate ? length : state.rate;
    std::memcpy(out, state.lanes, part); // lanes are little-endian, as the machine is
    out += part;
    length -= part;
    if (length == 0)
      return;
  }
}

} // namespace pyc::rt
