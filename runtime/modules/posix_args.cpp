// Arguments of the functions of posix.
#include "runtime/modules/posix_parts.h"

#include "runtime/objects/bytes.h"
#include "runtime/objects/codecs.h"
#include "runtime/objects/exception.h"
#include "runtime/objects/protocol.h"

#include <climits>

namespace pyc::rt {

namespace {

const char* allowedTypes(PathFlags flags) {
  switch (flags) {
  case kPathPlain:
    return "string, bytes or os.PathLike";
  case kPathOrFd:
    return "string, bytes, os.PathLike or integer";
  case kPathOptional:
    return "string, bytes, os.PathLike or None";
  }
  return "string, bytes, os.PathLike, integer or None";
}

bool hasIndex(Value value) {
  return isInteger(value) || typeOf(value)->slots.index;
}

bool fdArg(Value argument, int& result) {
  if (argument.isBool() && !warn(runtimeWarningType, 1, "bool is used as a file descriptor"))
    return false;
  PYC_TRY(index, toIndex(argument));
  int64_t number;
  if (!intFits64(index, number))
    number = intSign(index) < 0 ? INT64_MIN : INT64_MAX;
  if (number > INT_MAX)
    return raise(overflowErrorType, "fd is greater than maximum");
  if (number < INT_MIN)
    return raise(overflowErrorType, "fd is less than minimum");
  result = static_cast<int>(number);
  return true;
}

/// str, bytes, or what __fspath__ makes of the value; null with nothing raised when it is no path.
Ref pathText(Value value) {
  if (isStr(value) || isBytes(value))
    return Ref::copy(value);
  bool found = false;
  Ref result = callSpecial(value, internLiteral("__fspath__"), nullptr, 0, found);
  if (result && !isStr(result) && !isBytes(result))
    return raise(typeErrorType, "expected %T.__fspath__() to return str or bytes, not %T", value,
                 result.get());
  return result;
}

} // namespace

bool PathArg::open(Value value) {
  bool optional = flags & kPathOptional;
  if (optional && (!value || value.isNone())) {
    object = Ref::none();
    bytes = ".";
    return true;
  }
  if ((flags & kPathOrFd) && hasIndex(value)) {
    isFd = true;
    object = Ref::copy(value);
    return fdArg(value, fd);
  }
  object = pathText(value);
  if (!object)
    return isRaised() ? false
                      : static_cast<bool>(raise(typeErrorType, "%s: %s should be %s, not %T",
                                                function, argument, allowedTypes(flags), value));
  isBytes = rt::isBytes(object);
  if (isBytes)
    bytes = std::string(asBytes(object)->view());
  else if (!encodeText(asStr(object), Encoding::Utf8, {ErrorMode::SurrogateEscape, {}}, bytes))
    return false;
  return bytes.find('\0') == bytes.npos ||
         static_cast<bool>(
             raise(valueErrorType, "%s: embedded null character in %s", function, argument));
}

bool dirFdArg(Value argument, int& result) {
  result = AT_FDCWD;
  if (!argument || argument.isNone())
    return true;
  if (!hasIndex(argument))
    return raise(typeErrorType, "argument should be integer or None, not %T", argument);
  return fdArg(argument, result);
}

bool filenoArg(Value argument, int& result) {
  Ref number = Ref::copy(argument);
  if (isInteger(argument)) {
    if (argument.isBool() && !warn(runtimeWarningType, 1, "bool is used as a file descriptor"))
      return false;
  } else {
    if (!findAttr(argument, internLiteral("fileno"), number))
      return false;
    if (!number)
      return raise(typeErrorType, "argument must be an int, or have a fileno() method.");
    number = call(number);
    if (!number)
      return false;
    if (!isInteger(number))
      return raise(typeErrorType, "fileno() returned a non-integer");
  }
  if (!intArg(number, result))
    return false;
  return result >= 0 ||
         static_cast<bool>(
             raise(valueErrorType, "file descriptor cannot be a negative integer (%d)", result));
}

bool idArg(const char* what, Value argument, uint32_t& result) {
  if (!hasIndex(argument))
    return raise(typeErrorType, "%s should be integer, not %T", what, argument);
  PYC_TRY(index, toIndex(argument));
  int64_t number;
  if (!intFits64(index, number) && intSign(index) > 0)
    return raise(overflowErrorType, "%s is greater than maximum", what);
  // CPython says so of too large numbers as well, as long as they fit a C long.
  if (!intFits64(index, number) || number < -1 || number > UINT32_MAX)
    return raise(overflowErrorType, "%s is less than minimum", what);
  result = static_cast<uint32_t>(number);
  return true;
}

bool offsetArg(Value argument, off_t& result) {
  int64_t number;
  if (!hasIndex(argument))
    return raise(typeErrorType, "'%T' object cannot be interpreted as an integer", argument);
  PYC_TRY(index, toIndex(argument));
  if (!intFits64(index, number))
    return raise(overflowErrorType, "Python int too large to convert to C long");
  result = number;
  return true;
}

bool unsignedArg(Value argument, unsigned& result) {
  int number;
  if (!intArg(argument, number))
    return false;
  result = static_cast<unsigned>(number);
  return true;
}

bool encodedArg(Value argument, std::string& result) {
  PYC_TRY(text, fileSystemPath(argument));
  if (rt::isBytes(text))
    result = std::string(asBytes(text)->view());
  else if (!encodeText(asStr(text), Encoding::Utf8, {ErrorMode::SurrogateEscape, {}}, result))
    return false;
  return result.find('\0') == result.npos ||
         static_cast<bool>(raise(valueErrorType, "embedded null byte"));
}

bool checkPlacement(const PathArg& path, int dirFd, bool follows) {
  if (path.isFd && dirFd != AT_FDCWD)
    return raise(valueErrorType, "%s: can't specify dir_fd without matching path", path.function);
  if (path.isFd && !follows)
    return raise(valueErrorType, "%s: cannot use fd and follow_symlinks together", path.function);
  return true;
}

Raised raiseSystem(const PathArg& source, const PathArg& target) {
  if (isRaised())
    return {};
  int error = errno;
  Ref message = makeStr(strerror(error));
  if (!message)
    return {};
  Value arguments[] = {Value::fromInt(error), message, source.object, Value::none(), target.object};
  Ref exception = makeException(&osErrorType, arguments, std::size(arguments));
  return exception ? raiseValue(exception) : Raised();
}

} // namespace pyc::rt
