// repr() of modules: by the spec that the import system left, or by __name__, __file__, __loader__.
#include "runtime/objects/module.h"
#include "runtime/objects/protocol.h"

namespace pyc::rt {

namespace {

/// An attribute, null when it is missing or can't be read.
Ref attribute(Value object, StrObject* name) {
  Ref result;
  if (!findAttr(object, name, result))
    clearRaised();
  return result;
}

bool isSet(const Ref& value) {
  return value && !value.isNone();
}

Ref reprWithLoader(Value name, const Ref& loader) {
  if (!isSet(loader))
    return formatText("<module %R>", name);
  // Namespace packages have no file; their loader knows the folders.
  if (Ref path = attribute(loader, names::_path)) {
    PYC_TRY(folders, sequenceList(path));
    return formatText("<module %R (namespace) from %R>", name, folders.get());
  }
  return formatText("<module %R (%R)>", name, loader.get());
}

Ref reprFromSpec(Value spec) {
  Ref name = attribute(spec, names::name);
  if (!isSet(name))
    name = makeStr("?");
  if (!name)
    return {};
  Ref origin = attribute(spec, names::origin);
  if (!isSet(origin))
    return reprWithLoader(name, attribute(spec, names::loader));
  Ref hasLocation = attribute(spec, names::has_location);
  bool located = false;
  if (hasLocation && !truth(hasLocation, located))
    return {};
  return located ? formatText("<module %R from %R>", name.get(), origin.get())
                 : formatText("<module %R (%S)>", name.get(), origin.get());
}

} // namespace

Ref reprModule(Value module) {
  DictObject* dict = moduleDict(module);
  if (!dict)
    return {};
  Ref spec = Ref::copy(dictFindStr(dict, names::__spec__));
  if (isSet(spec))
    return reprFromSpec(spec);
  Ref name = Ref::copy(dictFindStr(dict, names::__name__));
  if (!name)
    name = makeStr("?");
  Ref file = Ref::copy(dictFindStr(dict, names::__file__));
  if (file)
    return formatText("<module %R from %R>", name.get(), file.get());
  return reprWithLoader(name, Ref::copy(dictFindStr(dict, names::__loader__)));
}

} // namespace pyc::rt
