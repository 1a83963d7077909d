#include "runtime/modules/zlib_streams.h"
#include "runtime/objects/buffer.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/text_args.h"

namespace pyc::rt {

namespace {

struct CompressObject {
  Object header;
  z_stream stream;
  bool isOpen;
};
CompressObject* asCompress(Value value) {
  return value.as<CompressObject>();
}

void dealloc(Object* self) {
  if (asCompress(self)->isOpen)
    deflateEnd(&asCompress(self)->stream);
  freeObject(self);
}

Ref allocCompress() {
  readyType(&zlibCompressType);
  return Ref::steal(allocObject(&zlibCompressType));
}

Ref compressMethod(const Value* args) {
  BytesLike data;
  if (!data.open(args[1]))
    return {};
  CompressObject* self = asCompress(args[0]);
  std::string out;
  int code = deflateAll(self->stream, data.get(), Z_NO_FLUSH, out);
  if (code != Z_OK)
    return raiseZlib(self->stream, code, "while compressing data");
  return makeBytes(out);
}

Ref flushMethod(const Value* args) {
  int mode = Z_FINISH;
  if (args[1] && !intArg(args[1], mode))
    return {};
  if (mode == Z_NO_FLUSH)
    return makeBytes({});
  CompressObject* self = asCompress(args[0]);
  std::string out;
  int code = deflateAll(self->stream, {}, mode, out);
  if (code == Z_STREAM_END && mode == Z_FINISH) {
    code = deflateEnd(&self->stream);
    self->isOpen = false;
    if (code != Z_OK)
      return raiseZlib(self->stream, code, "while finishing compression");
  } else if (code != Z_OK) {
    return raiseZlib(self->stream, code, "while flushing");
  }
  return makeBytes(out);
}

Ref copyMethod(const Value* args) {
  PYC_TRY(copy, allocCompress());
  int code = deflateCopy(&asCompress(copy)->stream, &asCompress(args[0])->stream);
  if (code == Z_STREAM_ERROR)
    return raise(valueErrorType, "Inconsistent stream state");
  if (code == Z_MEM_ERROR)
    return raise(memoryErrorType, "Can't allocate memory for compression object");
  if (code != Z_OK)
    return raiseZlib(asCompress(args[0])->stream, code, "while copying compression object");
  asCompress(copy)->isOpen = true;
  return copy;
}

constexpr MethodDef kMethods[] = {
    {.signature = "compress($self, data, /)",
     .bound = compressMethod,
     .doc = "Compresses data; the part of the result that is ready."},
    {.signature = "flush($self, mode=zlib.Z_FINISH, /)",
     .bound = flushMethod,
     .doc = "The rest of the result. After the default mode, the object is used up."},
    {.signature = "copy($self, /)", .bound = copyMethod, .doc = "A copy with the same state."},
    {.signature = "__copy__($self, /)", .bound = copyMethod},
    {.signature = "__deepcopy__($self, memo, /)", .bound = copyMethod},
};

bool setDictionary(z_stream& stream, Value zdict) {
  if (!zdict)
    return true;
  BytesLike dictionary;
  if (!dictionary.open(zdict))
    return false;
  int code = deflateSetDictionary(&stream, dictionary.data(), static_cast<uInt>(dictionary.size()));
  if (code == Z_STREAM_ERROR)
    return raise(valueErrorType, "Invalid dictionary");
  return code == Z_OK || static_cast<bool>(raise(valueErrorType, "deflateSetDictionary()"));
}

} // namespace

/// args: module, level, method, wbits, memLevel, strategy, zdict
Ref makeCompress(const Value* args) {
  int numbers[5] = {Z_DEFAULT_COMPRESSION, Z_DEFLATED, MAX_WBITS, 8, Z_DEFAULT_STRATEGY};
  for (int i = 0; i < 5; ++i)
    if (args[1 + i] && !intArg(args[1 + i], numbers[i]))
      return {};
  BytesLike check; // its TypeError comes before those of the numbers' values
  if (args[6] && !check.open(args[6]))
    return {};
  PYC_TRY(result, allocCompress());
  z_stream& stream = asCompress(result)->stream;
  int code = deflateInit2(&stream, numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
  if (code == Z_MEM_ERROR)
    return raise(memoryErrorType, "Can't allocate memory for compression object");
  if (code == Z_STREAM_ERROR)
    return raise(valueErrorType, "Invalid initialization option");
  if (code != Z_OK)
    return raiseZlib(stream, code, "while creating compression object");
  asCompress(result)->isOpen = true;
  return setDictionary(stream, args[6]) ? std::move(result) : Ref();
}

constinit TypeObject zlibCompressType = {
    .name = "zlib.Compress",
    .base = &objectType,
    .basicSize = sizeof(CompressObject),
    .flags = kTypeBuiltin | kTypeDisallowNew,
    .methods = kMethods,
    .slots = {.dealloc = dealloc},
};

} // namespace pyc::rt
