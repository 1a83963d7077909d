// BaseExceptionGroup and ExceptionGroup (PEP 654).
#include "runtime/objects/exception_fields.h"
#include "runtime/objects/generic_alias.h"
#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/recursion.h"
#include "runtime/objects/str.h"

#include <algorithm>
#include <vector>

namespace pyc::rt {

namespace {

ExceptionGroupObject* asGroup(Value value) {
  return value.as<ExceptionGroupObject>();
}
TupleObject* membersOf(Value group) {
  return asTuple(asGroup(group)->exceptions);
}
bool isGroup(Value value) {
  return isInstance(value, &baseExceptionGroupType);
}

/// Checks what is grouped; `isPlain` says whether all are Exceptions.
bool checkMembers(TupleObject* members, bool& isPlain) {
  if (members->count == 0)
    return raise(valueErrorType, "second argument (exceptions) must be a non-empty sequence");
  isPlain = true;
  for (int64_t i = 0; i < members->count; i++) {
    Value member = members->items()[i];
    if (!isException(member))
      return raise(valueErrorType, "Item %lld of second argument (exceptions) is not an exception",
                   static_cast<long long>(i));
    isPlain = isPlain && isInstance(member, &exceptionType);
  }
  return true;
}

/// The type to make: a BaseExceptionGroup of Exceptions only is an ExceptionGroup.
TypeObject* chooseType(TypeObject* type, bool isPlain) {
  if (type == &baseExceptionGroupType)
    return isPlain ? &exceptionGroupType : type;
  if (isPlain)
    return type;
  if (type == &exceptionGroupType)
    return raise(typeErrorType, "Cannot nest BaseExceptions in an ExceptionGroup");
  if (isSubtype(type, &exceptionType))
    return raise(typeErrorType, "Cannot nest BaseExceptions in '%.200s'", type->name);
  return type;
}

/// A sequence other than a list or tuple is shown as it was when the group was made.
Ref textOfSequence(Value exceptions) {
  return isList(exceptions) || isTuple(exceptions) ? Ref::none() : repr(exceptions);
}

Ref createGroup(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  if (argc != 2)
    return raise(typeErrorType,
                 "BaseExceptionGroup.__new__() takes exactly 2 arguments (%zu given)", argc);
  if (!isStr(args[0]))
    return raise(typeErrorType, "BaseExceptionGroup.__new__() argument 1 must be str, not %T",
                 args[0]);
  if (!isList(args[1]) && (!typeOf(args[1])->slots.getItem || isDict(args[1])))
    return raise(typeErrorType, "second argument (exceptions) must be a sequence");
  PYC_TRY(text, textOfSequence(args[1]));
  PYC_TRY(members, sequenceTuple(args[1]));
  bool isPlain = true;
  if (!checkMembers(asTuple(members), isPlain))
    return {};
  type = chooseType(type, isPlain);
  if (!type)
    return {};
  PYC_TRY(result, createException(type, args, argc, {}));
  setField(asGroup(result)->message, args[0]);
  setField(asGroup(result)->exceptions, std::move(members));
  if (!text.isNone())
    setField(asGroup(result)->sequenceText, std::move(text));
  return result;
}

Ref strGroup(Value self) {
  int64_t count = membersOf(self)->count;
  return formatText("%S (%lld sub-exception%s)", asGroup(self)->message,
                    static_cast<long long>(count), count > 1 ? "s" : "");
}

Ref reprGroup(Value self) {
  ExceptionGroupObject* group = asGroup(self);
  Ref text = Ref::copy(group->sequenceText);
  if (!text) {
    Value args = group->base.args;
    bool wasList = args && asTuple(args)->count == 2 && isList(asTuple(args)->items()[1]);
    Ref shown = wasList ? sequenceList(group->exceptions) : Ref::copy(group->exceptions);
    if (!shown)
      return {};
    text = repr(shown);
    if (!text)
      return {};
  }
  return formatText("%s(%R, %S)", typeName(self), group->message, text.get());
}

Ref derive(const Value* args) {
  return call(Value(&baseExceptionGroupType), asGroup(args[0])->message, args[1]);
}

/// Notes go along when a group is split: a copy of them, for each part to grow on its own.
bool copyNotes(Value from, Value to) {
  Ref notes;
  if (!findAttr(from, names::__notes__, notes))
    return false;
  if (!notes || !(isList(notes) || isTuple(notes)))
    return true;
  Ref copy = sequenceList(notes);
  return copy && setAttr(to, names::__notes__, copy);
}

/// A group like `group` with some of its members; null with nothing raised when there are none.
bool makeSubset(Value group, const std::vector<Ref>& members, Ref& result) {
  result = Ref();
  if (members.empty())
    return true;
  Ref list = newList(members.size());
  for (const Ref& member : members)
    if (!list || !listAppend(asList(list), member))
      return false;
  result = callMethod(group, names::derive, list);
  if (!result)
    return false;
  if (!isGroup(result))
    return raise(typeErrorType, "derive must return an instance of BaseExceptionGroup");
  setField(asException(result)->traceback, asException(group)->traceback);
  setField(asException(result)->context, asException(group)->context);
  setField(asException(result)->cause, asException(group)->cause);
  asException(result)->suppressContext = true; // as every setting of a cause does
  return copyNotes(group, result);
}

/// Says which exceptions a split is about.
class Matcher {
public:
  /// A type, a tuple of types or a predicate; TypeError for anything else.
  bool init(Value matcher) {
    matcher_ = matcher;
    if (!isType(matcher) && isCallable(matcher)) {
      kind_ = Kind::Predicate;
      return true;
    }
    kind_ = Kind::Types;
    bool isGood = isExceptionType(matcher);
    if (isTuple(matcher)) {
      const Value* items = asTuple(matcher)->items();
      isGood = std::all_of(items, items + asTuple(matcher)->count, isExceptionType);
    }
    return isGood || raise(typeErrorType, "expected an exception type, a tuple of exception types, "
                                          "or a callable (other than a class)");
  }
  /// By identity.
  void initInstances(std::vector<Value> instances) {
    kind_ = Kind::Instances;
    instances_ = std::move(instances);
  }

  bool matches(Value exception, bool& result) const {
    switch (kind_) {
    case Kind::Types:
      result = isInstanceOfAny(exception);
      return true;
    case Kind::Predicate: {
      Ref answer = call(matcher_, exception);
      return answer && truth(answer, result);
    }
    case Kind::Instances:
      // Groups are looked into, whatever their own identity.
      result = !isGroup(exception) &&
               std::find(instances_.begin(), instances_.end(), exception) != instances_.end();
      return true;
    }
    return false;
  }

private:
  enum class Kind { Types, Predicate, Instances };

  static bool isExceptionType(Value value) {
    return isType(value) && (value.as<TypeObject>()->flags & kTypeIsException);
  }
  bool isInstanceOfAny(Value exception) const {
    if (!isTuple(matcher_))
      return isInstance(exception, matcher_.as<TypeObject>());
    const Value* items = asTuple(matcher_)->items();
    return std::any_of(items, items + asTuple(matcher_)->count,
                       [&](Value type) { return isInstance(exception, type.as<TypeObject>()); });
  }

  Kind kind_ = Kind::Types;
  Value matcher_;
  std::vector<Value> instances_;
};

/// Splits an exception or group; each part is null when there is nothing in it. Without `wantRest`
/// the rest is not made.
bool split(Value exception, const Matcher& matcher, bool wantRest, Ref& match, Ref& rest) {
  match = Ref();
  rest = Ref();
  bool isMatch = false;
  if (!matcher.matches(exception, isMatch))
    return false;
  if (isMatch) {
    match = Ref::copy(exception);
    return true;
  }
  if (!isGroup(exception)) {
    if (wantRest)
      rest = Ref::copy(exception);
    return true;
  }
  if (!checkRecursion(" in exceptiongroup_split_recursive"))
    return false;
  std::vector<Ref> matches, others;
  TupleObject* members = membersOf(exception);
  for (int64_t i = 0; i < members->count; i++) {
    Ref memberMatch, memberRest;
    if (!split(members->items()[i], matcher, wantRest, memberMatch, memberRest))
      return false;
    if (memberMatch)
      matches.push_back(std::move(memberMatch));
    if (memberRest)
      others.push_back(std::move(memberRest));
  }
  return makeSubset(exception, matches, match) &&
         (!wantRest || makeSubset(exception, others, rest));
}

Value orNone(const Ref& part) {
  return part ? part.get() : Value::none();
}

Ref splitMethod(const Value* args) {
  Matcher matcher;
  Ref match, rest;
  if (!matcher.init(args[1]) || !split(args[0], matcher, true, match, rest))
    return {};
  return tupleOf(orNone(match), orNone(rest));
}

Ref subgroupMethod(const Value* args) {
  Matcher matcher;
  Ref match, rest;
  if (!matcher.init(args[1]) || !split(args[0], matcher, false, match, rest))
    return {};
  return match ? std::move(match) : Ref::none();
}

const MethodDef kMethods[] = {
    {"__class_getitem__($type, item, /)", classGetItem, nullptr, MethodDef::Class, "See PEP 585"},
    {"derive($self, excs, /)", derive},
    {"split($self, matcher_value, /)", splitMethod},
    {"subgroup($self, matcher_value, /)", subgroupMethod},
};
const MemberDef kMembers[] = {
    {"message", offsetof(ExceptionGroupObject, message), MemberDef::ReadOnly, "exception message"},
    {"exceptions", offsetof(ExceptionGroupObject, exceptions), MemberDef::ReadOnly,
     "nested exceptions"},
};

using Fields =
    ExceptionFields<ExceptionGroupObject, &ExceptionGroupObject::message,
                    &ExceptionGroupObject::exceptions, &ExceptionGroupObject::sequenceText>;

} // namespace

bool splitExceptionGroup(Value exception, Value matcher, Ref& match, Ref& rest) {
  match = Ref();
  rest = Ref();
  Ref parts = callMethod(exception, names::split, matcher);
  if (!parts)
    return false;
  if (!isTuple(parts))
    return raise(typeErrorType, "%.200T.split must return a tuple, not %.200T", exception,
                 parts.get());
  if (asTuple(parts)->count < 2)
    return raise(typeErrorType, "%.200T.split must return a 2-tuple, got tuple of size %lld",
                 exception, static_cast<long long>(asTuple(parts)->count));
  const Value* items = asTuple(parts)->items();
  if (!items[0].isNone())
    match = Ref::copy(items[0]);
  if (!items[1].isNone())
    rest = Ref::copy(items[1]);
  return true;
}

/// Whether two exceptions are parts of one group that was split: they came along the same way.
static bool haveSameMetadata(Value a, Value b) {
  ExceptionObject* x = asException(a);
  ExceptionObject* y = asException(b);
  return x->traceback == y->traceback && x->cause == y->cause && x->context == y->context;
}

static void collectLeaves(Value exception, std::vector<Value>& leaves) {
  if (!isGroup(exception)) {
    leaves.push_back(exception);
    return;
  }
  TupleObject* members = membersOf(exception);
  for (int64_t i = 0; i < members->count; i++)
    collectLeaves(members->items()[i], leaves);
}

Ref prepReraiseStar(Value original, Value raisedList) {
  PYC_TRY(tuple, sequenceTuple(raisedList));
  const Value* items = asTuple(tuple)->items();
  int64_t count = asTuple(tuple)->count;
  if (count == 0)
    return Ref::none();
  // A naked exception was wrapped for the clauses; only one of them can have run.
  if (!isGroup(original))
    return Ref::copy(items[0]);
  std::vector<Value> raised, leavesKept;
  for (int64_t i = 0; i < count; i++) {
    if (items[i].isNone())
      continue;
    if (haveSameMetadata(items[i], original))
      collectLeaves(items[i], leavesKept);
    else
      raised.push_back(items[i]);
  }
  // What was not handled, or raised again as it was, keeps the original's structure.
  Matcher matcher;
  matcher.initInstances(std::move(leavesKept));
  Ref unhandled, rest;
  if (!split(original, matcher, false, unhandled, rest))
    return {};
  if (raised.empty())
    return unhandled ? std::move(unhandled) : Ref::none();
  if (unhandled)
    raised.push_back(unhandled);
  if (raised.size() == 1)
    return Ref::copy(raised[0]);
  PYC_TRY(list, makeList(raised.data(), raised.size()));
  return call(Value(&baseExceptionGroupType), names::empty, list);
}

extern "C" constinit TypeObject baseExceptionGroupType = {
    .name = "BaseExceptionGroup",
    .base = &baseExceptionType,
    .basicSize = sizeof(ExceptionGroupObject),
    .flags = kExceptionFlags,
    .methods = kMethods,
    .members = kMembers,
    .doc = "A combination of multiple unrelated exceptions.",
    .slots = {.dealloc = Fields::dealloc,
              .traverse = Fields::traverse,
              .clear = Fields::clear,
              .repr = reprGroup,
              .str = strGroup,
              .create = createGroup},
};

extern "C" constinit TypeObject exceptionGroupType = {
    .name = "ExceptionGroup",
    .base = &baseExceptionGroupType,
    .secondBase = &exceptionType,
    .basicSize = sizeof(ExceptionGroupObject),
    .flags = kExceptionFlags,
};

} // namespace pyc::rt
