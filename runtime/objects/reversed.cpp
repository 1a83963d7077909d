#include "runtime/objects/arguments.h"
#include "runtime/objects/index_iterator.h"

namespace pyc::rt {

namespace {

/// Of a sequence without __reversed__.
struct ReversedObject {
  Object header;
  Value sequence; // owned; null: exhausted
  int64_t index;  // of the next item
};

ReversedObject* asReversed(Value self) {
  return self.as<ReversedObject>();
}

void dealloc(Object* self) {
  decrefMaybe(asReversed(self)->sequence);
  freeObject(self);
}

void traverse(Object* self, Visitor& visitor) {
  if (Value sequence = asReversed(self)->sequence)
    visitor.visit(sequence);
}

Ref next(Value self) {
  ReversedObject* reversed = asReversed(self);
  if (reversed->index >= 0) {
    Ref sequence = Ref::copy(reversed->sequence);
    Ref item = getItem(sequence, Value::fromInt(reversed->index));
    if (item) {
      --reversed->index;
      return item;
    }
    if (!catchRaised(indexErrorType))
      catchRaised(stopIterationType);
  }
  reversed->index = -1;
  clearField(reversed->sequence);
  return {};
}

bool hasItems(Value object) {
  TypeObject* type = typeOf(object);
  if (!type->slots.getItem || isAnyDict(object))
    return false;
  return (type->flags & (kTypeHeap | kTypeSequence | kTypeConcat)) || isStr(object) ||
         isBytes(object) || isInstance(object, &byteArrayType);
}

Ref create(TypeObject* type, const Value* args, size_t argc, Value kwnames) {
  bool ownInit = type->slots.init != reversedType.slots.init;
  if ((!ownInit && !checkNoKeywords("reversed", kwnames)) ||
      !checkArgumentCount("reversed", argc, 1, 1))
    return {};
  Ref method;
  bool needsSelf;
  if (!findSpecial(args[0], names::__reversed__, method, needsSelf))
    return {};
  if (method && !method.isNone())
    return needsSelf ? call(method, args[0]) : call(method);
  if (method || !hasItems(args[0]))
    return raise(typeErrorType, "'%T' object is not reversible", args[0]);
  int64_t count;
  if (!length(args[0], count))
    return {};
  Ref self = Ref::steal(allocObject(type));
  if (self) {
    asReversed(self)->sequence = Ref::copy(args[0]).release();
    asReversed(self)->index = count - 1;
  }
  return self;
}

Ref lengthHint(const Value* args) {
  ReversedObject* reversed = asReversed(args[0]);
  if (!reversed->sequence)
    return Ref::number(Value::fromInt(0));
  int64_t count;
  if (!length(reversed->sequence, count))
    return {};
  return Ref::number(Value::fromInt(count > reversed->index ? reversed->index + 1 : 0));
}

Ref reduce(const Value* args) {
  ReversedObject* reversed = asReversed(args[0]);
  if (!reversed->sequence) {
    PYC_TRY(empty, newTuple(0));
    PYC_TRY(arguments, tupleOf(empty));
    return tupleOf(typeOf(args[0]), arguments);
  }
  PYC_TRY(arguments, tupleOf(reversed->sequence));
  return tupleOf(typeOf(args[0]), arguments, Value::fromInt(reversed->index));
}

Ref setState(const Value* args) {
  int64_t index, count;
  if (!toInt64(args[1], index))
    return {};
  ReversedObject* reversed = asReversed(args[0]);
  if (reversed->sequence) {
    if (!length(reversed->sequence, count))
      return {};
    reversed->index = index < -1 ? -1 : index > count - 1 ? count - 1 : index;
  }
  return Ref::none();
}

constexpr MethodDef kMethods[] = {
    {.signature = "__length_hint__($self, /)", .bound = lengthHint},
    {.signature = "__reduce__($self, /)", .bound = reduce},
    {.signature = "__setstate__($self, object, /)", .bound = setState},
};

} // namespace

constinit TypeObject reversedType = {
    .name = "reversed",
    .base = &objectType,
    .basicSize = sizeof(ReversedObject),
    .flags = kTypeBuiltin | kTypeBase | kTypeCollected,
    .methods = kMethods,
    .doc = "reversed(object, /)\n--\n\nThe items of a sequence from the last to the first.",
    .slots = {.dealloc = dealloc,
              .traverse = traverse,
              .iter = iterSelf,
              .next = next,
              .create = create},
};

} // namespace pyc::rt
