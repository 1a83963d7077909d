#include "runtime/base/unicode/normalize.h"

#include <algorithm>

namespace pyc {

namespace {

constexpr uint32_t kSyllables = 0xAC00, kLeading = 0x1100, kVowels = 0x1161, kTrailing = 0x11A7;
constexpr uint32_t kLeadingCount = 19, kVowelCount = 21, kTrailingCount = 28;
constexpr uint32_t kSyllableCount = kLeadingCount * kVowelCount * kTrailingCount;

class Decomposer {
public:
  Decomposer(Ucd ucd, bool compatible, std::vector<uint32_t>& out)
      : ucd_(ucd), compatible_(compatible), out_(out) {}

  void add(uint32_t c) {
    if (c < 128) {
      out_.push_back(c);
      return;
    }
    if (c - kSyllables < kSyllableCount) {
      addSyllable(c - kSyllables);
      return;
    }
    if (ucd_ == Ucd::Version32) {
      if (!ucdAssigned(ucd_, c)) {
        out_.push_back(c);
        return;
      }
      if (uint32_t corrected = ucdCorrection(c))
        c = corrected;
    }
    UcdDecomposition parts = ucdDecomposition(c);
    if (parts.count == 0 || (*parts.tag && !compatible_)) {
      out_.push_back(c);
      return;
    }
    for (unsigned i = 0; i < parts.count; ++i)
      add(parts.codes[i]);
  }

private:
  void addSyllable(uint32_t number) {
    out_.push_back(kLeading + number / (kVowelCount * kTrailingCount));
    out_.push_back(kVowels + number / kTrailingCount % kVowelCount);
    if (uint32_t trailing = number % kTrailingCount)
      out_.push_back(kTrailing + trailing);
  }

  Ucd ucd_;
  bool compatible_;
  std::vector<uint32_t>& out_;
};

unsigned combiningOf(uint32_t c) {
  return c < 128 ? 0 : ucdCombining(Ucd::Latest, c);
}

/// Sorts combining characters by class; those of one class stay in order.
void sortRun(uint32_t* run, size_t count) {
  std::vector<uint64_t> keys(count);
  std::vector<uint32_t> before(run, run + count);
  for (size_t i = 0; i < count; ++i)
    keys[i] = static_cast<uint64_t>(combiningOf(run[i])) << 48 | i;
  std::sort(keys.begin(), keys.end());
  for (size_t i = 0; i < count; ++i)
    run[i] = before[keys[i] & ((1ull << 48) - 1)];
}

void reorder(std::vector<uint32_t>& text) {
  for (size_t i = 0; i < text.size();) {
    size_t stop = i;
    while (stop < text.size() && combiningOf(text[stop]) != 0)
      ++stop;
    if (stop > i + 1)
      sortRun(text.data() + i, stop - i);
    i = stop + 1;
  }
}

uint32_t composePair(uint32_t first, uint32_t second) {
  if (first - kLeading < kLeadingCount && second - kVowels < kVowelCount)
    return kSyllables + ((first - kLeading) * kVowelCount + (second - kVowels)) * kTrailingCount;
  if (first - kSyllables < kSyllableCount && (first - kSyllables) % kTrailingCount == 0 &&
      second - kTrailing - 1 < kTrailingCount - 1)
    return first + (second - kTrailing);
  return ucdCompose(first, second);
}

/// Composes each starter with what follows it and isn't blocked from it.
void compose(std::vector<uint32_t>& text) {
  size_t starter = SIZE_MAX, kept = 0;
  unsigned before = 0; // the class of the last character kept behind the starter
  for (uint32_t c : text) {
    unsigned combining = combiningOf(c);
    bool isNext = starter != SIZE_MAX && kept == starter + 1;
    if (starter != SIZE_MAX && (isNext || before < combining)) {
      if (uint32_t composed = composePair(text[starter], c)) {
        text[starter] = composed;
        continue;
      }
    }
    if (combining == 0)
      starter = kept;
    before = combining;
    text[kept++] = c;
  }
  text.resize(kept);
}

} // namespace

void normalize(Ucd ucd, NormalForm form, std::vector<uint32_t>& text) {
  std::vector<uint32_t> out;
  out.reserve(text.size() + text.size() / 4);
  Decomposer decomposer(ucd, form == NormalForm::KC || form == NormalForm::KD, out);
  for (uint32_t c : text)
    decomposer.add(c);
  reorder(out);
  if (form == NormalForm::C || form == NormalForm::KC)
    compose(out);
  text.swap(out);
}

// Grapheme clusters. The classes by their first letters, as far as those tell them apart.

namespace {

enum Cluster : unsigned {
  kOther,
  kCr,
  kLf,
  kControl,
  kExtend,
  kJoiner,
  kIndicator,
  kPrepend,
  kSpacing,
  kHangulL,
  kHangulV,
  kHangulT,
  kHangulLv,
  kHangulLvt,
};
constexpr std::string_view kClusterNames[] = {
    "Other",   "CR",          "LF", "Control", "Extend", "ZWJ", "Regional_Indicator",
    "Prepend", "SpacingMark", "L",  "V",       "T",      "LV",  "LVT"};

unsigned clusterOf(uint32_t c) {
  std::string_view name = ucdGraphemeClusterBreak(c);
  return static_cast<unsigned>(std::find(std::begin(kClusterNames), std::end(kClusterNames), name) -
                               std::begin(kClusterNames));
}

} // namespace

/// The rules GB3 to GB999.
bool GraphemeBreaks::isBreak(uint32_t c, unsigned cluster) const {
  if (before_ == kCr && cluster == kLf)
    return false;
  auto isControl = [](unsigned k) { return k == kCr || k == kLf || k == kControl; };
  if (isControl(before_) || isControl(cluster))
    return true;
  bool isVowel = cluster == kHangulV, isTrailing = cluster == kHangulT;
  if (before_ == kHangulL &&
      (cluster == kHangulL || isVowel || cluster == kHangulLv || cluster == kHangulLvt))
    return false;
  if ((before_ == kHangulLv || before_ == kHangulV) && (isVowel || isTrailing))
    return false;
  if ((before_ == kHangulLvt || before_ == kHangulT) && isTrailing)
    return false;
  if (cluster == kExtend || cluster == kJoiner || cluster == kSpacing || before_ == kPrepend)
    return false;
  if (conjunct_ == Conjunct::Linked && std::string_view(ucdIndicConjunctBreak(c)) == "Consonant")
    return false;
  if (picture_ == Picture::Joined && ucdExtendedPictographic(c))
    return false;
  return !(cluster == kIndicator && isOddIndicator_);
}

void GraphemeBreaks::remember(uint32_t c, unsigned cluster) {
  std::string_view conjunct = ucdIndicConjunctBreak(c);
  if (conjunct == "Consonant")
    conjunct_ = Conjunct::Consonant;
  else if (conjunct == "Linker")
    conjunct_ = conjunct_ == Conjunct::None ? Conjunct::None : Conjunct::Linked;
  else if (conjunct != "Extend")
    conjunct_ = Conjunct::None;
  if (ucdExtendedPictographic(c))
    picture_ = Picture::Seen;
  else if (cluster == kJoiner && picture_ == Picture::Seen)
    picture_ = Picture::Joined;
  else if (cluster != kExtend || picture_ == Picture::Joined)
    picture_ = Picture::None;
  isOddIndicator_ = cluster == kIndicator && !isOddIndicator_;
  before_ = cluster;
}

bool GraphemeBreaks::startsAt(uint32_t c) {
  unsigned cluster = clusterOf(c);
  bool starts = isFirst_ || isBreak(c, cluster);
  isFirst_ = false;
  remember(c, cluster);
  return starts;
}

} // namespace pyc
