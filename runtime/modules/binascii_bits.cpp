// base64 and base32 (RFC 4648): groups of characters of 6 or 5 bits each.
#include "runtime/modules/binascii_parts.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/text_args.h"

#include <cstring>

namespace pyc::rt {

namespace {

struct BitCode {
  int name;  // 64 or 32
  int bits;  // a character
  int group; // characters that are whole bytes
};
constexpr BitCode kCode64 = {64, 6, 4}, kCode32 = {32, 5, 8};

struct DecodeOptions {
  bool isStrict;            // other characters than those ignored are errors
  bool isPadded;            // padding is required
  bool isCanonical = false; // the bits that stand for nothing must be zero
  IgnoredChars ignored = {};
};

class BitDecoder {
public:
  BitDecoder(const BitCode& code, const DecodeOptions& options, std::string_view alphabet)
      : code_(code), options_(options) {
    std::memset(digits_, -1, sizeof digits_);
    for (size_t i = 0; i < alphabet.size(); ++i)
      digits_[static_cast<unsigned char>(alphabet[i])] = static_cast<int8_t>(i);
  }

  Ref decode(std::string_view text) {
    for (unsigned char c : text) {
      bool ok = c == '=' ? addPadding() : digits_[c] >= 0 ? addDigit(digits_[c]) : addOther(c);
      if (!ok)
        return {};
    }
    return finish() ? makeBytes(out_) : Ref();
  }

private:
  bool fail(const char* message) { return raise(binasciiErrorType, "%s", message); }
  bool failLength() {
    return raise(binasciiErrorType,
                 "Invalid base%d-encoded string: number of data characters (%lld) cannot be %s "
                 "more than a multiple of %d",
                 code_.name, static_cast<long long>(digitCount_),
                 code_.name == 64 ? "1" : "1, 3, or 6", code_.group);
  }
  /// Whether a group may end after so many characters.
  bool mayEnd(int position) const { return position * code_.bits % 8 < code_.bits; }
  bool isPaddingChecked() const { return options_.isStrict && !options_.ignored.has('='); }

  bool addPadding() {
    if (!options_.isPadded)
      return !isPaddingChecked() || fail("Padding not allowed");
    if (!isPaddingChecked()) {
      padding_ += position_ > 0 && mayEnd(position_);
      return true;
    }
    if (position_ == 0)
      return fail(digitCount_ == 0 ? "Leading padding not allowed" : "Excess padding not allowed");
    if (!mayEnd(position_))
      return failLength();
    return position_ + ++padding_ <= code_.group || fail("Excess padding not allowed");
  }

  bool addOther(unsigned char c) {
    if (!options_.isStrict || options_.ignored.has(c))
      return true;
    return raise(binasciiErrorType, "Only base%d data is allowed", code_.name);
  }

  bool addDigit(int digit) {
    if (padding_ && isPaddingChecked())
      return fail(position_ + padding_ == code_.group ? "Excess data after padding"
                                                      : "Discontinuous padding not allowed");
    ++digitCount_;
    pending_ = (pending_ << code_.bits | static_cast<unsigned>(digit)) & 0xFFFF;
    pendingBits_ += code_.bits;
    if (pendingBits_ >= 8) {
      pendingBits_ -= 8;
      out_ += static_cast<char>(pending_ >> pendingBits_);
    }
    position_ = (position_ + 1) % code_.group;
    if (position_ == 0)
      padding_ = 0;
    return true;
  }

  bool finish() {
    if (position_ == 0)
      return true;
    if (!mayEnd(position_))
      return failLength();
    if (options_.isPadded && position_ + padding_ < code_.group)
      return fail("Incorrect padding");
    bool hasRest = (pending_ & ((1u << pendingBits_) - 1)) != 0;
    return !options_.isCanonical || !hasRest || fail("Non-zero padding bits");
  }

  const BitCode& code_;
  const DecodeOptions& options_;
  int8_t digits_[256];
  std::string out_;
  int64_t digitCount_ = 0;
  int position_ = 0; // in the group
  int padding_ = 0;
  unsigned pending_ = 0;
  int pendingBits_ = 0;
};

std::string encodeBits(const BitCode& code, std::string_view data, std::string_view alphabet,
                       bool isPadded) {
  std::string out;
  unsigned pending = 0;
  int bits = 0;
  for (unsigned char byte : data) {
    pending = (pending << 8 | byte) & 0xFFFF;
    for (bits += 8; bits >= code.bits; bits -= code.bits)
      out += alphabet[pending >> (bits - code.bits) & ((1u << code.bits) - 1)];
  }
  if (bits)
    out += alphabet[pending << (code.bits - bits) & ((1u << code.bits) - 1)];
  while (isPadded && out.size() % static_cast<size_t>(code.group) != 0)
    out += '=';
  return out;
}

} // namespace

/// args: data, strict_mode, padded, alphabet, ignorechars, canonical
Ref a2bBase64(const Value* args) {
  EncodedInput input;
  DecodeOptions options{.isStrict = static_cast<bool>(args[5]), .isPadded = true};
  std::string alphabet(kBase64);
  if (!input.open(args[1]) || !boolArg(args[2], options.isStrict) ||
      !boolArg(args[3], options.isPadded) ||
      !decoderAlphabet("a2b_base64", args[4], 64, alphabet) || !options.ignored.open(args[5]) ||
      !boolArg(args[6], options.isCanonical))
    return {};
  return BitDecoder(kCode64, options, alphabet).decode(input.get());
}

/// args: data, padded, wrapcol, newline, alphabet
Ref b2aBase64(const Value* args) {
  BytesLike data;
  bool isPadded = true, hasNewline = true;
  uint64_t width = 0;
  std::string alphabet(kBase64);
  if (!data.open(args[1]) || !boolArg(args[2], isPadded) || !wrapArgument(args[3], width) ||
      !boolArg(args[4], hasNewline) || !alphabetArgument(args[5], 64, alphabet))
    return {};
  std::string text =
      wrapText(encodeBits(kCode64, data.get(), alphabet, isPadded), wholeGroups(width, 4));
  if (hasNewline)
    text += '\n';
  return makeBytes(text);
}

/// args: data, padded, alphabet, ignorechars, canonical
Ref a2bBase32(const Value* args) {
  EncodedInput input;
  DecodeOptions options{.isStrict = true, .isPadded = true};
  std::string alphabet(kBase32);
  if (!input.open(args[1]) || !boolArg(args[2], options.isPadded) ||
      !decoderAlphabet("a2b_base32", args[3], 32, alphabet) || !options.ignored.open(args[4]) ||
      !boolArg(args[5], options.isCanonical))
    return {};
  return BitDecoder(kCode32, options, alphabet).decode(input.get());
}

/// args: data, padded, wrapcol, alphabet
Ref b2aBase32(const Value* args) {
  BytesLike data;
  bool isPadded = true;
  uint64_t width = 0;
  std::string alphabet(kBase32);
  if (!data.open(args[1]) || !boolArg(args[2], isPadded) || !wrapArgument(args[3], width) ||
      !alphabetArgument(args[4], 32, alphabet))
    return {};
  return makeBytes(
      wrapText(encodeBits(kCode32, data.get(), alphabet, isPadded), wholeGroups(width, 8)));
}

} // namespace pyc::rt
