// UnicodeDecodeError, UnicodeEncodeError, UnicodeTranslateError.
#include "runtime/objects/bytes.h"
#include "runtime/objects/exception_fields.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str.h"

namespace pyc::rt {

namespace {

UnicodeErrorObject* asUnicodeError(Value value) {
  return value.as<UnicodeErrorObject>();
}

bool checkCount(size_t argc, size_t expected) {
  return argc == expected ||
         raise(typeErrorType, "function takes exactly %zu arguments (%zu given)", expected, argc);
}

bool checkStr(Value value, size_t position) {
  return isStr(value) || raise(typeErrorType, "argument %zu must be str, not %T", position, value);
}

/// start, end and reason, which all three have last.
bool takeRange(UnicodeErrorObject* error, const Value* args, size_t firstPosition) {
  int64_t start = 0, end = 0;
  if (!toInt64(args[0], start, &overflowErrorType) || !toInt64(args[1], end, &overflowErrorType) ||
      !checkStr(args[2], firstPosition + 2))
    return false;
  error->start = start;
  error->end = end;
  setField(error->reason, args[2]);
  return true;
}

/// The object of a decoding error, as bytes.
Ref toBytes(Value object) {
  if (isBytes(object))
    return Ref::copy(object);
  if (typeOf(object)->slots.getBuffer)
    return call(Value(&bytesType), object);
  return raise(typeErrorType, "a bytes-like object is required, not '%T'", object);
}

bool initDecodeError(Value self, const Value* args, size_t argc, Value kwnames) {
  if (!initException(self, args, argc, kwnames) || !checkCount(argc, 5) || !checkStr(args[0], 1))
    return false;
  UnicodeErrorObject* error = asUnicodeError(self);
  // The numbers are checked before the object, as CPython does.
  if (!takeRange(error, args + 2, 3))
    return false;
  Ref bytes = toBytes(args[1]);
  if (!bytes)
    return false;
  setField(error->encoding, args[0]);
  setField(error->object, std::move(bytes));
  return true;
}

bool initEncodeError(Value self, const Value* args, size_t argc, Value kwnames) {
  if (!initException(self, args, argc, kwnames) || !checkCount(argc, 5) || !checkStr(args[0], 1) ||
      !checkStr(args[1], 2) || !takeRange(asUnicodeError(self), args + 2, 3))
    return false;
  setField(asUnicodeError(self)->encoding, args[0]);
  setField(asUnicodeError(self)->object, args[1]);
  return true;
}

bool initTranslateError(Value self, const Value* args, size_t argc, Value kwnames) {
  if (!initException(self, args, argc, kwnames) || !checkCount(argc, 4) || !checkStr(args[0], 1) ||
      !takeRange(asUnicodeError(self), args + 1, 2))
    return false;
  setField(asUnicodeError(self)->object, args[0]);
  return true;
}

/// Whether the range is exactly one item of an object with `length` items.
bool isOneItem(const UnicodeErrorObject* error, int64_t length) {
  return error->start >= 0 && error->start < length && error->end == error->start + 1;
}

Ref strDecodeError(Value self) {
  UnicodeErrorObject* error = asUnicodeError(self);
  if (!error->object || !error->encoding)
    return makeStr("");
  if (isBytes(error->object) && isOneItem(error, asBytes(error->object)->length))
    return formatText("'%S' codec can't decode byte 0x%02x in position %lld: %S", error->encoding,
                      asBytes(error->object)->data()[error->start],
                      static_cast<long long>(error->start), error->reason);
  return formatText("'%S' codec can't decode bytes in position %lld-%lld: %S", error->encoding,
                    static_cast<long long>(error->start), static_cast<long long>(error->end - 1),
                    error->reason);
}

/// A character as an escape: \xe9, \u1234, \U00012345.
const char* escapeFormat(uint32_t c) {
  return c <= 0xFF ? "\\x%02x" : c <= 0xFFFF ? "\\u%04x" : "\\U%08x";
}

/// What strEncodeError and strTranslateError share: "character '\xe9' in position 0: reason".
Ref describeCharacters(UnicodeErrorObject* error) {
  if (isStr(error->object) && isOneItem(error, asStr(error->object)->length)) {
    uint32_t c = asStr(error->object)->at(error->start);
    PYC_TRY(escape, formatText(escapeFormat(c), c));
    return formatText("character '%S' in position %lld: %S", escape.get(),
                      static_cast<long long>(error->start), error->reason);
  }
  return formatText("characters in position %lld-%lld: %S", static_cast<long long>(error->start),
                    static_cast<long long>(error->end - 1), error->reason);
}

Ref strEncodeError(Value self) {
  UnicodeErrorObject* error = asUnicodeError(self);
  if (!error->object || !error->encoding)
    return makeStr("");
  PYC_TRY(what, describeCharacters(error));
  return formatText("'%S' codec can't encode %S", error->encoding, what.get());
}

Ref strTranslateError(Value self) {
  UnicodeErrorObject* error = asUnicodeError(self);
  if (!error->object)
    return makeStr("");
  PYC_TRY(what, describeCharacters(error));
  return formatText("can't translate %S", what.get());
}

Ref getStart(Value self) {
  return makeInt(asUnicodeError(self)->start);
}
Ref getEnd(Value self) {
  return makeInt(asUnicodeError(self)->end);
}

bool setNumber(Value value, int64_t& field) {
  if (!value)
    return raise(typeErrorType, "can't delete numeric/char attribute");
  if (!isInteger(value) && !typeOf(value)->slots.index)
    return raise(typeErrorType, "an integer is required");
  return toInt64(value, field, &overflowErrorType);
}
bool setStart(Value self, Value value) {
  return setNumber(value, asUnicodeError(self)->start);
}
bool setEnd(Value self, Value value) {
  return setNumber(value, asUnicodeError(self)->end);
}

const GetSetDef kGetSets[] = {
    {"start", getStart, setStart, "exception start"},
    {"end", getEnd, setEnd, "exception end"},
};
const MemberDef kMembers[] = {
    {"encoding", offsetof(UnicodeErrorObject, encoding), MemberDef::NullIsNone,
     "exception encoding"},
    {"object", offsetof(UnicodeErrorObject, object), MemberDef::NullIsNone, "exception object"},
    {"reason", offsetof(UnicodeErrorObject, reason), MemberDef::NullIsNone, "exception reason"},
};

using Fields = ExceptionFields<UnicodeErrorObject, &UnicodeErrorObject::encoding,
                               &UnicodeErrorObject::object, &UnicodeErrorObject::reason>;

} // namespace

#define PYC_UNICODE_EXCEPTION(id, variable, strSlot, initSlot, text)                               \
  extern "C" constinit TypeObject variable = {                                                     \
      .name = #id,                                                                                 \
      .base = &unicodeErrorType,                                                                   \
      .basicSize = sizeof(UnicodeErrorObject),                                                     \
      .flags = kExceptionFlags,                                                                    \
      .getSets = kGetSets,                                                                         \
      .members = kMembers,                                                                         \
      .doc = text,                                                                                 \
      .slots = {.dealloc = Fields::dealloc,                                                        \
                .traverse = Fields::traverse,                                                      \
                .clear = Fields::clear,                                                            \
                .str = strSlot,                                                                    \
                .init = initSlot},                                                                 \
  };

PYC_UNICODE_EXCEPTION(UnicodeDecodeError, unicodeDecodeErrorType, strDecodeError, initDecodeError,
                      "Unicode decoding error.")
PYC_UNICODE_EXCEPTION(UnicodeEncodeError, unicodeEncodeErrorType, strEncodeError, initEncodeError,
                      "Unicode encoding error.")
PYC_UNICODE_EXCEPTION(UnicodeTranslateError, unicodeTranslateErrorType, strTranslateError,
                      initTranslateError, "Unicode translation error.")

} // namespace pyc::rt
