#include "runtime/interp/match.h"

#include "runtime/objects/dict.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/set.h"
#include "runtime/objects/str.h"
#include "runtime/objects/tuple.h"

#include <vector>

namespace pyc::rt {

namespace {

/// Names or keys that were seen, to find repetitions.
bool addOnce(Value seen, Value item, bool& isNew) {
  bool present;
  if (!setContains(asSet(seen), item, present))
    return false;
  isNew = !present;
  return present || setAdd(asSet(seen), item);
}

/// Owned values on their way into a tuple.
class Items {
public:
  ~Items() {
    for (Value item : items_)
      decref(item);
  }
  void push(Ref item) { items_.push_back(item.release()); }
  Ref finish() {
    Ref tuple = makeTupleStealing(items_.data(), items_.size());
    items_.clear();
    return tuple;
  }

private:
  std::vector<Value> items_;
};

/// mapping.get(key, sentinel), which does not make defaultdicts grow.
bool lookUp(Value subject, Value key, Ref& result) {
  if (hasShape(subject, kShapeDict))
    return dictGet(asDict(subject), key, result);
  PYC_TRY(getter, getAttr(subject, names::get));
  PYC_TRY(sentinel, call(&objectType.header));
  result = call(getter, key, sentinel);
  if (result && result.get() == sentinel.get())
    result = Ref();
  return !isRaised();
}

} // namespace

Ref matchKeys(Value subject, Value keys) {
  PYC_TRY(seen, newSet());
  Items values;
  for (int64_t k = 0; k < asTuple(keys)->count; ++k) {
    Value key = asTuple(keys)->items()[k];
    bool isNew;
    if (!addOnce(seen, key, isNew))
      return {};
    if (!isNew)
      return raise(valueErrorType, "mapping pattern checks duplicate key (%R)", key);
    Ref value;
    if (!lookUp(subject, key, value))
      return {};
    if (!value)
      return Ref::none();
    values.push(std::move(value));
  }
  return values.finish();
}

namespace {

class ClassMatcher {
public:
  ClassMatcher(Value subject, Value cls) : subject_(subject), cls_(cls) {}

  /// 1: all there, 0: no match, -1: raised.
  int positional(unsigned count) {
    Ref matchArgs;
    if (!findAttr(cls_, names::__match_args__, matchArgs))
      return -1;
    if (!matchArgs)
      return positionalSelf(count);
    if (!hasShape(matchArgs, kShapeTuple))
      return fail(raise(typeErrorType, "%N.__match_args__ must be a tuple (got %T)", cls_,
                        matchArgs.get()));
    int64_t allowed = matchArgs.as<TupleObject>()->count;
    if (count > allowed)
      return tooMany(allowed, count);
    for (unsigned k = 0; k < count; ++k) {
      Value name = matchArgs.as<TupleObject>()->items()[k];
      if (!hasShape(name, kShapeStr))
        return fail(raise(typeErrorType, "__match_args__ elements must be strings (got %T)", name));
      if (int found = attribute(name); found <= 0)
        return found;
    }
    return 1;
  }

  int attribute(Value name) {
    if (!seen_ && !(seen_ = newSet()))
      return -1;
    bool isNew;
    if (!addOnce(seen_, name, isNew))
      return -1;
    if (!isNew)
      return fail(
          raise(typeErrorType, "%N() got multiple sub-patterns for attribute %R", cls_, name));
    Ref value;
    if (!findAttr(subject_, asStr(name), value))
      return -1;
    if (!value)
      return 0;
    values_.push(std::move(value));
    return 1;
  }

  Ref finish() { return values_.finish(); }

private:
  static int fail(Raised) { return -1; }
  int tooMany(int64_t allowed, unsigned count) {
    return fail(raise(typeErrorType, "%N() accepts %lld positional sub-pattern%s (%d given)", cls_,
                      static_cast<long long>(allowed), allowed == 1 ? "" : "s",
                      static_cast<int>(count)));
  }
  /// int(x): the built-in types match themselves.
  int positionalSelf(unsigned count) {
    bool self = (asType(cls_)->flags & kTypeMatchSelf) != 0;
    if (count > (self ? 1 : 0))
      return tooMany(self ? 1 : 0, count);
    if (count)
      values_.push(Ref::copy(subject_));
    return 1;
  }

  Value subject_, cls_;
  Ref seen_;
  Items values_;
};

} // namespace

Ref matchClass(Value subject, Value cls, unsigned count, Value names) {
  if (!isType(cls))
    return raise(typeErrorType, "called match pattern must be a class");
  bool matches;
  if (!isInstanceOf(subject, cls, matches))
    return {};
  if (!matches)
    return Ref::none();
  ClassMatcher matcher(subject, cls);
  if (count)
    if (int found = matcher.positional(count); found <= 0)
      return found < 0 ? Ref() : Ref::none();
  for (int64_t k = 0; k < asTuple(names)->count; ++k)
    if (int found = matcher.attribute(asTuple(names)->items()[k]); found <= 0)
      return found < 0 ? Ref() : Ref::none();
  return matcher.finish();
}

Ref copyWithoutKeys(Value subject, Value keys) {
  PYC_TRY(copy, newDict());
  if (!dictUpdate(asDict(copy), subject))
    return {};
  for (int64_t k = 0; k < asTuple(keys)->count; ++k) {
    bool removed;
    if (!dictRemove(asDict(copy), asTuple(keys)->items()[k], removed))
      return {};
  }
  return copy;
}

} // namespace pyc::rt
