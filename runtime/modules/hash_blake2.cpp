// BLAKE2b and BLAKE2s (RFC 7693) with salt, personal bytes and the parameters of trees.
#include "runtime/modules/hash_engine.h"

#include <bit>
#include <cstring>

namespace pyc::rt {

namespace {

template <class Word> struct Blake2Constants;
template <> struct Blake2Constants<uint64_t> {
  static constexpr int kRounds = 12;
  static constexpr int kRotations[4] = {32, 24, 16, 63};
  static constexpr uint64_t kInitial[8] = {
      0x6A09E667F3BCC908, 0xBB67AE8584CAA73B, 0x3C6EF372FE94F82B, 0xA54FF53A5F1D36F1,
      0x510E527FADE682D1, 0x9B05688C2B3E6C1F, 0x1F83D9ABFB41BD6B, 0x5BE0CD19137E2179};
};
template <> struct Blake2Constants<uint32_t> {
  static constexpr int kRounds = 10;
  static constexpr int kRotations[4] = {16, 12, 8, 7};
  static constexpr uint32_t kInitial[8] = {0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A,
                                           0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19};
};

constexpr uint8_t kSchedule[10][16] = {{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
                                       {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
                                       {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
                                       {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
                                       {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
                                       {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
                                       {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
                                       {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
                                       {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
                                       {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0}};

template <class Word> void mix(Word& a, Word& b, Word& c, Word& d, Word x, Word y) {
  using Constants = Blake2Constants<Word>;
  a += b + x;
  d = std::rotr(d ^ a, Constants::kRotations[0]);
  c += d;
  b = std::rotr(b ^ c, Constants::kRotations[1]);
  a += b + y;
  d = std::rotr(d ^ a, Constants::kRotations[2]);
  c += d;
  b = std::rotr(b ^ c, Constants::kRotations[3]);
}

template <class Word> void compress(Blake2State<Word>& state, const uint8_t* block, bool isLast) {
  using Constants = Blake2Constants<Word>;
  Word m[16], v[16];
  std::memcpy(m, block, sizeof m);
  std::memcpy(v, state.chain, sizeof state.chain);
  std::memcpy(v + 8, Constants::kInitial, sizeof state.chain);
  v[12] ^= state.count[0];
  v[13] ^= state.count[1];
  if (isLast)
    v[14] = ~v[14];
  if (isLast && state.isLastNode)
    v[15] = ~v[15];
  for (int round = 0; round < Constants::kRounds; ++round) {
    const uint8_t* s = kSchedule[round % 10];
    for (int i = 0; i < 4; ++i)
      mix(v[i], v[i + 4], v[i + 8], v[i + 12], m[s[2 * i]], m[s[2 * i + 1]]);
    for (int i = 0; i < 4; ++i)
      mix(v[i], v[(i + 1) % 4 + 4], v[(i + 2) % 4 + 8], v[(i + 3) % 4 + 12], m[s[2 * i + 8]],
          m[s[2 * i + 9]]);
  }
  for (int i = 0; i < 8; ++i)
    state.chain[i] ^= v[i] ^ v[i + 8];
}

template <class Word> void addCount(Blake2State<Word>& state, uint32_t bytes) {
  state.count[0] += bytes;
  state.count[1] += state.count[0] < bytes;
}

} // namespace

template <class Word> void initBlake2(HashState& hash, const Blake2Parameters& parameters) {
  Blake2State<Word>& state = blake2Of<Word>(hash);
  state = {};
  constexpr size_t kSalt = 2 * sizeof(Word); // bytes of salt, and of the personal bytes
  uint8_t block[8 * sizeof(Word)] = {};
  block[0] = parameters.digestSize;
  block[1] = static_cast<uint8_t>(parameters.key.size());
  block[2] = parameters.fanout;
  block[3] = parameters.depth;
  std::memcpy(block + 4, &parameters.leafSize, 4);
  std::memcpy(block + 8, &parameters.nodeOffset, sizeof(Word) == 8 ? 8 : 6);
  uint8_t* node = block + (sizeof(Word) == 8 ? 16 : 14);
  node[0] = parameters.nodeDepth;
  node[1] = parameters.innerSize;
  std::memcpy(block + 4 * sizeof(Word), parameters.salt.data(), parameters.salt.size());
  std::memcpy(block + 4 * sizeof(Word) + kSalt, parameters.person.data(), parameters.person.size());
  Word words[8];
  std::memcpy(words, block, sizeof words);
  for (int i = 0; i < 8; ++i)
    state.chain[i] = Blake2Constants<Word>::kInitial[i] ^ words[i];
  state.isLastNode = parameters.isLastNode;
  if (parameters.key.empty())
    return;
  uint8_t key[16 * sizeof(Word)] = {};
  std::memcpy(key, parameters.key.data(), parameters.key.size());
  updateBlake2<Word>(hash, key, sizeof key);
}

template <class Word> void updateBlake2(HashState& hash, const uint8_t* data, size_t size) {
  Blake2State<Word>& state = blake2Of<Word>(hash);
  constexpr size_t kBlock = sizeof state.block;
  while (size > 0) {
    // A full block waits for what follows, since the last one is compressed differently.
    if (state.buffered == kBlock) {
      addCount(state, static_cast<uint32_t>(kBlock));
      compress(state, state.block, false);
      state.buffered = 0;
    }
    size_t part = std::min(size, kBlock - state.buffered);
    std::memcpy(state.block + state.buffered, data, part);
    state.buffered += static_cast<uint32_t>(part);
    data += part;
    size -= part;
  }
}

template <class Word> void finishBlake2(HashState& hash, uint8_t* out, size_t length) {
  Blake2State<Word>& state = blake2Of<Word>(hash);
  addCount(state, state.buffered);
  std::memset(state.block + state.buffered, 0, sizeof state.block - state.buffered);
  compress(state, state.block, true);
  std::memcpy(out, state.chain, length);
}

template void initBlake2<uint64_t>(HashState&, const Blake2Parameters&);
template void initBlake2<uint32_t>(HashState&, const Blake2Parameters&);
template void updateBlake2<uint64_t>(HashState&, const uint8_t*, size_t);
template void updateBlake2<uint32_t>(HashState&, const uint8_t*, size_t);
template void finishBlake2<uint64_t>(HashState&, uint8_t*, size_t);
template void finishBlake2<uint32_t>(HashState&, uint8_t*, size_t);

} // namespace pyc::rt
