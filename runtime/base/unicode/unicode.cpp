#include "runtime/base/unicode/unicode.h"

namespace pyc {

namespace {
#include "unicode/tables.inc"

constexpr int32_t kLongMapping = 1 << 24;

CaseMapping mapped(uint32_t codePoint, int32_t mapping) {
  if (mapping < kLongMapping)
    return {1, {codePoint + static_cast<uint32_t>(mapping), 0, 0}};
  CaseMapping result{static_cast<unsigned>(mapping >> 16 & 0xFF), {}};
  for (unsigned i = 0; i < result.count; ++i)
    result.codes[i] = kExtended[(mapping & 0xFFFF) + i];
  return result;
}
} // namespace

const uint16_t kUnicodeLatin1Flags[256] = {PYC_UNICODE_LATIN1_FLAGS};

const UnicodeRecord& unicodeRecord(uint32_t codePoint) {
  constexpr uint32_t kMask = (1u << kBlockShift) - 1;
  uint32_t block = kBlocks[codePoint >> kBlockShift];
  return kRecords[kEntries[(block << kBlockShift) + (codePoint & kMask)]];
}

CaseMapping unicodeLower(uint32_t codePoint) {
  return mapped(codePoint, unicodeRecord(codePoint).lower);
}
CaseMapping unicodeUpper(uint32_t codePoint) {
  return mapped(codePoint, unicodeRecord(codePoint).upper);
}
CaseMapping unicodeTitle(uint32_t codePoint) {
  return mapped(codePoint, unicodeRecord(codePoint).title);
}
CaseMapping unicodeFold(uint32_t codePoint) {
  return mapped(codePoint, unicodeRecord(codePoint).fold);
}

uint32_t unicodeSimpleLower(uint32_t codePoint) {
  // The first code point of the only longer lower-case mapping (U+0130) is its simple mapping.
  return unicodeLower(codePoint).codes[0];
}

} // namespace pyc
