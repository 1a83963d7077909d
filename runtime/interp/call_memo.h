// What a place in native code remembers of what it calls, so that calls which need defaults,
// keywords, *args or an instance get to the native code of a Python function without binding the
// arguments anew.
#pragma once

#include "runtime/objects/function.h"
#include "runtime/objects/instance_memory.h"

namespace pyc::rt {

struct ArgumentLayout;

/// Zeroed at first. What it refers to is never changed, nor freed, once another thread may see it:
/// so a place that sees one callee after the other gets only a few of each.
struct CallMemo {
  /// The class called last. Shape 0: its instances are what `init`, its __new__, returns for the
  /// class and the arguments; nothing is left to do if that is an instance of just this class.
  const ConstructionCache* construction;
  const ArgumentLayout* layout; // how the arguments become the parameters of a function
  uint32_t constructions, layouts;
};
static_assert(sizeof(CallMemo) <= 32); // what the compiler has zeroed (abi/native.h)

/// callee(*args, **keywords) where that is a Python function with native code, or a class whose
/// __init__ or __new__ is one, and the arguments fit. `argc`: the positional ones, `kwnames`: the
/// constant of this place, or null. False, with nothing done, for all else. The caller holds callee
/// and arguments.
bool callRemembering(CallMemo& memo, Value callee, const Value* args, size_t argc, Value kwnames,
                     Ref& result);

/// What the place remembers of the class; null when it may change nothing about how it is called.
const ConstructionCache* constructionAt(CallMemo& memo, TypeObject* type);

} // namespace pyc::rt
