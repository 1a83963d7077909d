// Arithmetic of counters: what does not fit stays at the greatest number.
#pragma once

#include <cstdint>

namespace pyc::profile {

inline uint64_t addSaturating(uint64_t a, uint64_t b) {
  uint64_t sum;
  return __builtin_add_overflow(a, b, &sum) ? UINT64_MAX : sum;
}

inline uint64_t multiplySaturating(uint64_t a, uint64_t b) {
  uint64_t product;
  return __builtin_mul_overflow(a, b, &product) ? UINT64_MAX : product;
}

} // namespace pyc::profile
