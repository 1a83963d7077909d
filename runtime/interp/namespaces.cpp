#include "runtime/interp/namespaces.h"

#include "runtime/interp/frame.h"
#include "runtime/objects/dict_table.h"
#include "runtime/objects/errors.h"

namespace pyc::rt {

DictObject* builtinsOf(DictObject* globals) {
  Value own = dictFindStr(globals, names::__builtins__);
  if (PYC_LIKELY(!own))
    return builtinsDict;
  if (isModule(own))
    return moduleDict(own);
  if (PYC_LIKELY(isBuiltinsMapping(own)))
    return own.as<DictObject>();
  raise(typeErrorType, "'%T' object is not subscriptable", own);
  return nullptr;
}

DictObject* currentGlobals() {
  Frame* frame = thisThread().frame;
  return frame ? frame->globals : nullptr;
}

} // namespace pyc::rt
