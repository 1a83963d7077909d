// What becomes of a warning: the filters and the registries of warnings that were shown. The module
// `_warnings` shows this state; `warnings`, once it is imported, may replace its parts.
#pragma once

#include "runtime/objects/protocol.h"

namespace pyc::rt {

/// Where a warning is said to come from.
struct WarningPlace {
  Ref fileName, module; // module: null: by the file's name
  Ref registry;         // dict, or None
  Value line = Value::fromInt(1);
};

/// A warning on its way: `message` is a text or an instance of Warning, which decides about the
/// category then. `source` may be null. False when it became an exception.
bool warnExplicitly(Value category, Value message, const WarningPlace& place, Value source);

/// The state, made on first use. False with MemoryError.
bool openWarningState();
Value warningFilters();       // list
Value warningOnceRegistry();  // dict
Value warningDefaultAction(); // str
/// The context variable that holds the filters of a context; set when `_warnings` is imported.
void setWarningContext(Value variable);

/// The lock around the filters, which a thread may take again.
void lockWarnings();
/// False with RuntimeError when this thread does not hold it.
bool unlockWarnings();
/// Makes all registries old; false with RuntimeError when this thread does not hold the lock.
bool warningFiltersChanged();

} // namespace pyc::rt
