// Ascii85 and Base85: four bytes as five digits of base 85.
#include "runtime/modules/binascii_parts.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/str.h"
#include "runtime/objects/text_args.h"

#include <algorithm>
#include <cstring>

namespace pyc::rt {

namespace {

constexpr int kGroup = 5;

void putDigits(uint32_t word, char* digits) {
  for (int i = kGroup - 1; i >= 0; --i, word /= 85)
    digits[i] = static_cast<char>(word % 85);
}

/// Collects the digits of groups and writes their bytes.
class Decoder85 {
public:
  Decoder85(const char* name, bool isCanonical) : name_(name), isCanonical_(isCanonical) {}

  bool isAtStart() const { return position_ == 0; }
  void addBytes(std::string_view bytes) { out_ += bytes; }
  /// `place`: of the digit in the text.
  bool addDigit(int digit, size_t place, bool isZeroShort = false) {
    if (position_ == 0)
      start_ = place;
    digits_[position_++] = static_cast<char>(digit);
    if (position_ < kGroup)
      return true;
    uint32_t word;
    if (!wordOf(word))
      return false;
    if (isZeroShort && isCanonical_ && word == 0)
      return raise(binasciiErrorType, "Non-canonical encoding, use 'z' for all-zero groups");
    put(word, 4);
    position_ = 0;
    return true;
  }

  Ref finish() {
    if (position_ == 0)
      return makeBytes(out_);
    int count = position_;
    char given[kGroup];
    std::memcpy(given, digits_, kGroup);
    while (position_ < kGroup) // the greatest digits, so that the bytes are not rounded down
      digits_[position_++] = 84;
    uint32_t word;
    if (!wordOf(word))
      return {};
    if (count == 1)
      return raise(binasciiErrorType, "Incomplete %s group", name_);
    uint32_t kept = word & ~uint32_t(0) << (8 * (kGroup - count));
    char canonical[kGroup];
    putDigits(kept, canonical);
    if (isCanonical_ && std::memcmp(canonical, given, static_cast<size_t>(count)) != 0)
      return raise(binasciiErrorType, "Non-zero padding bits");
    put(word, count - 1);
    return makeBytes(out_);
  }

private:
  bool wordOf(uint32_t& word) {
    uint64_t value = 0;
    for (char digit : digits_)
      value = value * 85 + static_cast<unsigned char>(digit);
    word = static_cast<uint32_t>(value);
    if (value <= UINT32_MAX)
      return true;
    if (std::string_view(name_) == "Ascii85")
      return raise(binasciiErrorType, "Ascii85 overflow");
    return raise(binasciiErrorType, "Base85 overflow in hunk starting at byte %zu", start_);
  }
  void put(uint32_t word, int bytes) {
    for (int i = 0; i < bytes; ++i)
      out_ += static_cast<char>(word >> (24 - 8 * i));
  }

  const char* name_;
  bool isCanonical_;
  char digits_[kGroup];
  int position_ = 0;
  size_t start_ = 0; // place of the group's first digit
  std::string out_;
};

/// The next up to four bytes of the data as a word, with zeros behind.
uint32_t wordAt(std::string_view data, size_t at) {
  uint32_t word = 0;
  for (size_t i = 0; i < 4; ++i)
    word = word << 8 | (at + i < data.size() ? static_cast<unsigned char>(data[at + i]) : 0);
  return word;
}

/// Appends the digits of a group; those of bytes that are not there only when `pads`.
void encodeGroup(std::string_view data, size_t at, bool pads, std::string_view alphabet,
                 std::string& out) {
  char digits[kGroup];
  putDigits(wordAt(data, at), digits);
  size_t count = pads ? kGroup : std::min<size_t>(4, data.size() - at) + 1;
  for (size_t i = 0; i < count; ++i)
    out += alphabet.empty() ? static_cast<char>(digits[i] + '!')
                            : alphabet[static_cast<size_t>(digits[i])];
}

constexpr std::string_view kStart = "<~", kEnd = "~>";

} // namespace

/// args: data, foldspaces, adobe, ignorechars, canonical
Ref a2bAscii85(const Value* args) {
  EncodedInput input;
  bool foldSpaces = false, isAdobe = false, isCanonical = false;
  IgnoredChars ignored;
  if (!input.open(args[1]) || !boolArg(args[2], foldSpaces) || !boolArg(args[3], isAdobe) ||
      !ignored.open(args[4]) || !boolArg(args[5], isCanonical))
    return {};
  std::string_view text = input.get();
  if (isAdobe) {
    if (!text.ends_with(kEnd))
      return raise(binasciiErrorType, "Ascii85 encoded byte sequences must end with b'~>'");
    text.remove_suffix(kEnd.size());
    if (text.starts_with(kStart))
      text.remove_prefix(kStart.size());
  }
  Decoder85 decoder("Ascii85", isCanonical);
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c >= '!' && c <= 'u') {
      if (!decoder.addDigit(c - '!', i, true))
        return {};
    } else if (c == 'z' || (c == 'y' && foldSpaces)) {
      if (!decoder.isAtStart())
        return raise(binasciiErrorType, "'%c' inside Ascii85 5-tuple", c);
      decoder.addBytes(c == 'z' ? std::string_view("\0\0\0\0", 4) : "    ");
    } else if (!ignored.has(static_cast<unsigned char>(c))) {
      return raise(binasciiErrorType, "Non-Ascii85 digit found: %S",
                   Value(latin1Char(static_cast<unsigned char>(c))));
    }
  }
  return decoder.finish();
}

/// args: data, foldspaces, wrapcol, pad, adobe
Ref b2aAscii85(const Value* args) {
  BytesLike input;
  bool foldSpaces = false, pads = false, isAdobe = false;
  uint64_t width = 0;
  if (!input.open(args[1]) || !boolArg(args[2], foldSpaces) || !wrapArgument(args[3], width) ||
      !boolArg(args[4], pads) || !boolArg(args[5], isAdobe))
    return {};
  std::string_view data = input.get();
  std::string text(isAdobe ? kStart : "");
  for (size_t at = 0; at < data.size(); at += 4) {
    bool isWhole = at + 4 <= data.size();
    uint32_t word = wordAt(data, at);
    if ((isWhole || pads) && word == 0)
      text += 'z';
    else if (isWhole && foldSpaces && word == 0x20202020)
      text += 'y';
    else
      encodeGroup(data, at, pads, {}, text);
  }
  if (width && isAdobe)
    width = std::max<uint64_t>(width, 2);
  std::string wrapped = wrapText(text, width);
  if (isAdobe) {
    size_t last = width ? (text.size() - 1) % width + 1 : 0;
    if (width && last + kEnd.size() > width)
      wrapped += '\n';
    wrapped += kEnd;
  }
  return makeBytes(wrapped);
}

/// args: data, alphabet, ignorechars, canonical
Ref a2bBase85(const Value* args) {
  EncodedInput input;
  bool isCanonical = false;
  IgnoredChars ignored;
  std::string alphabet(kBase85);
  if (!input.open(args[1]) || !decoderAlphabet("a2b_base85", args[2], 85, alphabet) ||
      !ignored.open(args[3]) || !boolArg(args[4], isCanonical))
    return {};
  int8_t digits[256];
  std::memset(digits, -1, sizeof digits);
  for (size_t i = 0; i < alphabet.size(); ++i)
    digits[static_cast<unsigned char>(alphabet[i])] = static_cast<int8_t>(i);
  Decoder85 decoder("Base85", isCanonical);
  std::string_view text = input.get();
  for (size_t i = 0; i < text.size(); ++i) {
    auto c = static_cast<unsigned char>(text[i]);
    if (digits[c] >= 0) {
      if (!decoder.addDigit(digits[c], i))
        return {};
    } else if (!ignored.has(c)) {
      return raise(binasciiErrorType, "bad Base85 character at position %zu", i);
    }
  }
  return decoder.finish();
}

/// args: data, pad, wrapcol, alphabet
Ref b2aBase85(const Value* args) {
  BytesLike input;
  bool pads = false;
  uint64_t width = 0;
  std::string alphabet(kBase85), text;
  if (!input.open(args[1]) || !boolArg(args[2], pads) || !wrapArgument(args[3], width) ||
      !alphabetArgument(args[4], 85, alphabet))
    return {};
  for (size_t at = 0; at < input.get().size(); at += 4)
    encodeGroup(input.get(), at, pads, alphabet, text);
  return makeBytes(wrapText(text, wholeGroups(width, kGroup)));
}

} // namespace pyc::rt
