// operator.itemgetter, attrgetter and methodcaller.
#include "runtime/modules/operator_parts.h"
#include "runtime/objects/arguments.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/recursion.h"
#include "runtime/objects/str.h"

#include <algorithm>
#include <vector>

namespace pyc::rt {

namespace {

/// All three keep what they were made with; attrgetter also the names between the dots.
struct GetterObject {
  Object header;
  Value args;     // tuple
  Value prepared; // attrgetter: tuple of interned names and of tuples of them
  Value keywords; // methodcaller: tuple of the values of kwnames; or null
  Value kwnames;  // tuple or null
};
GetterObject* asGetter(Value value) {
  return value.as<GetterObject>();
}

void clearSlot(Object* self) {
  GetterObject* getter = asGetter(self);
  for (Value* field : {&getter->args, &getter->prepared, &getter->keywords, &getter->kwnames})
    clearField(*field);
}
void dealloc(Object* self) {
  clearSlot(self);
  freeObject(self);
}
void traverse(Object* self, Visitor& visitor) {
  GetterObject* getter = asGetter(self);
  for (Value value : {getter->args, getter->prepared, getter->keywords, getter->kwnames})
    if (value)
      visitor.visit(value);
}

Ref make(TypeObject* type, const Value* args, size_t argc) {
  PYC_TRY(kept, makeTuple(args, argc));
  Object* object = allocObject(type);
  if (!object)
    return {};
  asGetter(object)->args = kept.release();
  return Ref::steal(object);
}

TupleObject* argsOf(Value self) {
  return asTuple(asGetter(self)->args);
}

/// One result alone, several as a tuple.
template <class Get> Ref getEach(TupleObject* wanted, Get get) {
  if (wanted->count == 1)
    return get(wanted->items()[0]);
  PYC_TRY(result, newTuple(static_cast<size_t>(wanted->count)));
  for (int64_t i = 0; i < wanted->count; ++i) {
    PYC_TRY(item, get(wanted->items()[i]));
    asTuple(result)->items()[i] = item.release();
  }
  return result;
}

bool checkCall(const char* name, size_t argc, Value kwnames) {
  return checkNoKeywords(name, kwnames) && checkArgumentCount(name, argc, 1, 1);
}

// itemgetter

Ref createItemGetter(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  if (!checkNoKeywords("itemgetter", kwnames))
    return {};
  if (argc == 0)
    return raise(typeErrorType, "itemgetter expected 1 argument, got 0");
  return make(type, args, argc);
}

Ref callItemGetter(Value self, const Value* args, size_t argc, Value kwnames) {
  if (!checkCall("itemgetter", argc, kwnames))
    return {};
  Ref keep = Ref::copy(asGetter(self)->args);
  return getEach(asTuple(keep), [&](Value key) { return getItem(args[0], key); });
}

// attrgetter

/// The names of "a.b.c": one as it is, several as a tuple.
Ref splitName(Value name) {
  StrObject* text = asStr(name);
  std::vector<Value> parts; // interned, so nothing to count
  int64_t start = 0;
  for (int64_t i = 0; i <= text->length; ++i) {
    if (i < text->length && text->at(i) != '.')
      continue;
    PYC_TRY(part, strSlice(text, start, i));
    PYC_TRY(interned, intern(part));
    parts.push_back(interned);
    start = i + 1;
  }
  return parts.size() == 1 ? Ref::copy(parts[0]) : makeTuple(parts.data(), parts.size());
}

Ref createAttrGetter(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  if (!checkNoKeywords("attrgetter", kwnames))
    return {};
  if (argc == 0)
    return raise(typeErrorType, "attrgetter expected 1 argument, got 0");
  PYC_TRY(prepared, newTuple(argc));
  for (size_t i = 0; i < argc; ++i) {
    if (!isStr(args[i]))
      return raise(typeErrorType, "attribute name must be a string");
    PYC_TRY(name, splitName(args[i]));
    asTuple(prepared)->items()[i] = name.release();
  }
  PYC_TRY(getter, make(type, args, argc));
  asGetter(getter)->prepared = prepared.release();
  return getter;
}

Ref getPath(Value object, Value path) {
  if (isStr(path))
    return getAttr(object, asStr(path));
  Ref result = Ref::copy(object);
  for (int64_t i = 0; result && i < asTuple(path)->count; ++i)
    result = getAttr(result, asStr(asTuple(path)->items()[i]));
  return result;
}

Ref callAttrGetter(Value self, const Value* args, size_t argc, Value kwnames) {
  if (!checkCall("attrgetter", argc, kwnames))
    return {};
  Ref keep = Ref::copy(asGetter(self)->prepared);
  return getEach(asTuple(keep), [&](Value path) { return getPath(args[0], path); });
}

// methodcaller

Ref createMethodCaller(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  if (argc == 0)
    return raise(typeErrorType, "methodcaller needs at least one argument, the method name");
  if (!isStr(args[0]))
    return raise(typeErrorType, "method name must be a string");
  PYC_TRY(name, intern(args[0]));
  PYC_TRY(caller, make(type, args, argc));
  GetterObject* getter = asGetter(caller);
  getter->prepared = name.release();
  if (kwnames && asTuple(kwnames)->count) {
    PYC_TRY(values, makeTuple(args + argc, static_cast<size_t>(asTuple(kwnames)->count)));
    getter->keywords = values.release();
    getter->kwnames = Ref::copy(kwnames).release();
  }
  return caller;
}

Ref callMethodCaller(Value self, const Value* args, size_t argc, Value kwnames) {
  if (!checkArgumentCount("methodcaller", argc, 1, 1) || !checkNoKeywords("methodcaller", kwnames))
    return {};
  GetterObject* getter = asGetter(self);
  Ref keep = Ref::copy(self);
  PYC_TRY(method, getAttr(args[0], asStr(getter->prepared)));
  TupleObject* own = argsOf(self);
  if (!getter->keywords)
    return call(method, own->items() + 1, static_cast<size_t>(own->count - 1));
  std::vector<Value> all(own->items() + 1, own->items() + own->count);
  TupleObject* values = asTuple(getter->keywords);
  all.insert(all.end(), values->items(), values->items() + values->count);
  return call(method, all.data(), static_cast<size_t>(own->count - 1), getter->kwnames);
}

// Showing and pickling.

Ref reprSlot(Value self) {
  GetterObject* getter = asGetter(self);
  ReprGuard guard(self);
  const char* name = typeOf(self)->name;
  if (!guard.enter())
    return formatText("%s(...)", name);
  StrBuilder out;
  out.append(name);
  const char* separator = "(";
  for (int64_t i = 0; i < argsOf(self)->count; ++i, separator = ", ") {
    PYC_TRY(text, formatText("%s%R", separator, argsOf(self)->items()[i]));
    out.append(text);
  }
  for (int64_t i = 0; getter->kwnames && i < asTuple(getter->kwnames)->count; ++i) {
    PYC_TRY(text, formatText(", %S=%R", asTuple(getter->kwnames)->items()[i],
                             asTuple(getter->keywords)->items()[i]));
    out.append(text);
  }
  out.append(")");
  return out.finish();
}

Ref reduce(const Value* args) {
  return tupleOf(Value(&typeOf(args[0])->header), asGetter(args[0])->args);
}

/// Keyword arguments go through a partial.
Ref reduceCaller(const Value* args) {
  GetterObject* getter = asGetter(args[0]);
  if (!getter->kwnames)
    return reduce(args);
  PYC_TRY(functools, moduleImporter(internLiteral("functools")));
  PYC_TRY(partial, getAttr(functools, internLiteral("partial")));
  std::vector<Value> all = {Value(&typeOf(args[0])->header), argsOf(args[0])->items()[0]};
  TupleObject* values = asTuple(getter->keywords);
  all.insert(all.end(), values->items(), values->items() + values->count);
  PYC_TRY(maker, call(partial, all.data(), 2, getter->kwnames));
  TupleObject* own = argsOf(args[0]);
  PYC_TRY(rest, makeTuple(own->items() + 1, static_cast<size_t>(own->count - 1)));
  return tupleOf(maker.get(), rest.get());
}

Ref callSignature(Value) {
  return makeStr("(obj, /)");
}

constexpr MethodDef kMethods[] = {{.signature = "__reduce__($self, /)", .bound = reduce}};
constexpr MethodDef kCallerMethods[] = {
    {.signature = "__reduce__($self, /)", .bound = reduceCaller}};
constexpr GetSetDef kGetSets[] = {{"__text_signature__", callSignature}};

constexpr TypeObject getterType(const char* name, decltype(TypeSlots::create) create, CallFn call,
                                std::span<const MethodDef> methods, const char* doc) {
  TypeObject type;
  type.name = name;
  type.base = &objectType;
  type.basicSize = sizeof(GetterObject);
  type.flags = kTypeBuiltin | kTypeCollected;
  type.methods = methods;
  type.getSets = kGetSets;
  type.doc = doc;
  type.slots.dealloc = dealloc;
  type.slots.traverse = traverse;
  type.slots.clear = clearSlot;
  type.slots.repr = reprSlot;
  type.slots.call = call;
  type.slots.create = create;
  return type;
}

} // namespace

constinit TypeObject itemGetterType = getterType(
    "operator.itemgetter", createItemGetter, callItemGetter, kMethods,
    "itemgetter(item, /, *items)\n--\n\nA function that gives object[item]; for several items, a "
    "tuple.");
constinit TypeObject attrGetterType = getterType(
    "operator.attrgetter", createAttrGetter, callAttrGetter, kMethods,
    "attrgetter(attr, /, *attrs)\n--\n\nA function that gives object.attr, where attr may have "
    "dots; for several, a tuple.");
constinit TypeObject methodCallerType =
    getterType("operator.methodcaller", createMethodCaller, callMethodCaller, kCallerMethods,
               "methodcaller(name, /, *args, **kwargs)\n--\n\nA function that gives "
               "object.name(*args, **kwargs).");

} // namespace pyc::rt
