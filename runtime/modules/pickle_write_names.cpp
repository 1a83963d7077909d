// Writing classes, functions and the like: by the name under which a module has them.
#include "runtime/modules/pickle_writer.h"
#include "runtime/modules/system.h"
#include "runtime/objects/codecs.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/int.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/tuple.h"

#include <algorithm>
#include <string>

namespace pyc::rt::pickle {

/// The path by which a class has what is private in it: "A.__b" as "A._A__b".
static Ref privatePath(StrObject* path) {
  std::string storage, result;
  std::string_view text = utf8View(path, storage), owner;
  if (text.find(".__") == text.npos)
    return Ref::copy(path);
  for (size_t start = 0; start <= text.size();) {
    size_t stop = std::min(text.find('.', start), text.size());
    std::string_view part = text.substr(start, stop - start);
    size_t bare = owner.find_first_not_of('_');
    if (start > 0)
      result += '.';
    if (part.starts_with("__") && !part.ends_with("__") && bare != owner.npos)
      result.append("_").append(owner.substr(bare));
    result += part;
    owner = part;
    start = stop + 1;
  }
  return makeStr(result);
}

/// The name of the module that has the object.
Ref Writer::moduleOf(Value object, StrObject* path) {
  Ref name;
  if (!findAttr(object, names::__module__, name))
    return {};
  if (name && isExactStr(name) && hasShape(object, kShapeBuiltinFunction))
    return moduleOfFunction(name);
  if (name && !name.isNone())
    return name;
  PYC_TRY(modules, dictCopy(modulesDict()));
  int64_t position = 0;
  Value key, module;
  while (dictNext(asDict(modules), position, key, module)) {
    if (!isStr(key) || module.isNone() || strEquals(asStr(key), "__main__") ||
        strEquals(asStr(key), "__mp_main__"))
      continue;
    Ref found = valueAtPath(module, path);
    if (!found)
      clearRaised();
    else if (found.get() == object)
      return Ref::copy(key);
  }
  return Ref::copy(names::__main__);
}

/// In CPython the name that a module's functions have is not the object that its classes have: a
/// pickle has it twice.
Ref Writer::moduleOfFunction(Value name) {
  Ref own;
  if (!functionModules_ && !(functionModules_ = newDict()))
    return {};
  if (!dictGet(asDict(functionModules_), name, own) || own)
    return own;
  std::string storage;
  own = makeStr(utf8View(name, storage));
  return own && dictSet(asDict(functionModules_), name, own) ? std::move(own) : Ref();
}

/// The object must be what a reader will find under its name.
static bool checkFound(Value object, Value moduleName, StrObject* path) {
  Ref module = moduleNamed(moduleName);
  if (!module) {
    if (!isStr(moduleName))
      return false;
    PYC_TRY(text, str(thisThread().raised));
    return raiseOver(picklingErrorType, "Can't pickle %R: %S", object, text.get());
  }
  Ref found = valueAtPath(module, path);
  if (!found) {
    if (!isRaised(attributeErrorType))
      return false;
    return raiseOver(picklingErrorType, "Can't pickle %R: it's not found as %S.%S", object,
                     moduleName, Value(path));
  }
  return found.get() == object ||
         raise(picklingErrorType, "Can't pickle %R: it's not the same object as %S.%S", object,
               moduleName, Value(path));
}

/// The short form of what copyreg.add_extension() was told of.
bool Writer::saveExtension(Value object, Value module, Value name, bool& isDone) {
  isDone = false;
  if (!extensionRegistry_) {
    extensionRegistry_ = importedValue("copyreg", "_extension_registry");
    if (!extensionRegistry_)
      return false;
  }
  if (!isDict(extensionRegistry_) || asDict(extensionRegistry_)->count == 0)
    return true;
  PYC_TRY(key, tupleOf(module, name));
  Ref number;
  if (!dictGet(asDict(extensionRegistry_), key, number) || !number)
    return !isRaised();
  int64_t code;
  if (!isInteger(number))
    return raise(picklingErrorType, "Can't pickle %R: extension code %R isn't an integer", object,
                 number.get());
  if (!intFits64(number, code) || code <= 0 || code > INT32_MAX)
    return raise(picklingErrorType, "Can't pickle %R: extension code %R is out of range", object,
                 number.get());
  Op op = code < 0x100 ? Op::Ext1 : code < 0x10000 ? Op::Ext2 : Op::Ext4;
  out_.op(op, static_cast<uint64_t>(code), op == Op::Ext1 ? 1 : op == Op::Ext2 ? 2 : 4);
  isDone = true;
  return true;
}

bool Writer::saveIdentifier(Value text, const char* what) {
  bool isUtf8 = settings_.protocol >= 3;
  std::string bytes;
  if (!encodeText(asStr(text), isUtf8 ? Encoding::Utf8 : Encoding::Ascii, {}, bytes)) {
    if (!isRaised(unicodeEncodeErrorType))
      return false;
    return raiseOver(picklingErrorType, "can't pickle %s identifier %R using pickle protocol %d",
                     what, text, settings_.protocol);
  }
  out_.text(bytes + '\n');
  return true;
}

/// Python 2's names, of modules that have moved since.
static bool oldNames(Ref& module, Ref& name) {
  PYC_TRY(key, tupleOf(module, name));
  Ref found;
  if (!compatible("REVERSE_NAME_MAPPING", key, found))
    return false;
  if (found) {
    if (!isTuple(found) || asTuple(found)->count != 2 || !isStr(asTuple(found)->items()[0]) ||
        !isStr(asTuple(found)->items()[1]))
      return raise(runtimeErrorType,
                   "_compat_pickle.REVERSE_NAME_MAPPING values should be 2-tuples, not %Q",
                   found.get());
    module = Ref::copy(asTuple(found)->items()[0]);
    name = Ref::copy(asTuple(found)->items()[1]);
    return true;
  }
  if (!compatible("REVERSE_IMPORT_MAPPING", module, found))
    return false;
  if (found && !isStr(found))
    return raise(runtimeErrorType,
                 "_compat_pickle.REVERSE_IMPORT_MAPPING values should be strings, not %Q",
                 found.get());
  if (found)
    module = std::move(found);
  return true;
}

/// Before protocol 4: two lines.
bool Writer::saveLine(Value, Value module, Value name) {
  Ref moduleText = Ref::copy(module), nameText = Ref::copy(name);
  if (settings_.protocol < 3 && settings_.fixImports && !oldNames(moduleText, nameText))
    return false;
  out_.op(Op::Global);
  return saveIdentifier(moduleText, "module") && saveIdentifier(nameText, "global");
}

/// Before protocol 4, something inside of a class: by getattr() for each step.
bool Writer::savePath(Value object, Value module, StrObject* path) {
  PYC_TRY(getter, getBuiltin(names::getattr));
  PYC_TRY(parts, callMethod(path, names::split, names::dot));
  ListObject* list = asList(parts);
  for (int64_t i = 1; i < list->count; ++i) {
    if (!save(getter))
      return false;
    if (settings_.protocol < 2)
      out_.op(Op::Mark);
  }
  Ref first = listGet(list, 0);
  if (!saveLine(object, module, first))
    return false;
  for (int64_t i = 1; i < list->count; ++i) {
    Ref part = listGet(list, i);
    if (!save(part))
      return false;
    out_.op(settings_.protocol < 2 ? Op::Tuple : Op::Tuple2);
    out_.op(Op::Reduce);
  }
  return memoize(object);
}

bool Writer::saveGlobal(Value object, Value name) {
  Ref path = Ref::copy(name);
  if (!path && (!findAttr(object, names::__qualname__, path) ||
                (!path && !(path = getAttr(object, names::__name__)))))
    return false;
  if (!isStr(path))
    return raise(typeErrorType, "attribute name must be string, not '%T'", path.get());
  if (strFind(asStr(path), internLiteral("<locals>"), 0, asStr(path)->length) >= 0) {
    PYC_TRY(parts, callMethod(path, names::split, names::dot));
    bool isLocal = false;
    if (!contains(parts, internLiteral("<locals>"), isLocal))
      return false;
    if (isLocal)
      return raise(picklingErrorType, "Can't pickle local object %R", object);
  }
  if (!name && !(path = privatePath(asStr(path))))
    return false;
  PYC_TRY(module, moduleOf(object, asStr(path)));
  if (!checkFound(object, module, asStr(path)))
    return false;
  bool isDone = false;
  if (settings_.protocol >= 2 && (!saveExtension(object, module, path, isDone) || isDone))
    return isDone;
  if (settings_.protocol >= 4) {
    if (!save(module) || !save(path))
      return false;
    out_.op(Op::StackGlobal);
    return memoize(object);
  }
  if (strFind(asStr(path), names::dot, 0, asStr(path)->length) >= 0)
    return savePath(object, module, asStr(path));
  return saveLine(object, module, path) && memoize(object);
}

bool Writer::saveType(Value type) {
  for (Value singleton : {Value::none(), Value::notImplemented(), Value::ellipsis()})
    if (type == Value(typeOf(singleton)))
      return saveReduced(typeType, singleton, type);
  return saveGlobal(type, Value());
}

} // namespace pyc::rt::pickle
