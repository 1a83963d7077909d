// Hash functions, below the modules _md5, _sha1, _sha2, _sha3, _blake2, _hashlib and _hmac:
//
//   hash_engine.cpp   the table; MD5, SHA-1, SHA-2 and RIPEMD-160 by OpenSSL's block functions
//   hash_keccak.cpp   SHA-3 and SHAKE
//   hash_blake2.cpp   BLAKE2b and BLAKE2s with all their parameters
//   hash_mac.cpp      HMAC, PBKDF2, scrypt
//   hash_object.cpp   the Python objects that all modules share
//
// OpenSSL's block functions alone come without its tables of providers and algorithms, which would
// make every program that imports hashlib megabytes larger.
#pragma once

#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/md5.h>
#include <openssl/ripemd.h>
#include <openssl/sha.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace pyc::rt {

struct KeccakState {
  uint64_t lanes[25];
  uint32_t rate;     // bytes a round
  uint32_t position; // in the rate
  uint8_t suffix;    // domain bits with the first bit of the padding
};

template <class Word> struct Blake2State {
  Word chain[8];
  Word count[2]; // bytes so far
  uint8_t block[16 * sizeof(Word)];
  uint32_t buffered;
  bool isLastNode;
};

union HashState {
  MD5_CTX md5;
  RIPEMD160_CTX ripemd160;
  SHA_CTX sha1;
  SHA256_CTX sha256;
  SHA512_CTX sha512;
  KeccakState keccak;
  Blake2State<uint64_t> blake2b;
  Blake2State<uint32_t> blake2s;
};

inline constexpr size_t kMostDigest = 64; // bytes of a digest of fixed length
inline constexpr size_t kMostBlock = 168;

struct HashEngine {
  const char* name;
  uint16_t digestSize; // 0: as many bytes as asked for
  uint16_t blockSize;
  void (*init)(HashState& state);
  void (*update)(HashState& state, const uint8_t* data, size_t size);
  /// Writes `length` bytes; of fixed digests, their first ones. The state is used up.
  void (*finish)(HashState& state, uint8_t* out, size_t length);

  bool isExtendable() const { return digestSize == 0; }
};

std::span<const HashEngine> hashEngines();
/// By the name that hashlib uses; null when there is none.
const HashEngine* findHashEngine(std::string_view name);

void initKeccak(KeccakState& state, uint32_t rate, uint8_t suffix);
void updateKeccak(HashState& state, const uint8_t* data, size_t size);
void finishKeccak(HashState& state, uint8_t* out, size_t length);

struct Blake2Parameters {
  uint8_t digestSize;
  std::string_view key, salt, person;
  uint8_t fanout = 1, depth = 1;
  uint32_t leafSize = 0;
  uint64_t nodeOffset = 0;
  uint8_t nodeDepth = 0, innerSize = 0;
  bool isLastNode = false;
};
template <class Word> Blake2State<Word>& blake2Of(HashState& state);
template <> inline Blake2State<uint64_t>& blake2Of(HashState& state) {
  return state.blake2b;
}
template <> inline Blake2State<uint32_t>& blake2Of(HashState& state) {
  return state.blake2s;
}
/// Word: uint64_t for BLAKE2b, uint32_t for BLAKE2s. The parameters must be in range.
template <class Word> void initBlake2(HashState& state, const Blake2Parameters& parameters);
template <class Word> void updateBlake2(HashState& state, const uint8_t* data, size_t size);
template <class Word> void finishBlake2(HashState& state, uint8_t* out, size_t length);

/// HMAC with a hash of fixed length. Copyable.
class MacState {
public:
  void init(const HashEngine* engine, std::string_view key);
  void update(std::string_view data) {
    engine_->update(inner_, reinterpret_cast<const uint8_t*>(data.data()), data.size());
  }
  /// Writes the engine's digestSize bytes. The state is used up.
  void finish(uint8_t* out);

private:
  const HashEngine* engine_;
  HashState inner_, outer_;
};

void deriveByPbkdf2(const HashEngine* engine, std::string_view password, std::string_view salt,
                    uint64_t iterations, std::string& out);
struct ScryptCost {
  uint64_t n, r, p;
};
/// False when there is no memory. The parameters must be in range.
bool deriveByScrypt(std::string_view password, std::string_view salt, const ScryptCost& cost,
                    std::string& out);

} // namespace pyc::rt
