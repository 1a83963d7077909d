// The module zlib: parts that its files share.
//
//   zlib.cpp             functions, the module
//   zlib_streams.cpp     running zlib's streams over buffers
//   zlib_compress.cpp    Compress
//   zlib_decompress.cpp  Decompress and _ZlibDecompressor
#pragma once

#include "runtime/modules/exception_type.h"

#include <string>
#include <string_view>
#include <zlib.h>

namespace pyc::rt {

inline constexpr int64_t kZlibBuffer = 16384; // DEF_BUF_SIZE

extern constinit TypeObject zlibErrorType, zlibCompressType, zlibDecompressType,
    zlibDecompressorType;

/// zlib.error of a result code and the stream's own message. `what`: "while compressing data".
Raised raiseZlib(const z_stream& stream, int code, const char* what);
/// z_stream with the default allocators.
inline z_stream newStream() {
  z_stream stream{};
  return stream;
}

/// Compresses all of `input`, appending to `out`; then what is in flight, as `mode` says. The
/// result is zlib's code, Z_OK or Z_STREAM_END when it went well.
int deflateAll(z_stream& stream, std::string_view input, int mode, std::string& out);
/// Decompresses input until its end, the stream's end, or until `out` has grown by `most` bytes
/// (negative: no limit). `input` becomes what was not used.
int inflateSome(z_stream& stream, std::string_view& input, int64_t most, int mode,
                std::string& out);

// compressobj() and decompressobj()
Ref makeCompress(const Value* args);
Ref makeDecompress(const Value* args);

} // namespace pyc::rt
