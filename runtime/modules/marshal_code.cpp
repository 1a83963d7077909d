// A code object is the image that it belongs to and its number there, with what replace() may have
// changed. The image's hash guards against bytes that were damaged, not against forged ones.
#include "runtime/modules/marshal_format.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/code_internal.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"

#include <cstdlib>
#include <cstring>

namespace pyc::rt {

namespace {

enum Field { kImage, kIndex, kName, kQualifiedName, kFileName, kFirstLine, kFlags, kFieldCount };

Raised raiseBadCode() {
  return raise(valueErrorType, "bad marshal data (code object)");
}

/// A copy of the image in memory of its own; null when the bytes are none.
void* copyImage(std::string_view bytes) {
  uop::ImageHeader header;
  if (bytes.size() < sizeof header)
    return nullptr;
  std::memcpy(&header, bytes.data(), sizeof header);
  if (header.magic != uop::kImageMagic || header.version != uop::kImageVersion ||
      header.size != bytes.size())
    return nullptr;
  void* image = std::malloc(bytes.size());
  if (image)
    std::memcpy(image, bytes.data(), bytes.size());
  return image;
}

} // namespace

Ref packCode(Value value) {
  CodeObject* code = asCode(value);
  PYC_TRY(image, makeBytes({code->image.bytes(), code->image.header().size}));
  PYC_TRY(fields, newTuple(kFieldCount));
  Value* items = asTuple(fields)->items();
  items[kImage] = image.release();
  items[kIndex] = Value::fromInt(code->record->index);
  items[kName] = Ref::copy(Value(code->name)).release();
  items[kQualifiedName] = Ref::copy(Value(code->qualifiedName)).release();
  items[kFileName] = Ref::copy(Value(code->fileName)).release();
  items[kFirstLine] = Value::fromInt(code->record->firstLine);
  items[kFlags] = Value::fromInt(code->record->flags);
  return fields;
}

Ref unpackCode(Value fields) {
  const Value* items = asTuple(fields)->items();
  int64_t index;
  if (!isBytes(items[kImage]) || !isInteger(items[kIndex]) || !intFits64(items[kIndex], index) ||
      !isStr(items[kName]) || !isStr(items[kQualifiedName]) || !isStr(items[kFileName]) ||
      !items[kFirstLine].isInt() || !items[kFlags].isInt())
    return raiseBadCode();
  void* image = copyImage(asBytes(items[kImage])->view());
  if (!image)
    return raiseBadCode();
  uop::ImageView view(image);
  bool isInside = index >= 0 && index < view.header().codeCount;
  PYC_TRY(root, makeOwnedCode(image));
  if (!isInside)
    return raiseBadCode();
  const uop::CodeRecord& record = view.code(static_cast<unsigned>(index));
  Ref result = &record == asCode(root)->record
                   ? std::move(root)
                   : makeCodeIn(view, &record, nullptr, asCode(root)->memory);
  if (!result)
    return {};
  CodeObject* code = asCode(result);
  bool isSame = strEquals(code->name, asStr(items[kName])) &&
                strEquals(code->qualifiedName, asStr(items[kQualifiedName])) &&
                strEquals(code->fileName, asStr(items[kFileName])) &&
                record.firstLine == items[kFirstLine].asInt() &&
                record.flags == items[kFlags].asInt();
  if (isSame)
    return result;
  PYC_TRY(replace, getAttr(result, internLiteral("replace")));
  PYC_TRY(names,
          tupleOf(Value(internLiteral("co_name")), Value(internLiteral("co_qualname")),
                  Value(internLiteral("co_filename")), Value(internLiteral("co_firstlineno"))));
  Value values[] = {items[kName], items[kQualifiedName], items[kFileName], items[kFirstLine]};
  return call(replace, values, 0, names);
}

} // namespace pyc::rt
