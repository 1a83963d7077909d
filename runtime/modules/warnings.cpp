#include "runtime/modules/warnings.h"

#include "runtime/interp/compile.h"
#include "runtime/interp/frame_object.h"
#include "runtime/modules/import_system.h"
#include "runtime/modules/standard_streams.h"
#include "runtime/objects/int.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/traceback.h"
#include "runtime/objects/tuple.h"

#include <cstdio>

namespace pyc::rt {

namespace {

/// Where a warning is said to come from.
struct Place {
  Ref fileName, module, registry; // registry: dict, or None
  int line = 1;
};

bool describeFrame(Frame* frame, Place& place) {
  place.line = frameLine(frame);
  place.fileName = Ref::copy(Value(&frame->code->fileName->header));
  Value name = dictFindStr(frame->globals, names::__name__);
  place.module = name && isStr(name) ? Ref::copy(name) : makeStr("<string>");
  StrObject* key = internLiteral("__warningregistry__");
  Value registry = dictFindStr(frame->globals, key);
  if (!registry || !isDict(registry)) {
    place.registry = newDict();
    return place.registry && dictSetStr(frame->globals, key, place.registry);
  }
  place.registry = Ref::copy(registry);
  return static_cast<bool>(place.module);
}

bool findPlace(int stackLevel, Place& place) {
  Frame* frame = thisThread().frame;
  for (; frame && stackLevel > 1; --stackLevel)
    frame = frame->back;
  if (frame)
    return describeFrame(frame, place);
  place.fileName = makeStr("<sys>");
  place.module = makeStr("sys");
  place.registry = Ref::none();
  return place.fileName && place.module;
}

/// The default filters: those of `warnings` in a release of CPython.
bool isShown(TypeObject* category, Value module) {
  if (isSubtype(category, &deprecationWarningType))
    return strEquals(asStr(module), "__main__");
  return !isSubtype(category, &pendingDeprecationWarningType) &&
         !isSubtype(category, &importWarningType) && !isSubtype(category, &resourceWarningType);
}

/// Shown once for a text, category and line of a module.
bool isFirst(TypeObject* category, Value message, const Place& place, bool& first) {
  first = true;
  if (place.registry.isNone())
    return true;
  PYC_TRY(key, tupleOf(message, Value(&category->header), Value::fromInt(place.line)));
  Value seen;
  if (!dictFind(asDict(place.registry), key, seen))
    return false;
  first = !seen;
  return seen || dictSet(asDict(place.registry), key, Value::fromBool(true));
}

std::string sourceLine(const std::string& fileName, int line) {
  FILE* file = fopen(fileName.c_str(), "rb");
  if (!file)
    return {};
  std::string text;
  int character;
  for (int at = 1; at <= line && (character = getc(file)) != EOF;) {
    if (at == line && character != '\n')
      text += static_cast<char>(character);
    at += character == '\n';
  }
  fclose(file);
  size_t start = text.find_first_not_of(" \t\f");
  return start == text.npos ? std::string()
                            : text.substr(start, text.find_last_not_of(" \t\r") + 1 - start);
}

void show(TypeObject* category, Value message, const Place& place) {
  std::string fileStorage, messageStorage;
  std::string fileName(utf8View(place.fileName, fileStorage));
  std::string text = fileName + ":" + std::to_string(place.line) + ": " + nameOf(category) + ": " +
                     std::string(utf8View(message, messageStorage)) + "\n";
  if (std::string line = sourceLine(fileName, place.line); !line.empty())
    text += "  " + line + "\n";
  if (Ref out = makeStr(text))
    writeStandardError(out);
}

bool warnExplicit(TypeObject* category, Value message, const Place& place) {
  PYC_TRY(warningsName, makeStr("warnings"));
  Ref warnings = loadedModule(asStr(warningsName));
  Ref function;
  if (warnings && !warnings.isNone() &&
      !findAttr(warnings, internLiteral("warn_explicit"), function))
    return false;
  if (function) {
    Value args[] = {message,        Value(&category->header),
                    place.fileName, Value::fromInt(place.line),
                    place.module,   place.registry};
    return static_cast<bool>(call(function, args, 6));
  }
  if (!isShown(category, place.module))
    return true;
  bool first;
  if (!isFirst(category, message, place, first))
    return false;
  if (first)
    show(category, message, place);
  return true;
}

} // namespace

bool issueWarning(TypeObject* category, int stackLevel, Value message) {
  Place place;
  return findPlace(stackLevel, place) && warnExplicit(category, message, place);
}

bool warnAt(TypeObject& category, std::string_view message, std::string_view fileName, int line) {
  Place place;
  PYC_TRY(text, makeStr(message));
  place.fileName = makeStr(fileName);
  place.module = place.fileName ? makeStr(fileName) : Ref();
  place.registry = Ref::none();
  place.line = line;
  return place.module && warnExplicit(&category, text, place);
}

} // namespace pyc::rt
