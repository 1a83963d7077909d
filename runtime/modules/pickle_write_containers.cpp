// Writing tuples, lists, dicts and sets.
#include "runtime/modules/pickle_writer.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/iterate.h"
#include "runtime/objects/set.h"

#include <algorithm>

namespace pyc::rt::pickle {

/// In fast mode nothing is memoized: objects that contain themselves would not end. Far down, they
/// are looked for.
bool Writer::enterFast(Value container) {
  if (!settings_.fast || ++fastDepth_ < kFastLimit)
    return true;
  if (std::find(open_.begin(), open_.end(), container) == open_.end()) {
    open_.push_back(container);
    return true;
  }
  char place[24];
  snprintf(place, sizeof place, "0x%llx", static_cast<unsigned long long>(container.bits()));
  return raise(valueErrorType,
               "fast mode: can't pickle cyclic objects including object type %Q at %s", container,
               place);
}
void Writer::leaveFast() {
  if (settings_.fast && fastDepth_-- >= kFastLimit && !open_.empty())
    open_.pop_back();
}

bool Writer::saveTuple(Value value) {
  TupleObject* tuple = asTuple(value);
  int64_t count = tuple->count;
  bool isShort = settings_.protocol >= 2 && count <= 3;
  if (count == 0) {
    if (settings_.binary)
      out_.op(Op::EmptyTuple);
    else
      out_.op(Op::Mark), out_.op(Op::Tuple);
    return true;
  }
  if (!isShort)
    out_.op(Op::Mark);
  for (int64_t i = 0; i < count; ++i)
    if (!save(tuple->items()[i])) {
      note("when serializing %Q item %lld", value, static_cast<long long>(i));
      return false;
    }
  // What is in the tuple may have had the tuple written.
  if (isShort) {
    if (replaceByMemo(value, count))
      return true;
    constexpr Op kOps[] = {Op::Tuple1, Op::Tuple2, Op::Tuple3};
    out_.op(kOps[count - 1]);
    return memoize(value);
  }
  int64_t known = memo_.find(value);
  if (known < 0) {
    out_.op(Op::Tuple);
    return memoize(value);
  }
  if (settings_.binary)
    out_.op(Op::PopMark);
  else
    for (int64_t i = 0; i <= count; ++i)
      out_.op(Op::Pop);
  getIndex(known);
  return true;
}

bool Writer::saveListItem(Value item, Value owner, int64_t index) {
  if (save(item))
    return true;
  note("when serializing %Q item %lld", owner, static_cast<long long>(index));
  return false;
}

bool Writer::appendList(Value value) {
  ListObject* list = asList(value);
  int64_t i = 0;
  while (i < list->count) {
    bool isOne = !settings_.binary || list->count - i == 1;
    if (!isOne)
      out_.op(Op::Mark);
    int64_t stop = i + (isOne ? 1 : kBatch);
    for (; i < list->count && i < stop; ++i) {
      Ref item = listGet(list, i);
      if (!item || !saveListItem(item, value, i))
        return false;
    }
    out_.op(isOne ? Op::Append : Op::Appends);
  }
  return true;
}

/// What a reduction has for append().
bool Writer::appendItems(Value iterator, Value owner) {
  int64_t index = 0;
  Ref item = iterNext(iterator);
  while (item) {
    Ref next = settings_.binary ? iterNext(iterator) : Ref();
    if (isRaised())
      return false;
    if (!next) {
      if (!saveListItem(item, owner, index++))
        return false;
      out_.op(Op::Append);
      item = settings_.binary ? Ref() : iterNext(iterator);
      continue;
    }
    out_.op(Op::Mark);
    for (int64_t i = 0; item; ++i) {
      if (!saveListItem(item, owner, index++))
        return false;
      item = std::move(next);
      if (i + 1 == kBatch)
        break;
      if (item) {
        next = iterNext(iterator);
        if (isRaised())
          return false;
      }
    }
    out_.op(Op::Appends);
  }
  return !isRaised();
}

bool Writer::saveList(Value list) {
  bool isDone = enterFast(list);
  if (isDone) {
    if (settings_.binary)
      out_.op(Op::EmptyList);
    else
      out_.op(Op::Mark), out_.op(Op::List);
    isDone = memoize(list) && appendList(list);
  }
  leaveFast();
  return isDone;
}

bool Writer::saveDictItem(Value key, Value value, Value owner) {
  if (!save(key))
    return false;
  if (save(value))
    return true;
  note("when serializing %Q item %R", owner, key);
  return false;
}

bool Writer::setDictItems(Value value) {
  DictObject* dict = asDict(value);
  uint32_t count = dict->count;
  int64_t position = 0;
  for (int64_t left = count; left > 0;) {
    bool isOne = !settings_.binary || left == 1;
    if (!isOne)
      out_.op(Op::Mark);
    int64_t batch = isOne ? 1 : std::min(left, kBatch);
    left -= batch;
    for (; batch > 0; --batch) {
      Value key, item;
      if (!dictNext(dict, position, key, item))
        break;
      Ref keptKey = Ref::copy(key), keptItem = Ref::copy(item);
      if (!saveDictItem(key, item, value))
        return false;
      if (dict->count != count)
        return raise(runtimeErrorType, "dictionary changed size during iteration");
    }
    out_.op(isOne ? Op::SetItem : Op::SetItems);
  }
  return true;
}

static bool checkPair(Value pair) {
  return (isTuple(pair) && asTuple(pair)->count == 2) ||
         raise(typeErrorType, "dict items iterator must return 2-tuples");
}

/// What a reduction has for __setitem__(): pairs.
bool Writer::setItems(Value iterator, Value owner) {
  auto savePair = [&](Value pair) {
    return checkPair(pair) &&
           saveDictItem(asTuple(pair)->items()[0], asTuple(pair)->items()[1], owner);
  };
  Ref item = iterNext(iterator);
  while (item) {
    Ref next = settings_.binary ? iterNext(iterator) : Ref();
    if (isRaised() || !checkPair(item))
      return false;
    if (!next) {
      if (!savePair(item))
        return false;
      out_.op(Op::SetItem);
      item = settings_.binary ? Ref() : iterNext(iterator);
      continue;
    }
    out_.op(Op::Mark);
    for (int64_t i = 0; item; ++i) {
      if (!savePair(item))
        return false;
      item = std::move(next);
      if (i + 1 == kBatch)
        break;
      if (item) {
        next = iterNext(iterator);
        if (isRaised())
          return false;
      }
    }
    out_.op(Op::SetItems);
  }
  return !isRaised();
}

bool Writer::saveDict(Value dict) {
  bool isDone = enterFast(dict);
  if (isDone) {
    if (settings_.binary)
      out_.op(Op::EmptyDict);
    else
      out_.op(Op::Mark), out_.op(Op::Dict);
    isDone = memoize(dict) && setDictItems(dict);
  }
  leaveFast();
  return isDone;
}

/// Before protocol 4: set([...]).
bool Writer::saveSetReduced(Value set, TypeObject& type) {
  PYC_TRY(items, sequenceList(set));
  return saveReduced(type, items, set);
}

bool Writer::saveSetItems(Value value, const char* what) {
  SetObject* set = asSet(value);
  int64_t count = set->count, position = 0, hash;
  for (int64_t left = count; left > 0;) {
    int64_t batch = set->header.shape == kShapeSet ? std::min(left, kBatch) : left;
    left -= batch;
    if (what[0] == 's')
      out_.op(Op::Mark);
    for (; batch > 0; --batch) {
      Value item;
      if (!setNext(set, position, item, hash))
        break;
      Ref kept = Ref::copy(item);
      if (!save(item)) {
        note("when serializing %s element", what);
        return false;
      }
      if (set->count != count)
        return raise(runtimeErrorType, "set changed size during iteration");
    }
    if (what[0] == 's')
      out_.op(Op::AddItems);
  }
  return true;
}

bool Writer::saveSet(Value set) {
  if (settings_.protocol < 4)
    return saveSetReduced(set, setType);
  out_.op(Op::EmptySet);
  return memoize(set) && saveSetItems(set, "set");
}

bool Writer::saveFrozenSet(Value set) {
  if (settings_.protocol < 4)
    return saveSetReduced(set, frozenSetType);
  bool isDone = enterFast(set);
  if (isDone) {
    out_.op(Op::Mark);
    isDone = saveSetItems(set, "frozenset");
  }
  leaveFast();
  if (!isDone)
    return false;
  if (int64_t known = memo_.find(set); known >= 0) {
    out_.op(Op::PopMark);
    getIndex(known);
    return true;
  }
  out_.op(Op::FrozenSet);
  return memoize(set);
}

} // namespace pyc::rt::pickle
