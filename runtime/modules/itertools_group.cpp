// itertools.groupby and its groups, which read from one iterator.
#include "runtime/modules/itertools_parts.h"

namespace pyc::rt {

namespace {

struct GroupbyObject {
  Object header;
  Value iterator, function; // function: null when items are their own keys
  Value targetKey;          // of the group that was given out last
  Value currentKey;         // of currentItem
  Value currentItem;        // read, and not given out yet; or null
  const Object* group;      // the group that was given out last; not owned
  void each(auto f) {
    f(iterator);
    f(function);
    f(targetKey);
    f(currentKey);
    f(currentItem);
  }
};

struct GrouperObject {
  Object header;
  Value parent, targetKey;
  void each(auto f) {
    f(parent);
    f(targetKey);
  }
};

Ref createGroupby(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("groupby(iterable, key=None)");
  Value bound[2];
  if (!signature.bind(args, argc, kwnames, bound))
    return {};
  PYC_TRY(iterator, getIter(bound[0]));
  auto* groups = allocIterator<GroupbyObject>(type);
  if (!groups)
    return {};
  groups->iterator = iterator.release();
  if (bound[1] && !bound[1].isNone())
    groups->function = Ref::copy(bound[1]).release();
  return Ref::steal(groups);
}

/// Reads an item; false at the end and after errors.
bool step(GroupbyObject* groups) {
  Ref item = iterNext(groups->iterator);
  if (!item)
    return false;
  Ref key = groups->function ? call(groups->function, item) : Ref::copy(item);
  if (!key)
    return false;
  setField(groups->currentItem, std::move(item));
  setField(groups->currentKey, std::move(key));
  return true;
}

bool sameKey(Value left, Value right, bool& result) {
  Ref keepLeft = Ref::copy(left), keepRight = Ref::copy(right);
  return equalItems(keepLeft, keepRight, result);
}

Ref makeGroup(GroupbyObject* groups) {
  readyType(&grouperType);
  auto* group = allocIterator<GrouperObject>(&grouperType);
  if (!group)
    return {};
  group->parent = Ref::copy(groups).release();
  group->targetKey = Ref::copy(groups->targetKey).release();
  groups->group = &group->header;
  return Ref::steal(group);
}

Ref nextGroupby(Value self) {
  auto* groups = self.as<GroupbyObject>();
  groups->group = nullptr;
  // Items of the last group that nobody has read are passed over.
  for (;;) {
    if (groups->currentKey) {
      if (!groups->targetKey)
        break;
      bool isSame;
      if (!sameKey(groups->targetKey, groups->currentKey, isSame))
        return {};
      if (!isSame)
        break;
    }
    if (!step(groups))
      return {};
  }
  setField(groups->targetKey, groups->currentKey);
  Ref key = Ref::copy(groups->currentKey);
  PYC_TRY(group, makeGroup(groups));
  return tupleOf(key, group);
}

Ref createGrouper(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  if (!positionalOnly(type, grouperType, argc, kwnames, 2))
    return {};
  if (!isInstance(args[0], &groupbyType))
    return raise(typeErrorType, "_grouper() argument 1 must be itertools.groupby, not %T", args[0]);
  auto* groups = args[0].as<GroupbyObject>();
  auto* group = allocIterator<GrouperObject>(type);
  if (!group)
    return {};
  group->parent = Ref::copy(groups).release();
  group->targetKey = Ref::copy(args[1]).release();
  groups->group = &group->header;
  return Ref::steal(group);
}

Ref nextGrouper(Value self) {
  auto* group = self.as<GrouperObject>();
  auto* groups = group->parent.as<GroupbyObject>();
  if (groups->group != &group->header)
    return {};
  if (!groups->currentItem && !step(groups))
    return {};
  bool isSame;
  if (!sameKey(group->targetKey, groups->currentKey, isSame) || !isSame)
    return {};
  return Ref::steal(std::exchange(groups->currentItem, Value()));
}

constexpr TypeObject withoutSubclasses(TypeObject type) {
  type.flags &= ~static_cast<uint32_t>(kTypeBase);
  return type;
}

} // namespace

constinit TypeObject groupbyType = iteratorType<GroupbyObject>(
    "itertools.groupby", createGroupby, nextGroupby,
    "groupby(iterable, key=None)\n--\n\nPairs of a key and an iterator over the items next to each "
    "other that have it. A group ends\nwhen the next one is asked for.");

constinit TypeObject grouperType = withoutSubclasses(
    iteratorType<GrouperObject>("itertools._grouper", createGrouper, nextGrouper, nullptr));

} // namespace pyc::rt
