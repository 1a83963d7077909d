// posix: execv() and execve().
#include "runtime/modules/posix_parts.h"
#include "runtime/modules/process_events.h"

#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/signature.h"

#include <unistd.h>

namespace pyc::rt {

bool StringArray::add(Value value) {
  std::string text;
  if (!encodedArg(value, text))
    return false;
  texts_.push_back(std::move(text));
  return true;
}

char* const* StringArray::data() {
  pointers_.clear();
  for (std::string& text : texts_)
    pointers_.push_back(text.data());
  pointers_.push_back(nullptr);
  return pointers_.data();
}

bool argumentsArg(const char* prefix, Value argument, StringArray& out) {
  PYC_TRY(items, sequenceTuple(argument));
  for (int64_t k = 0; k < asTuple(items)->count; ++k)
    if (!out.add(asTuple(items)->items()[k]))
      return false;
  if (out.size() && out[0].empty())
    return raise(valueErrorType, "%s first element cannot be empty", prefix);
  return true;
}

namespace {

bool isMapping(Value value) {
  return isAnyDict(value) || (typeOf(value)->slots.getItem && !isStr(value) && !isBytes(value) &&
                              !isList(value) && !isTuple(value));
}

} // namespace

bool environmentArg(const char* function, Value mapping, StringArray& out) {
  if (!isMapping(mapping))
    return raise(typeErrorType, "%s: environment must be a mapping object", function);
  PYC_TRY(keys, callMethod(mapping, internLiteral("keys")));
  PYC_TRY(values, callMethod(mapping, internLiteral("values")));
  PYC_TRY(keyItems, sequenceTuple(keys));
  PYC_TRY(valueItems, sequenceTuple(values));
  int64_t count = std::min(asTuple(keyItems)->count, asTuple(valueItems)->count);
  for (int64_t k = 0; k < count; ++k) {
    std::string name, value;
    if (!encodedArg(asTuple(keyItems)->items()[k], name) ||
        !encodedArg(asTuple(valueItems)->items()[k], value))
      return false;
    if (name.empty() || name.find('=') != name.npos)
      return raise(valueErrorType, "illegal environment variable name");
    out.add(name + "=" + value);
  }
  return true;
}

namespace {

/// A list or tuple that is not empty; `prefix` of messages: "execv() arg 2", "execve: argv".
bool programArgs(const char* prefix, Value argument, StringArray& out) {
  if (!isList(argument) && !isTuple(argument))
    return raise(typeErrorType, "%s must be a tuple or list", prefix);
  int64_t count = 0;
  if (!length(argument, count))
    return false;
  if (count < 1)
    return raise(valueErrorType, "%s must not be empty", prefix);
  return argumentsArg(prefix, argument, out);
}

Ref execvFunction(const Value* args) {
  PathArg path{"execv"};
  StringArray arguments;
  if (!path.open(args[0]) || !programArgs("execv() arg 2", args[1], arguments))
    return {};
  announceEnd();
  execv(path.c_str(), arguments.data());
  return raiseSystem();
}

Ref execveFunction(const Value* args) {
  PathArg path{"execve", "path", kPathOrFd};
  StringArray arguments, environment;
  if (!path.open(args[0]) || !programArgs("execve: argv", args[1], arguments))
    return {};
  if (!environmentArg("execve", args[2], environment))
    return {};
  announceEnd();
  if (path.isFd)
    fexecve(path.fd, arguments.data(), environment.data());
  else
    execve(path.c_str(), arguments.data(), environment.data());
  return raiseSystem(path);
}

constexpr MethodDef kFunctions[] = {
    {.signature = "execv(path, argv, /)", .bound = execvFunction},
    {.signature = "execve(path, argv, env)", .bound = execveFunction},
};

} // namespace

std::span<const MethodDef> posixExecFunctions() {
  return kFunctions;
}

} // namespace pyc::rt
