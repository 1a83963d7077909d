#include "runtime/modules/mask_argument.h"
#include "runtime/modules/registry.h"
#include "runtime/modules/zlib_streams.h"
#include "runtime/objects/buffer.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/text_args.h"

namespace pyc::rt {

constinit TypeObject zlibErrorType = moduleException("zlib.error", exceptionType);

namespace {

Ref compress(const Value* args) {
  BytesLike data;
  int level = Z_DEFAULT_COMPRESSION, bits = MAX_WBITS;
  if (!data.open(args[1]) || (args[2] && !intArg(args[2], level)) ||
      (args[3] && !intArg(args[3], bits)))
    return {};
  z_stream stream = newStream();
  int code = deflateInit2(&stream, level, Z_DEFLATED, bits, 8, Z_DEFAULT_STRATEGY);
  if (code == Z_MEM_ERROR)
    return raise(memoryErrorType, "Out of memory while compressing data");
  if (code == Z_STREAM_ERROR)
    return raise(zlibErrorType, "Bad compression level");
  if (code != Z_OK)
    return raiseZlib(stream, code, "while compressing data");
  std::string out;
  code = deflateAll(stream, data.get(), Z_FINISH, out);
  deflateEnd(&stream);
  if (code != Z_STREAM_END)
    return raiseZlib(stream, code, "while compressing data");
  return makeBytes(out);
}

Ref decompress(const Value* args) {
  BytesLike data;
  int bits = MAX_WBITS;
  int64_t size = kZlibBuffer; // the room for the result grows by itself
  if (!data.open(args[1]) || (args[2] && !intArg(args[2], bits)) || !sizeArg(args[3], size))
    return {};
  if (size < 0)
    return raise(valueErrorType, "bufsize cannot be negative");
  z_stream stream = newStream();
  int code = inflateInit2(&stream, bits);
  if (code == Z_MEM_ERROR)
    return raise(memoryErrorType, "Out of memory while decompressing data");
  if (code != Z_OK)
    return raiseZlib(stream, code, "while preparing to decompress data");
  std::string out;
  std::string_view input = data.get();
  code = inflateSome(stream, input, -1, Z_SYNC_FLUSH, out);
  Ref result;
  if (code == Z_STREAM_END)
    result = makeBytes(out);
  else
    result = raiseZlib(stream, code == Z_OK ? Z_BUF_ERROR : code, "while decompressing data");
  inflateEnd(&stream);
  return result;
}

// Check sums.

template <auto function, uint32_t initial> Ref checkSum(const Value* args) {
  BytesLike data;
  uint32_t sum = initial;
  if (!data.open(args[1]) || !maskArgument(args[2], sum))
    return {};
  return makeInt(
      static_cast<uint32_t>(function(sum, data.data(), static_cast<z_size_t>(data.size()))));
}

template <auto function> Ref combine(const char* name, const Value* args) {
  uint32_t first = 0, second = 0;
  int64_t length = 0;
  if (!maskArgument(args[1], first) || !maskArgument(args[2], second))
    return {};
  if (!isInteger(args[3]))
    return raiseBadArgument(name, 3, "int", args[3]);
  if (!sizeArg(args[3], length))
    return {};
  if (length < 0)
    return raise(valueErrorType, "len2 must be non-negative");
  return makeInt(static_cast<uint32_t>(function(first, second, length)));
}

constexpr MethodDef kFunctions[] = {
    {.signature = "adler32($module, data, value=1, /)",
     .bound = checkSum<adler32_z, 1>,
     .doc = "The Adler-32 check sum of data, going on from value."},
    {.signature = "adler32_combine($module, adler1, adler2, len2, /)",
     .bound = [](const Value* args) { return combine<adler32_combine>("adler32_combine", args); },
     .doc =
         "The check sum of two pieces of data by those of the pieces; the second has len2 bytes."},
    {.signature = "compress($module, data, /, level=Z_DEFAULT_COMPRESSION, wbits=MAX_WBITS)",
     .bound = compress,
     .doc = "Data compressed."},
    {.signature =
         "compressobj($module, /, level=Z_DEFAULT_COMPRESSION, method=DEFLATED,\n            "
         "wbits=MAX_WBITS, memLevel=DEF_MEM_LEVEL,\n            "
         "strategy=Z_DEFAULT_STRATEGY, zdict=<unrepresentable>)",
     .bound = makeCompress,
     .doc = "An object that compresses data piece by piece."},
    {.signature = "crc32($module, data, value=0, /)",
     .bound = checkSum<crc32_z, 0>,
     .doc = "The CRC-32 check sum of data, going on from value."},
    {.signature = "crc32_combine($module, crc1, crc2, len2, /)",
     .bound = [](const Value* args) { return combine<crc32_combine>("crc32_combine", args); },
     .doc =
         "The check sum of two pieces of data by those of the pieces; the second has len2 bytes."},
    {.signature = "decompress($module, data, /, wbits=MAX_WBITS, bufsize=DEF_BUF_SIZE)",
     .bound = decompress,
     .doc = "What compressed data stands for."},
    {.signature = "decompressobj($module, /, wbits=MAX_WBITS, zdict=b'')",
     .bound = makeDecompress,
     .doc = "An object that decompresses data piece by piece."},
};

struct Constant {
  const char* name;
  int value;
};
constexpr Constant kConstants[] = {
    {"MAX_WBITS", MAX_WBITS},
    {"DEFLATED", Z_DEFLATED},
    {"DEF_MEM_LEVEL", 8},
    {"DEF_BUF_SIZE", kZlibBuffer},
    {"Z_NO_COMPRESSION", Z_NO_COMPRESSION},
    {"Z_BEST_SPEED", Z_BEST_SPEED},
    {"Z_BEST_COMPRESSION", Z_BEST_COMPRESSION},
    {"Z_DEFAULT_COMPRESSION", Z_DEFAULT_COMPRESSION},
    {"Z_FILTERED", Z_FILTERED},
    {"Z_HUFFMAN_ONLY", Z_HUFFMAN_ONLY},
    {"Z_RLE", Z_RLE},
    {"Z_FIXED", Z_FIXED},
    {"Z_DEFAULT_STRATEGY", Z_DEFAULT_STRATEGY},
    {"Z_NO_FLUSH", Z_NO_FLUSH},
    {"Z_PARTIAL_FLUSH", Z_PARTIAL_FLUSH},
    {"Z_SYNC_FLUSH", Z_SYNC_FLUSH},
    {"Z_FULL_FLUSH", Z_FULL_FLUSH},
    {"Z_FINISH", Z_FINISH},
    {"Z_BLOCK", Z_BLOCK},
    {"Z_TREES", Z_TREES},
};

bool addConstants(ModuleObject* module) {
  for (const Constant& constant : kConstants)
    if (!addInt(module, constant.name, constant.value))
      return false;
  return addStr(module, "ZLIB_VERSION", ZLIB_VERSION) &&
         addStr(module, "ZLIB_RUNTIME_VERSION", zlibVersion());
}

} // namespace

bool fillModule_zlib(ModuleObject* module) {
  return addFunctions(module, kFunctions, std::size(kFunctions)) &&
         addType(module, zlibErrorType) && addType(module, zlibDecompressorType) &&
         addConstants(module) &&
         addStr(module, "__doc__", "Compressing data with zlib, and check sums.");
}

} // namespace pyc::rt
