// Pickles say how the bytes of an array are to be read, so that other machines can: a number for
// kind, size and order of bytes of the items.
#include "runtime/modules/array.h"
#include "runtime/modules/struct_format.h"
#include "runtime/objects/bytes.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/int.h"
#include "runtime/objects/module.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str.h"
#include "runtime/objects/text_args.h"
#include "runtime/objects/tuple.h"

#include <string>

namespace pyc::rt {

namespace {

/// A machine format; `kind` is the struct letter, 'u' for UTF-16, 'w' for UTF-32.
struct MachineFormat {
  char kind;
  uint8_t size;    // of an item
  uint8_t divisor; // what the length must be a multiple of
  bool isBig;
};

constexpr MachineFormat kFormats[] = {
    {'B', 1, 1, false},   {'b', 1, 1, false},  {'H', 2, 2, false}, {'H', 2, 2, true},
    {'h', 2, 2, false},   {'h', 2, 2, true},   {'I', 4, 4, false}, {'I', 4, 4, true},
    {'i', 4, 4, false},   {'i', 4, 4, true},   {'Q', 8, 8, false}, {'Q', 8, 8, true},
    {'q', 8, 8, false},   {'q', 8, 8, true},   {'f', 4, 4, false}, {'f', 4, 4, true},
    {'d', 8, 8, false},   {'d', 8, 8, true},   {'u', 2, 4, false}, {'u', 2, 4, true},
    {'w', 4, 4, false},   {'w', 4, 4, true},   {'F', 8, 8, false}, {'F', 8, 8, true},
    {'D', 16, 16, false}, {'D', 16, 16, true}, {'e', 2, 2, false}, {'e', 2, 2, true},
};

/// UTF-16 or UTF-32 as str.
Ref decodeText(const MachineFormat& format, std::string_view bytes) {
  PYC_TRY(data, makeBytes(bytes));
  std::string codec = format.size == 2 ? "utf-16" : "utf-32";
  PYC_TRY(name, makeStr(codec + (format.isBig ? "-be" : "-le")));
  return callMethod(data, internLiteral("decode"), name);
}

/// Appends items that are stored in another way than the array's.
bool appendConverted(ArrayObject* array, const MachineFormat& format, std::string_view bytes) {
  if (format.kind == 'u' || format.kind == 'w') {
    PYC_TRY(text, decodeText(format, bytes));
    if (!holdsText(array->kind))
      return raise(valueErrorType,
                   "fromunicode() may only be called on unicode type arrays ('u' or 'w')");
    return arrayAppendText(array, text);
  }
  StructCode code = {format.kind, 0, format.size, 1};
  for (size_t at = 0; at < bytes.size(); at += format.size) {
    PYC_TRY(item,
            unpackItem(code, reinterpret_cast<const uint8_t*>(bytes.data()) + at, format.isBig));
    if (!arrayAppend(array, item))
      return false;
  }
  return true;
}

/// The kind of array that has integers of the format's size without loss.
const ArrayKind* fittingKind(const MachineFormat& format, const ArrayKind* asked) {
  bool isSigned = format.kind >= 'a';
  const ArrayKind* found = asked;
  for (const ArrayKind& kind : arrayKinds())
    if (kind.isInteger && kind.itemSize == format.size && kind.isSigned == isSigned)
      found = &kind;
  return found;
}

bool checkType(Value type) {
  if (!isType(type))
    return raise(typeErrorType, "first argument must be a type object, not %T", type);
  return isSubtype(asType(type), &arrayType) ||
         static_cast<bool>(
             raise(typeErrorType, "%s is not a subtype of array.array", nameOf(asType(type))));
}

Ref dictOf(Value self) {
  Ref dict;
  if (!findAttr(self, names::__dict__, dict))
    return {};
  return dict ? std::move(dict) : Ref::none();
}

} // namespace

Ref reconstructArray(const Value* args) {
  int64_t number = 0;
  std::string storage;
  if (!checkType(args[1]))
    return {};
  if (!isStr(args[2]))
    return raiseBadArgument("_array_reconstructor", 2, "str", args[2]);
  const ArrayKind* kind = findArrayKind(utf8View(args[2], storage));
  if (!kind)
    return raise(valueErrorType, "second argument must be a valid type code");
  if (!sizeArg(args[3], number))
    return {};
  if (number < 0 || number >= static_cast<int64_t>(std::size(kFormats)))
    return raise(valueErrorType, "third argument must be a valid machine format code.");
  if (!isBytes(args[4]))
    return raise(typeErrorType, "fourth argument should be bytes, not %T", args[4]);
  std::string_view bytes = asBytes(args[4])->view();
  if (kind->machine == number) {
    PYC_TRY(result, newArray(asType(args[1]), kind, 0));
    return arrayAppendBytes(asArray(result), bytes) ? std::move(result) : Ref();
  }
  const MachineFormat& format = kFormats[number];
  if (bytes.size() % format.divisor != 0)
    return raise(valueErrorType, "string length not a multiple of item size");
  if (std::string_view("bBhHiIqQ").find(format.kind) != std::string_view::npos)
    kind = fittingKind(format, kind);
  PYC_TRY(result, newArray(asType(args[1]), kind, 0));
  return appendConverted(asArray(result), format, bytes) ? std::move(result) : Ref();
}

Ref reduceArray(const Value* args) {
  ArrayObject* array = asArray(args[0]);
  if (!isInteger(args[1]))
    return raise(typeErrorType, "__reduce_ex__ argument should be an integer");
  int64_t protocol;
  if (!toInt64(args[1], protocol, &overflowErrorType))
    return {};
  PYC_TRY(dict, dictOf(args[0]));
  PYC_TRY(code, makeStr(array->kind->code));
  Value type = &typeOf(args[0])->header;
  if (protocol < 3) {
    PYC_TRY(items, arrayToList(array));
    PYC_TRY(arguments, tupleOf(code, items));
    return tupleOf(type, arguments, dict);
  }
  PYC_TRY(module, moduleImporter(internLiteral("array")));
  PYC_TRY(function, getAttr(module, internLiteral("_array_reconstructor")));
  PYC_TRY(format, makeInt(array->kind->machine));
  PYC_TRY(bytes, makeBytes(array->view()));
  PYC_TRY(arguments, tupleOf(type, code, format, bytes));
  return tupleOf(function, arguments, dict);
}

} // namespace pyc::rt
