// itertools.tee: several iterators over one. What they have read lies in a chain of links; each
// iterator knows its link and its place there, so that links all have passed go by themselves.
#include "runtime/modules/itertools_parts.h"
#include "runtime/objects/text_args.h"

namespace pyc::rt {

namespace {

constexpr uint32_t kLinkItems = 57;

struct LinkObject {
  Object header;
  Value iterator;
  Value next; // link, or null
  uint32_t count;
  bool isReading; // the iterator is being asked
  Value items[kLinkItems];
  void each(auto f) {
    f(iterator);
    f(next);
    for (Value& item : items)
      f(item);
  }
};

struct TeeObject {
  Object header;
  Value link;
  uint32_t place;
  void each(auto f) { f(link); }
};

Ref makeLink(Value iterator) {
  readyType(&teeLinkType);
  auto* link = allocIterator<LinkObject>(&teeLinkType);
  if (!link)
    return {};
  link->iterator = Ref::copy(iterator).release();
  return Ref::steal(link);
}

Ref makeTee(Value link, uint32_t place) {
  readyType(&teeType);
  auto* tee = allocIterator<TeeObject>(&teeType);
  if (!tee)
    return {};
  tee->link = Ref::copy(link).release();
  tee->place = place;
  return Ref::steal(tee);
}

Ref copyTee(const Value* args) {
  auto* tee = args[0].as<TeeObject>();
  return makeTee(tee->link, tee->place);
}

/// An iterator over the iterable's items that can be copied.
Ref teeOf(Value iterable) {
  PYC_TRY(iterator, getIter(iterable));
  if (typeOf(iterator) == &teeType) {
    Value self = iterator;
    return copyTee(&self);
  }
  PYC_TRY(link, makeLink(iterator));
  return makeTee(link, 0);
}

/// Item number `place` of a link, which is read when nobody has done so.
Ref linkItem(LinkObject* link, uint32_t place) {
  if (place < link->count)
    return Ref::copy(link->items[place]);
  if (link->isReading)
    return raise(runtimeErrorType, "cannot re-enter the tee iterator");
  link->isReading = true;
  Ref item = iterNext(link->iterator);
  link->isReading = false;
  if (item)
    link->items[link->count++] = Ref::copy(item).release();
  return item;
}

Ref nextTee(Value self) {
  auto* tee = self.as<TeeObject>();
  if (tee->place == kLinkItems) {
    auto* link = tee->link.as<LinkObject>();
    if (!link->next) {
      PYC_TRY(fresh, makeLink(link->iterator));
      link->next = fresh.release();
    }
    tee->place = 0;
    setField(tee->link, link->next);
  }
  Ref keep = Ref::copy(tee->link);
  PYC_TRY(item, linkItem(keep.as<LinkObject>(), tee->place));
  ++tee->place;
  return item;
}

Ref createTee(TypeObject*, const Value* args, size_t argc, Value kwnames) {
  if (!checkNoKeywords("_tee", kwnames) || !checkArgumentCount("_tee", argc, 1, 1))
    return {};
  return teeOf(args[0]);
}

constexpr MethodDef kTeeMethods[] = {
    {.signature = "__copy__($self, /)",
     .bound = copyTee,
     .doc = "An independent iterator at the same place."},
};

constexpr TypeObject makeTeeType() {
  TypeObject type = iteratorType<TeeObject>(
      "itertools._tee", createTee, nextTee,
      "_tee(iterable, /)\n--\n\nAn iterator that can be copied.", kTeeMethods);
  type.flags = kTypeBuiltin | kTypeCollected | kTypeWeakrefs;
  return type;
}

constexpr TypeObject makeLinkType() {
  TypeObject type = iteratorType<LinkObject>("itertools._tee_dataobject", nullptr, nullptr,
                                             "Items that tee() keeps for its iterators.");
  type.flags = kTypeBuiltin | kTypeCollected | kTypeDisallowNew;
  type.slots.iter = nullptr;
  return type;
}

} // namespace

constinit TypeObject teeType = makeTeeType();
constinit TypeObject teeLinkType = makeLinkType();

Ref teeFunction(const Value* args, size_t argc, Value kwnames) {
  if (kwnames && asTuple(kwnames)->count)
    return raise(typeErrorType, "itertools.tee() takes no keyword arguments");
  int64_t count = 2;
  if (!checkArgumentCount("tee", argc, 1, 2) || (argc == 2 && !sizeArg(args[1], count)))
    return {};
  if (count < 0)
    return raise(valueErrorType, "n cannot be negative");
  PYC_TRY(result, newTuple(static_cast<size_t>(count)));
  if (count == 0)
    return result;
  PYC_TRY(first, teeOf(args[0]));
  auto* tee = first.as<TeeObject>();
  for (int64_t i = 1; i < count; ++i) {
    PYC_TRY(copy, makeTee(tee->link, tee->place));
    asTuple(result)->items()[i] = copy.release();
  }
  asTuple(result)->items()[0] = first.release();
  return result;
}

} // namespace pyc::rt
