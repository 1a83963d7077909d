#include "runtime/base/unicode/unicode_names.h"

#include <algorithm>
#include <cstdio>
#include <iterator>

namespace pyc {

namespace {

/// From here on code points have names in turn.
struct NameRun {
  uint32_t codePoint;
  uint32_t number; // of the first name
};
/// Code points whose names are a prefix and their number.
struct NumberedRange {
  uint32_t first, last;
  const char* prefix;
};
struct NameAlias {
  const char* name;
  uint32_t codePoint;
};

#include "unicode/names.inc"

constexpr size_t kWordCount = std::size(kWordOffsets) - 1;

std::string_view wordAt(unsigned index) {
  return {kWordText + kWordOffsets[index], kWordOffsets[index + 1] - kWordOffsets[index]};
}

/// The word's index, or kWordCount.
size_t findWord(std::string_view word) {
  size_t low = 0, high = kWordCount;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (wordAt(static_cast<unsigned>(middle)) < word)
      low = middle + 1;
    else
      high = middle;
  }
  return low < kWordCount && wordAt(static_cast<unsigned>(low)) == word ? low : kWordCount;
}

unsigned tokenSize(uint8_t first) {
  return first >= kCommonCount && first != kEnd ? 2 : 1;
}

const uint8_t* skipName(const uint8_t* place) {
  while (*place != kEnd)
    place += tokenSize(*place);
  return place + 1;
}

// Hangul syllables: the names of a leading consonant, a vowel and a trailing consonant.

constexpr uint32_t kFirstSyllable = 0xAC00;
constexpr uint32_t kSyllableCount = 11172;
constexpr const char* kSyllablePrefix = "HANGUL SYLLABLE ";
constexpr const char* kLeading[] = {"G",  "GG", "N", "D",  "DD", "R", "M", "B", "BB", "S",
                                    "SS", "",   "J", "JJ", "C",  "K", "T", "P", "H"};
constexpr const char* kVowels[] = {"A",   "AE", "YA", "YAE", "EO", "E",  "YEO",
                                   "YE",  "O",  "WA", "WAE", "OE", "YO", "U",
                                   "WEO", "WE", "WI", "YU",  "EU", "YI", "I"};
constexpr const char* kTrailing[] = {"",   "G",  "GG", "GS", "N",  "NJ", "NH", "D", "L",  "LG",
                                     "LM", "LB", "LS", "LT", "LP", "LH", "M",  "B", "BS", "S",
                                     "SS", "NG", "J",  "C",  "K",  "T",  "P",  "H"};

void appendSyllable(uint32_t index, std::string& name) {
  name += kSyllablePrefix;
  name += kLeading[index / (21 * 28)];
  name += kVowels[index / 28 % 21];
  name += kTrailing[index % 28];
}

/// Takes the longest of some texts off the front; its index, or -1.
template <size_t Count>
int takeLongest(std::string_view& text, const char* const (&candidates)[Count]) {
  int best = -1;
  size_t length = 0;
  for (size_t i = 0; i < Count; ++i) {
    std::string_view candidate = candidates[i];
    if (text.starts_with(candidate) && (best < 0 || candidate.size() > length)) {
      best = static_cast<int>(i);
      length = candidate.size();
    }
  }
  text.remove_prefix(length);
  return best;
}

bool findSyllable(std::string_view text, uint32_t& codePoint) {
  int leading = takeLongest(text, kLeading);
  int vowel = takeLongest(text, kVowels);
  int trailing = takeLongest(text, kTrailing);
  if (leading < 0 || vowel < 0 || trailing < 0 || !text.empty())
    return false;
  codePoint = kFirstSyllable + static_cast<uint32_t>((leading * 21 + vowel) * 28 + trailing);
  return true;
}

/// A name that consists of a prefix and four or five hexadecimal digits.
bool findNumbered(std::string_view name, uint32_t& codePoint) {
  for (const NumberedRange& range : kNumbered) {
    std::string_view digits = name;
    if (!digits.starts_with(range.prefix))
      continue;
    digits.remove_prefix(std::string_view(range.prefix).size());
    if (digits.size() < 4 || digits.size() > 5)
      continue;
    uint32_t value = 0;
    bool valid = true;
    for (char c : digits) {
      uint32_t digit =
          c >= 'A' ? static_cast<uint32_t>(c - 'A' + 10) : static_cast<uint32_t>(c - '0');
      valid &= (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
      value = value << 4 | (digit & 15);
    }
    if (valid && value >= range.first && value <= range.last &&
        (value > 0xFFFF) == (digits.size() == 5)) {
      codePoint = value;
      return true;
    }
  }
  return false;
}

/// The name as tokens; false when a word of it is in no name.
bool tokensOf(std::string_view name, std::string& tokens) {
  for (bool more = true; more;) {
    size_t end = std::min(name.find(' '), name.size());
    more = end < name.size();
    size_t word = findWord(name.substr(0, end));
    if (word == kWordCount)
      return false;
    auto* common = std::find(std::begin(kCommon), std::end(kCommon), word);
    if (common != std::end(kCommon)) {
      tokens += static_cast<char>(common - std::begin(kCommon));
    } else {
      tokens += static_cast<char>(kCommonCount + (word >> 8));
      tokens += static_cast<char>(word & 0xFF);
    }
    name.remove_prefix(std::min(end + 1, name.size()));
  }
  tokens += static_cast<char>(kEnd);
  return true;
}

/// Where the names are by a hash of their tokens: number + 1, 0 for empty places. Made when first
/// asked for, as few programs look for names.
class NameIndex {
public:
  static const NameIndex& get() {
    static const NameIndex* index = new NameIndex;
    return *index;
  }

  /// False where no name has these tokens.
  bool find(std::string_view tokens, uint32_t& number) const {
    for (uint32_t at = hash(tokens) & kMask; places_[at]; at = (at + 1) & kMask) {
      number = places_[at] - 1u;
      if (tokensAt(number) == tokens)
        return true;
    }
    return false;
  }

private:
  static constexpr uint32_t kMask = 0xFFFF;

  NameIndex() {
    const uint8_t* place = kStream;
    for (uint32_t number = 0; place != std::end(kStream); ++number) {
      const uint8_t* next = skipName(place);
      uint32_t at = hash(textOf(place, next)) & kMask;
      while (places_[at])
        at = (at + 1) & kMask;
      places_[at] = static_cast<uint16_t>(number + 1);
      place = next;
    }
  }
  static std::string_view textOf(const uint8_t* begin, const uint8_t* end) {
    return {reinterpret_cast<const char*>(begin), static_cast<size_t>(end - begin)};
  }
  static std::string_view tokensAt(uint32_t number) {
    const uint8_t* place = kStream + kPlaces[number / kStep];
    for (uint32_t i = number % kStep; i > 0; --i)
      place = skipName(place);
    return textOf(place, skipName(place));
  }
  static uint32_t hash(std::string_view tokens) {
    uint32_t value = 2166136261u;
    for (char c : tokens)
      value = (value ^ static_cast<uint8_t>(c)) * 16777619u;
    return value ^ value >> 16;
  }

  uint16_t places_[kMask + 1] = {};
};

bool findListed(std::string_view name, uint32_t& codePoint) {
  std::string tokens;
  uint32_t number;
  if (!tokensOf(name, tokens) || !NameIndex::get().find(tokens, number))
    return false;
  auto* run = std::upper_bound(std::begin(kRuns), std::end(kRuns), number,
                               [](uint32_t n, const NameRun& r) { return n < r.number; }) -
              1;
  codePoint = run->codePoint + (number - run->number);
  return true;
}

} // namespace

bool unicodeName(uint32_t codePoint, std::string& name) {
  name.clear();
  if (codePoint - kFirstSyllable < kSyllableCount) {
    appendSyllable(codePoint - kFirstSyllable, name);
    return true;
  }
  for (const NumberedRange& range : kNumbered) {
    if (codePoint >= range.first && codePoint <= range.last) {
      char digits[8];
      snprintf(digits, sizeof digits, "%04X", codePoint);
      name = std::string(range.prefix) + digits;
      return true;
    }
  }
  auto* next = std::upper_bound(std::begin(kRuns), std::end(kRuns), codePoint,
                                [](uint32_t c, const NameRun& r) { return c < r.codePoint; });
  if (next == std::begin(kRuns) || next == std::end(kRuns))
    return false;
  const NameRun& run = next[-1];
  uint32_t number = run.number + (codePoint - run.codePoint);
  if (number >= next->number)
    return false;
  const uint8_t* place = kStream + kPlaces[number / kStep];
  for (uint32_t i = number % kStep; i > 0; --i)
    place = skipName(place);
  for (; *place != kEnd; place += tokenSize(*place)) {
    unsigned word = tokenSize(*place) == 1 ? kCommon[*place]
                                           : (unsigned(*place - kCommonCount) << 8 | place[1]);
    if (!name.empty())
      name += ' ';
    name += wordAt(word);
  }
  return true;
}

bool unicodeByName(std::string_view given, uint32_t& codePoint) {
  std::string name(given);
  for (char& c : name) {
    if (c >= 'a' && c <= 'z')
      c = static_cast<char>(c - 'a' + 'A');
  }
  auto* alias =
      std::lower_bound(std::begin(kAliases), std::end(kAliases), name,
                       [](const NameAlias& a, const std::string& n) { return a.name < n; });
  if (alias != std::end(kAliases) && alias->name == name) {
    codePoint = alias->codePoint;
    return true;
  }
  std::string_view prefix = kSyllablePrefix;
  if (name.starts_with(prefix))
    return findSyllable(std::string_view(name).substr(prefix.size()), codePoint);
  return findNumbered(name, codePoint) || findListed(name, codePoint);
}

} // namespace pyc
