// What writing and reading pickles share: exceptions, look-up of modules and their contents.
#include "runtime/modules/exception_type.h"
#include "runtime/modules/pickle_parts.h"
#include "runtime/modules/system.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/module.h"
#include "runtime/objects/protocol.h"

namespace pyc::rt::pickle {

constinit TypeObject pickleErrorType = moduleException("_pickle.PickleError", exceptionType);
constinit TypeObject picklingErrorType = moduleException("_pickle.PicklingError", pickleErrorType);
constinit TypeObject unpicklingErrorType =
    moduleException("_pickle.UnpicklingError", pickleErrorType);

Ref importedValue(const char* module, const char* name) {
  PYC_TRY(imported, moduleImporter(internLiteral(module)));
  return getAttr(imported, internLiteral(name));
}

Ref moduleNamed(Value name) {
  if (!isStr(name))
    return raise(typeErrorType, "module name must be a string");
  if (asStr(name)->length == 0)
    return raise(valueErrorType, "Empty module name");
  PYC_TRY(interned, intern(name));
  Ref loaded;
  if (DictObject* modules = modulesDict(); modules && !dictGet(modules, interned, loaded))
    return {};
  return loaded && !loaded.isNone() ? std::move(loaded) : moduleImporter(asStr(interned));
}

Ref valueAtPath(Value module, StrObject* path, Ref* parent) {
  Ref value = Ref::copy(module);
  for (int64_t start = 0; start <= path->length;) {
    int64_t dot = strFind(path, names::dot, start, path->length);
    int64_t stop = dot < 0 ? path->length : dot;
    PYC_TRY(part, strSlice(path, start, stop));
    PYC_TRY(found, getAttr(value, asStr(part)));
    if (parent)
      *parent = Ref::copy(value);
    value = std::move(found);
    start = stop + 1;
  }
  return value;
}

void chainTo(Ref context) {
  Ref raised = takeRaised();
  chainContext(raised, context);
  restoreRaised(std::move(raised));
}

bool compatible(const char* mapping, Value key, Ref& found) {
  Ref map = importedValue("_compat_pickle", mapping);
  if (!map)
    return false;
  if (!isDict(map))
    return raise(runtimeErrorType, "_compat_pickle.%s should be a dict, not %Q", mapping,
                 Value(map));
  return dictGet(asDict(map), key, found);
}

InUse::InUse(bool& flag, const char* what) {
  if (__atomic_exchange_n(&flag, true, __ATOMIC_ACQUIRE))
    raise(runtimeErrorType, "%s object is already used", what);
  else
    flag_ = &flag;
}
InUse::~InUse() {
  if (flag_)
    __atomic_store_n(flag_, false, __ATOMIC_RELEASE);
}

Ref makeMemoProxy(TypeObject* type, Value owner) {
  Ref proxy = Ref::steal(allocObject(type));
  if (proxy)
    setField(proxy.as<MemoProxyObject>()->owner, owner);
  return proxy;
}
void clearMemoProxy(Object* self) {
  clearField(reinterpret_cast<MemoProxyObject*>(self)->owner);
}
void deallocMemoProxy(Object* self) {
  clearMemoProxy(self);
  freeObject(self);
}
void traverseMemoProxy(Object* self, Visitor& visitor) {
  if (Value owner = ownerOf(Value(self)))
    visitor.visit(owner);
}

} // namespace pyc::rt::pickle
