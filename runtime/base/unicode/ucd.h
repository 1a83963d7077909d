// The Unicode Character Database, as far as only the module unicodedata asks for it. The tables are
// made at build time from ucd.txt.
#pragma once

#include <cstdint>
#include <string_view>

namespace pyc {

/// Which version of the database; 3.2 is kept for old protocols (IDNA 2003).
enum class Ucd : uint8_t { Latest, Version32 };

/// All texts are ASCII and static.
const char* ucdCategory(Ucd ucd, uint32_t codePoint);
const char* ucdBidirectional(Ucd ucd, uint32_t codePoint);
unsigned ucdCombining(Ucd ucd, uint32_t codePoint);
const char* ucdEastAsianWidth(Ucd ucd, uint32_t codePoint);
bool ucdMirrored(Ucd ucd, uint32_t codePoint);
/// False where the character has no such value.
bool ucdNumeric(Ucd ucd, uint32_t codePoint, double& value);
bool ucdDecimal(Ucd ucd, uint32_t codePoint, int& value);
bool ucdDigit(Ucd ucd, uint32_t codePoint, int& value);
/// Whether the character has a category of its own.
bool ucdAssigned(Ucd ucd, uint32_t codePoint);

/// Of the latest version only. Blocks: null where there is none.
const char* ucdBlock(uint32_t codePoint);
const char* ucdGraphemeClusterBreak(uint32_t codePoint);
const char* ucdIndicConjunctBreak(uint32_t codePoint);
bool ucdExtendedPictographic(uint32_t codePoint);

struct UcdDecomposition {
  const char* tag; // "<compat>" and the like; "" for canonical ones
  const uint32_t* codes;
  unsigned count; // 0: the character has none
};
/// The decomposition as the database lists it, one step; without Hangul syllables.
UcdDecomposition ucdDecomposition(uint32_t codePoint);
/// What two characters are composed to; 0: nothing. Without Hangul.
uint32_t ucdCompose(uint32_t first, uint32_t second);
/// What 3.2 decomposes a character to where it differs; 0 otherwise.
uint32_t ucdCorrection(uint32_t codePoint);

enum class NormalForm : uint8_t { C, D, KC, KD };
/// Whether normalizing may change the character, alone or with those around it.
bool ucdUnstable(NormalForm form, uint32_t codePoint);

/// The named sequence of a name in upper case; false where there is none.
bool ucdSequence(std::string_view name, const uint32_t*& codes, unsigned& count);

} // namespace pyc
