// Conversions of bytes and bytearray: decode, hex, fromhex, translate, repr; integers to bytes.
#include "runtime/objects/bytes_methods.h"
#include "runtime/objects/codecs.h"
#include "runtime/objects/iterate.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/text_search.h"
#include "runtime/objects/tuple.h"

#include <algorithm>
#include <cstring>

namespace pyc::rt {

bool byteArg(Value argument, uint8_t& byte, const char* what) {
  int64_t value;
  if (PYC_LIKELY(argument.isInt()))
    value = argument.asInt();
  else if (!toInt64(argument, value))
    return false;
  if (value < 0 || value > 255)
    return raise(valueErrorType, "%s must be in range(0, 256)", what);
  byte = static_cast<uint8_t>(value);
  return true;
}

bool appendIntegers(Value iterable, const char* what, std::string& out) {
  return forEach(iterable, [&](Value item) {
    uint8_t byte;
    if (!byteArg(item, byte, what))
      return false;
    out += static_cast<char>(byte);
    return true;
  });
}

bool collectBytes(Value source, const char* type, const char* what, std::string& out) {
  if (hasBuffer(source)) {
    BufferView view; // not only contiguous ones
    if (!getBuffer(source, view, kBufferFullRO))
      return false;
    copyBuffer(view, 'C', out);
    releaseBuffer(view);
    return true;
  }
  if (isStr(source) || (!typeOf(source)->slots.iter && !typeOf(source)->slots.getItem))
    return raise(typeErrorType, "cannot convert '%.200T' object to %s", source, type);
  return appendIntegers(source, what, out);
}

Ref encodeSource(const char* function, const Value* arguments) {
  Value source = arguments[0], encoding = arguments[1], errors = arguments[2];
  for (Value name : {encoding, errors}) {
    if (name && !isStr(name))
      return raiseBadArgument(function, name == encoding ? "encoding" : "errors", "str", name);
  }
  if (!source || !isStr(source))
    return raise(typeErrorType, "%s without a string argument", encoding ? "encoding" : "errors");
  if (!encoding)
    return raise(typeErrorType, "string argument without an encoding");
  return encodeByName(asStr(source), encoding, errors);
}

Ref zeroBytes(int64_t count) {
  if (count < 0)
    return raise(valueErrorType, "negative count");
  ByteOutput out;
  if (!out.makeBytes(count))
    return {};
  memset(out.data(), 0, static_cast<size_t>(count));
  return out.finish();
}

bool bytesContain(std::string_view data, Value item, bool& result) {
  if (isInteger(item) || typeOf(item)->slots.index) {
    uint8_t byte;
    if (!byteArg(item, byte))
      return false;
    result = data.find(static_cast<char>(byte)) != std::string_view::npos;
    return true;
  }
  BytesLike bytes;
  if (!bytes.open(item))
    return false;
  result = text::find(byteData(data), static_cast<int64_t>(data.size()), bytes.data(),
                      bytes.size()) >= 0;
  return true;
}

Ref repeatBytes(Value self, int64_t times) {
  std::string_view view = byteView(self);
  if (times == 1 || (view.empty() && isBytes(self)))
    return bytesUnchanged(self);
  if (times <= 0 || view.empty())
    return bytesLike(self, {});
  int64_t length;
  if (__builtin_mul_overflow(static_cast<int64_t>(view.size()), times, &length))
    return isBytes(self) ? raise(overflowErrorType, "repeated bytes are too long")
                         : raiseMemoryError();
  ByteOutput out;
  if (!out.makeLike(self, length))
    return {};
  view = byteView(self);
  size_t total = static_cast<size_t>(length);
  memcpy(out.data(), view.data(), view.size());
  for (size_t done = view.size(); done < total;) {
    size_t step = std::min(done, total - done);
    memcpy(out.data() + done, out.data(), step);
    done += step;
  }
  return out.finish();
}

int compareBytes(std::string_view a, std::string_view b) {
  return a.compare(b);
}

std::string bytesReprText(std::string_view data) {
  bool single = data.find('\'') != std::string_view::npos;
  char quote = single && data.find('"') == std::string_view::npos ? '"' : '\'';
  std::string out = "b";
  out.reserve(data.size() + 3);
  out += quote;
  for (char character : data) {
    auto c = static_cast<uint8_t>(character);
    if (character == quote || c == '\\') {
      out += '\\';
      out += character;
    } else if (c == '\t' || c == '\n' || c == '\r') {
      out += c == '\t' ? "\\t" : c == '\n' ? "\\n" : "\\r";
    } else if (c - 0x20u < 0x5F) {
      out += character;
    } else {
      constexpr char kDigits[] = "0123456789abcdef";
      out += "\\x";
      out += kDigits[c >> 4];
      out += kDigits[c & 15];
    }
  }
  out += quote;
  return out;
}

// hex.

namespace {

/// The separator's character; -1 when none was given, -2 with an exception.
int separatorOf(Value separator) {
  if (!separator)
    return -1;
  int64_t size;
  if (!length(separator, size))
    return -2;
  if (size != 1) {
    raise(valueErrorType, "sep must be length 1.");
    return -2;
  }
  uint32_t c;
  if (isStr(separator)) {
    c = asStr(separator)->at(0);
  } else if (isBytes(separator)) {
    c = asBytes(separator)->data()[0];
  } else {
    raise(typeErrorType, "sep must be str or bytes.");
    return -2;
  }
  if (c >= 128) {
    raise(valueErrorType, "sep must be ASCII.");
    return -2;
  }
  return static_cast<int>(c);
}

} // namespace

Ref bytesToHex(std::string_view data, Value separatorArg, Value bytesPerSeparator) {
  int separator = separatorOf(separatorArg);
  int64_t group = 1;
  if (separator == -2 || !sizeArg(bytesPerSeparator, group))
    return {};
  auto count = static_cast<int64_t>(data.size());
  bool fromLeft = group < 0;
  // A group as long as the data, or longer, separates nothing.
  uint64_t size = fromLeft ? 0 - static_cast<uint64_t>(group) : static_cast<uint64_t>(group);
  if (separator < 0 || count == 0 || size == 0 || size >= static_cast<uint64_t>(count))
    size = static_cast<uint64_t>(count) + 1;
  int64_t separators =
      count == 0 ? 0 : static_cast<int64_t>((static_cast<uint64_t>(count) - 1) / size);
  if (count == 0)
    return newRef(names::empty);
  StrObject* result = newStr(count * 2 + separators, 127);
  if (!result)
    return {};
  uint8_t* out = result->data();
  constexpr char kDigits[] = "0123456789abcdef";
  for (int64_t i = 0; i < count; ++i) {
    auto place = static_cast<uint64_t>(fromLeft ? i : count - i);
    if (i != 0 && place % size == 0)
      *out++ = static_cast<uint8_t>(separator);
    auto byte = static_cast<uint8_t>(data[static_cast<size_t>(i)]);
    *out++ = static_cast<uint8_t>(kDigits[byte >> 4]);
    *out++ = static_cast<uint8_t>(kDigits[byte & 15]);
  }
  return Ref::steal(result);
}

namespace bytes_methods {

namespace {

int hexDigit(uint32_t c) {
  if (c - '0' < 10)
    return static_cast<int>(c - '0');
  uint32_t letter = (c | 0x20) - 'a';
  return letter < 6 && c < 128 ? static_cast<int>(letter + 10) : -1;
}

bool isBlank(uint32_t c) {
  return c == ' ' || c - 9 < 5;
}

/// Decodes pairs of digits; at(i) is the i-th character of `count`.
template <class At> bool decodeHex(int64_t count, At at, std::string& out) {
  for (int64_t i = 0; i < count;) {
    if (isBlank(at(i))) {
      ++i;
      continue;
    }
    int value = 0;
    for (int digit = 0; digit < 2; ++digit, ++i) {
      if (i == count)
        return raise(valueErrorType,
                     "fromhex() arg must contain an even number of hexadecimal digits");
      int nibble = hexDigit(at(i));
      if (nibble < 0)
        return raise(valueErrorType,
                     "non-hexadecimal number found in fromhex() arg at position %lld",
                     static_cast<long long>(i));
      value = value << 4 | nibble;
    }
    out += static_cast<char>(value);
  }
  return true;
}

} // namespace

Ref hex(const Value* args) {
  SizeLock lock(args[0]);
  return bytesToHex(byteView(args[0]), args[1], args[2]);
}

Ref fromhex(const Value* args) {
  std::string out;
  Value text = args[1];
  if (isStr(text)) {
    StrObject* str = asStr(text);
    if (!decodeHex(str->length, [&](int64_t i) { return str->at(i); }, out))
      return {};
  } else if (hasBuffer(text)) {
    BytesLike bytes;
    if (!bytes.open(text) ||
        !decodeHex(bytes.size(), [&](int64_t i) { return uint32_t(bytes.data()[i]); }, out))
      return {};
  } else {
    return raiseBadArgument("fromhex", 0, "str or bytes-like", text);
  }
  if (args[0] == Value(&byteArrayType.header))
    return makeByteArray(out);
  PYC_TRY(bytes, makeBytes(out));
  if (args[0] == Value(&bytesType.header))
    return bytes;
  return call(args[0], bytes);
}

Ref decode(const Value* args) {
  for (int i : {1, 2}) {
    if (args[i] && !isStr(args[i]))
      return raiseBadArgument("decode", i == 1 ? "encoding" : "errors", "str", args[i]);
  }
  BytesLike bytes; // a bytearray must not change while an error handler runs
  if (!bytes.open(args[0]))
    return {};
  return decodeByName(args[0], bytes.get(), args[1], args[2]);
}

// translate, maketrans.

Ref translate(const Value* args) {
  BytesLike table, removed;
  bool hasTable = !args[1].isNone();
  if (hasTable && !table.open(args[1]))
    return {};
  if (hasTable && table.size() != 256)
    return raise(valueErrorType, "translation table must be 256 characters long");
  if (args[2] && !removed.open(args[2]))
    return {};
  bool drop[256] = {};
  for (int64_t i = 0; i < removed.size(); ++i)
    drop[removed.data()[i]] = true;
  std::string out;
  std::string_view view = byteView(args[0]);
  out.reserve(view.size());
  for (char character : view) {
    auto c = static_cast<uint8_t>(character);
    if (!drop[c])
      out += hasTable ? static_cast<char>(table.data()[c]) : character;
  }
  if (out == view)
    return bytesUnchanged(args[0]);
  return bytesLike(args[0], out);
}

Ref maketrans(const Value* args) {
  BytesLike from, to;
  if (!from.open(args[0]) || !to.open(args[1]))
    return {};
  if (from.size() != to.size())
    return raise(valueErrorType, "maketrans arguments must have same length");
  char table[256];
  for (int i = 0; i < 256; ++i)
    table[i] = static_cast<char>(i);
  for (int64_t i = 0; i < from.size(); ++i)
    table[from.data()[i]] = static_cast<char>(to.data()[i]);
  return makeBytes({table, sizeof table});
}

} // namespace bytes_methods
} // namespace pyc::rt
