// The codecs that only the module _codecs shows: UTF-7, escape sequences, character maps.
// `consumed` is as for decodeText (runtime/objects/codecs.h).
#pragma once

#include "runtime/objects/codecs.h"

namespace pyc::rt {

// codec_utf7.cpp (RFC 2152)
Ref decodeUtf7(std::string_view data, const ErrorHandling& errors, int64_t* consumed);
Ref encodeUtf7(StrObject* str);

// codec_escapes.cpp
/// Escape sequences as in string literals; other bytes are Latin-1. DeprecationWarning for
/// sequences that mean nothing.
Ref decodeUnicodeEscape(std::string_view data, const ErrorHandling& errors, int64_t* consumed);
Ref encodeUnicodeEscape(StrObject* str);
/// Only \uXXXX and \UXXXXXXXX are sequences.
Ref decodeRawUnicodeEscape(std::string_view data, const ErrorHandling& errors, int64_t* consumed);
Ref encodeRawUnicodeEscape(StrObject* str);
/// As in bytes literals. `errors` is a name; null: "strict".
Ref decodeBytesEscape(std::string_view data, Value errors);
Ref encodeBytesEscape(std::string_view data);

// codec_charmap.cpp: by a mapping, which may be null (Latin-1).
Ref decodeCharmap(std::string_view data, const ErrorHandling& errors, Value mapping);
Ref encodeCharmap(StrObject* str, const ErrorHandling& errors, Value mapping);
/// From a decoding table to an encoding map: a dict, or an EncodingMap where that is enough.
Ref buildCharmap(StrObject* table);

} // namespace pyc::rt
