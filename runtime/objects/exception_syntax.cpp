// SyntaxError and its kind: a message and a place in a source.
#include "runtime/objects/exception_fields.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str.h"

namespace pyc::rt {

namespace {

SyntaxErrorObject* asSyntaxError(Value value) {
  return value.as<SyntaxErrorObject>();
}

/// The second argument: (filename, lineno, offset, text[, end_lineno, end_offset[, metadata]]).
bool takePlace(SyntaxErrorObject* error, Value place) {
  Ref tuple = sequenceTuple(place);
  if (!tuple)
    return false;
  int64_t count = asTuple(tuple)->count;
  if (count < 4)
    return raise(typeErrorType, "function takes at least 4 arguments (%lld given)",
                 static_cast<long long>(count));
  if (count > 7)
    return raise(typeErrorType, "function takes at most 7 arguments (%lld given)",
                 static_cast<long long>(count));
  Value* const fields[] = {&error->fileName, &error->line,      &error->offset,  &error->text,
                           &error->endLine,  &error->endOffset, &error->metadata};
  for (int64_t i = 0; i < 7; i++)
    setField(*fields[i], i < count ? asTuple(tuple)->items()[i] : Value());
  if (error->endLine && !error->endOffset)
    return raise(typeErrorType, "end_offset must be provided when end_lineno is provided");
  return true;
}

bool initSyntaxError(Value self, const Value* args, size_t argc, Value kwnames) {
  if (!initException(self, args, argc, kwnames))
    return false;
  SyntaxErrorObject* error = asSyntaxError(self);
  if (argc >= 1)
    setField(error->msg, args[0]);
  return argc != 2 || takePlace(error, args[1]);
}

/// The last part of a path.
Ref baseName(Value path) {
  std::string storage;
  std::string_view text = utf8View(path, storage);
  size_t slash = text.rfind('/');
  return slash == std::string_view::npos ? Ref::copy(path) : makeStr(text.substr(slash + 1));
}

Ref strSyntaxError(Value self) {
  SyntaxErrorObject* error = asSyntaxError(self);
  Value message = error->msg ? error->msg : Value::none();
  bool hasFile = error->fileName && isStr(error->fileName);
  bool hasLine = error->line && (error->line.isInt() || hasShape(error->line, kShapeInt));
  if (!hasFile && !hasLine)
    return str(message);
  Ref file;
  if (hasFile) {
    file = baseName(error->fileName);
    if (!file)
      return {};
  }
  if (hasFile && hasLine)
    return formatText("%S (%S, line %S)", message, file.get(), error->line);
  return hasFile ? formatText("%S (%S)", message, file.get())
                 : formatText("%S (line %S)", message, error->line);
}

const MemberDef kMembers[] = {
    {"msg", offsetof(SyntaxErrorObject, msg), MemberDef::NullIsNone, "exception msg"},
    {"filename", offsetof(SyntaxErrorObject, fileName), MemberDef::NullIsNone,
     "exception filename"},
    {"lineno", offsetof(SyntaxErrorObject, line), MemberDef::NullIsNone, "exception lineno"},
    {"offset", offsetof(SyntaxErrorObject, offset), MemberDef::NullIsNone, "exception offset"},
    {"text", offsetof(SyntaxErrorObject, text), MemberDef::NullIsNone, "exception text"},
    {"end_lineno", offsetof(SyntaxErrorObject, endLine), MemberDef::NullIsNone,
     "exception end lineno"},
    {"end_offset", offsetof(SyntaxErrorObject, endOffset), MemberDef::NullIsNone,
     "exception end offset"},
    {"print_file_and_line", offsetof(SyntaxErrorObject, printFileAndLine), MemberDef::NullIsNone,
     "exception print_file_and_line"},
    {"_metadata", offsetof(SyntaxErrorObject, metadata), MemberDef::NullIsNone,
     "exception private metadata"},
};

using Fields =
    ExceptionFields<SyntaxErrorObject, &SyntaxErrorObject::msg, &SyntaxErrorObject::fileName,
                    &SyntaxErrorObject::line, &SyntaxErrorObject::offset, &SyntaxErrorObject::text,
                    &SyntaxErrorObject::endLine, &SyntaxErrorObject::endOffset,
                    &SyntaxErrorObject::printFileAndLine, &SyntaxErrorObject::metadata>;

} // namespace

extern "C" constinit TypeObject syntaxErrorType = {
    .name = "SyntaxError",
    .base = &exceptionType,
    .basicSize = sizeof(SyntaxErrorObject),
    .flags = kExceptionFlags,
    .members = kMembers,
    .doc = "Invalid syntax.",
    .slots = {.dealloc = Fields::dealloc,
              .traverse = Fields::traverse,
              .clear = Fields::clear,
              .str = strSyntaxError,
              .init = initSyntaxError},
};

#define PYC_SYNTAX_EXCEPTION(pythonName, variable, baseVariable, text)                             \
  extern "C" constinit TypeObject variable = {                                                     \
      .name = pythonName,                                                                          \
      .base = &baseVariable,                                                                       \
      .basicSize = sizeof(SyntaxErrorObject),                                                      \
      .flags = kExceptionFlags,                                                                    \
      .doc = text,                                                                                 \
  };

PYC_SYNTAX_EXCEPTION("_IncompleteInputError", incompleteInputErrorType, syntaxErrorType,
                     "incomplete input.")
PYC_SYNTAX_EXCEPTION("IndentationError", indentationErrorType, syntaxErrorType,
                     "Improper indentation.")
PYC_SYNTAX_EXCEPTION("TabError", tabErrorType, indentationErrorType,
                     "Improper mixture of spaces and tabs.")

} // namespace pyc::rt
