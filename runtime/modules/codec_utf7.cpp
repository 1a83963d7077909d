// UTF-7: text of seven bits; what is not direct stands as base64 of UTF-16 between '+' and '-'.
#include "runtime/modules/codec_kinds.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/codec_errors.h"

#include <cstring>
#include <vector>

namespace pyc::rt {

namespace {

constexpr std::string_view kDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The value of a base64 digit, or -1.
int digitValue(uint32_t c) {
  if (c >= 128 || c == 0)
    return -1;
  size_t place = kDigits.find(static_cast<char>(c));
  return place == kDigits.npos ? -1 : static_cast<int>(place);
}

/// Encoded as it is: everything printable but '+', '\' and '~', and blanks.
bool isDirect(uint32_t c) {
  return c == '\t' || c == '\n' || c == '\r' ||
         (c >= 32 && c < 127 && c != '+' && c != '\\' && c != '~');
}

bool isHigh(uint32_t unit) {
  return unit - 0xD800 < 0x400;
}
bool isLow(uint32_t unit) {
  return unit - 0xDC00 < 0x400;
}

class Utf7Decoder {
public:
  Utf7Decoder(std::string_view data, const ErrorHandling& errors)
      : data_(data), handler_("utf7", data, errors, out_) {}

  Ref decode(int64_t* consumed) {
    auto size = static_cast<int64_t>(data_.size());
    for (;;) {
      while (at_ < size)
        if (!step())
          return {};
      if (!shifted_ || consumed)
        break;
      if (!finishShift(size))
        return {};
    }
    if (consumed)
      *consumed = shifted_ ? start_ : at_; // an open sequence is read again
    else
      flush();
    return out_.finish();
  }

private:
  uint8_t byte() const { return static_cast<uint8_t>(data_[static_cast<size_t>(at_)]); }
  bool atDigit() const {
    return at_ < static_cast<int64_t>(data_.size()) && digitValue(byte()) >= 0;
  }

  void flush() {
    for (uint32_t c : pending_)
      out_.appendChar(c);
    pending_.clear();
  }

  /// Hands data[start_, at_) to the error handler.
  bool fail(const char* reason) {
    flush();
    int64_t next = handler_.handle(start_, at_, reason);
    if (next >= 0)
      at_ = next;
    return next >= 0;
  }

  bool step() {
    uint8_t c = byte();
    if (shifted_)
      return digitValue(c) >= 0 ? takeDigit(c) : leaveShift(c);
    if (c == '+')
      return enterShift();
    if (c < 128) {
      out_.appendChar(c);
      ++at_;
      return true;
    }
    start_ = at_++;
    return fail("unexpected special character");
  }

  bool enterShift() {
    start_ = at_++;
    if (at_ < static_cast<int64_t>(data_.size()) && byte() == '-') {
      ++at_;
      out_.appendChar('+');
      return true;
    }
    if (at_ < static_cast<int64_t>(data_.size()) && !atDigit()) {
      ++at_;
      return fail("ill-formed sequence");
    }
    shifted_ = true;
    high_ = 0;
    bits_ = buffer_ = 0;
    return true;
  }

  bool takeDigit(uint8_t c) {
    buffer_ = buffer_ << 6 | static_cast<uint32_t>(digitValue(c));
    bits_ += 6;
    ++at_;
    if (bits_ < 16)
      return true;
    bits_ -= 16;
    uint32_t unit = buffer_ >> bits_;
    buffer_ &= (1u << bits_) - 1;
    takeUnit(unit);
    return true;
  }

  void takeUnit(uint32_t unit) {
    if (high_ && isLow(unit)) {
      pending_.push_back(0x10000 + ((high_ - 0xD800) << 10) + (unit - 0xDC00));
      high_ = 0;
      return;
    }
    if (high_)
      pending_.push_back(high_);
    high_ = isHigh(unit) ? unit : 0;
    if (!high_)
      pending_.push_back(unit);
  }

  bool leaveShift(uint8_t c) {
    shifted_ = false;
    if (bits_ >= 6) {
      ++at_;
      return fail("partial character in shift sequence");
    }
    if (bits_ > 0 && buffer_ != 0) {
      ++at_;
      return fail("non-zero padding bits in shift sequence");
    }
    if (high_ && c < 128 && c != '+')
      pending_.push_back(high_);
    high_ = 0;
    flush();
    at_ += c == '-';
    return true;
  }

  /// At the end of all input.
  bool finishShift(int64_t size) {
    shifted_ = false;
    if (!high_ && bits_ < 6 && (bits_ == 0 || buffer_ == 0))
      return true;
    at_ = size;
    return fail("unterminated shift sequence");
  }

  std::string_view data_;
  StrBuilder out_;
  DecodeErrors handler_;
  std::vector<uint32_t> pending_; // of the sequence that is open
  int64_t at_ = 0, start_ = 0;    // start_: of the sequence, or of an error
  bool shifted_ = false;
  uint32_t high_ = 0; // first half of a surrogate pair
  uint32_t buffer_ = 0;
  unsigned bits_ = 0;
};

class Utf7Encoder {
public:
  void add(uint32_t c) {
    if (isDirect(c)) {
      if (shifted_)
        leave(c);
      out_ += static_cast<char>(c);
      return;
    }
    if (!shifted_ && c == '+') {
      out_ += "+-";
      return;
    }
    if (!shifted_)
      out_ += '+';
    shifted_ = true;
    if (c >= 0x10000) {
      addUnit(0xD800 + ((c - 0x10000) >> 10));
      c = 0xDC00 + ((c - 0x10000) & 0x3FF);
    }
    addUnit(c);
  }
  Ref finish() {
    if (shifted_) {
      flushBits();
      out_ += '-';
    }
    return makeBytes(out_);
  }

private:
  void addUnit(uint32_t unit) {
    buffer_ = (buffer_ << 16) | unit;
    for (bits_ += 16; bits_ >= 6;) {
      bits_ -= 6;
      out_ += kDigits[(buffer_ >> bits_) & 63];
    }
  }
  void flushBits() {
    if (bits_ > 0)
      out_ += kDigits[(buffer_ << (6 - bits_)) & 63];
    bits_ = 0;
  }
  /// '-' is needed before what would go on with the sequence.
  void leave(uint32_t next) {
    flushBits();
    shifted_ = false;
    if (digitValue(next) >= 0 || next == '-')
      out_ += '-';
  }

  std::string out_;
  bool shifted_ = false;
  uint64_t buffer_ = 0;
  unsigned bits_ = 0;
};

} // namespace

Ref decodeUtf7(std::string_view data, const ErrorHandling& errors, int64_t* consumed) {
  return Utf7Decoder(data, errors).decode(consumed);
}

Ref encodeUtf7(StrObject* str) {
  Utf7Encoder encoder;
  for (int64_t i = 0; i < str->length; ++i)
    encoder.add(str->at(i));
  return encoder.finish();
}

} // namespace pyc::rt
