// Strings of JSON: reading and writing them. Internal to json_*.cpp.
#pragma once

#include "runtime/objects/errors.h"
#include "runtime/objects/str.h"

namespace pyc::rt::json {

/// Appends the text in quotes; everything above 126 escaped when `ascii`.
void appendQuoted(StrBuilder& out, const StrObject* text, bool ascii);
Ref quoted(const StrObject* text, bool ascii);

/// Reads a string whose opening quote is before `at`; `next` becomes the place behind the closing
/// one. JSONDecodeError.
template <class Char>
Ref readString(StrObject* document, const Char* chars, int64_t at, bool strict, int64_t& next);
/// The same for a text of any width; `at` may be anywhere.
Ref readString(StrObject* document, int64_t at, bool strict, int64_t& next);

/// JSONDecodeError(message, document, place)
Raised raiseDecodeError(const char* message, StrObject* document, int64_t place);

// `_json.make_scanner` and `_json.make_encoder`.
extern constinit TypeObject scannerType, encoderType;
Ref encodeBaseString(const Value* args);
Ref encodeBaseStringAscii(const Value* args);

} // namespace pyc::rt::json
