// functools.partial: a callable and the first of its arguments.
#include "runtime/modules/functools_parts.h"
#include "runtime/objects/dict.h"
#include "runtime/objects/function.h"
#include "runtime/objects/generic_alias.h"
#include "runtime/objects/recursion.h"
#include "runtime/objects/small_array.h"

namespace pyc::rt {

namespace {

struct PartialObject {
  Object header;
  Value function;
  TupleObject* args; // with placeholders
  DictObject* keywords;
  int64_t placeholders; // in args
};

PartialObject* asPartial(Value value) {
  return value.as<PartialObject>();
}

Ref callSlot(Value self, const Value* args, size_t argc, Value kwnames);

int64_t countPlaceholders(TupleObject* args) {
  int64_t count = 0;
  for (int64_t i = 0; i < args->count; ++i)
    count += args->items()[i] == placeholder();
  return count;
}

bool endsWithPlaceholder(const Value* args, size_t argc) {
  return argc > 0 && args[argc - 1] == placeholder();
}

// Making one.

/// The arguments of a partial of a partial: those of the inner one, whose placeholders the new
/// ones fill.
Ref mergeArgs(PartialObject* inner, const Value* args, size_t argc) {
  auto own = static_cast<size_t>(inner->args->count);
  auto wanted = static_cast<size_t>(inner->placeholders);
  size_t behind = argc > wanted ? argc - wanted : 0;
  PYC_TRY(merged, newTuple(own + behind));
  if (own + behind == 0)
    return merged;
  size_t used = 0;
  Value* items = asTuple(merged)->items();
  for (size_t i = 0; i < own; ++i) {
    Value item = inner->args->items()[i];
    if (item == placeholder() && used < argc)
      item = args[used++];
    items[i] = Ref::copy(item).release();
  }
  for (size_t i = 0; i < behind; ++i)
    items[own + i] = Ref::copy(args[used + i]).release();
  return merged;
}

bool addKeywords(DictObject* dict, const Value* values, Value kwnames) {
  for (size_t i = 0; i < keywordsOf(kwnames); ++i) {
    if (values[i] == placeholder())
      return raise(typeErrorType, "Placeholder cannot be passed as a keyword argument");
    if (!dictSet(dict, asTuple(kwnames)->items()[i], values[i]))
      return false;
  }
  return true;
}

/// The function is a partial without attributes of its own, which can be seen through.
bool isPlainPartial(Value function, bool& result) {
  result = typeOf(function)->slots.call == callSlot;
  Value attributes;
  if (!result)
    return true;
  if (!attributesOf(function, attributes))
    return false;
  result = !attributes;
  return true;
}

Ref create(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  if (argc == 0)
    return raise(typeErrorType, "type 'partial' takes at least one argument");
  Value function = args[0];
  if (!isCallable(function))
    return raise(typeErrorType, "the first argument must be callable");
  if (endsWithPlaceholder(args + 1, argc - 1))
    return raise(typeErrorType, "trailing Placeholders are not allowed");
  bool isNested;
  if (!isPlainPartial(function, isNested))
    return {};
  PartialObject* inner = isNested ? asPartial(function) : nullptr;
  PYC_TRY(bound, inner ? mergeArgs(inner, args + 1, argc - 1) : makeTuple(args + 1, argc - 1));
  PYC_TRY(keywords, inner ? dictCopy(inner->keywords) : newDict());
  if (!addKeywords(asDict(keywords), args + argc, kwnames))
    return {};
  Object* object = allocObject(type);
  if (!object)
    return {};
  PartialObject* partial = asPartial(object);
  partial->function = Ref::copy(inner ? inner->function : function).release();
  partial->args = asTuple(bound.release());
  partial->keywords = asDict(keywords.release());
  partial->placeholders = countPlaceholders(partial->args);
  return Ref::steal(object);
}

void clearSlot(Object* self) {
  PartialObject* partial = asPartial(self);
  clearField(partial->function);
  if (partial->args)
    decrefObject(&std::exchange(partial->args, nullptr)->header);
  if (partial->keywords)
    decrefObject(&std::exchange(partial->keywords, nullptr)->header);
}

void dealloc(Object* self) {
  clearSlot(self);
  freeObject(self);
}

void traverse(Object* self, Visitor& visitor) {
  PartialObject* partial = asPartial(self);
  if (partial->function)
    visitor.visit(partial->function);
  if (partial->args)
    visitor.visit(Value(partial->args));
  if (partial->keywords)
    visitor.visit(Value(partial->keywords));
}

// Calling.

/// Where the values of a call's keywords go: names in order, those of the partial first.
class KeywordMerge {
public:
  /// Room for the values of all keywords is behind `values`.
  explicit KeywordMerge(Value* values) : values_(values) {}

  bool add(DictObject* own, const Value* given, Value kwnames) {
    if (own->count == 0) { // the usual case: the call's names are the names
      names_ = Ref::copy(kwnames);
      count_ = keywordsOf(kwnames);
      std::copy(given, given + count_, values_);
      return true;
    }
    if (!areExact(kwnames))
      return addBySetting(own, given, kwnames);
    size_t most = own->count + keywordsOf(kwnames);
    SmallArray<Value, 8> names(most);
    if (!names)
      return raiseMemoryError();
    int64_t position = 0;
    Value key, value;
    while (count_ < own->count && dictNext(own, position, key, value))
      put(names.data(), key, value);
    for (size_t i = 0; i < keywordsOf(kwnames); ++i)
      putOver(names.data(), own->count, asTuple(kwnames)->items()[i], given[i]);
    names_ = makeTuple(names.data(), count_);
    return static_cast<bool>(names_);
  }
  Value names() const { return names_; }

private:
  static bool areExact(Value kwnames) {
    for (size_t i = 0; i < keywordsOf(kwnames); ++i)
      if (!isExactStr(asTuple(kwnames)->items()[i]))
        return false;
    return true;
  }

  /// Names of a class of their own may have an __eq__ of their own.
  bool addBySetting(DictObject* own, const Value* given, Value kwnames) {
    merged_ = dictCopy(own);
    if (!merged_)
      return false;
    for (size_t i = 0; i < keywordsOf(kwnames); ++i)
      if (!dictSet(asDict(merged_), asTuple(kwnames)->items()[i], given[i]))
        return false;
    names_ = sequenceTuple(merged_);
    int64_t position = 0;
    for (Value key, value; dictNext(asDict(merged_), position, key, value);)
      values_[count_++] = value;
    return static_cast<bool>(names_);
  }

  void put(Value* names, Value key, Value value) {
    names[count_] = key;
    values_[count_++] = value;
  }
  void putOver(Value* names, size_t own, Value key, Value value) {
    for (size_t i = 0; i < own; ++i)
      if (isStr(names[i]) && strEquals(asStr(names[i]), asStr(key))) {
        values_[i] = value;
        return;
      }
    put(names, key, value);
  }

  Value* values_;
  size_t count_ = 0;
  Ref names_;
  Ref merged_; // keeps the values of names that are not exact
};

bool allStrings(DictObject* keywords) {
  int64_t position = 0;
  Value key, value;
  while (dictNext(keywords, position, key, value))
    if (!isStr(key))
      return raise(typeErrorType, "keywords must be strings");
  return true;
}

/// Calls with the parts as they are: what the partial loses while it runs is kept alive.
Ref callParts(Value function, TupleObject* own, DictObject* keywords, size_t placeholders,
              const Value* args, size_t argc, Value kwnames) {
  size_t count = static_cast<size_t>(own->count) - placeholders + argc;
  SmallArray<Value, 16> all(count + keywords->count + keywordsOf(kwnames));
  if (!all)
    return raiseMemoryError();
  size_t used = 0;
  for (int64_t i = 0; i < own->count; ++i) {
    Value item = own->items()[i];
    all.data()[i] = placeholders && item == placeholder() ? args[used++] : item;
  }
  std::copy(args + used, args + argc, all.data() + own->count);
  KeywordMerge merge(all.data() + count);
  if (!allStrings(keywords) || !merge.add(keywords, args + argc, kwnames))
    return {};
  return call(function, all.data(), count, merge.names());
}

Ref callSlot(Value self, const Value* args, size_t argc, Value kwnames) {
  PartialObject* partial = asPartial(self);
  auto wanted = static_cast<size_t>(partial->placeholders);
  if (argc < wanted)
    return raise(typeErrorType,
                 "missing positional arguments in 'partial' call; expected at least %zu, got %zu",
                 wanted, argc);
  Ref function = Ref::copy(partial->function), own = Ref::copy(Value(partial->args)),
      keywords = Ref::copy(Value(partial->keywords));
  return callParts(function, asTuple(own), asDict(keywords), wanted, args, argc, kwnames);
}

Ref getSlot(Value self, Value object, Value) {
  return !object || object.isNone() ? Ref::copy(self) : makeBoundMethod(self, object);
}

// Showing and pickling.

bool appendArgs(StrBuilder& out, PartialObject* partial) {
  Ref args = Ref::copy(Value(partial->args)), keywords = Ref::copy(Value(partial->keywords));
  for (int64_t i = 0; i < asTuple(args)->count; ++i) {
    PYC_TRY(text, formatText(", %R", asTuple(args)->items()[i]));
    out.append(text);
  }
  int64_t position = 0;
  Value key, value;
  while (dictNext(asDict(keywords), position, key, value)) {
    Ref keepKey = Ref::copy(key), keepValue = Ref::copy(value);
    PYC_TRY(text, formatText(", %S=%R", key, value));
    out.append(text);
  }
  return true;
}

Ref reprSlot(Value self) {
  ReprGuard guard(self);
  if (!guard.enter())
    return makeStr("...");
  Value type = &typeOf(self)->header;
  PYC_TRY(module, getAttr(type, names::__module__));
  PYC_TRY(name, getAttr(type, names::__qualname__));
  Ref function = Ref::copy(asPartial(self)->function);
  StrBuilder out;
  PYC_TRY(start, formatText("%S.%S(%R", module.get(), name.get(), function.get()));
  out.append(start);
  if (!appendArgs(out, asPartial(self)))
    return {};
  out.append(")");
  return out.finish();
}

Ref reduce(const Value* args) {
  PartialObject* partial = asPartial(args[0]);
  Value attributes;
  if (!attributesOf(args[0], attributes))
    return {};
  PYC_TRY(callable, tupleOf(partial->function));
  PYC_TRY(state, tupleOf(partial->function, Value(partial->args), Value(partial->keywords),
                         attributes ? attributes : Value::none()));
  return tupleOf(Value(&typeOf(args[0])->header), callable.get(), state.get());
}

/// Takes the state apart; false, nothing raised, when it is none.
bool isState(Value state) {
  if (!isTuple(state) || asTuple(state)->count != 4)
    return false;
  const Value* parts = asTuple(state)->items();
  return isCallable(parts[0]) && isTuple(parts[1]) && (parts[2].isNone() || isDict(parts[2])) &&
         (parts[3].isNone() || isDict(parts[3]));
}

bool applyState(Value self, const Value* parts) {
  PYC_TRY(args, isExactTuple(parts[1]) ? Ref::copy(parts[1]) : sequenceTuple(parts[1]));
  Ref keywords = parts[2].isNone()       ? newDict()
                 : isExactDict(parts[2]) ? Ref::copy(parts[2])
                                         : dictCopy(asDict(parts[2]));
  if (!keywords || !setInstanceDict(self.object(), parts[3].isNone() ? Value() : parts[3]))
    return false;
  PartialObject* partial = asPartial(self);
  Ref oldFunction = Ref::steal(std::exchange(partial->function, Ref::copy(parts[0]).release()));
  Ref oldArgs = Ref::steal(Value(std::exchange(partial->args, asTuple(args.release()))));
  Ref oldKeywords = Ref::steal(Value(std::exchange(partial->keywords, asDict(keywords.release()))));
  partial->placeholders = countPlaceholders(partial->args);
  return true;
}

Ref setState(const Value* args) {
  if (!isState(args[1]))
    return raise(typeErrorType, "invalid partial state");
  Ref keep = Ref::copy(args[1]);
  const Value* parts = asTuple(args[1])->items();
  TupleObject* own = asTuple(parts[1]);
  if (endsWithPlaceholder(own->items(), static_cast<size_t>(own->count)))
    return raise(typeErrorType, "trailing Placeholders are not allowed");
  return applyState(args[0], parts) ? Ref::none() : Ref();
}

constexpr MethodDef kMethods[] = {
    {.signature = "__reduce__($self, /)", .bound = reduce},
    {.signature = "__setstate__($self, object, /)", .bound = setState},
    {.signature = "__class_getitem__($type, object, /)",
     .bound = classGetItem,
     .kind = MethodDef::Class,
     .doc = "See PEP 585"},
};

constexpr MemberDef kMembers[] = {
    {"func", offsetof(PartialObject, function), MemberDef::ReadOnly, "What is called in the end."},
    {"args", offsetof(PartialObject, args), MemberDef::ReadOnly, "The arguments that come first."},
    {"keywords", offsetof(PartialObject, keywords), MemberDef::ReadOnly,
     "The keyword arguments that are passed along."},
};

constexpr GetSetDef kGetSets[] = {{"__dict__", getAttributes, setAttributes}};

} // namespace

Ref getAttributes(Value self) {
  return Ref::copy(Value(instanceDict(self.object())));
}

bool setAttributes(Value self, Value value) {
  if (!value)
    return raise(typeErrorType, "cannot delete __dict__");
  if (!isDict(value))
    return raise(typeErrorType, "__dict__ must be set to a dictionary, not a '%T'", value);
  return setInstanceDict(self.object(), value);
}

bool attributesOf(Value self, Value& result) {
  Object* object = self.object();
  const Shape* shape = shapeOf(object);
  result = Value();
  if (shape->kind == ShapeKind::Slots ? shape->slotCount == 0 : !*storeWord(object, shape->type))
    return true;
  DictObject* dict = instanceDict(object);
  result = Value(dict);
  return dict != nullptr;
}

constinit TypeObject partialType = {
    .name = "functools.partial",
    .base = &objectType,
    .basicSize = sizeof(PartialObject),
    .flags = kTypeBuiltin | kTypeBase | kTypeCollected | kTypeHasStore | kTypeWeakrefs,
    .methods = kMethods,
    .getSets = kGetSets,
    .members = kMembers,
    .doc = "partial(func, /, *args, **keywords)\n--\n\nA function of the arguments that are still "
           "missing. Placeholder holds the place of a\npositional one.",
    .slots = {.dealloc = dealloc,
              .traverse = traverse,
              .clear = clearSlot,
              .repr = reprSlot,
              .call = callSlot,
              .get = getSlot,
              .create = create},
};

} // namespace pyc::rt
