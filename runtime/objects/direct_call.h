// Calls of what mostly is a Python function with native code: straight to that, with the arguments
// in registers. Everything else is called in the general way, with the same meaning.
#pragma once

#include "runtime/objects/function.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/recursion.h"

namespace pyc::rt {

/// callee(*arguments). The caller holds the callee.
template <class... Arguments>
[[gnu::always_inline]] inline Ref callDirectly(Value callee, Arguments... arguments) {
  if (PYC_LIKELY(hasShape(callee, kShapeFunction))) {
    FunctionObject* function = asFunction(callee);
    using Entry = Value (*)(FunctionObject*, Arguments...); // abi/native.h
    if (PYC_LIKELY(function->directArgs == sizeof...(arguments) && function->nativeEntry))
      return checkRecursion(" while calling a Python object")
                 ? Ref::steal(
                       reinterpret_cast<Entry>(function->nativeEntry)(function, arguments...))
                 : Ref();
  }
  Value all[] = {arguments..., Value()};
  return call(callee, all, sizeof...(arguments));
}

/// Calls a method that only the object's class has a say in, as callSpecial does; `method`: what
/// the class has under the name.
template <class... Arguments>
inline Ref callSpecialDirectly(Value object, StrObject* name, Value method, bool& found,
                               Arguments... arguments) {
  if (PYC_LIKELY(method && hasShape(method, kShapeFunction))) {
    found = true;
    Ref held = Ref::copy(method); // it may be replaced while it runs
    return callDirectly(method, object, arguments...);
  }
  Value all[] = {arguments..., Value()};
  return callSpecial(object, name, all, sizeof...(arguments), found);
}

} // namespace pyc::rt
