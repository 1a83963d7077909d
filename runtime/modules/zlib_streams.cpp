#include "runtime/modules/zlib_streams.h"

#include "runtime/objects/errors.h"

#include <algorithm>
#include <climits>

namespace pyc::rt {

Raised raiseZlib(const z_stream& stream, int code, const char* what) {
  const char* message = stream.msg;
  if (code == Z_VERSION_ERROR)
    message = "library version mismatch";
  if (!message)
    message = code == Z_BUF_ERROR      ? "incomplete or truncated stream"
              : code == Z_STREAM_ERROR ? "inconsistent stream state"
              : code == Z_DATA_ERROR   ? "invalid input data"
                                       : nullptr;
  if (!message)
    return raise(zlibErrorType, "Error %d %s", code, what);
  return raise(zlibErrorType, "Error %d %s: %.200s", code, what, message);
}

namespace {

/// Room at the end of a text that zlib writes to.
class OutputRoom {
public:
  OutputRoom(z_stream& stream, std::string& out, size_t room)
      : stream_(stream), out_(out), start_(out.size()) {
    out.resize(start_ + room);
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + start_);
    stream.avail_out = static_cast<uInt>(room);
  }
  /// Cuts the text where the stream ended.
  ~OutputRoom() { out_.resize(out_.size() - stream_.avail_out); }

private:
  z_stream& stream_;
  std::string& out_;
  size_t start_;
};

void giveInput(z_stream& stream, std::string_view input) {
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data()));
  stream.avail_in = static_cast<uInt>(std::min<size_t>(input.size(), UINT_MAX));
}

size_t roomFor(const std::string& out) {
  return std::clamp<size_t>(out.size(), kZlibBuffer, 1 << 26);
}

} // namespace

int deflateAll(z_stream& stream, std::string_view input, int mode, std::string& out) {
  int code;
  do {
    giveInput(stream, input);
    size_t given = stream.avail_in;
    int step = given == input.size() ? mode : Z_NO_FLUSH;
    bool isFull;
    do {
      OutputRoom room(stream, out, roomFor(out));
      code = deflate(&stream, step);
      isFull = stream.avail_out == 0;
    } while (code == Z_OK && isFull);
    if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
      return code;
    input.remove_prefix(given);
  } while (!input.empty());
  return code == Z_BUF_ERROR ? Z_OK : code; // only that there was nothing to do
}

int inflateSome(z_stream& stream, std::string_view& input, int64_t most, int mode,
                std::string& out) {
  size_t start = out.size();
  int code = Z_OK;
  for (;;) {
    size_t room = roomFor(out);
    if (most >= 0)
      room = std::min(room, static_cast<size_t>(most) - (out.size() - start));
    giveInput(stream, input);
    size_t given = stream.avail_in;
    bool isFull;
    {
      OutputRoom output(stream, out, room);
      code = inflate(&stream, mode);
      isFull = stream.avail_out == 0;
    }
    input.remove_prefix(given - stream.avail_in);
    if (code != Z_OK && code != Z_BUF_ERROR)
      return code;
    bool isEnough = most >= 0 && out.size() - start >= static_cast<size_t>(most);
    if (isEnough || (!isFull && (input.empty() || code == Z_BUF_ERROR)))
      return code;
  }
}

} // namespace pyc::rt
