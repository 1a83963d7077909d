// Structural pattern matching (uops_match.td).
#include "runtime/interp/match.h"
#include "runtime/interp/uops/vocabulary.h"

namespace pyc::rt {

UOP(MatchSequence) {
  OPERANDS(MatchSequence);
  SET_NEXT(dst, Value::fromBool(hasTypeFlag(IN(subject), kTypeSequence)));
}

UOP(MatchMapping) {
  OPERANDS(MatchMapping);
  SET_NEXT(dst, Value::fromBool(hasTypeFlag(IN(subject), kTypeMapping)));
}

UOP(MatchKeys) {
  OPERANDS(MatchKeys);
  SAVE_PC();
  Value result = matchKeys(IN(subject), IN(keys)).release();
  if (!result)
    RAISE();
  SET(dst, result);
  NEXT();
}

UOP(MatchClass) {
  OPERANDS(MatchClass);
  SAVE_PC();
  Value cls = IN(cls), keywords = IN(names);
  Value result = matchClass(IN(subject), cls, i.count, keywords).release();
  if (!result)
    RAISE();
  consumeRegister(i.cls, cls);
  consumeRegister(i.names, keywords);
  SET(dst, result);
  NEXT();
}

UOP(GetLen) {
  OPERANDS(GetLen);
  SAVE_PC();
  int64_t count;
  if (!length(IN(object), count))
    RAISE();
  SET(dst, Value::fromInt(count));
  NEXT();
}

UOP(CopyDictWithoutKeys) {
  OPERANDS(CopyDictWithoutKeys);
  SAVE_PC();
  Value result = copyWithoutKeys(IN(subject), IN(keys)).release();
  if (!result)
    RAISE();
  SET(dst, result);
  NEXT();
}

} // namespace pyc::rt
