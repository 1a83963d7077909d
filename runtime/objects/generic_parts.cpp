#include "runtime/objects/generic_parts.h"

#include "runtime/objects/list.h"
#include "runtime/objects/protocol.h"

#include <algorithm>
#include <vector>

namespace pyc::rt {

namespace {

/// A growing array of owned references.
class Values {
public:
  Values() = default;
  Values(const Values&) = delete;
  Values& operator=(const Values&) = delete;
  ~Values() { std::for_each(items_.begin(), items_.end(), decref); }

  void add(Value value) { items_.push_back(Ref::copy(value).release()); }
  void addAll(Value tuple) {
    for (int64_t i = 0; i < asTuple(tuple)->count; i++)
      add(asTuple(tuple)->items()[i]);
  }
  bool has(Value value) const {
    return std::find(items_.begin(), items_.end(), value) != items_.end();
  }
  size_t size() const { return items_.size(); }
  Value operator[](size_t i) const { return items_[i]; }
  Ref toTuple() const { return makeTuple(items_.data(), items_.size()); }

private:
  std::vector<Value> items_;
};

/// Adds the type variables of one argument.
bool addParametersOf(Value argument, Values& found) {
  // A class is no parameter, even when it has attributes like one's.
  if (isType(argument))
    return true;
  if (isTuple(argument) || isList(argument)) {
    PYC_TRY(items, sequenceTuple(argument));
    PYC_TRY(inner, collectParameters(items));
    for (int64_t i = 0; i < asTuple(inner)->count; i++)
      if (!found.has(asTuple(inner)->items()[i]))
        found.add(asTuple(inner)->items()[i]);
    return true;
  }
  Ref subst;
  if (!findAttr(argument, names::__typing_subst__, subst))
    return false;
  if (subst) {
    if (!found.has(argument))
      found.add(argument);
    return true;
  }
  Ref parameters;
  if (!findAttr(argument, names::__parameters__, parameters))
    return false;
  if (!parameters || !isTuple(parameters))
    return true;
  for (int64_t i = 0; i < asTuple(parameters)->count; i++)
    if (!found.has(asTuple(parameters)->items()[i]))
      found.add(asTuple(parameters)->items()[i]);
  return true;
}

/// The arguments that *tuple[a, b] stands for; a null Ref when the item is no such thing.
bool unpackedTupleArgs(Value item, Ref& result) {
  result = Ref();
  if (isType(item))
    return true;
  if (hasShape(item, kShapeGenericAlias)) {
    auto* alias = item.as<GenericAliasObject>();
    if (alias->starred && alias->origin == Value(&tupleType))
      result = Ref::copy(Value(alias->args));
    return true;
  }
  if (!findAttr(item, names::__typing_unpacked_tuple_args__, result))
    return false;
  if (result && result.isNone())
    result = Ref();
  return true;
}

/// The items of a subscript, with unpacked tuples of known length in place.
bool unpackItems(Value item, Values& out) {
  Value single[] = {item};
  const Value* items = isTuple(item) ? asTuple(item)->items() : single;
  int64_t count = isTuple(item) ? asTuple(item)->count : 1;
  for (int64_t i = 0; i < count; i++) {
    Ref unpacked;
    if (!unpackedTupleArgs(items[i], unpacked))
      return false;
    bool isKnown = unpacked && isTuple(unpacked);
    if (isKnown && asTuple(unpacked)->count > 0)
      isKnown = asTuple(unpacked)->items()[asTuple(unpacked)->count - 1] != Value::ellipsis();
    if (isKnown)
      out.addAll(unpacked);
    else
      out.add(items[i]);
  }
  return true;
}

/// Lets each parameter arrange the items (a ParamSpec takes a list, a TypeVarTuple several).
Ref prepareItems(Value self, Value parameters, Ref items) {
  for (int64_t i = 0; i < asTuple(parameters)->count; i++) {
    Ref prepare;
    if (!findAttr(asTuple(parameters)->items()[i], names::__typing_prepare_subst__, prepare))
      return {};
    if (!prepare || prepare.isNone())
      continue;
    if (!isTuple(items)) {
      items = tupleOf(items.get());
      if (!items)
        return {};
    }
    items = call(prepare, self, items);
    if (!items)
      return {};
  }
  return items;
}

int64_t indexOf(Value tuple, Value item) {
  const Value* items = asTuple(tuple)->items();
  const Value* end = items + asTuple(tuple)->count;
  const Value* found = std::find(items, end, item);
  return found == end ? -1 : found - items;
}

/// An argument that has parameters itself (list[T]) with those replaced.
Ref substituteInner(Value argument, Value parameters, const Value* items) {
  Ref inner;
  if (!findAttr(argument, names::__parameters__, inner))
    return {};
  if (!inner || !isTuple(inner) || asTuple(inner)->count == 0)
    return Ref::copy(argument);
  Values args;
  for (int64_t i = 0; i < asTuple(inner)->count; i++) {
    Value parameter = asTuple(inner)->items()[i];
    int64_t index = indexOf(parameters, parameter);
    if (index < 0)
      args.add(parameter);
    else if (typeOf(parameter)->slots.iter && isTuple(items[index]))
      args.addAll(items[index]); // a TypeVarTuple stands for several
    else
      args.add(items[index]);
  }
  PYC_TRY(tuple, args.toTuple());
  return getItem(argument, tuple);
}

bool isUnpackedTypeVarTuple(Value argument, bool& result) {
  result = false;
  Ref flag;
  if (!findAttr(argument, names::__typing_is_unpacked_typevartuple__, flag))
    return false;
  return !flag || truth(flag, result);
}

bool substituteArgument(Value self, Value argument, Value parameters, Value item,
                        const Value* items, Values& out) {
  if (isType(argument)) {
    out.add(argument);
    return true;
  }
  if (isTuple(argument) || isList(argument)) {
    PYC_TRY(inner, sequenceTuple(argument));
    PYC_TRY(replaced, substituteParameters(self, inner, parameters, item));
    Ref result = isList(argument) ? sequenceList(replaced) : std::move(replaced);
    if (!result)
      return false;
    out.add(result);
    return true;
  }
  bool unpack = false;
  Ref subst;
  if (!isUnpackedTypeVarTuple(argument, unpack) ||
      !findAttr(argument, names::__typing_subst__, subst))
    return false;
  int64_t index = subst ? indexOf(parameters, argument) : 0;
  if (index < 0) // it got __typing_subst__ after the parameters were collected
    return raise(typeErrorType, "argument %R with __typing_subst__ was not found in __parameters__",
                 argument);
  Ref result = subst ? call(subst, items[index]) : substituteInner(argument, parameters, items);
  if (!result)
    return false;
  if (!unpack) {
    out.add(result);
    return true;
  }
  if (!isTuple(result))
    return raise(typeErrorType, "expected __typing_subst__ of %T objects to return a tuple, not %T",
                 argument, result.get());
  out.addAll(result);
  return true;
}

} // namespace

Ref collectParameters(Value args) {
  Values found;
  for (int64_t i = 0; i < asTuple(args)->count; i++)
    if (!addParametersOf(asTuple(args)->items()[i], found))
      return {};
  return found.toTuple();
}

Ref substituteParameters(Value self, Value args, Value parameters, Value item) {
  int64_t needed = asTuple(parameters)->count;
  if (needed == 0)
    return raise(typeErrorType, "%R is not a generic class", self);
  Values unpacked;
  if (!unpackItems(item, unpacked))
    return {};
  PYC_TRY(unpackedTuple, unpacked.toTuple());
  PYC_TRY(items, prepareItems(self, parameters, std::move(unpackedTuple)));
  Value single[] = {items.get()};
  const Value* given = isTuple(items) ? asTuple(items)->items() : single;
  int64_t count = isTuple(items) ? asTuple(items)->count : 1;
  if (count != needed)
    return raise(typeErrorType, "Too %s arguments for %R; actual %lld, expected %lld",
                 count > needed ? "many" : "few", self, static_cast<long long>(count),
                 static_cast<long long>(needed));
  Values result;
  for (int64_t i = 0; i < asTuple(args)->count; i++)
    if (!substituteArgument(self, asTuple(args)->items()[i], parameters, items, given, result))
      return {};
  return result.toTuple();
}

static bool appendRepr(StrBuilder& out, Value value) {
  PYC_TRY(text, repr(value));
  out.append(text.get());
  return true;
}

/// Aliases are written by their own repr().
static bool isAliasLike(Value type, bool& result) {
  Ref origin, args;
  if (!findAttr(type, names::__origin__, origin) ||
      (origin && !findAttr(type, names::__args__, args)))
    return false;
  result = origin && args;
  return true;
}

bool appendTypeText(StrBuilder& out, Value type) {
  if (type == Value::ellipsis()) {
    out.append("...");
    return true;
  }
  if (type == Value(&noneType)) {
    out.append("None");
    return true;
  }
  bool isAlias = false;
  if (!isAliasLike(type, isAlias))
    return false;
  if (isAlias)
    return appendRepr(out, type);
  Ref name, module;
  if (!findAttr(type, names::__qualname__, name) || !findAttr(type, names::__module__, module))
    return false;
  if (!name || !module || module.isNone())
    return appendRepr(out, type);
  bool isBuiltin = isStr(module) && strEquals(asStr(module), "builtins");
  PYC_TRY(text, isBuiltin ? str(name) : formatText("%S.%S", module.get(), name.get()));
  out.append(text.get());
  return true;
}

bool isUnionable(Value value) {
  return value.isNone() || isType(value) || isSubtype(typeOf(value), &genericAliasType) ||
         hasShape(value, kShapeUnion) || hasShape(value, kShapeTypeAlias) ||
         hasShape(value, kShapeSentinel);
}

} // namespace pyc::rt
