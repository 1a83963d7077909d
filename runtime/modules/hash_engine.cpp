#include "runtime/modules/hash_engine.h"

#include <cstring>

namespace pyc::rt {

namespace {

/// init, update and finish in terms of OpenSSL's three functions on a member of HashState.
template <auto member, auto initialise, auto add, auto end> struct OpensslHash {
  static void init(HashState& state) { initialise(&(state.*member)); }
  static void update(HashState& state, const uint8_t* data, size_t size) {
    add(&(state.*member), data, size);
  }
  static void finish(HashState& state, uint8_t* out, size_t length) {
    uint8_t digest[kMostDigest];
    end(digest, &(state.*member));
    std::memcpy(out, digest, length);
  }
};

/// SHA-512 with a shorter digest and other initial values, which SHA-512 itself makes of the name
/// (FIPS 180-4, 5.3.6).
template <uint32_t bits> void initShort512(HashState& state) {
  std::string name = "SHA-512/" + std::to_string(bits);
  SHA512_CTX maker;
  SHA512_Init(&maker);
  for (auto& word : maker.h)
    word ^= 0xA5A5A5A5A5A5A5A5;
  uint8_t digest[SHA512_DIGEST_LENGTH];
  SHA512_Update(&maker, name.data(), name.size());
  SHA512_Final(digest, &maker);
  SHA512_Init(&state.sha512);
  for (int i = 0; i < 8; ++i) {
    uint64_t word;
    std::memcpy(&word, digest + 8 * i, sizeof word);
    state.sha512.h[i] = __builtin_bswap64(word);
  }
}

template <uint32_t rate, uint8_t suffix> void initSponge(HashState& state) {
  initKeccak(state.keccak, rate, suffix);
}

template <class Word> void initPlainBlake2(HashState& state) {
  initBlake2<Word>(state, {.digestSize = 8 * sizeof(Word)});
}

template <class Hash>
constexpr HashEngine engine(const char* name, uint16_t digestSize, uint16_t blockSize) {
  return {name, digestSize, blockSize, Hash::init, Hash::update, Hash::finish};
}

template <uint32_t rate, uint8_t suffix>
constexpr HashEngine sponge(const char* name, uint16_t digestSize) {
  return {name, digestSize, rate, initSponge<rate, suffix>, updateKeccak, finishKeccak};
}

using Md5 = OpensslHash<&HashState::md5, MD5_Init, MD5_Update, MD5_Final>;
using Ripemd160 =
    OpensslHash<&HashState::ripemd160, RIPEMD160_Init, RIPEMD160_Update, RIPEMD160_Final>;
using Sha1 = OpensslHash<&HashState::sha1, SHA1_Init, SHA1_Update, SHA1_Final>;
using Sha224 = OpensslHash<&HashState::sha256, SHA224_Init, SHA224_Update, SHA224_Final>;
using Sha256 = OpensslHash<&HashState::sha256, SHA256_Init, SHA256_Update, SHA256_Final>;
using Sha384 = OpensslHash<&HashState::sha512, SHA384_Init, SHA384_Update, SHA384_Final>;
using Sha512 = OpensslHash<&HashState::sha512, SHA512_Init, SHA512_Update, SHA512_Final>;

constexpr HashEngine kEngines[] = {
    engine<Md5>("md5", 16, 64),
    engine<Sha1>("sha1", 20, 64),
    engine<Sha224>("sha224", 28, 64),
    engine<Sha256>("sha256", 32, 64),
    engine<Sha384>("sha384", 48, 128),
    engine<Sha512>("sha512", 64, 128),
    {"sha512_224", 28, 128, initShort512<224>, Sha512::update, Sha512::finish},
    {"sha512_256", 32, 128, initShort512<256>, Sha512::update, Sha512::finish},
    sponge<144, 0x06>("sha3_224", 28),
    sponge<136, 0x06>("sha3_256", 32),
    sponge<104, 0x06>("sha3_384", 48),
    sponge<72, 0x06>("sha3_512", 64),
    sponge<168, 0x1F>("shake_128", 0),
    sponge<136, 0x1F>("shake_256", 0),
    {"blake2b", 64, 128, initPlainBlake2<uint64_t>, updateBlake2<uint64_t>, finishBlake2<uint64_t>},
    {"blake2s", 32, 64, initPlainBlake2<uint32_t>, updateBlake2<uint32_t>, finishBlake2<uint32_t>},
    engine<Ripemd160>("ripemd160", 20, 64),
};

} // namespace

std::span<const HashEngine> hashEngines() {
  return kEngines;
}

const HashEngine* findHashEngine(std::string_view name) {
  for (const HashEngine& engine : kEngines)
    if (name == engine.name)
      return &engine;
  return nullptr;
}

} // namespace pyc::rt
