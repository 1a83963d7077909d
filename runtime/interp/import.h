// What the import uops do. Defined by runtime/modules (import*.cpp), which knows where modules come
// from.
#pragma once

#include "runtime/interp/frame.h"

namespace pyc::rt {

/// `import name` and `from name import ...` in a frame: __import__ when builtins were changed, else
/// the import system. `fromList` is None or a tuple.
Ref importName(Frame* frame, StrObject* name, Value fromList, int level);
/// The same where PEP 810 may make it lazy: the mode, a filter, __lazy_modules__. `lazy`: written
/// `lazy import`.
Ref importNameLazily(Frame* frame, StrObject* name, Value fromList, int level, bool lazy);
/// `from module import name`, also from a lazy module.
Ref importFrom(Frame* frame, Value module, StrObject* name);
/// `from module import *` into the frame's namespace.
bool importStar(Frame* frame, Value module);
/// The object that a lazy import stands for; imports it now.
Ref resolveLazyImport(Value lazyImport);

} // namespace pyc::rt
