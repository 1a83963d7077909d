// Writing numbers and texts.
#include "runtime/modules/codec_kinds.h"
#include "runtime/modules/pickle_writer.h"
#include "runtime/objects/buffer.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/float.h"
#include "runtime/objects/int.h"
#include "runtime/objects/int_bytes.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/tuple.h"

#include <bit>
#include <charconv>
#include <string>

namespace pyc::rt::pickle {

void Writer::saveInt(int64_t number) {
  if (settings_.binary) {
    if (number >= 0 && number < 0x100)
      out_.op(Op::BinInt1, static_cast<uint64_t>(number), 1);
    else if (number >= 0 && number < 0x10000)
      out_.op(Op::BinInt2, static_cast<uint64_t>(number), 2);
    else
      out_.op(Op::BinInt, static_cast<uint64_t>(number), 4);
    return;
  }
  char text[16] = {static_cast<char>(Op::Int)};
  char* end = std::to_chars(text + 1, text + sizeof text, number).ptr;
  *end++ = '\n';
  out_.text({text, static_cast<size_t>(end - text)});
}

/// An int of more than 32 bits.
bool Writer::saveLong(Value integer) {
  if (settings_.protocol < 2) {
    PYC_TRY(digits, intToStr(integer));
    std::string line = static_cast<char>(Op::Long) + std::string(asStr(digits)->asciiView());
    out_.text(line + "L\n");
    return true;
  }
  std::string bytes;
  intToLittle(integer, bytes);
  if (bytes.size() < 0x100)
    out_.op(Op::Long1, bytes.size(), 1);
  else if (bytes.size() <= INT32_MAX)
    out_.op(Op::Long4, bytes.size(), 4);
  else
    return raise(overflowErrorType, "int too large to pickle");
  out_.text(bytes);
  return true;
}

bool Writer::saveFloat(double number) {
  if (settings_.binary) {
    out_.op(Op::BinFloat, __builtin_bswap64(std::bit_cast<uint64_t>(number)), 8);
    return true;
  }
  std::string line(1, static_cast<char>(Op::Float));
  appendFloatRepr(line, number);
  out_.text(line + '\n');
  return true;
}

bool Writer::saveBool(bool value) {
  if (settings_.protocol >= 2)
    out_.op(value ? Op::NewTrue : Op::NewFalse);
  else
    out_.text(value ? "I01\n" : "I00\n");
  return true;
}

/// Protocol 0: a line, in which what would end it or escape is escaped.
bool Writer::saveTextLine(Value text) {
  std::string line(1, static_cast<char>(Op::Unicode));
  for (int64_t i = 0; i < asStr(text)->length; ++i) {
    uint32_t c = asStr(text)->at(i);
    char escaped[12];
    if (c >= 0x10000)
      snprintf(escaped, sizeof escaped, "\\U%08x", c);
    else if (c >= 0x100 || c == '\\' || c == '\n' || c == '\r' || c == 0 || c == 0x1a)
      snprintf(escaped, sizeof escaped, "\\u%04x", c);
    else
      escaped[0] = static_cast<char>(c), escaped[1] = 0;
    line.append(escaped, c < 0x100 && escaped[0] != '\\' ? 1 : strlen(escaped));
  }
  out_.text(line + '\n');
  return memoize(text);
}

bool Writer::saveStr(Value text) {
  if (!settings_.binary)
    return saveTextLine(text);
  std::string storage;
  std::string_view bytes = utf8View(text, storage);
  size_t size = bytes.size();
  if (size < PickleOutput::kLarge) {
    if (size < 0x100 && settings_.protocol >= 4)
      out_.op(Op::ShortBinUnicode, size, 1);
    else
      out_.op(Op::BinUnicode, size, 4);
    out_.text(bytes);
  } else if (size > UINT32_MAX && settings_.protocol < 4) {
    return raise(overflowErrorType,
                 "serializing a string larger than 4 GiB requires pickle protocol 4 or higher");
  } else if (!out_.large(size > UINT32_MAX ? Op::BinUnicode8 : Op::BinUnicode, size,
                         size > UINT32_MAX ? 8 : 4, bytes, Value())) {
    return false;
  }
  return memoize(text);
}

/// Bytes in protocol 3 and later.
bool Writer::encodedBytes(std::string_view bytes, Value object, Value payload) {
  size_t size = bytes.size();
  if (size < PickleOutput::kLarge) {
    if (size < 0x100)
      out_.op(Op::ShortBinBytes, size, 1);
    else
      out_.op(Op::BinBytes, size, 4);
    out_.text(bytes);
  } else if (size > UINT32_MAX && settings_.protocol < 4) {
    return raise(
        overflowErrorType,
        "serializing a bytes object larger than 4 GiB requires pickle protocol 4 or higher");
  } else if (!out_.large(size > UINT32_MAX ? Op::BinBytes8 : Op::BinBytes, size,
                         size > UINT32_MAX ? 8 : 4, bytes, payload)) {
    return false;
  }
  return memoize(object);
}

bool Writer::saveBytes(Value bytes) {
  std::string_view view = asBytes(bytes)->view();
  if (settings_.protocol >= 3)
    return encodedBytes(view, bytes, bytes);
  if (view.empty())
    return saveReduced(bytesType, Value(), bytes);
  PYC_TRY(encode, importedValue("_codecs", "encode"));
  PYC_TRY(text, makeStrLatin1(asBytes(bytes)->data(), asBytes(bytes)->length));
  PYC_TRY(args, tupleOf(text, internLiteral("latin1")));
  PYC_TRY(reduction, tupleOf(encode, args));
  return saveReduce(asTuple(reduction), bytes);
}

bool Writer::encodedByteArray(std::string_view bytes, Value object, Value payload) {
  if (bytes.size() < PickleOutput::kLarge) {
    out_.op(Op::ByteArray8, bytes.size(), 8);
    out_.text(bytes);
  } else if (!out_.large(Op::ByteArray8, bytes.size(), 8, bytes, payload)) {
    return false;
  }
  return memoize(object);
}

bool Writer::saveByteArray(Value array) {
  BytesLike content;
  if (!content.open(array))
    return false;
  if (settings_.protocol >= 5)
    return encodedByteArray(content.get(), array, array);
  if (content.size() == 0)
    return saveReduced(byteArrayType, Value(), array);
  PYC_TRY(bytes, makeBytes(content.get()));
  return saveReduced(byteArrayType, bytes, array);
}

/// A PickleBuffer: in the pickle, or beside it when the callback takes it.
bool Writer::saveBuffer(Value buffer) {
  if (settings_.protocol < 5)
    return raise(picklingErrorType, "PickleBuffer can only be pickled with protocol >= 5");
  BufferView view;
  if (!getBuffer(buffer, view, kBufferIndirect | kBufferFormat))
    return false;
  struct Release {
    BufferView& view;
    ~Release() { releaseBuffer(view); }
  } release{view};
  if (view.suboffsets || !isContiguous(view, 'A'))
    return raise(picklingErrorType,
                 "PickleBuffer can not be pickled when pointing to a non-contiguous buffer");
  bool isInside = true;
  if (settings_.bufferCallback) {
    PYC_TRY(taken, call(settings_.bufferCallback, buffer));
    if (!truth(taken, isInside))
      return false;
  }
  if (!isInside) {
    out_.op(Op::NextBuffer);
    if (view.readOnly)
      out_.op(Op::ReadOnlyBuffer);
    return true;
  }
  return view.readOnly ? encodedBytes(view.bytes(), buffer, buffer)
                       : encodedByteArray(view.bytes(), buffer, buffer);
}

} // namespace pyc::rt::pickle
