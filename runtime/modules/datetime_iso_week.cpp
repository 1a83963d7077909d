// IsoCalendarDate: what date.isocalendar() returns, a tuple with names.
#include "runtime/modules/datetime_objects.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/signature.h"
#include "runtime/objects/text_args.h"
#include "runtime/objects/tuple.h"

namespace pyc::rt {

Ref makeIsoCalendarDate(const IsoWeekDate& week) {
  Object* object = allocObject(&isoCalendarDateType, 3);
  if (!object)
    return {};
  auto* tuple = reinterpret_cast<TupleObject*>(object);
  tuple->count = 3;
  tuple->items()[0] = Value::fromInt(week.year);
  tuple->items()[1] = Value::fromInt(week.week);
  tuple->items()[2] = Value::fromInt(week.weekday);
  return Ref::steal(object);
}

namespace {

Ref createSlot(TypeObject*, const Value* args, size_t argc, Value kwnames) {
  static ConstructorSignature signature("IsoCalendarDate(year, week, weekday)");
  Value bound[3];
  IsoWeekDate week;
  if (!signature.bind(args, argc, kwnames, bound) || !intArg(bound[0], week.year) ||
      !intArg(bound[1], week.week) || !intArg(bound[2], week.weekday))
    return {};
  return makeIsoCalendarDate(week);
}

Ref reprSlot(Value self) {
  const Value* items = asTuple(self)->items();
  return formatText("%s(year=%R, week=%R, weekday=%R)", fullTypeName(self), items[0], items[1],
                    items[2]);
}

template <unsigned index> Ref getItem(Value self) {
  return Ref::copy(asTuple(self)->items()[index]);
}

/// Pickled as a plain tuple, for the class has no public name.
Ref reduceMethod(const Value* args) {
  PYC_TRY(items, makeTuple(asTuple(args[0])->items(), 3));
  PYC_TRY(arguments, tupleOf(items.get()));
  return tupleOf(Value(&tupleType), arguments.get());
}

constexpr GetSetDef kGetSets[] = {
    {"year", getItem<0>},
    {"week", getItem<1>},
    {"weekday", getItem<2>},
};

constexpr MethodDef kMethods[] = {
    {.signature = "__reduce__($self, /)", .bound = reduceMethod},
};

bool addConstants(DictObject* dict) {
  PYC_TRY(name, makeStr("datetime"));
  return dictSetStr(dict, names::__module__, name);
}

} // namespace

constinit TypeObject isoCalendarDateType = {
    .name = "datetime.IsoCalendarDate",
    .base = &tupleType,
    .basicSize = sizeof(TupleObject),
    .itemSize = sizeof(Value),
    .flags = kTypeBuiltin | kTypeCollected | kTypeVarSized | kTypeIsTuple | kTypeSequence,
    .methods = kMethods,
    .getSets = kGetSets,
    .doc = "A day by the week that it is in, as ISO 8601 counts weeks.",
    .slots = {.repr = reprSlot, .create = createSlot},
    .addConstants = addConstants,
};

} // namespace pyc::rt
