#include "runtime/interp/match.h"

#include "runtime/objects/dict.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/set.h"
#include "runtime/objects/shared_attrs.h"
#include "runtime/objects/small_array.h"
#include "runtime/objects/str.h"
#include "runtime/objects/tuple.h"

#include <algorithm>
#include <utility>

namespace pyc::rt {

namespace {

/// Names or keys that were seen, to find repetitions. Whoever adds them keeps them.
class Distinct {
public:
  explicit Distinct(size_t most) : plain_(most) {}
  explicit operator bool() const { return static_cast<bool>(plain_); }

  bool add(Value item, bool& isNew) {
    if (set_ || !isPlain(item))
      return addToSet(item, isNew);
    isNew = std::none_of(plain_.data(), plain_.data() + count_,
                         [&](Value earlier) { return areSame(earlier, item); });
    if (isNew)
      plain_[count_++] = item;
    return true;
  }

private:
  /// Of these it can be told without their methods whether two are equal.
  static bool isPlain(Value item) { return item.isInt() || hasShape(item, kShapeStr); }
  static bool areSame(Value a, Value b) {
    return a == b || (!a.isInt() && !b.isInt() && strEquals(asStr(a), asStr(b)));
  }
  bool addToSet(Value item, bool& isNew) {
    if (!set_ && !moveToSet())
      return false;
    bool present;
    if (!setContains(asSet(set_), item, present))
      return false;
    isNew = !present;
    return present || setAdd(asSet(set_), item);
  }
  bool moveToSet() {
    Ref set = newSet();
    for (size_t i = 0; set && i < count_; ++i)
      if (!setAdd(asSet(set), plain_[i]))
        return false;
    set_ = std::move(set);
    return static_cast<bool>(set_);
  }

  SmallArray<Value, 8> plain_;
  size_t count_ = 0;
  Ref set_;
};

/// Owned values on their way into a tuple.
class Items {
public:
  explicit Items(size_t most) : items_(most) {}
  ~Items() {
    for (size_t i = 0; i < count_; ++i)
      decref(items_[i]);
  }
  explicit operator bool() const { return static_cast<bool>(items_); }
  void push(Ref item) { items_[count_++] = item.release(); }
  Ref finish() { return makeTupleStealing(items_.data(), std::exchange(count_, 0)); }

private:
  SmallArray<Value, 8> items_;
  size_t count_ = 0;
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
  auto count = static_cast<size_t>(asTuple(keys)->count);
  Distinct seen(count);
  Items values(count);
  if (!seen || !values)
    return raiseMemoryError();
  for (size_t k = 0; k < count; ++k) {
    Value key = asTuple(keys)->items()[k];
    bool isNew;
    if (!seen.add(key, isNew))
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
  ClassMatcher(Value subject, Value cls, size_t most)
      : subject_(subject), cls_(cls), seen_(most), values_(most) {}
  explicit operator bool() const { return seen_ && values_; }

  /// 1: all there, 0: no match, -1: raised.
  int positional(unsigned count) {
    if (!findMatchArgs())
      return -1;
    if (!matchArgs_)
      return positionalSelf(count);
    if (!hasShape(matchArgs_, kShapeTuple))
      return fail(raise(typeErrorType, "%N.__match_args__ must be a tuple (got %T)", cls_,
                        matchArgs_.get()));
    int64_t allowed = asTuple(matchArgs_)->count;
    if (count > allowed)
      return tooMany(allowed, count);
    for (unsigned k = 0; k < count; ++k) {
      Value name = asTuple(matchArgs_)->items()[k];
      if (!hasShape(name, kShapeStr))
        return fail(raise(typeErrorType, "__match_args__ elements must be strings (got %T)", name));
      if (int found = attribute(name); found <= 0)
        return found;
    }
    return 1;
  }

  int attribute(Value name) {
    bool isNew;
    if (!seen_.add(name, isNew))
      return -1;
    if (!isNew)
      return fail(
          raise(typeErrorType, "%N() got multiple sub-patterns for attribute %R", cls_, name));
    Ref value;
    if (!findAttrShared(subject_, asStr(name), value))
      return -1;
    if (!value)
      return 0;
    values_.push(std::move(value));
    return 1;
  }

  Ref finish() { return values_.finish(); }

private:
  static int fail(Raised) { return -1; }
  /// cls.__match_args__; a tuple in the class, as a class statement leaves it, is found at once.
  bool findMatchArgs() {
    if (typeOf(cls_) == &typeType)
      if (Value found = findInType(asType(cls_), names::__match_args__);
          found && hasShape(found, kShapeTuple)) {
        matchArgs_ = Ref::copy(found);
        return true;
      }
    return findAttr(cls_, names::__match_args__, matchArgs_);
  }
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
  Ref matchArgs_;
  Distinct seen_;
  Items values_;
};

} // namespace

Ref matchClass(Value subject, Value cls, unsigned count, Value names) {
  if (!isType(cls))
    return raise(typeErrorType, "class pattern must refer to a class");
  bool matches;
  if (!isInstanceOf(subject, cls, matches))
    return {};
  if (!matches)
    return Ref::none();
  auto named = static_cast<size_t>(asTuple(names)->count);
  if (count + named == 0)
    return makeTuple(nullptr, 0);
  ClassMatcher matcher(subject, cls, count + named);
  if (!matcher)
    return raiseMemoryError();
  if (count)
    if (int found = matcher.positional(count); found <= 0)
      return found < 0 ? Ref() : Ref::none();
  for (size_t k = 0; k < named; ++k)
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
