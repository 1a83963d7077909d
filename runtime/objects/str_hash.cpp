// Hashing and comparing strs. The hash is SipHash-1-3 (Aumasson, Bernstein 2012), keyed as
// PYTHONHASHSEED says, so that hashes equal CPython's for the same seed.
#include "runtime/objects/errors.h"
#include "runtime/objects/str_chars.h"

#include <sys/random.h>

#include <bit>
#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace pyc::rt {

namespace {

struct HashKey {
  uint64_t k0, k1;
};
HashKey hashKey;

/// CPython's generator of key bytes for a given seed.
HashKey keyOfSeed(uint32_t seed) {
  uint8_t bytes[16];
  uint32_t x = seed;
  for (uint8_t& byte : bytes) {
    x = x * 214013 + 2531011;
    byte = static_cast<uint8_t>(x >> 16);
  }
  return std::bit_cast<HashKey>(bytes);
}

HashKey randomKey() {
  HashKey key;
  if (getrandom(&key, sizeof key, GRND_NONBLOCK) == sizeof key)
    return key;
  // Early in the boot of a machine; an unpredictable key is then not to be had.
  return keyOfSeed(static_cast<uint32_t>(time(nullptr)));
}

inline void sipRound(uint64_t& v0, uint64_t& v1, uint64_t& v2, uint64_t& v3) {
  v0 += v1;
  v2 += v3;
  v1 = std::rotl(v1, 13) ^ v0;
  v3 = std::rotl(v3, 16) ^ v2;
  v0 = std::rotl(v0, 32);
  v2 += v1;
  v0 += v3;
  v1 = std::rotl(v1, 17) ^ v2;
  v3 = std::rotl(v3, 21) ^ v0;
  v2 = std::rotl(v2, 32);
}

inline uint64_t load64(const uint8_t* p) {
  uint64_t word;
  memcpy(&word, p, 8);
  return word;
}

inline uint64_t load32(const uint8_t* p) {
  uint32_t word;
  memcpy(&word, p, 4);
  return word;
}

/// The last size % 8 bytes, zero-extended; reads no byte outside [begin, begin + size).
inline uint64_t loadTail(const uint8_t* begin, size_t size) {
  size_t rest = size & 7;
  if (rest == 0)
    return 0;
  if (size >= 8)
    return load64(begin + size - 8) >> (64 - 8 * rest);
  if (rest >= 4) // both words have the bytes in the middle
    return load32(begin) | load32(begin + rest - 4) << (8 * (rest - 4));
  auto byteAt = [&](size_t i) { return uint64_t{begin[i]} << (8 * i); };
  return byteAt(0) | byteAt(rest / 2) | byteAt(rest - 1);
}

uint64_t sipHash13(const HashKey& key, const uint8_t* bytes, size_t size) {
  uint64_t v0 = key.k0 ^ 0x736f6d6570736575u;
  uint64_t v1 = key.k1 ^ 0x646f72616e646f6du;
  uint64_t v2 = key.k0 ^ 0x6c7967656e657261u;
  uint64_t v3 = key.k1 ^ 0x7465646279746573u;
  uint64_t last = static_cast<uint64_t>(size) << 56 | loadTail(bytes, size);
  for (size_t i = 0; i + 8 <= size; i += 8) {
    uint64_t word = load64(bytes + i);
    v3 ^= word;
    sipRound(v0, v1, v2, v3);
    v0 ^= word;
  }
  v3 ^= last;
  sipRound(v0, v1, v2, v3);
  v0 ^= last;
  v2 ^= 0xff;
  sipRound(v0, v1, v2, v3);
  sipRound(v0, v1, v2, v3);
  sipRound(v0, v1, v2, v3);
  return (v0 ^ v1) ^ (v2 ^ v3);
}

} // namespace

void initStrings() {
  const char* seed = getenv("PYTHONHASHSEED");
  if (!seed || !*seed || strcmp(seed, "random") == 0) {
    hashKey = randomKey();
    return;
  }
  char* end;
  unsigned long number = strtoul(seed, &end, 10);
  if (*end != '\0' || *seed < '0' || *seed > '9' || number > 4294967295u) {
    fputs(
        "Fatal Python error: config_init_hash_seed: PYTHONHASHSEED must be \"random\" or an integer"
        " in range [0; 4294967295]\n",
        stderr);
    exit(1);
  }
  hashKey = number == 0 ? HashKey{0, 0} : keyOfSeed(static_cast<uint32_t>(number));
}

int64_t hashBytes(const void* bytes, size_t size) {
  if (size == 0)
    return 0;
  auto hash = static_cast<int64_t>(sipHash13(hashKey, static_cast<const uint8_t*>(bytes), size));
  return hash == -1 ? -2 : hash;
}

uint64_t keyedHash(uint64_t key, const void* bytes, size_t size) {
  return sipHash13({key, 0}, static_cast<const uint8_t*>(bytes), size);
}

int64_t strHashSlow(StrObject* str) {
  int64_t hash = hashBytes(str->data(), str->dataBytes());
  __atomic_store_n(&str->hashCode, hash, __ATOMIC_RELAXED);
  return hash;
}

bool strEqualsSlow(const StrObject* a, const StrObject* b) {
  int64_t hashA = __atomic_load_n(&a->hashCode, __ATOMIC_RELAXED);
  int64_t hashB = __atomic_load_n(&b->hashCode, __ATOMIC_RELAXED);
  if (hashA != hashB && hashA != 0 && hashB != 0)
    return false;
  return memcmp(a->data(), b->data(), a->dataBytes()) == 0;
}

bool strEquals(const StrObject* a, std::string_view ascii) {
  return a->isAscii() && a->asciiView() == ascii;
}

int strCompare(const StrObject* a, const StrObject* b) {
  int64_t common = a->length < b->length ? a->length : b->length;
  if (PYC_LIKELY(a->isNarrow() && b->isNarrow())) {
    const uint8_t *left = a->data(), *right = b->data();
    if (common != 0 && *left != *right) // most texts differ at once
      return *left - *right;
    int order = memcmp(left, right, static_cast<size_t>(common));
    if (order != 0)
      return order;
  } else {
    int order = withChars(a, [&](auto* left) {
      return withChars(b, [&](auto* right) {
        for (int64_t i = 0; i < common; ++i) {
          if (left[i] != right[i])
            return static_cast<uint32_t>(left[i]) < static_cast<uint32_t>(right[i]) ? -1 : 1;
        }
        return 0;
      });
    });
    if (order != 0)
      return order;
  }
  return a->length < b->length ? -1 : a->length > b->length ? 1 : 0;
}

} // namespace pyc::rt
