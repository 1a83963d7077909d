// posix: paths as text, without the system: what posixpath is fast with.
#include "runtime/modules/posix_parts.h"

#include "runtime/objects/bytes.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"

namespace pyc::rt {

namespace {

/// Where the root of a path ends: one slash, or exactly two, which have a meaning of their own;
/// three and more are one.
size_t rootLength(std::string_view path) {
  if (!path.starts_with('/'))
    return 0;
  return path.starts_with("//") && !path.starts_with("///") ? 2 : 1;
}

/// Without empty and "." components; ".." takes away what stands before it.
std::string normalised(std::string_view path) {
  std::string root(path.substr(0, rootLength(path)));
  std::vector<std::string_view> parts;
  for (size_t start = root.size(); start < path.size();) {
    size_t stop = std::min(path.find('/', start), path.size());
    std::string_view part = path.substr(start, stop - start);
    start = stop + 1;
    if (part.empty() || part == ".")
      continue;
    if (part != ".." || (root.empty() && (parts.empty() || parts.back() == "..")))
      parts.push_back(part);
    else if (!parts.empty())
      parts.pop_back();
  }
  std::string result = std::move(root);
  for (size_t k = 0; k < parts.size(); ++k) {
    if (k)
      result += '/';
    result += parts[k];
  }
  return result.empty() ? "." : result;
}

/// A path's text in any str or bytes: str data keeps surrogates, which need not be encodable.
struct PathText {
  Ref object;
  std::string storage;
  std::string_view text;

  bool open(const char* function, Value value) {
    bool isText = isStr(value) || isBytes(value);
    bool found = isText;
    object = isText ? Ref::copy(value)
                    : callSpecial(value, internLiteral("__fspath__"), nullptr, 0, found);
    if (!object) {
      if (!isRaised())
        raise(typeErrorType, "%s: path should be string, bytes or os.PathLike, not %T", function,
              value);
      return false;
    }
    if (!isStr(object) && !isBytes(object))
      return raise(typeErrorType, "expected %T.__fspath__() to return str or bytes, not %T", value,
                   object.get());
    text = isBytes(object) ? asBytes(object)->view() : utf8View(object, storage);
    return true;
  }
  Ref make(std::string_view part) const {
    return isBytes(object) ? makeBytes(part) : makeStr(part);
  }
};

Ref normpathFunction(const Value* args) {
  PathText path;
  if (!path.open("_path_normpath", args[0]))
    return {};
  return path.make(normalised(path.text));
}

Ref splitrootFunction(const Value* args) {
  PathText path;
  if (!path.open("_path_splitroot_ex", args[0]))
    return {};
  size_t root = rootLength(path.text);
  PYC_TRY(drive, path.make({}));
  PYC_TRY(rootText, path.make(path.text.substr(0, root)));
  PYC_TRY(rest, path.make(path.text.substr(root)));
  return tupleOf(drive, rootText, rest);
}

constexpr MethodDef kFunctions[] = {
    {.signature = "_path_normpath(path)", .bound = normpathFunction},
    {.signature = "_path_splitroot_ex(path, /)", .bound = splitrootFunction},
};

} // namespace

std::span<const MethodDef> posixPathTextFunctions() {
  return kFunctions;
}

} // namespace pyc::rt
