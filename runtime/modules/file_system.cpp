#include "runtime/modules/file_system.h"

#include "runtime/objects/bytes.h"
#include "runtime/objects/codecs.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/str.h"

namespace pyc::rt {

namespace {
constexpr ErrorHandling kEscape = {ErrorMode::SurrogateEscape, {}};
} // namespace

Ref fileSystemPath(Value path) {
  if (isStr(path) || isBytes(path))
    return Ref::copy(path);
  bool found = false;
  Ref result = callSpecial(path, internLiteral("__fspath__"), nullptr, 0, found);
  if (!found)
    return isRaised() ? Ref()
                      : Ref(raise(typeErrorType,
                                  "expected str, bytes or os.PathLike object, not %T", path));
  if (result && !isStr(result) && !isBytes(result))
    return raise(typeErrorType, "expected %T.__fspath__() to return str or bytes, not %T", path,
                 result.get());
  return result;
}

bool fileSystemEncode(Value path, std::string& out) {
  PYC_TRY(name, fileSystemPath(path));
  if (isBytes(name))
    out = std::string(asBytes(name)->view());
  else if (!encodeText(asStr(name), Encoding::Utf8, kEscape, out))
    return false;
  if (out.find('\0') == out.npos)
    return true;
  return raise(valueErrorType, "embedded null %s", isBytes(name) ? "byte" : "character");
}

Ref fileSystemDecode(std::string_view bytes) {
  return decodeText(bytes, Encoding::Utf8, kEscape);
}

} // namespace pyc::rt
