// Names of types as str objects.
#pragma once

#include "runtime/objects/type.h"

namespace pyc::rt {

/// __name__, __qualname__.
Ref typeNameStr(TypeObject* type);
Ref typeQualifiedName(TypeObject* type);
/// __module__; null with nothing raised where a class has none. Of a class it may be no str.
Ref typeModuleName(TypeObject* type);
/// "module.qualname", or the qualified name alone for builtins; what repr() shows.
Ref fullTypeName(TypeObject* type);

} // namespace pyc::rt
