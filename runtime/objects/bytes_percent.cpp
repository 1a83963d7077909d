// bytes % args.
#include "runtime/memory/heap.h"
#include "runtime/objects/bytes_text.h"
#include "runtime/objects/percent.h"
#include "runtime/objects/protocol.h"

#include <algorithm>
#include <cstring>

namespace pyc::rt {

namespace {

struct BytesText {
  std::string_view view;
  int64_t length() const { return static_cast<int64_t>(view.size()); }
  uint32_t at(int64_t i) const { return static_cast<uint8_t>(view[static_cast<size_t>(i)]); }
  Ref key(int64_t start, int64_t stop) const {
    return makeBytes(view.substr(static_cast<size_t>(start), static_cast<size_t>(stop - start)));
  }
};

class BytesPercent {
public:
  BytesPercent(std::string_view format, Value args) : text_{format}, args_(args, isMapping(args)) {}

  bool run(std::string& out) {
    for (int64_t at = 0; at < text_.length();) {
      auto percent = text_.view.find('%', static_cast<size_t>(at));
      out_ += text_.view.substr(static_cast<size_t>(at), percent - static_cast<size_t>(at));
      if (percent == std::string_view::npos)
        break;
      at = static_cast<int64_t>(percent) + 1;
      if (at < text_.length() && text_.at(at) == '%') {
        out_ += '%';
        ++at;
        continue;
      }
      PercentSpec spec;
      if (!PercentParser<BytesText>(text_, args_).parse(at, spec) || !convert(spec))
        return false;
    }
    out = std::move(out_);
    return args_.finish("bytes");
  }

private:
  static bool isMapping(Value args) {
    return !isTuple(args) && !isStr(args) && !(args.isObject() && isBytes(args)) &&
           !isByteArray(args) && typeOf(args)->slots.getItem;
  }

  bool convert(const PercentSpec& spec) {
    Value value = args_.next(spec.start);
    if (!value)
      return false;
    switch (spec.letter) {
    case 's':
    case 'b':
      return putBytes(value, spec);
    case 'r':
    case 'a': {
      Ref text = ascii(value);
      if (!text)
        return false;
      return put(text.as<StrObject>()->asciiView(), spec);
    }
    case 'c':
      return putChar(value, spec);
    default:
      return isNumberLetter(spec.letter) ? putNumber(value, spec) : raiseBad(spec);
    }
  }

  bool putNumber(Value value, const PercentSpec& spec) {
    Ref number = percentNumber(spec, value, args_);
    if (!number)
      return false;
    out_ += number.as<StrObject>()->asciiView();
    return true;
  }

  /// Whether there is memory for so many bytes more; MemoryError.
  bool hasRoom(int64_t more) const {
    constexpr int64_t kAlwaysThere = 1 << 20;
    if (more <= kAlwaysThere)
      return true;
    void* probe = allocPlain(out_.size() + static_cast<size_t>(more) + kAlwaysThere);
    freeMemory(probe);
    return probe || raiseMemoryError();
  }

  bool put(std::string_view bytes, const PercentSpec& spec) {
    if (spec.precision >= 0 && spec.letter != 'c')
      bytes = bytes.substr(0, static_cast<size_t>(spec.precision));
    int64_t missing = std::max<int64_t>(spec.width - static_cast<int64_t>(bytes.size()), 0);
    if (!hasRoom(missing))
      return false;
    if (!spec.left)
      out_.append(static_cast<size_t>(missing), ' ');
    out_ += bytes;
    if (spec.left)
      out_.append(static_cast<size_t>(missing), ' ');
    return true;
  }

  bool putBytes(Value value, const PercentSpec& spec) {
    if (value.isObject() && !isBytes(value) && !isByteArray(value)) {
      bool found;
      Ref converted = callSpecial(value, names::__bytes__, nullptr, 0, found);
      if (found) {
        if (!converted)
          return false;
        if (!isBytes(converted))
          return raise(typeErrorType, "__bytes__ returned non-bytes (type %.200T)",
                       Value(converted));
        return put(asBytes(converted)->view(), spec);
      }
    }
    if (!hasBuffer(value))
      return args_.raiseAbout(typeErrorType,
                              "%%b requires a bytes-like object, or an object that implements "
                              "__bytes__, not %Q",
                              0, value);
    BytesLike bytes;
    if (!bytes.open(value))
      return false;
    return put(bytes.get(), spec);
  }

  bool putChar(Value value, const PercentSpec& spec) {
    if (value.isObject() && (isBytes(value) || isByteArray(value))) {
      std::string_view view = byteView(value);
      if (view.size() == 1) {
        return put(view, spec);
      }
      char message[160];
      snprintf(message, sizeof message,
               "%%%%c requires an integer in range(256) or a single byte, not a %s object of "
               "length %zu",
               typeName(value), view.size());
      return args_.raiseAbout(typeErrorType, message);
    }
    int64_t code = percentCharCode(
        value, 256, "%%c requires an integer in range(256) or a single byte, not %Q", args_);
    if (code < 0)
      return false;
    auto byte = static_cast<char>(code);
    return put({&byte, 1}, spec);
  }

  static Raised raiseBad(const PercentSpec& spec) {
    char shown[32];
    bool printable = spec.letter - 0x20 < 0x5F;
    const char* form = !printable ? "with code 0x%02x" : spec.letter == '\'' ? "\"%c\"" : "'%c'";
    snprintf(shown, sizeof shown, form, spec.letter);
    return raiseBadLetter(spec, shown);
  }

  BytesText text_;
  PercentArgs args_;
  std::string out_;
};

} // namespace

Ref bytesPercent(Value format, Value args) {
  BytesLike bytes; // keeps a bytearray as it is while Python code runs
  std::string out;
  if (!bytes.open(format) || !BytesPercent(bytes.get(), args).run(out))
    return {};
  return bytesLike(format, out);
}

} // namespace pyc::rt
