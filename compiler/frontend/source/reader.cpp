// From the bytes of a source to its text: encoding, NUL bytes, line ends.
#include "compiler/frontend/diag/diagnostic.h"
#include "compiler/frontend/source/encoding.h"
#include "compiler/frontend/source/source.h"
#include "runtime/base/check.h"

#include <algorithm>
#include <cstdio>

namespace pyc {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string hexByte(char byte) {
  char text[8];
  std::snprintf(text, sizeof text, "%.2x", uint8_t(byte));
  return text;
}

/// The line of `offset` in bytes that may not be UTF-8 yet, with any of the three line ends.
struct RawLine {
  int32_t number = 1;
  std::string_view before;
  std::string_view whole;
};

RawLine rawLineAt(std::string_view bytes, size_t offset) {
  RawLine line;
  size_t start = 0;
  for (size_t at = 0; at < offset; ++at) {
    bool isPair = bytes[at] == '\r' && at + 1 < bytes.size() && bytes[at + 1] == '\n';
    if (isPair || (bytes[at] != '\n' && bytes[at] != '\r'))
      continue;
    ++line.number;
    start = at + 1;
  }
  size_t end = bytes.find_first_of("\r\n", offset);
  line.before = bytes.substr(start, offset - start);
  line.whole = bytes.substr(start, end == std::string_view::npos ? end : end - start);
  return line;
}

int32_t countChars(std::string_view text) {
  return static_cast<int32_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

class Reader {
public:
  Reader(std::string_view name, SourceForm form, DiagnosticSink& sink)
      : name_(name), form_(form), sink_(sink) {}

  /// Makes `bytes` valid UTF-8 without a byte order mark; false after an error.
  bool decode(std::string& bytes) {
    bool hasMark =
        form_ != SourceForm::Text && std::string_view(bytes).substr(0, 3) == kByteOrderMark;
    if (hasMark)
      bytes.erase(0, 3);
    std::string cookie = form_ == SourceForm::Text ? std::string() : codingCookie(bytes);
    Encoding encoding = cookie.empty() ? Encoding{Encoding::Utf8} : encodingNamed(cookie);
    if (hasMark && !cookie.empty() && cookie != "utf-8")
      return reportMark(bytes, cookie);
    switch (encoding.kind) {
    case Encoding::Utf8:
      return checkUtf8(bytes);
    case Encoding::Ascii:
      return checkAscii(bytes);
    case Encoding::SingleByte:
      return decodeBytes(bytes, encoding);
    case Encoding::Unknown:
      sink_.report(DiagId::UnknownEncoding, DiagLocation{0, -1, 0, -1}, {cookie});
      return false;
    }
    PYC_UNREACHABLE("Encoding");
  }

  bool checkNullBytes(std::string_view text) {
    size_t at = text.find('\0');
    if (at == std::string_view::npos)
      return true;
    if (form_ != SourceForm::File) {
      sink_.report(DiagId::NullBytesInString, DiagLocation{});
      return false;
    }
    RawLine line = rawLineAt(text, at);
    int32_t offset = countChars(line.before) + 1;
    sink_.report(DiagId::NullBytes, DiagLocation{line.number, offset, line.number, offset});
    return false;
  }

private:
  bool reportMark(std::string_view bytes, std::string_view cookie) {
    RawLine line = rawLineAt(bytes, bytes.find("coding"));
    int32_t end = countChars(line.whole);
    sink_.report(DiagId::EncodingWithMark, DiagLocation{line.number, 0, line.number, end},
                 {cookie});
    return false;
  }

  bool checkUtf8(std::string_view bytes) {
    size_t at = findInvalidUtf8(bytes);
    if (at == std::string_view::npos)
      return true;
    RawLine line = rawLineAt(bytes, at);
    int32_t offset = countChars(line.before) + 1;
    std::string file = form_ == SourceForm::File ? " in file " + std::string(name_) : std::string();
    sink_.report(DiagId::NotUtf8, DiagLocation{line.number, offset, line.number, offset},
                 {hexByte(bytes[at]), file, std::to_string(line.number)});
    return false;
  }

  bool checkAscii(std::string_view bytes) {
    auto at = std::find_if(bytes.begin(), bytes.end(), [](char c) { return c & 0x80; });
    if (at == bytes.end())
      return true;
    sink_.report(DiagId::NotAscii, DiagLocation{0, -1, 0, -1},
                 {hexByte(*at), std::to_string(at - bytes.begin())});
    return false;
  }

  bool decodeBytes(std::string& bytes, Encoding encoding) {
    size_t undefinedAt;
    std::string text = decodeSingleByte(bytes, encoding, undefinedAt);
    if (undefinedAt != std::string_view::npos) {
      sink_.report(DiagId::UndefinedByte, DiagLocation{0, -1, 0, -1},
                   {hexByte(bytes[undefinedAt]), std::to_string(undefinedAt)});
      return false;
    }
    bytes = std::move(text);
    return true;
  }

  std::string_view name_;
  SourceForm form_;
  DiagnosticSink& sink_;
};

/// Turns "\r\n" and "\r" into "\n" and ends the last line; true where it was ended already.
bool normaliseLineEnds(std::string& text) {
  size_t out = text.find('\r');
  if (out != std::string::npos) {
    for (size_t in = out; in < text.size(); ++in) {
      char c = text[in];
      if (c == '\r') {
        c = '\n';
        if (in + 1 < text.size() && text[in + 1] == '\n')
          ++in;
      }
      text[out++] = c;
    }
    text.resize(out);
  }
  bool isEnded = text.empty() || text.back() == '\n';
  if (!isEnded)
    text += '\n';
  return isEnded;
}

/// What can be shown of bytes that are no source: wrong bytes become U+FFFD.
std::string showable(std::string_view bytes) {
  std::string text;
  for (;;) {
    size_t bad = std::min(findInvalidUtf8(bytes), bytes.find('\0'));
    text += bytes.substr(0, bad);
    if (bad == std::string_view::npos)
      break;
    text += "\xEF\xBF\xBD";
    bytes.remove_prefix(bad + 1);
  }
  normaliseLineEnds(text);
  return text;
}

} // namespace

bool readSource(std::string bytes, std::string name, SourceForm form, DiagnosticSink& sink,
                Source& out, size_t maxBytes) {
  if (bytes.size() > maxBytes) {
    sink.report(DiagId::SourceTooLarge, DiagLocation{1, 0, 1, 0});
    out = Source(std::move(name), {});
    return false;
  }
  Reader reader(name, form, sink);
  if (!reader.decode(bytes) || !reader.checkNullBytes(bytes)) {
    out = Source(std::move(name), showable(bytes));
    return false;
  }
  bool hasFinalNewline = normaliseLineEnds(bytes);
  out = Source(std::move(name), std::move(bytes), hasFinalNewline);
  return true;
}

} // namespace pyc
