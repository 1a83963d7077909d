#include "runtime/base/unicode/ucd.h"

#include "runtime/base/unicode/unicode.h"

#include <algorithm>
#include <iterator>

namespace pyc {

namespace {

struct UcdRecord {
  uint8_t category, direction, combining, width, mirrored;
  int16_t number; // -1: none
  uint8_t cluster, conjunct, pictographic, unstable;
  uint16_t old;
};
struct UcdOldRecord {
  uint8_t category, direction, combining, width, mirrored;
  int16_t number;
  int8_t decimal, digit;
};
struct Decomposition {
  uint16_t start;
  uint8_t count, tag;
};
struct Composition {
  uint32_t first, second, composed;
};
struct Correction {
  uint32_t codePoint, decomposed;
};
struct Block {
  uint32_t first, last;
  const char* name;
};
struct Sequence {
  std::string_view name;
  uint16_t start;
  uint8_t count;
};

#include "unicode/ucd.inc"

template <unsigned shift>
uint16_t entryOf(const uint16_t* blocks, const uint16_t* entries, uint32_t codePoint) {
  return entries[(static_cast<uint32_t>(blocks[codePoint >> shift]) << shift) +
                 (codePoint & ((1u << shift) - 1))];
}

const UcdRecord& recordOf(uint32_t codePoint) {
  return kRecords[entryOf<kRecordShift>(kRecordBlocks, kRecordEntries, codePoint)];
}
const UcdOldRecord& oldRecordOf(uint32_t codePoint) {
  return kOldRecords[recordOf(codePoint).old];
}

bool smallValue(int known, int& value) {
  value = known;
  return known >= 0;
}

} // namespace

const char* ucdCategory(Ucd ucd, uint32_t c) {
  return kCategories[ucd == Ucd::Latest ? recordOf(c).category : oldRecordOf(c).category];
}
const char* ucdBidirectional(Ucd ucd, uint32_t c) {
  return kDirections[ucd == Ucd::Latest ? recordOf(c).direction : oldRecordOf(c).direction];
}
unsigned ucdCombining(Ucd ucd, uint32_t c) {
  return ucd == Ucd::Latest ? recordOf(c).combining : oldRecordOf(c).combining;
}
const char* ucdEastAsianWidth(Ucd ucd, uint32_t c) {
  return kWidths[ucd == Ucd::Latest ? recordOf(c).width : oldRecordOf(c).width];
}
bool ucdMirrored(Ucd ucd, uint32_t c) {
  return (ucd == Ucd::Latest ? recordOf(c).mirrored : oldRecordOf(c).mirrored) != 0;
}
bool ucdNumeric(Ucd ucd, uint32_t c, double& value) {
  int16_t number = ucd == Ucd::Latest ? recordOf(c).number : oldRecordOf(c).number;
  if (number >= 0)
    value = kNumbers[number];
  return number >= 0;
}
bool ucdDecimal(Ucd ucd, uint32_t c, int& value) {
  return smallValue(ucd == Ucd::Latest ? unicodeDecimal(c) : oldRecordOf(c).decimal, value);
}
bool ucdDigit(Ucd ucd, uint32_t c, int& value) {
  if (ucd == Ucd::Version32)
    return smallValue(oldRecordOf(c).digit, value);
  uint8_t digit = unicodeRecord(c).digit;
  return smallValue(digit == 255 ? -1 : digit, value);
}
bool ucdAssigned(Ucd ucd, uint32_t c) {
  // Category 0 is Cn.
  return (ucd == Ucd::Latest ? recordOf(c).category : oldRecordOf(c).category) != 0;
}

const char* ucdBlock(uint32_t c) {
  auto block = std::upper_bound(std::begin(kUnicodeBlocks), std::end(kUnicodeBlocks), c,
                                [](uint32_t code, const Block& b) { return code < b.first; });
  if (block == std::begin(kUnicodeBlocks) || c > (block - 1)->last)
    return nullptr;
  return (block - 1)->name;
}
const char* ucdGraphemeClusterBreak(uint32_t c) {
  return kClusters[recordOf(c).cluster];
}
const char* ucdIndicConjunctBreak(uint32_t c) {
  return kConjuncts[recordOf(c).conjunct];
}
bool ucdExtendedPictographic(uint32_t c) {
  return recordOf(c).pictographic != 0;
}

UcdDecomposition ucdDecomposition(uint32_t c) {
  const Decomposition& entry =
      kDecompositions[entryOf<kDecompositionShift>(kDecompositionBlocks, kDecompositionEntries, c)];
  return {kTags[entry.tag], kDecomposed + entry.start, entry.count};
}

uint32_t ucdCompose(uint32_t first, uint32_t second) {
  auto key = [](const Composition& c) { return static_cast<uint64_t>(c.first) << 32 | c.second; };
  uint64_t wanted = static_cast<uint64_t>(first) << 32 | second;
  auto found = std::lower_bound(std::begin(kCompositions), std::end(kCompositions), wanted,
                                [&](const Composition& c, uint64_t k) { return key(c) < k; });
  return found != std::end(kCompositions) && key(*found) == wanted ? found->composed : 0;
}

uint32_t ucdCorrection(uint32_t c) {
  for (const Correction& correction : kCorrections)
    if (correction.codePoint == c)
      return correction.decomposed;
  return 0;
}

bool ucdUnstable(NormalForm form, uint32_t c) {
  return (recordOf(c).unstable >> static_cast<unsigned>(form) & 1) != 0;
}

bool ucdSequence(std::string_view name, const uint32_t*& codes, unsigned& count) {
  auto found = std::lower_bound(std::begin(kSequences), std::end(kSequences), name,
                                [](const Sequence& s, std::string_view n) { return s.name < n; });
  if (found == std::end(kSequences) || found->name != name)
    return false;
  codes = kSequenceCodes + found->start;
  count = found->count;
  return true;
}

} // namespace pyc
