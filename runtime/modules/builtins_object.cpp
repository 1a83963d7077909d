// Builtins about objects: attributes, namespaces, identity, classes.
#include "runtime/modules/builtins.h"
#include "runtime/modules/registry.h"
#include "runtime/objects/known_functions.h"

#include "runtime/interp/frame_object.h"
#include "runtime/interp/namespaces.h"
#include "runtime/objects/arguments.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/int.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/shared_attrs.h"
#include "runtime/objects/str.h"

namespace pyc::rt {

namespace {

bool checkAttributeName(Value name) {
  return isStr(name) ||
         static_cast<bool>(raise(typeErrorType, "attribute name must be string, not '%T'", name));
}

Ref getattrFunction(const Value* args, size_t argc, Value kwnames) {
  if (!checkNoKeywords("getattr", kwnames) || !checkArgumentCount("getattr", argc, 2, 3) ||
      !checkAttributeName(args[1]))
    return {};
  if (argc == 2)
    return getAttrShared(args[0], asStr(args[1]));
  Ref result;
  if (!findAttr(args[0], asStr(args[1]), result))
    return {};
  return result ? std::move(result) : Ref::copy(args[2]);
}

Ref hasattrFunction(const Value* args) {
  if (!checkAttributeName(args[1]))
    return {};
  Ref result;
  if (!findAttr(args[0], asStr(args[1]), result))
    return {};
  return Ref::boolean(static_cast<bool>(result));
}

Ref setattrFunction(const Value* args) {
  if (!checkAttributeName(args[1]) || !setAttr(args[0], asStr(args[1]), args[2]))
    return {};
  return Ref::none();
}

Ref delattrFunction(const Value* args) {
  if (!checkAttributeName(args[1]) || !setAttr(args[0], asStr(args[1]), Value()))
    return {};
  return Ref::none();
}

Ref callableFunction(const Value* args) {
  return Ref::boolean(isCallable(args[0]));
}

Ref hashFunction(const Value* args) {
  int64_t result;
  return hash(args[0], result) ? makeInt(result) : Ref();
}

/// Numbers have no address: their identity is their value, told apart from all addresses.
Ref idFunction(const Value* args) {
  return makeIntUnsigned(args[0].bits());
}

Ref issubclassFunction(const Value* args) {
  bool result;
  return isSubclassOf(args[0], args[1], result) ? Ref::boolean(result) : Ref();
}

// Namespaces.

Frame* callerFrame(const char* what) {
  Frame* frame = thisThread().frame;
  if (!frame)
    raise(systemErrorType, "%s: no current frame", what);
  return frame;
}

Ref globalsFunction(const Value*) {
  Frame* frame = callerFrame("globals()");
  return frame ? Ref::copy(Value(&frame->globals->header)) : Ref();
}

Ref localsFunction(const Value*) {
  Frame* frame = callerFrame("locals()");
  return frame ? frameLocals(frame) : Ref();
}

Ref varsFunction(const Value* args, size_t argc, Value kwnames) {
  if (!checkNoKeywords("vars", kwnames) || !checkArgumentCount("vars", argc, 0, 1))
    return {};
  if (argc == 0)
    return localsFunction(nullptr);
  Ref dict;
  if (!findAttr(args[0], names::__dict__, dict))
    return {};
  if (!dict)
    return raise(typeErrorType, "vars() argument must have __dict__ attribute");
  return dict;
}

/// A sorted list of names.
Ref sortedNames(Value iterable) {
  PYC_TRY(list, sequenceList(iterable));
  if (!listSort(asList(list), Value(), false))
    return {};
  return list;
}

Ref dirOfLocals() {
  PYC_TRY(locals, localsFunction(nullptr));
  PYC_TRY(keys, callMethod(locals, names::keys));
  return sortedNames(keys);
}

Ref dirFunction(const Value* args, size_t argc, Value kwnames) {
  if (!checkNoKeywords("dir", kwnames) || !checkArgumentCount("dir", argc, 0, 1))
    return {};
  if (argc == 0)
    return dirOfLocals();
  bool found = false;
  Ref names = callSpecial(args[0], names::__dir__, nullptr, 0, found);
  if (!names)
    return found || isRaised() ? Ref()
                               : Ref(raise(typeErrorType, "object does not provide __dir__"));
  return sortedNames(names);
}

const MethodDef kFunctions[] = {
    {.signature = "getattr", .raw = moduleRaw<getattrFunction>},
    {.signature = "hasattr(obj, name, /)", .bound = hasattrFunction},
    {.signature = "setattr(obj, name, value, /)", .bound = setattrFunction},
    {.signature = "delattr(obj, name, /)", .bound = delattrFunction},
    {.signature = "callable(obj, /)", .bound = callableFunction},
    {.signature = "hash(obj, /)", .bound = hashFunction},
    {.signature = "id(obj, /)", .bound = idFunction},
    {.signature = "len(obj, /)", .bound = pycBuiltinLen},
    {.signature = "isinstance(obj, class_or_tuple, /)", .bound = pycBuiltinIsInstance},
    {.signature = "issubclass(cls, class_or_tuple, /)", .bound = issubclassFunction},
    {.signature = "globals()", .bound = globalsFunction},
    {.signature = "locals()", .bound = localsFunction},
    {.signature = "vars", .raw = moduleRaw<varsFunction>},
    {.signature = "dir", .raw = moduleRaw<dirFunction>},
};

} // namespace

Ref pycBuiltinIsInstance(const Value* args) {
  bool result;
  return isInstanceOf(args[0], args[1], result) ? Ref::boolean(result) : Ref();
}

Ref pycBuiltinLen(const Value* args) {
  int64_t result;
  return length(args[0], result) ? makeInt(result) : Ref();
}

std::span<const MethodDef> objectBuiltins() {
  return kFunctions;
}

} // namespace pyc::rt
