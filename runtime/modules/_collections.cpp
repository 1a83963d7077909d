// The module _collections: deque (deque*.cpp), defaultdict, OrderedDict, and what namedtuple and
// Counter are faster with.
#include "runtime/modules/default_dict.h"
#include "runtime/modules/deque.h"
#include "runtime/modules/ordered_dict.h"
#include "runtime/modules/registry.h"
#include "runtime/objects/arguments.h"
#include "runtime/objects/descriptors.h"
#include "runtime/objects/int.h"
#include "runtime/objects/iterate.h"
#include "runtime/objects/text_args.h"
#include "runtime/objects/tuple_getter.h"

namespace pyc::rt {

namespace {

/// Counter's counting for a plain dict, whose methods nobody can replace.
bool countInDict(DictObject* counts, Value iterable) {
  return forEach(iterable, [&](Value item) -> bool {
    Ref before;
    if (!dictGet(counts, item, before))
      return false;
    PYC_TRY(after, before ? binaryOp(BinaryOp::Add, before, Value::fromInt(1))
                          : Ref::number(Value::fromInt(1)));
    return dictSet(counts, item, after);
  });
}

bool hasPlainAccess(Value mapping) {
  StrObject* setter = internLiteral("__setitem__");
  return isDict(mapping) &&
         findInType(typeOf(mapping), names::get) == findInType(&dictType, names::get) &&
         findInType(typeOf(mapping), setter) == findInType(&dictType, setter);
}

Ref countElements(const Value* args) {
  if (hasPlainAccess(args[0]))
    return countInDict(asDict(args[0]), args[1]) ? Ref::none() : Ref();
  PYC_TRY(get, getAttr(args[0], names::get));
  bool done = forEach(args[1], [&](Value item) -> bool {
    PYC_TRY(before, call(get, item, Value::fromInt(0)));
    PYC_TRY(after, binaryOp(BinaryOp::Add, before, Value::fromInt(1)));
    return setItem(args[0], item, after);
  });
  return done ? Ref::none() : Ref();
}

constexpr MethodDef kFunctions[] = {
    {.signature = "_count_elements(mapping, iterable, /)",
     .bound = countElements,
     .doc = "Adds one to mapping[item] for each item of the iterable."},
};

} // namespace

bool fillModule__collections(ModuleObject* module) {
  for (TypeObject* type : {&dequeType, &orderedDictType})
    allowQuietMethods(type);
  return addFunctions(module, kFunctions, std::size(kFunctions)) && addType(module, dequeType) &&
         addType(module, defaultDictType) && addType(module, orderedDictType) &&
         addType(module, dequeIteratorType) && addType(module, dequeReverseIteratorType) &&
         addType(module, tupleGetterType) &&
         addStr(module, "__doc__",
                "What is below collections: deques, and dicts that make what is missing.");
}

} // namespace pyc::rt
