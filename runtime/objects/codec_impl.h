// The codecs one by one; codecs.cpp chooses among them.
#pragma once

#include "runtime/objects/codecs.h"

namespace pyc::rt {

Ref decodeUtf8(std::string_view data, const ErrorHandling& errors, int64_t* consumed);
bool encodeUtf8(StrObject* str, const ErrorHandling& errors, std::string& out);
Ref decodeAscii(std::string_view data, const ErrorHandling& errors, int64_t* consumed);
/// ASCII and Latin-1: code points below `limit`.
bool encodeNarrow(StrObject* str, uint32_t limit, const ErrorHandling& errors, std::string& out);
/// Order as in decodeUtf16; 0 writes a byte order mark.
bool encodeUtf16(StrObject* str, int order, const ErrorHandling& errors, std::string& out);
bool encodeUtf32(StrObject* str, int order, const ErrorHandling& errors, std::string& out);

} // namespace pyc::rt
