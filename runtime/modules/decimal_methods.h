// Operations of libmpdec as methods: of Decimal, with an optional context at the end, and of
// Context. One template makes both of each function.
#pragma once

#include "runtime/modules/decimal_objects.h"

namespace pyc::rt {

using DecimalUnary = void (*)(mpd_t*, const mpd_t*, const mpd_context_t*, uint32_t*);
using DecimalBinary = void (*)(mpd_t*, const mpd_t*, const mpd_t*, const mpd_context_t*, uint32_t*);
using DecimalQuery = int (*)(const mpd_t*);
using DecimalRangeQuery = int (*)(const mpd_t*, const mpd_context_t*);

// Operations that libmpdec has in other shapes.

template <int (*kOperation)(mpd_t*, const mpd_t*, const mpd_t*, const mpd_context_t*, uint32_t*)>
void withoutOrder(mpd_t* result, const mpd_t* a, const mpd_t* b, const mpd_context_t* context,
                  uint32_t* status) {
  kOperation(result, a, b, context, status);
}
template <int (*kOperation)(mpd_t*, const mpd_t*, const mpd_t*)>
void withoutContext(mpd_t* result, const mpd_t* a, const mpd_t* b, const mpd_context_t*,
                    uint32_t*) {
  kOperation(result, a, b);
}
template <int (*kOperation)(mpd_t*, const mpd_t*, uint32_t*)>
void copied(mpd_t* result, const mpd_t* a, const mpd_context_t*, uint32_t* status) {
  kOperation(result, a, status);
}
inline void copySign(mpd_t* result, const mpd_t* a, const mpd_t* b, const mpd_context_t*,
                     uint32_t* status) {
  mpd_qcopy_sign(result, a, b, status);
}
inline void applyContext(mpd_t* result, const mpd_t* a, const mpd_context_t* context,
                         uint32_t* status) {
  mpd_qcopy(result, a, status);
  mpd_qfinalize(result, context, status);
}

/// One operation with two operands that are numbers already.
template <DecimalUnary kOperation> Ref computeUnary(const mpd_t* a, DecimalContext* context) {
  PYC_TRY(result, newDecimal());
  uint32_t status = 0;
  kOperation(newNumberOf(result), a, &context->state, &status);
  return reported(std::move(result), context, status);
}
template <DecimalBinary kOperation>
Ref computeBinary(const mpd_t* a, const mpd_t* b, DecimalContext* context) {
  PYC_TRY(result, newDecimal());
  uint32_t status = 0;
  kOperation(newNumberOf(result), a, b, &context->state, &status);
  return reported(std::move(result), context, status);
}
/// An operation in another rounding mode than the context's.
template <DecimalUnary kOperation>
Ref computeRounded(const mpd_t* a, DecimalContext* context, int rounding) {
  PYC_TRY(result, newDecimal());
  uint32_t status = 0;
  mpd_context_t state = context->state;
  state.round = rounding;
  kOperation(newNumberOf(result), a, &state, &status);
  return reported(std::move(result), context, status);
}

} // namespace pyc::rt
