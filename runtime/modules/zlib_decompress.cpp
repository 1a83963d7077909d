#include "runtime/modules/zlib_streams.h"
#include "runtime/objects/buffer.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/int.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/text_args.h"

namespace pyc::rt {

namespace {

/// Both classes: Decompress, whose callers keep what is not used yet, and _ZlibDecompressor, which
/// keeps it itself.
struct DecompressObject {
  Object header;
  z_stream stream;
  bool isOpen, atEnd, needsInput;
  Value dictionary; // zdict, or null
  Value unused;     // bytes behind the stream's end
  Value tail;       // bytes that were not used because of max_length
};
DecompressObject* asDecompress(Value value) {
  return value.as<DecompressObject>();
}

void dealloc(Object* self) {
  DecompressObject* object = asDecompress(self);
  if (object->isOpen)
    inflateEnd(&object->stream);
  decrefMaybe(object->dictionary);
  decrefMaybe(object->unused);
  decrefMaybe(object->tail);
  freeObject(self);
}

bool setBytes(Value& field, std::string_view bytes) {
  PYC_TRY(value, makeBytes(bytes));
  setField(field, std::move(value));
  return true;
}
std::string_view bytesOf(Value field) {
  return asBytes(field)->view();
}

bool useDictionary(DecompressObject* self) {
  BytesLike dictionary;
  if (!dictionary.open(self->dictionary))
    return false;
  int code =
      inflateSetDictionary(&self->stream, dictionary.data(), static_cast<uInt>(dictionary.size()));
  return code == Z_OK || static_cast<bool>(raiseZlib(self->stream, code, "while setting zdict"));
}

Ref allocDecompress(TypeObject* type) {
  readyType(type);
  Ref result = Ref::steal(allocObject(type));
  if (!result || !setBytes(asDecompress(result)->unused, {}) ||
      !setBytes(asDecompress(result)->tail, {}))
    return {};
  asDecompress(result)->needsInput = true;
  return result;
}

Ref openDecompress(TypeObject* type, Value bitsArgument, Value zdict) {
  int bits = MAX_WBITS;
  if (bitsArgument && !intArg(bitsArgument, bits))
    return {};
  PYC_TRY(result, allocDecompress(type));
  DecompressObject* self = asDecompress(result);
  self->dictionary = Ref::copy(zdict).release();
  int code = inflateInit2(&self->stream, bits);
  if (code == Z_STREAM_ERROR)
    return raise(valueErrorType, "Invalid initialization option");
  if (code == Z_MEM_ERROR)
    return raise(memoryErrorType, "Can't allocate memory for decompression object");
  if (code != Z_OK)
    return raiseZlib(self->stream, code, "while creating decompression object");
  self->isOpen = true;
  // Raw streams do not ask for it.
  return !zdict || bits >= 0 || useDictionary(self) ? std::move(result) : Ref();
}

/// Decompresses, giving the dictionary when the stream asks for it. False with zlib.error.
bool decompressSome(DecompressObject* self, std::string_view& input, int64_t most, int mode,
                    std::string& out, int& code) {
  code = inflateSome(self->stream, input, most, mode, out);
  if (code == Z_NEED_DICT && self->dictionary) {
    if (!useDictionary(self))
      return false;
    int64_t left = most < 0 ? most : most - static_cast<int64_t>(out.size());
    code = inflateSome(self->stream, input, left, mode, out);
  }
  return true;
}

// Decompress

/// Keeps what the stream left: behind its end, or for want of room.
bool keepRest(DecompressObject* self, std::string_view rest, int code) {
  if (code != Z_STREAM_END)
    return (rest.empty() && bytesOf(self->tail).empty()) || setBytes(self->tail, rest);
  std::string unused(bytesOf(self->unused));
  unused += rest;
  return (rest.empty() || setBytes(self->unused, unused)) && setBytes(self->tail, {});
}

Ref decompressMethod(const Value* args) {
  DecompressObject* self = asDecompress(args[0]);
  BytesLike data;
  int64_t most = 0;
  if (!data.open(args[1]) || !sizeArg(args[2], most))
    return {};
  if (most < 0)
    return raise(valueErrorType, "max_length cannot be negative");
  std::string out;
  std::string_view input = data.get();
  int code;
  if (!decompressSome(self, input, most ? most : -1, Z_SYNC_FLUSH, out, code))
    return {};
  std::string rest(input);
  if (!keepRest(self, rest, code))
    return {};
  if (code == Z_STREAM_END)
    self->atEnd = true;
  else if (code != Z_OK && code != Z_BUF_ERROR)
    return raiseZlib(self->stream, code, "while decompressing data");
  return makeBytes(out);
}

Ref flushMethod(const Value* args) {
  DecompressObject* self = asDecompress(args[0]);
  int64_t length = kZlibBuffer;
  if (!sizeArg(args[1], length))
    return {};
  if (length <= 0)
    return raise(valueErrorType, "length must be greater than zero");
  std::string data(bytesOf(self->tail)), out;
  std::string_view input = data;
  int code;
  if (!decompressSome(self, input, -1, Z_FINISH, out, code) || !keepRest(self, input, code))
    return {};
  if (code == Z_STREAM_END) {
    self->atEnd = true;
    self->isOpen = false;
    code = inflateEnd(&self->stream);
    if (code != Z_OK)
      return raiseZlib(self->stream, code, "while finishing decompression");
  } else if (code != Z_OK && code != Z_BUF_ERROR && self->isOpen) {
    return raiseZlib(self->stream, code, "while decompressing data");
  }
  return makeBytes(out);
}

Ref copyMethod(const Value* args) {
  DecompressObject* self = asDecompress(args[0]);
  PYC_TRY(copy, allocDecompress(&zlibDecompressType));
  int code = inflateCopy(&asDecompress(copy)->stream, &self->stream);
  if (code == Z_STREAM_ERROR)
    return raise(valueErrorType, "Inconsistent stream state");
  if (code == Z_MEM_ERROR)
    return raise(memoryErrorType, "Can't allocate memory for decompression object");
  if (code != Z_OK)
    return raiseZlib(self->stream, code, "while copying decompression object");
  DecompressObject* made = asDecompress(copy);
  made->isOpen = true;
  made->atEnd = self->atEnd;
  setField(made->dictionary, self->dictionary);
  setField(made->unused, self->unused);
  setField(made->tail, self->tail);
  return copy;
}

Ref getEnd(Value self) {
  return Ref::boolean(asDecompress(self)->atEnd);
}
Ref getNeedsInput(Value self) {
  return Ref::boolean(asDecompress(self)->needsInput);
}

constexpr MethodDef kMethods[] = {
    {.signature = "decompress($self, data, /, max_length=0)",
     .bound = decompressMethod,
     .doc =
         "Decompresses data. With max_length, what there was no room for is in unconsumed_tail."},
    {.signature = "flush($self, length=zlib.DEF_BUF_SIZE, /)",
     .bound = flushMethod,
     .doc = "The rest of the data."},
    {.signature = "copy($self, /)", .bound = copyMethod, .doc = "A copy with the same state."},
    {.signature = "__copy__($self, /)", .bound = copyMethod},
    {.signature = "__deepcopy__($self, memo, /)", .bound = copyMethod},
};
constexpr GetSetDef kGetSets[] = {{"eof", getEnd, nullptr, "Whether the stream's end was met."}};
constexpr MemberDef kMembers[] = {
    {"unused_data", offsetof(DecompressObject, unused), MemberDef::ReadOnly,
     "What came behind the stream's end."},
    {"unconsumed_tail", offsetof(DecompressObject, tail), MemberDef::ReadOnly,
     "What was not used for want of room."},
};

// _ZlibDecompressor

Ref createDecompressor(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("_ZlibDecompressor(wbits=MAX_WBITS, zdict=b'')");
  Value bound[2];
  if (!signature.bind(args, argc, kwnames, bound))
    return {};
  return openDecompress(type, bound[0], bound[1]);
}

Ref decompressKeeping(const Value* args) {
  DecompressObject* self = asDecompress(args[0]);
  BytesLike data;
  int64_t most = -1;
  if (!data.open(args[1]) || !sizeArg(args[2], most))
    return {};
  if (self->atEnd)
    return raise(eofErrorType, "End of stream already reached");
  std::string kept(bytesOf(self->tail)), out;
  std::string_view input = data.get();
  if (!kept.empty()) {
    kept += input;
    input = kept;
  }
  int code;
  if (!decompressSome(self, input, most, Z_SYNC_FLUSH, out, code))
    return {};
  if (code != Z_OK && code != Z_BUF_ERROR && code != Z_STREAM_END)
    return raiseZlib(self->stream, code, "while decompressing data");
  std::string rest(input);
  self->atEnd = code == Z_STREAM_END;
  bool isFull = most >= 0 && static_cast<int64_t>(out.size()) >= most;
  self->needsInput = !self->atEnd && rest.empty() && !isFull;
  if (!setBytes(self->atEnd ? self->unused : self->tail, rest))
    return {};
  return makeBytes(out);
}

constexpr MethodDef kKeepingMethods[] = {
    {.signature = "decompress($self, /, data, max_length=-1)",
     .bound = decompressKeeping,
     .doc = "Decompresses data; what there is no room for is kept for the next call."},
};
constexpr GetSetDef kKeepingGetSets[] = {
    {"eof", getEnd, nullptr, "Whether the stream's end was met."},
    {"needs_input", getNeedsInput, nullptr, "Whether more data is needed to go on."},
};
constexpr MemberDef kKeepingMembers[] = {
    {"unused_data", offsetof(DecompressObject, unused), MemberDef::ReadOnly,
     "What came behind the stream's end."},
};

} // namespace

/// args: module, wbits, zdict
Ref makeDecompress(const Value* args) {
  if (args[2] && !hasBuffer(args[2]))
    return raise(typeErrorType, "zdict argument must support the buffer protocol");
  return openDecompress(&zlibDecompressType, args[1], args[2]);
}

constinit TypeObject zlibDecompressType = {
    .name = "zlib.Decompress",
    .base = &objectType,
    .basicSize = sizeof(DecompressObject),
    .flags = kTypeBuiltin | kTypeDisallowNew,
    .methods = kMethods,
    .getSets = kGetSets,
    .members = kMembers,
    .slots = {.dealloc = dealloc},
};

constinit TypeObject zlibDecompressorType = {
    .name = "zlib._ZlibDecompressor",
    .base = &objectType,
    .basicSize = sizeof(DecompressObject),
    .flags = kTypeBuiltin,
    .methods = kKeepingMethods,
    .getSets = kKeepingGetSets,
    .members = kKeepingMembers,
    .doc = "_ZlibDecompressor(wbits=MAX_WBITS, zdict=b'')\n--\n\nA decompressor that keeps what it "
           "was given.",
    .slots = {.dealloc = dealloc, .create = createDecompressor},
};

} // namespace pyc::rt
