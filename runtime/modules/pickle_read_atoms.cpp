// Reading numbers and texts.
#include "runtime/modules/codec_kinds.h"
#include "runtime/modules/pickle_reader.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/float.h"
#include "runtime/objects/int.h"
#include "runtime/objects/int_bytes.h"
#include "runtime/objects/protocol.h"

#include <bit>
#include <cmath>
#include <cstring>

namespace pyc::rt::pickle {

/// int(line), with the end of the line: as messages have it.
static Ref parseInt(std::string_view line, bool hasEnd) {
  std::string text(line);
  if (size_t zero = text.find('\0'); zero != std::string::npos)
    text.resize(zero);
  else if (hasEnd)
    text += '\n';
  PYC_TRY(bytes, decodeText(text, Encoding::Utf8));
  return call(Value(&intType), bytes);
}

/// A small decimal number.
static bool parseSmall(std::string_view line, int64_t& result) {
  bool negative = line.starts_with('-');
  std::string_view digits = line.substr(negative);
  if (digits.empty() || digits.size() > 12)
    return false;
  result = 0;
  for (char c : digits) {
    if (c < '0' || c > '9')
      return false;
    result = result * 10 + (c - '0');
  }
  result = negative ? -result : result;
  return true;
}

bool Reader::loadInt() {
  std::string_view line;
  int64_t small;
  if (!in_.line(line))
    return false;
  if (line.empty())
    return raise(unpicklingErrorType, "pickle data was truncated");
  if (line == "00" || line == "01")
    return push(Ref::boolean(line == "01"));
  if (parseSmall(line, small))
    return push(makeInt(small));
  Ref number = parseInt(line, true);
  if (number)
    return push(std::move(number));
  if (catchRaised(valueErrorType))
    raise(valueErrorType, "could not convert string to int");
  return false;
}

bool Reader::loadLong() {
  std::string_view line;
  if (!in_.line(line))
    return false;
  if (line.empty())
    return raise(unpicklingErrorType, "pickle data was truncated");
  bool hasLetter = line.ends_with('L');
  Ref number = parseInt(hasLetter ? line.substr(0, line.size() - 1) : line, !hasLetter);
  return number && push(std::move(number));
}

bool Reader::loadFloat() {
  std::string_view line;
  if (!in_.line(line))
    return false;
  if (line.empty())
    return raise(unpicklingErrorType, "pickle data was truncated");
  double number;
  std::string shown(line.substr(0, 200));
  if (parseDouble(line, number)) {
    bool isNamed = line.find_first_of("iI") != std::string_view::npos;
    if (!std::isinf(number) || isNamed)
      return push(makeFloat(number));
    return raise(overflowErrorType, "value too large to convert to float: '%s\n'", shown.c_str());
  }
  for (size_t length = line.size(); length > 0; --length)
    if (parseDouble(line.substr(0, length), number))
      return raise(valueErrorType, "could not convert string to float");
  return raise(valueErrorType, "could not convert string to float: '%s\n'", shown.c_str());
}

bool Reader::loadBinFloat() {
  std::string_view bytes;
  if (!in_.take(8, bytes))
    return false;
  uint64_t bits;
  memcpy(&bits, bytes.data(), sizeof bits);
  return push(makeFloat(std::bit_cast<double>(__builtin_bswap64(bits))));
}

bool Reader::loadLongBytes(size_t lengthBytes) {
  uint64_t length;
  std::string_view bytes;
  if (!number(lengthBytes, length))
    return false;
  if (length > INT32_MAX)
    return raise(unpicklingErrorType, "LONG pickle has negative byte count");
  if (!in_.take(length, bytes))
    return false;
  if (length > 8)
    return push(intFromLittle(bytes, true));
  uint64_t bits = 0;
  memcpy(&bits, bytes.data(), length);
  unsigned unused = 64 - static_cast<unsigned>(length) * 8;
  return push(makeInt(length == 0 ? 0 : static_cast<int64_t>(bits << unused) >> unused));
}

Ref decodeUnicodeLine(std::string_view line) {
  return decodeRawUnicodeEscape(line, {}, nullptr);
}

bool Reader::loadPersistentLine() {
  std::string_view line;
  if (!in_.line(line))
    return false;
  for (char c : line)
    if (static_cast<uint8_t>(c) >= 0x80)
      return raise(unpicklingErrorType, "persistent IDs in protocol 0 must be ASCII strings");
  return loadPersistent(makeStrAscii(line));
}

/// A string of Python 2.
bool Reader::pushString(std::string_view bytes) {
  PYC_TRY(data, makeBytes(bytes));
  if (settings_.encoding && strEquals(asStr(settings_.encoding), "bytes"))
    return push(std::move(data));
  Value encoding = settings_.encoding ? settings_.encoding : Value(internLiteral("ASCII"));
  return push(decodeByName(data, bytes, encoding, settings_.errors));
}

bool Reader::loadString() {
  std::string_view line;
  if (!in_.line(line))
    return false;
  if (line.size() < 2 || line.front() != line.back() || (line[0] != '"' && line[0] != '\''))
    return raise(unpicklingErrorType, "the STRING opcode argument must be quoted");
  std::string quoted(line.substr(1, line.size() - 2));
  PYC_TRY(bytes, decodeBytesEscape(quoted, {}));
  return pushString(asBytes(bytes)->view());
}

/// Bytes behind their length.
bool Reader::loadCounted(size_t lengthBytes, const char* what, std::string_view& bytes) {
  uint64_t length;
  if (!number(lengthBytes, length))
    return false;
  if (length > INT64_MAX)
    return raise(overflowErrorType, "%s exceeds system's maximum size of %lld bytes", what,
                 static_cast<long long>(INT64_MAX));
  return in_.take(length, bytes);
}

bool Reader::loadBinString(size_t lengthBytes) {
  uint64_t length;
  std::string_view bytes;
  if (!number(lengthBytes, length))
    return false;
  if (length > INT32_MAX)
    return raise(unpicklingErrorType, "BINSTRING pickle has negative byte count");
  return in_.take(length, bytes) && pushString(bytes);
}

static bool isAscii(std::string_view bytes) {
  uint64_t all = 0;
  size_t i = 0;
  if (bytes.size() < sizeof all && bytes.size() >= 4) {
    uint32_t first, last;
    memcpy(&first, bytes.data(), sizeof first);
    memcpy(&last, bytes.data() + bytes.size() - sizeof last, sizeof last);
    return ((first | last) & 0x80808080u) == 0;
  }
  for (; i + sizeof all <= bytes.size(); i += sizeof all) {
    uint64_t word;
    memcpy(&word, bytes.data() + i, sizeof word);
    all |= word;
  }
  for (; i < bytes.size(); ++i)
    all |= static_cast<uint8_t>(bytes[i]);
  return (all & 0x8080808080808080u) == 0;
}

bool Reader::loadText(size_t lengthBytes) {
  std::string_view bytes;
  if (!loadCounted(lengthBytes, "BINUNICODE", bytes))
    return false;
  if (isAscii(bytes))
    return push(makeStrAscii(bytes));
  static constexpr ErrorHandling kSurrogates = {ErrorMode::SurrogatePass, {}};
  return push(decodeText(bytes, Encoding::Utf8, kSurrogates));
}

bool Reader::loadBytes(size_t lengthBytes) {
  std::string_view bytes;
  return loadCounted(lengthBytes, "BINBYTES", bytes) && push(makeBytes(bytes));
}

bool Reader::loadByteArray() {
  uint64_t length;
  if (!number(8, length))
    return false;
  if (length > INT64_MAX)
    return raise(overflowErrorType, "BYTEARRAY8 exceeds system's maximum size of %lld bytes",
                 static_cast<long long>(INT64_MAX));
  // Memory comes with the data: a length alone may be anything.
  PYC_TRY(array, makeByteArray({}));
  constexpr uint64_t kPiece = 16 << 20;
  for (uint64_t done = 0; done < length;) {
    uint64_t piece = std::min(length - done, kPiece);
    if (!byteArrayResize(asByteArray(array), static_cast<int64_t>(done + piece)) ||
        !in_.fill(asByteArray(array)->data + done, piece))
      return false;
    done += piece;
  }
  return push(std::move(array));
}

/// The number in a line of GET or PUT.
bool Reader::indexLine(uint64_t& index, bool isPut) {
  std::string_view line;
  int64_t small;
  if (!in_.line(line))
    return false;
  if (!parseSmall(line, small)) {
    PYC_TRY(number, parseInt(line, true));
    if (!toInt64(number, small, &overflowErrorType))
      return false;
  }
  if (small < 0)
    return isPut ? raise(valueErrorType, "negative PUT argument")
                 : raise(unpicklingErrorType, "Memo value not found at index %lld",
                         static_cast<long long>(small));
  index = static_cast<uint64_t>(small);
  return true;
}

} // namespace pyc::rt::pickle
