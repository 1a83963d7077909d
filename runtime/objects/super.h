// super: attribute look-up that starts behind a class in an object's MRO.
#pragma once

#include "runtime/objects/code.h"

namespace pyc::rt {

struct SuperObject {
  Object header;
  Value type;       // the class to start behind; null before __init__
  Value object;     // the instance or class bound to; null: unbound
  Value objectType; // whose MRO is searched; null: unbound
};

/// super(type, object); object null for an unbound one. TypeError when they do not fit.
Ref makeSuper(Value type, Value object);
/// As loadMethod of a super object that leads to a plain method: function and object (owned). False
/// with nothing done for all else.
bool superFindMethod(Value super, StrObject* name, Value out[2]);

/// What a place that calls super().name() remembers of one kind of object: the method behind the
/// class. Valid while the object has the shape; emptied by typeModified.
struct SuperWay {
  AttrCache method;
  Value type; // the class that stands in __class__, borrowed: the object's class keeps it alive
};
inline constexpr uint32_t kSuperWays = 2;
struct SuperCache {
  SuperWay ways[kSuperWays];
};

/// loadMethod of a super object, remembering what leads to a plain method.
bool loadSuperMethod(Value super, StrObject* name, SuperCache& cache, Value out[2]);

} // namespace pyc::rt
