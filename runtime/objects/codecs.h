// Text encodings: str to bytes and back, with CPython's error handlers and error positions.
#pragma once

#include "runtime/objects/errors.h"
#include "runtime/objects/str.h"

namespace pyc::rt {

constexpr bool isSurrogate(uint32_t codePoint) {
  return codePoint - 0xD800 < 0x800;
}

/// Raises UnicodeEncodeError(encoding, str, start, end, reason).
Raised raiseEncodeError(const char* encoding, Value str, int64_t start, int64_t end,
                        const char* reason);
/// Raises UnicodeDecodeError(encoding, bytes, start, end, reason) with a copy of the data.
Raised raiseDecodeError(const char* encoding, std::string_view data, int64_t start, int64_t end,
                        const char* reason);

} // namespace pyc::rt
