// Sets of characters in compiled regular expressions: a table for the characters below 256 and the
// items as the pattern gave them for the others.
#pragma once

#include "runtime/modules/sre_codes.h"

#include <cstddef>
#include <vector>

namespace pyc::rt::sre {

/// What is done to a character before it is looked for.
enum class Fold : uint8_t { None, Ascii, Unicode, Locale };

uint32_t foldChar(Fold fold, uint32_t character);
bool inCategory(Category category, uint32_t character);

struct CharSet {
  bool table[256] = {}; // characters below 256, unless isLocale
  Fold fold = Fold::None;
  bool isComplement = false; // of what the items say
  bool isLocale = false;     // depends on the locale of the moment: the table isn't used
  /// Whether characters from 256 up can be in the set, and whether all of them are.
  bool hasWide = true;
  bool allWide = false;
  std::vector<uint32_t> items; // codes of a set, to its Failure

  /// Membership by the items.
  bool containsSlow(uint32_t character) const;
  bool contains(uint32_t character) const {
    if (character < 256 && !isLocale)
      return table[character];
    return (hasWide || isLocale) && (allWide || containsSlow(character));
  }
  /// Fills the table and what is known about wide characters from `items` and `fold`.
  void finish();
  bool operator==(const CharSet& other) const {
    return fold == other.fold && isComplement == other.isComplement && items == other.items;
  }
};

/// The number of codes of a set's items at `code`, the closing Failure included; 0: not valid.
size_t measureCharSet(const uint32_t* code, size_t count);

} // namespace pyc::rt::sre
