// Quoted-printable (RFC 1521) and uuencode.
#include "runtime/modules/binascii_parts.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/text_args.h"

namespace pyc::rt {

namespace {

constexpr size_t kLine = 76; // characters of a line of quoted-printable

int hexDigit(char c) {
  return c >= '0' && c <= '9'   ? c - '0'
         : c >= 'A' && c <= 'F' ? c - 'A' + 10
         : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                : -1;
}

struct QuoteOptions {
  bool quoteTabs = false, isText = true, isHeader = false;
};

class Quoter {
public:
  Quoter(std::string_view data, const QuoteOptions& options) : data_(data), options_(options) {
    size_t newline = data.find('\n');
    isCrLf_ = newline != data.npos && newline > 0 && data[newline - 1] == '\r';
  }

  std::string run() {
    for (size_t i = 0; i < data_.size();) {
      if (mustQuote(i)) {
        if (lineLength_ + 3 >= kLine)
          breakLine();
        putHex(data_[i++]);
        lineLength_ += 3;
      } else if (size_t length = lineEndAt(i)) {
        endLine();
        i += length;
      } else {
        if (i + 1 != data_.size() && data_[i + 1] != '\n' && lineLength_ + 1 >= kLine)
          breakLine();
        out_ += options_.isHeader && data_[i] == ' ' ? '_' : data_[i];
        ++lineLength_;
        ++i;
      }
    }
    return std::move(out_);
  }

private:
  bool mustQuote(size_t i) const {
    auto c = static_cast<unsigned char>(data_[i]);
    bool isLast = i + 1 == data_.size();
    if (c > 126 || c == '=' || (options_.isHeader && c == '_'))
      return true;
    if (c == '.' && lineLength_ == 0)
      return isLast || data_[i + 1] == '\n' || data_[i + 1] == '\r' || data_[i + 1] == '\0';
    if (c == '\r' || c == '\n')
      return !options_.isText;
    if (c == ' ' || c == '\t')
      return isLast || options_.quoteTabs;
    return c < 33;
  }

  /// Length of the end of line at a place, 0 when there is none.
  size_t lineEndAt(size_t i) const {
    if (!options_.isText)
      return 0;
    if (data_[i] == '\n')
      return 1;
    return data_[i] == '\r' && i + 1 < data_.size() && data_[i + 1] == '\n' ? 2 : 0;
  }

  void putHex(char c) {
    auto byte = static_cast<unsigned char>(c);
    out_ += '=';
    out_ += "0123456789ABCDEF"[byte >> 4];
    out_ += "0123456789ABCDEF"[byte & 15];
  }
  void putNewline() {
    out_ += isCrLf_ ? "\r\n" : "\n";
    lineLength_ = 0;
  }
  void breakLine() {
    out_ += '=';
    putNewline();
  }
  /// Blanks at the end of a line do not survive the mail.
  void endLine() {
    char last = out_.empty() ? '\0' : out_.back();
    if (last == ' ' || last == '\t') {
      out_.pop_back();
      putHex(last);
    }
    putNewline();
  }

  std::string_view data_;
  const QuoteOptions& options_;
  bool isCrLf_;
  size_t lineLength_ = 0;
  std::string out_;
};

std::string unquote(std::string_view text, bool isHeader) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    char c = text[i++];
    if (c != '=') {
      out += isHeader && c == '_' ? ' ' : c;
      continue;
    }
    if (i >= text.size())
      break;
    if (text[i] == '\n' || text[i] == '\r') { // a soft line break
      i = text.find('\n', i);
      i = i == text.npos ? text.size() : i + 1;
    } else if (text[i] == '=') { // broken programs write it as it is
      out += '=';
      ++i;
    } else if (i + 1 < text.size() && hexDigit(text[i]) >= 0 && hexDigit(text[i + 1]) >= 0) {
      out += static_cast<char>(hexDigit(text[i]) << 4 | hexDigit(text[i + 1]));
      i += 2;
    } else {
      out += '=';
    }
  }
  return out;
}

} // namespace

/// args: data, header
Ref a2bQuoted(const Value* args) {
  EncodedInput input;
  bool isHeader = false;
  if (!input.open(args[1]) || !boolArg(args[2], isHeader))
    return {};
  return makeBytes(unquote(input.get(), isHeader));
}

/// args: data, quotetabs, istext, header
Ref b2aQuoted(const Value* args) {
  BytesLike data;
  QuoteOptions options;
  if (!data.open(args[1]) || !boolArg(args[2], options.quoteTabs) ||
      !boolArg(args[3], options.isText) || !boolArg(args[4], options.isHeader))
    return {};
  return makeBytes(Quoter(data.get(), options).run());
}

Ref a2bUu(const Value* args) {
  EncodedInput input;
  if (!input.open(args[1]))
    return {};
  std::string_view text = input.get();
  if (text.empty())
    return raise(binasciiErrorType, "Missing length byte");
  size_t length = (static_cast<unsigned char>(text[0]) - 32u) & 63;
  size_t at = 1;
  std::string out;
  unsigned pending = 0;
  int bits = 0;
  for (; out.size() < length; ++at) {
    // Blanks at the end of the line may have been lost.
    char c = at < text.size() && text[at] != '\n' && text[at] != '\r' ? text[at] : ' ';
    if (c < ' ' || c > '`')
      return raise(binasciiErrorType, "Illegal char");
    pending = (pending << 6 | ((static_cast<unsigned>(c) - 32) & 63)) & 0xFFFF;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out += static_cast<char>(pending >> bits);
    }
  }
  for (; at < text.size(); ++at)
    if (text[at] != ' ' && text[at] != '`' && text[at] != '\n' && text[at] != '\r')
      return raise(binasciiErrorType, "Trailing garbage");
  return makeBytes(out);
}

/// args: data, backtick
Ref b2aUu(const Value* args) {
  BytesLike data;
  bool hasBacktick = false;
  if (!data.open(args[1]) || !boolArg(args[2], hasBacktick))
    return {};
  if (data.size() > 45)
    return raise(binasciiErrorType, "At most 45 bytes at once");
  auto digit = [&](unsigned value) {
    return value == 0 && hasBacktick ? '`' : static_cast<char>(value + 32);
  };
  std::string out(1, digit(static_cast<unsigned>(data.size())));
  for (int64_t i = 0; i < data.size(); i += 3) {
    unsigned word = 0;
    for (int64_t k = i; k < i + 3; ++k)
      word = word << 8 | (k < data.size() ? data.data()[k] : 0u);
    for (int shift = 18; shift >= 0; shift -= 6)
      out += digit(word >> shift & 63);
  }
  return makeBytes(out + '\n');
}

} // namespace pyc::rt
