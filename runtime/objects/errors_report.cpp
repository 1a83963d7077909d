// Warnings, and exceptions that nobody can catch.
#include "runtime/objects/error_format.h"
#include "runtime/objects/str.h"
#include "runtime/objects/traceback.h"

#include <cstdio>
#include <unistd.h>

namespace pyc::rt {

constinit ErrorHooks errorHooks;

bool warn(TypeObject& category, int stackLevel, const char* format, ...) {
  if (!errorHooks.warn)
    return true;
  std::string text;
  va_list arguments;
  va_start(arguments, format);
  bool ok = formatErrorText(text, format, arguments);
  va_end(arguments);
  if (!ok)
    return false;
  Ref message = makeStr(text);
  return message && errorHooks.warn(&category, stackLevel, message);
}

static void printUnraisable(Value exception, Value message, Value object) {
  std::string out;
  std::string storage;
  out += utf8View(message, storage);
  if (object) {
    Ref shown = formatText("%R", object);
    if (!shown)
      clearRaised();
    out += ": ";
    std::string text;
    out += shown ? utf8View(shown, text) : "<object repr() failed>";
  }
  out += "\n";
  formatExceptionTo(out, exception);
  for (size_t done = 0; done < out.size();) {
    ssize_t count = write(STDERR_FILENO, out.data() + done, out.size() - done);
    if (count <= 0)
      break;
    done += static_cast<size_t>(count);
  }
}

void writeUnraisable(const char* message, Value object) {
  Ref exception = takeRaised();
  if (!exception)
    return;
  Ref text = makeStr(message);
  if (!text) {
    clearRaised();
    return;
  }
  if (errorHooks.unraisable)
    errorHooks.unraisable(std::move(exception), text, object);
  else
    printUnraisable(exception, text, object);
}

} // namespace pyc::rt
