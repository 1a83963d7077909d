// Unicode normalization (UAX 15) and grapheme clusters (UAX 29).
#pragma once

#include "runtime/base/unicode/ucd.h"

#include <vector>

namespace pyc {

/// Whether a text is normalized for certain, by a look at each character; false: perhaps not.
template <class Char> bool isSurelyNormalized(NormalForm form, const Char* text, int64_t length) {
  unsigned before = 0;
  for (int64_t i = 0; i < length; ++i) {
    if (text[i] < 128) {
      before = 0;
      continue;
    }
    unsigned combining = ucdCombining(Ucd::Latest, text[i]);
    if (ucdUnstable(form, text[i]) || (combining != 0 && combining < before))
      return false;
    before = combining;
  }
  return true;
}

/// Normalizes a text in place.
void normalize(Ucd ucd, NormalForm form, std::vector<uint32_t>& text);

/// Finds the boundaries between grapheme clusters, one character after the other.
class GraphemeBreaks {
public:
  /// Whether a cluster begins with this character, given those before it.
  bool startsAt(uint32_t codePoint);

private:
  enum class Conjunct : uint8_t { None, Consonant, Linked };
  enum class Picture : uint8_t { None, Seen, Joined };

  bool isBreak(uint32_t codePoint, unsigned cluster) const;
  void remember(uint32_t codePoint, unsigned cluster);

  unsigned before_ = 0; // the cluster class of the last character
  bool isFirst_ = true;
  bool isOddIndicator_ = false; // an odd number of regional indicators comes before
  Conjunct conjunct_ = Conjunct::None;
  Picture picture_ = Picture::None;
};

} // namespace pyc
