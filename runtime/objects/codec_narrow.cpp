// ASCII and Latin-1.
#include "runtime/objects/codec_errors.h"
#include "runtime/objects/codec_impl.h"
#include "runtime/objects/str_chars.h"

namespace pyc::rt {

Ref decodeAscii(std::string_view data, const ErrorHandling& errors, int64_t* consumed) {
  if (consumed)
    *consumed = static_cast<int64_t>(data.size());
  if (PYC_LIKELY(isAsciiText(data.data(), data.size())))
    return makeStrAscii(data);
  StrBuilder out;
  DecodeErrors handler("ascii", data, errors, out);
  auto length = static_cast<int64_t>(data.size());
  for (int64_t i = 0; i < length;) {
    auto byte = static_cast<uint8_t>(data[static_cast<size_t>(i)]);
    if (byte < 128) {
      out.appendChar(byte);
      ++i;
      continue;
    }
    i = handler.handle(i, i + 1, "ordinal not in range(128)");
    if (i < 0)
      return {};
  }
  return out.finish();
}

bool encodeNarrow(StrObject* str, uint32_t limit, const ErrorHandling& errors, std::string& out) {
  const char* encoding = limit == 128 ? "ascii" : "latin-1";
  const char* reason = limit == 128 ? "ordinal not in range(128)" : "ordinal not in range(256)";
  EncodeErrors handler(encoding, str, errors);
  for (int64_t i = 0; i < str->length;) {
    uint32_t c = str->at(i);
    if (c < limit) {
      out += static_cast<char>(c);
      ++i;
      continue;
    }
    int64_t end = i + 1;
    while (end < str->length && str->at(end) >= limit)
      ++end;
    int64_t next = handler.handle(i, end, reason);
    if (next < 0)
      return false;
    if (handler.hasBytes()) {
      out += handler.bytes();
    } else {
      StrObject* text = handler.text();
      for (int64_t j = 0; j < text->length; ++j) {
        if (text->at(j) >= limit)
          return handler.raiseError(i, end, reason) >= 0;
        out += static_cast<char>(text->at(j));
      }
    }
    i = next;
  }
  return true;
}

} // namespace pyc::rt
