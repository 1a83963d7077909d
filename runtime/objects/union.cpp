// Unions of types: int | str, typing.Union[int, str].
#include "runtime/objects/generic_parts.h"
#include "runtime/objects/module.h"
#include "runtime/objects/protocol.h"
#include "runtime/objects/set.h"

#include <algorithm>
#include <vector>

namespace pyc::rt {

namespace {

UnionObject* asUnion(Value value) {
  return value.as<UnionObject>();
}

/// Collects the arguments of a union, each once.
class UnionBuilder {
public:
  /// `check` looks at what is no type by typing._type_check: strings become forward references.
  explicit UnionBuilder(bool check) : check_(check) {}
  UnionBuilder(const UnionBuilder&) = delete;
  UnionBuilder& operator=(const UnionBuilder&) = delete;
  ~UnionBuilder() {
    std::for_each(args_.begin(), args_.end(), decref);
    std::for_each(unhashable_.begin(), unhashable_.end(), decref);
  }

  bool add(Value argument) {
    if (hasShape(argument, kShapeUnion))
      return addAll(Value(asUnion(argument)->args));
    Ref type = check_ && !isUnionable(argument) ? checkType(argument) : Ref::copy(argument);
    return type && addOne(type.isNone() ? Value(&noneType) : type.get());
  }
  bool addAll(Value tuple) {
    for (int64_t i = 0; i < asTuple(tuple)->count; i++)
      if (!add(asTuple(tuple)->items()[i]))
        return false;
    return true;
  }

  Ref finish() {
    if (args_.empty())
      return raise(typeErrorType, "Cannot take a Union of no types.");
    if (args_.size() == 1)
      return Ref::copy(args_[0]);
    PYC_TRY(args, makeTuple(args_.data(), args_.size()));
    PYC_TRY(hashable, hashable_ ? makeFrozenSet(hashable_) : makeFrozenSet(Value()));
    PYC_TRY(unhashable, makeTuple(unhashable_.data(), unhashable_.size()));
    Ref result = Ref::steal(allocObject(&unionType));
    if (!result)
      return {};
    asUnion(result)->args = asTuple(args.release());
    setField(asUnion(result)->hashable, std::move(hashable));
    if (!unhashable_.empty())
      setField(asUnion(result)->unhashable, std::move(unhashable));
    return result;
  }

private:
  static Ref checkType(Value argument) {
    if (!moduleImporter)
      return raise(typeErrorType, "Union[arg, ...]: each arg must be a type. Got %R.", argument);
    PYC_TRY(typing, moduleImporter(names::typing));
    PYC_TRY(check, getAttr(typing, names::_type_check));
    PYC_TRY(message, makeStr("Union[arg, ...]: each arg must be a type."));
    return call(check, argument, message);
  }

  bool addOne(Value type) {
    int64_t ignored = 0;
    if (!hash(type, ignored))
      return catchRaised(typeErrorType) && addUnhashable(type);
    if (!hashable_ && !(hashable_ = makeSet(Value())))
      return false;
    bool known = false;
    if (!contains(hashable_, type, known))
      return false;
    if (known)
      return true;
    args_.push_back(Ref::copy(type).release());
    return setAdd(hashable_.as<SetObject>(), type);
  }

  bool addUnhashable(Value type) {
    for (Value other : unhashable_) {
      bool equal = false;
      if (!equalItems(other, type, equal))
        return false;
      if (equal)
        return true;
    }
    args_.push_back(Ref::copy(type).release());
    unhashable_.push_back(Ref::copy(type).release());
    return true;
  }

  bool check_;
  std::vector<Value> args_, unhashable_;
  Ref hashable_;
};

Ref reprUnion(Value self) {
  StrBuilder out;
  TupleObject* args = asUnion(self)->args;
  for (int64_t i = 0; i < args->count; i++) {
    if (i > 0)
      out.append(" | ");
    if (!appendTypeText(out, args->items()[i]))
      return {};
  }
  return out.finish();
}

/// Whether every item of one tuple is in the other.
bool containsAll(Value haystack, Value needles, bool& result) {
  result = true;
  for (int64_t i = 0; result && i < asTuple(needles)->count; i++)
    if (!contains(haystack, asTuple(needles)->items()[i], result))
      return false;
  return true;
}

bool equalUnhashable(Value a, Value b, bool& result) {
  int64_t countOfA = a ? asTuple(a)->count : 0;
  int64_t countOfB = b ? asTuple(b)->count : 0;
  result = countOfA == countOfB;
  if (!result || !a)
    return true;
  return containsAll(b, a, result) && (!result || containsAll(a, b, result));
}

Ref compareUnions(Value self, Value other, CompareOp op) {
  if ((op != CompareOp::Eq && op != CompareOp::Ne) || !hasShape(other, kShapeUnion))
    return Ref::notImplemented();
  bool equal = false;
  if (!compareBool(CompareOp::Eq, asUnion(self)->hashable, asUnion(other)->hashable, equal) ||
      (equal && !equalUnhashable(asUnion(self)->unhashable, asUnion(other)->unhashable, equal)))
    return {};
  return Ref::boolean(equal == (op == CompareOp::Eq));
}

bool hashUnion(Value self, int64_t& result) {
  if (Value unhashable = asUnion(self)->unhashable) {
    for (int64_t i = 0; i < asTuple(unhashable)->count; i++)
      if (!hash(asTuple(unhashable)->items()[i], result))
        return false;
    return raise(typeErrorType, "union contains %lld unhashable elements",
                 static_cast<long long>(asTuple(unhashable)->count));
  }
  return hash(asUnion(self)->hashable, result);
}

/// With a union on one side everything that annotations allow goes on the other.
Ref orOfUnion(Value lhs, Value rhs) {
  UnionBuilder builder(true);
  return builder.add(lhs) && builder.add(rhs) ? builder.finish() : Ref();
}

Ref parametersOf(Value self) {
  UnionObject* object = asUnion(self);
  if (!object->parameters) {
    Ref parameters = collectParameters(Value(object->args));
    if (!parameters)
      return {};
    setField(object->parameters, std::move(parameters));
  }
  return Ref::copy(object->parameters);
}

Ref getItemOfUnion(Value self, Value item) {
  PYC_TRY(parameters, parametersOf(self));
  PYC_TRY(args, substituteParameters(self, Value(asUnion(self)->args), parameters, item));
  return unionOf(args);
}

Ref classGetItemOfUnion(const Value* args) {
  Ref tuple = isTuple(args[1]) ? Ref::copy(args[1]) : tupleOf(args[1]);
  return tuple ? unionOfChecked(tuple) : Ref();
}

Ref mroEntries(const Value* args) {
  return raise(typeErrorType, "Cannot subclass %R", args[0]);
}

/// A union belongs to the module of its type.
Ref getAttrOfUnion(Value self, StrObject* name) {
  return strEquals(name, names::__module__) ? getAttr(Value(&unionType), name)
                                            : genericGetAttr(self, name);
}

Ref getOrigin(Value self) {
  return Ref::copy(Value(&unionType));
}
Ref getName(Value self) {
  return makeStr("Union");
}

void traverseUnion(Object* self, Visitor& visitor) {
  UnionObject* object = asUnion(self);
  for (Value field :
       {Value(object->args), object->parameters, object->hashable, object->unhashable})
    if (field)
      visitor.visit(field);
}

void deallocUnion(Object* self) {
  UnionObject* object = asUnion(self);
  decrefMaybe(Value(object->args));
  clearField(object->parameters);
  clearField(object->hashable);
  clearField(object->unhashable);
  freeObject(self);
}

const MethodDef kMethods[] = {
    {"__mro_entries__($self, bases, /)", mroEntries},
    {"__class_getitem__($type, item, /)", classGetItemOfUnion, nullptr, MethodDef::Class,
     "See PEP 585"},
};
const GetSetDef kGetSets[] = {
    {"__name__", getName, nullptr, "Name of the type"},
    {"__qualname__", getName, nullptr, "Qualified name of the type"},
    {"__origin__", getOrigin, nullptr, "Always returns the type"},
    {"__parameters__", parametersOf, nullptr, "Type variables in the types.UnionType."},
};
const MemberDef kMembers[] = {{"__args__", offsetof(UnionObject, args), MemberDef::ReadOnly}};

constexpr TypeSlots makeSlots() {
  TypeSlots slots = {.dealloc = deallocUnion,
                     .traverse = traverseUnion,
                     .repr = reprUnion,
                     .hash = hashUnion,
                     .getAttr = getAttrOfUnion,
                     .compare = compareUnions,
                     .getItem = getItemOfUnion};
  slots.binary[static_cast<unsigned>(BinaryOp::Or)] = orOfUnion;
  return slots;
}

} // namespace

Ref makeUnion(Value lhs, Value rhs) {
  if (!isUnionable(lhs) || !isUnionable(rhs))
    return Ref::notImplemented();
  UnionBuilder builder(false);
  return builder.add(lhs) && builder.add(rhs) ? builder.finish() : Ref();
}

Ref unionOfChecked(Value args) {
  UnionBuilder builder(true);
  return builder.addAll(args) ? builder.finish() : Ref();
}

Ref unionOf(Value args) {
  UnionBuilder builder(false);
  return builder.addAll(args) ? builder.finish() : Ref();
}

extern "C" constinit TypeObject unionType = {
    .name = "typing.Union",
    .basicSize = sizeof(UnionObject),
    .flags = kTypeBuiltin | kTypeCollected | kTypeWeakrefs,
    .methods = kMethods,
    .getSets = kGetSets,
    .members = kMembers,
    .doc = "Represent a union type\n\nE.g. for int | str",
    .slots = makeSlots(),
};

} // namespace pyc::rt
